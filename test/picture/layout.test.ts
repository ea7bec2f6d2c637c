import { describe, expect, it } from 'vitest';
import { type Box, type Layout, layoutPicture } from '../../src/picture/layout.js';
import { SIZES } from '../../src/picture/sizes.js';
import { extent } from '../samples.js';
import { hostilePicture } from './hostile.js';
import { edge, examplePicture, node, picture } from './pictures.js';

const empty = { version: 1, environments: [], stacks: [], nodes: [], edges: [], findings: [] } as const;

function overlap(left: Box, right: Box): boolean {
  return (
    left.x < right.x + right.width &&
    right.x < left.x + left.width &&
    left.y < right.y + right.height &&
    right.y < left.y + left.height
  );
}

function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** What is wrong with where things are; nothing when all is well. */
function faults(layout: Layout, source: ReturnType<typeof picture>): string[] {
  const found: string[] = [];
  const parents = new Map(source.stacks.map((stack) => [stack.id, stack.parent]));
  const isIn = (stack: string | null, id: string): boolean => {
    for (let current = stack; current !== null; current = parents.get(current) ?? null)
      if (current === id) return true;
    return false;
  };
  for (const [index, one] of layout.nodes.entries()) {
    if (!Number.isFinite(one.x) || !Number.isFinite(one.y)) found.push(`${one.node.id} is nowhere`);
    for (const other of layout.nodes.slice(index + 1)) {
      if (overlap(one, other)) found.push(`${one.node.id} overlaps ${other.node.id}`);
    }
    for (const stack of layout.stacks) {
      const id = source.stacks[stack.index]?.id ?? '';
      const belongs = isIn(one.node.stack, id);
      if (belongs && !contains(stack, one)) found.push(`${one.node.id} sticks out of ${id}`);
      if (!belongs && overlap(stack, one)) found.push(`${one.node.id} lies in ${id}`);
    }
  }
  for (const [index, one] of layout.stacks.entries()) {
    for (const other of layout.stacks.slice(index + 1)) {
      if (overlap(one, other) && !contains(one, other)) found.push(`${one.label} overlaps ${other.label}`);
    }
  }
  return found;
}

describe('layoutPicture', () => {
  it('puts each kind of node into its column, from left to right', () => {
    const { nodes, columns } = layoutPicture(examplePicture());
    const lefts = new Map(nodes.map(({ node: { kind }, x }) => [kind, x]));
    const order = ['inbound-authorizer', 'gateway', 'target', 'provider', 'identity-provider'] as const;
    const xs = order.map((kind) => lefts.get(kind) ?? Number.NaN);
    expect(xs).toEqual([...xs].sort((left, right) => left - right));
    expect(new Set(xs).size).toBe(5);
    expect(columns.map(({ title }) => title)).toEqual([
      'Inbound authorizer',
      'Gateway',
      'Target',
      'Credential provider',
      'Identity provider',
    ]);
  });

  it('shows what many lead to together with the first of them', () => {
    const targets = Array.from({ length: 100 }, (_, index) => `target ${index}`);
    const given = {
      ...empty,
      nodes: [
        node({ id: 'gateway', kind: 'gateway' }),
        ...targets.map((id) => node({ id, kind: 'target' })),
        node({ id: 'provider', kind: 'provider' }),
      ],
      edges: targets.flatMap((id) => [edge('gateway', id), edge(id, 'provider')]),
    };
    const { nodes } = layoutPicture(given);
    const highest = Math.min(...nodes.map(({ y }) => y));
    const hubs = nodes.filter(({ node: { kind } }) => kind !== 'target');
    expect(hubs).toHaveLength(2);
    for (const { y, height } of hubs) expect(y + height - highest).toBeLessThan(400);
  });

  it('puts an unresolved reference where what it stands for would be', () => {
    const given = {
      ...empty,
      nodes: [
        node({ id: 'no gateway', kind: 'unresolved' }),
        node({ id: 'target', kind: 'target' }),
        node({ id: 'no provider', kind: 'unresolved' }),
        node({ id: 'alone', kind: 'unresolved' }),
      ],
      edges: [edge('no gateway', 'target'), edge('target', 'no provider')],
    };
    expect(layoutPicture(given).nodes.map(({ column }) => column)).toEqual([1, 2, 3, 3]);
  });

  it('leaves no two stacks or nodes on top of each other, whatever refers to what', () => {
    const sizes = extent({ few: [1, 5, 12], many: [1, 2, 5, 12] });
    for (const targets of extent({ few: [1, 10], many: [1, 10, 40] })) {
      for (const providers of sizes) {
        for (const stacks of [0, ...sizes, 30]) {
          const given = picture({
            targets,
            providers,
            gateways: Math.ceil(stacks / 2) || 1,
            stacks,
            seed: targets + stacks,
            scattered: targets === 10,
          });
          expect(
            faults(layoutPicture(given), given),
            `${targets} targets, ${providers} providers, ${stacks} stacks`,
          ).toEqual([]);
        }
      }
    }
  });

  it('parts stacks whose nodes refer to each other in all directions', () => {
    for (const seed of [15, 33, 153]) {
      const given = picture({ targets: 30, providers: 12, gateways: 4, stacks: 6, seed, scattered: true });
      expect(faults(layoutPicture(given), given), `seed ${seed}`).toEqual([]);
    }
  });

  it('arranges as many stacks as nodes', () => {
    for (const seed of [6, 33, 47]) {
      const given = picture({ targets: 14, providers: 14, gateways: 14, stacks: 14, seed, scattered: true });
      expect(faults(layoutPicture(given), given), `seed ${seed}`).toEqual([]);
    }
  });

  it('lets no edges cross that need not', () => {
    const gateways = ['a', 'b', 'c'];
    // In the order of the template each target follows one of another gateway.
    const targets = Array.from({ length: 15 }, (_, index) => `${gateways[index % 3]}${index}`);
    const given = {
      ...empty,
      nodes: [
        ...gateways.map((id) => node({ id, kind: 'gateway' })),
        ...targets.map((id) => node({ id, kind: 'target' })),
        node({ id: 'provider', kind: 'provider' }),
      ],
      edges: targets.flatMap((id) => [edge(id.charAt(0), id), edge(id, 'provider')]),
    };
    const { nodes } = layoutPicture(given);
    const column = nodes.filter(({ node: { kind } }) => kind === 'target').sort((a, b) => a.y - b.y);
    const order = column.map(({ node: { id } }) => id.charAt(0)).join('');
    expect(order).toMatch(/^(a{5}|b{5}|c{5}){3}$/);
  });

  it('puts what failed first among the targets that lead to the same places', () => {
    const outcomes = ['verified', 'failed', 'unverified', 'failed'] as const;
    const given = {
      ...empty,
      nodes: [
        node({ id: 'gateway', kind: 'gateway' }),
        ...outcomes.map((outcome, index) => node({ id: `${outcome} ${index}`, kind: 'target', outcome })),
      ],
      edges: outcomes.map((outcome, index) => edge('gateway', `${outcome} ${index}`)),
    };
    const targets = layoutPicture(given).nodes.slice(1);
    expect(targets.sort((a, b) => a.y - b.y).map(({ node: { id } }) => id)).toEqual([
      'failed 1',
      'failed 3',
      'unverified 2',
      'verified 0',
    ]);
  });

  it('makes nodes as wide as a view has room for, within limits', () => {
    const width = (room?: number) => layoutPicture(examplePicture(), room).nodes[0]?.width;
    expect(width(10)).toBe(SIZES.leastNodeWidth);
    expect(width()).toBe(SIZES.nodeWidth);
    expect(width(10_000)).toBe(SIZES.mostNodeWidth);
  });

  it('gives the same layout for the same picture', () => {
    const given = picture({ targets: 60, providers: 20, gateways: 3, stacks: 6 });
    expect(layoutPicture(given)).toEqual(layoutPicture(structuredClone(given)));
  });

  it('puts parts with a failed consumer first', () => {
    const part = (name: string, outcome: 'verified' | 'failed') => [
      node({ id: `${name} gateway`, kind: 'gateway' }),
      node({ id: `${name} target`, kind: 'target', outcome }),
    ];
    const given = {
      ...empty,
      nodes: [...part('fine', 'verified'), ...part('broken', 'failed')],
      edges: [edge('fine gateway', 'fine target'), edge('broken gateway', 'broken target')],
    };
    const tops = new Map(layoutPicture(given).nodes.map(({ node: { id }, y }) => [id, y]));
    expect(tops.get('broken target')).toBeLessThan(tops.get('fine target') ?? 0);
  });

  it('lets the labels of edges from one node not cover each other', () => {
    const targets = ['a', 'b', 'c'];
    const given = {
      ...empty,
      nodes: [node({ id: 'target', kind: 'target' }), ...targets.map((id) => node({ id, kind: 'provider' }))],
      edges: targets.map((id) => edge('target', id, { label: 'TOKEN_EXCHANGE' })),
    };
    const labels = layoutPicture(given).edges.flatMap(({ label }) => label ?? []);
    expect(labels).toHaveLength(3);
    for (const [index, one] of labels.entries()) {
      for (const other of labels.slice(index + 1)) expect(overlap(one, other)).toBe(false);
    }
  });

  it('survives edges that lead back, to themselves, to nowhere, and stacks inside themselves', () => {
    const given = {
      ...empty,
      stacks: [
        { id: 'a', label: 'a', parent: 'b', file: '' },
        { id: 'b', label: 'b', parent: 'a', file: '' },
        { id: 'c', label: 'c', parent: 'c', file: '' },
        { id: 'd', label: 'd', parent: 'missing', file: '' },
      ],
      nodes: [
        node({ id: 'provider', kind: 'provider', stack: 'a' }),
        node({ id: 'authorizer', kind: 'inbound-authorizer', stack: 'c' }),
        node({ id: 'one', kind: 'harness', stack: 'd' }),
        node({ id: 'two', kind: 'harness', stack: 'missing' }),
      ],
      edges: [
        edge('provider', 'authorizer', { label: 'back' }),
        edge('one', 'one', { label: 'self' }),
        edge('one', 'two'),
        edge('one', 'missing'),
        edge('missing', 'two'),
      ],
    };
    const layout = layoutPicture(given);
    expect(layout.edges.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const { x, y } of [...layout.nodes, ...layout.stacks])
      expect([x, y].every(Number.isFinite)).toBe(true);
  });

  it('lays out nothing, one node, and many targets', () => {
    expect(layoutPicture(empty)).toMatchObject({ nodes: [], edges: [], stacks: [], columns: [] });
    expect(layoutPicture({ ...empty, nodes: [node({ id: 'a', kind: 'gateway' })] }).nodes).toHaveLength(1);
    const large = picture({
      ...extent({ few: { targets: 300, providers: 90 }, many: { targets: 1_000, providers: 300 } }),
      gateways: 10,
      stacks: 20,
    });
    const layout = layoutPicture(large);
    expect(layout.nodes).toHaveLength(large.nodes.length);
    expect(layout.nodes.every(({ y }) => Number.isFinite(y))).toBe(true);
  });

  it('takes names as data', () => {
    const layout = layoutPicture(hostilePicture());
    expect(layout.nodes).toHaveLength(hostilePicture().nodes.length);
    expect(layout.edges).toHaveLength(hostilePicture().edges.length);
    expect(layout.stacks).toHaveLength(hostilePicture().stacks.length);
  });
});

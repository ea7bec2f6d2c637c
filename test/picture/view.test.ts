import { describe, expect, it } from 'vitest';
import { condense } from '../../src/picture/condense.js';
import { layoutPicture } from '../../src/picture/layout.js';
import { findNeighbour } from '../../src/picture/page/neighbour.js';
import { type Filter, NO_FILTER, SHOWN, type View, Views } from '../../src/picture/page/view.js';
import type { Picture } from '../../src/picture/picture.js';
import { selectAround } from '../../src/picture/select.js';
import { edge, examplePicture, finding, node, picture } from './pictures.js';

const labels = (given: { nodes: readonly { label: string }[] }): string[] =>
  given.nodes.map(({ label }) => label).sort();

const viewOf = (given: Picture, filter: Filter): View => new Views(given).of(filter);

describe('selectAround', () => {
  it('keeps what leads to a node and what it leads to', () => {
    expect(labels(selectAround(examplePicture(), new Set(['jira'])))).toEqual([
      'CUSTOM_JWT',
      'JiraProvider',
      'JiraTarget',
      'ToolsGateway',
      'auth.acme.example',
    ]);
  });

  it('ends when edges lead in a circle', () => {
    const given = { ...examplePicture(), edges: [...examplePicture().edges, edge('okta-idp', 'jwt')] };
    expect(selectAround(given, new Set(['okta-idp'])).nodes.length).toBeGreaterThan(3);
  });
});

describe('a view', () => {
  const example = examplePicture();

  it('shows everything without a filter', () => {
    const view = viewOf(example, NO_FILTER);
    expect(view.picture).toBe(example);
    expect(view.findings).toEqual([0, 1, 2]);
    expect(view.matches).toBeNull();
  });

  it.each([
    ['all', null, [0, 1, 2]],
    ['failed', ['jira', 'atlassian'], [0]],
    ['lost', ['jira', 'atlassian'], [0]],
    ['unverified', ['hr'], [1]],
    ['warnings', ['entra'], [2]],
    ['verified', ['crm', 'graph'], []],
  ] as const)('narrows down to %s, the graph and the list', (shown, matches, findings) => {
    const view = viewOf(example, { ...NO_FILTER, shown });
    expect(view.matches === null ? null : [...view.matches]).toEqual(matches);
    expect(view.findings).toEqual(findings);
  });

  it('is tried for everything that it can be narrowed down to', () => {
    expect(SHOWN).toEqual(['all', 'failed', 'lost', 'unverified', 'warnings', 'verified']);
  });

  it('counts what each would show', () => {
    expect(new Views(example).counts('')).toEqual({
      failed: 1,
      lost: 1,
      unverified: 1,
      warnings: 1,
      verified: 2,
    });
  });

  it('counts an error in a node that has no outcome as failed', () => {
    const given = {
      ...example,
      findings: example.findings.map((one, index) => (index === 2 ? finding({ severity: 'error' }) : one)),
    };
    expect([...(viewOf(given, { ...NO_FILTER, shown: 'failed' }).matches ?? [])]).toEqual([
      'jira',
      'atlassian',
      'entra',
    ]);
  });

  it('filters by rule', () => {
    const view = viewOf(example, { ...NO_FILTER, rule: 'plaintext-client-secret' });
    expect([...(view.matches ?? [])]).toEqual(['entra']);
    expect(view.findings).toEqual([2]);
  });

  it('searches in names, stacks, files and findings, in any case, for all words', () => {
    const search = (text: string): string[] => [...(viewOf(example, { ...NO_FILTER, text }).matches ?? [])];
    expect(search('PAYROLLtarget')).toEqual(['hr']);
    expect(search('identitystack okta')).toEqual(['okta']);
    expect(search('identity.yaml')).toEqual(['okta', 'atlassian', 'entra']);
    expect(search('provider-unresolved')).toEqual(['hr']);
    expect(search('no exchange block')).toEqual(['atlassian']);
    expect(search('okta nothing')).toEqual([]);
    expect(viewOf(example, { ...NO_FILTER, text: 'okta nothing' }).picture.nodes).toEqual([]);
  });

  it('groups large pictures only', () => {
    const large = picture({ targets: 100, providers: 10, gateways: 1, stacks: 1 });
    expect(viewOf(large, NO_FILTER).members.size).toBeGreaterThan(0);
    expect(viewOf(large, { ...NO_FILTER, grouped: false }).members.size).toBe(0);
    expect(viewOf(example, NO_FILTER).members.size).toBe(0);
  });
});

describe('condense', () => {
  const target = (id: string, given: Partial<ReturnType<typeof node>> = {}): ReturnType<typeof node> =>
    node({ id, kind: 'target', outcome: 'verified', stack: 'stack', ...given });
  const base = {
    version: 1 as const,
    environments: [],
    stacks: [{ id: 'stack', label: 'stack', parent: null, file: '' }],
    findings: [finding({})],
    nodes: [
      node({ id: 'gateway', kind: 'gateway' }),
      target('a'),
      target('b'),
      target('c'),
      node({ id: 'p', kind: 'provider' }),
    ],
    edges: [
      ...['a', 'b', 'c'].map((id) => edge('gateway', id, { calledAs: 'user' })),
      ...['a', 'b', 'c'].map((id) => edge(id, 'p', { label: 'TOKEN_EXCHANGE', status: 'verified' })),
    ],
  };

  it('draws nodes that there is nothing to say about as one, and their edges once', () => {
    const { picture: small, members } = condense(base);
    expect(labels(small)).toEqual(['3 targets', 'gateway', 'p']);
    expect(small.edges.map(({ label }) => label)).toEqual(['', 'TOKEN_EXCHANGE × 3']);
    expect([...members.values()].map((group) => group.map(({ id }) => id))).toEqual([['a', 'b', 'c']]);
  });

  it.each([
    [
      'failed',
      { nodes: base.nodes.map((one) => (one.id === 'a' ? { ...one, outcome: 'failed' as const } : one)) },
    ],
    [
      'one with a finding',
      { nodes: base.nodes.map((one) => (one.id === 'a' ? { ...one, findings: [0] } : one)) },
    ],
    [
      'at a failed edge',
      { edges: base.edges.map((one) => (one.from === 'a' ? { ...one, status: 'failed' as const } : one)) },
    ],
    [
      'of another stack',
      { nodes: base.nodes.map((one) => (one.id === 'a' ? { ...one, stack: null } : one)) },
    ],
    [
      'behind another gateway',
      {
        nodes: [...base.nodes, node({ id: 'g2', kind: 'gateway', stack: 'stack' })],
        edges: [...base.edges, edge('g2', 'a', { calledAs: 'user' })],
      },
    ],
    [
      'called as another',
      { edges: base.edges.map((one) => (one.to === 'a' ? { ...one, calledAs: 'nobody' as const } : one)) },
    ],
    [
      'called under a condition',
      { edges: base.edges.map((one) => (one.to === 'a' ? { ...one, scenario: 'when A is 1' } : one)) },
    ],
    [
      'in one environment',
      { nodes: base.nodes.map((one) => (one.id === 'a' ? { ...one, environments: ['prod'] } : one)) },
    ],
  ])('leaves a node alone that is %s', (_, change) => {
    expect(labels(condense({ ...base, ...change }).picture)).toContain('a');
    expect(labels(condense({ ...base, ...change }).picture)).toContain('2 targets');
  });
});

describe('grouping', () => {
  it('never hides which gateway leads to which target', () => {
    const given = picture({ targets: 400, providers: 30, gateways: 12, stacks: 3 });
    const { picture: small, members } = condense(given);
    const behind = (edges: Picture['edges'], wanted: (id: string) => readonly string[]): string[] =>
      edges
        .filter(({ calledAs }) => calledAs !== null)
        .flatMap(({ from, to, calledAs }) => wanted(to).map((id) => `${from} ${id} ${calledAs}`))
        .sort();
    const shown = behind(small.edges, (id) => members.get(id)?.map((one) => one.id) ?? [id]);
    expect(members.size).toBeGreaterThan(5);
    expect(shown).toEqual(behind(given.edges, (id) => [id]));
  });

  it('draws by themselves the nodes that it is told to', () => {
    const given = picture({ targets: 400, providers: 30, gateways: 12, stacks: 3 });
    const [group] = condense(given).members.values();
    const id = group?.[0]?.id ?? '';
    expect(condense(given).picture.nodes.map((one) => one.id)).not.toContain(id);
    expect(condense(given, new Set([id])).picture.nodes.map((one) => one.id)).toContain(id);
  });
});

describe('findNeighbour', () => {
  const example = examplePicture();
  const layout = layoutPicture(example);
  const from = (id: string, direction: 'left' | 'right' | 'up' | 'down'): string | null => {
    const index = findNeighbour(
      example,
      layout,
      example.nodes.findIndex((one) => one.id === id),
      direction,
    );
    return index === null ? null : (example.nodes[index]?.id ?? null);
  };

  it('walks along edges to the sides', () => {
    expect(from('jwt', 'right')).toBe('gateway');
    expect(from('jira', 'right')).toBe('atlassian');
    expect(from('jira', 'left')).toBe('gateway');
    expect(from('jwt', 'left')).toBeNull();
    expect(from('okta-idp', 'right')).toBeNull();
  });

  it('prefers a connected node to a nearer one', () => {
    const nodes = [
      node({ id: 'target', kind: 'target' }),
      node({ id: 'beside', kind: 'target' }),
      node({ id: 'near', kind: 'provider' }),
      node({ id: 'host', kind: 'identity-provider' }),
    ];
    const given = {
      ...example,
      stacks: [],
      findings: [],
      nodes,
      edges: [edge('target', 'host'), edge('beside', 'near')],
    };
    expect(findNeighbour(given, layoutPicture(given), 0, 'right')).toBe(3);
  });

  it('reaches every node of a column up and down', () => {
    const seen = new Set<string>();
    let current: string | null = 'crm';
    for (let next = from('crm', 'up'); next !== null; next = from(next, 'up')) current = next;
    for (; current !== null; current = from(current, 'down')) seen.add(current);
    expect([...seen].sort()).toEqual(['crm', 'graph', 'hr', 'jira']);
  });
});

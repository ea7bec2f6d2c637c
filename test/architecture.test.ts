import { readFileSync } from 'node:fs';
import path from 'node:path';
import glob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../rules/index.js';
import { cycles } from '../src/graph/cycles.js';

/*
 * The rooms of the house, in the order in which work flows through them, and what each may import from beside itself and
 * the ground floor. A file imports from no room behind its own; a rule stands on the views, on nothing deeper; and a room
 * reaches no further than to those whose work it takes: another one in this list is a decision, and the row of
 * docs/architecture.md says what for.
 */
const GROUND_FLOOR = ['src/plain', 'src/version.ts', 'src/source'];
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  'src/plain': [],
  'src/version.ts': [],
  'src/spec': [],
  'src/source': [],
  'src/frontends': ['src/spec'],
  'src/mask': [],
  'src/discover': ['src/frontends'],
  'src/template': ['src/frontends'],
  'src/evaluate': ['src/frontends', 'src/discover', 'src/template'],
  'src/fix': [],
  'src/suppress': [],
  'src/graph': ['src/frontends', 'src/discover', 'src/template', 'src/evaluate'],
  'src/views': ['src/evaluate', 'src/fix', 'src/graph'],
  'src/agentcore': ['src/frontends', 'src/template', 'src/evaluate', 'src/fix', 'src/graph', 'src/views'],
  'src/lint': [
    'src/frontends',
    'src/mask',
    'src/discover',
    'src/template',
    'src/evaluate',
    'src/fix',
    'src/suppress',
    'src/graph',
    'src/views',
    'src/agentcore',
  ],
  rules: ['src/views', 'src/agentcore', 'src/lint'],
  'src/picture': ['src/evaluate', 'src/graph', 'src/views', 'src/agentcore', 'src/lint'],
  'src/report': ['src/fix', 'src/graph', 'src/agentcore', 'src/lint'],
  'src/config': ['src/discover', 'src/lint', 'src/report'],
  'src/rule-kit.ts': ['src/evaluate', 'src/fix', 'src/graph', 'src/views', 'src/agentcore', 'src/lint'],
  'src/index.ts': ['src/lint', 'rules', 'src/report', 'src/config', 'src/rule-kit.ts'],
  'src/testing': ['src/fix', 'src/lint', 'rules', 'src/config'],
  'src/cdk': ['src/frontends', 'src/discover', 'src/suppress', 'src/lint', 'rules', 'src/config'],
  'src/lsp': ['src/discover', 'src/evaluate', 'src/graph', 'src/agentcore', 'src/lint'],
  'src/cli': [
    'src/mask',
    'src/discover',
    'src/fix',
    'src/agentcore',
    'src/lint',
    'rules',
    'src/picture',
    'src/report',
    'src/config',
    'src/lsp',
  ],
};

const ROOMS = Object.keys(NEIGHBOURS);

/** What a rule may import beside the views: the rule's own interface, and how a value is read. */
const BENEATH_RULES = ['src/plain', 'src/views', 'src/agentcore', 'src/lint/rule.ts', 'rules'];

const root = path.join(import.meta.dirname, '..');
const files = glob.sync(['src/**/*.ts', 'rules/*.ts'], { cwd: root }).sort();

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(
    ([, specifier]) => specifier as string,
  );
  return specifiers.map((specifier) => ({
    from: file,
    to: path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts'),
  }));
}

function roomOf(file: string): number {
  return ROOMS.findIndex((room) => file === room || file.startsWith(`${room}/`));
}

const imports = files.flatMap(importsOf);

describe('the house', () => {
  it('has a room for every file', () => {
    expect(files.filter((file) => roomOf(file) < 0)).toEqual([]);
  });

  it('lets imports run one way', () => {
    const against = imports
      .filter(({ from, to }) => roomOf(to) > roomOf(from))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(against).toEqual([]);
  });

  it('lets no room reach past its neighbours', () => {
    const reach = (from: string, to: string): boolean =>
      from === to || GROUND_FLOOR.includes(to) || (NEIGHBOURS[from] ?? []).includes(to);
    const used = imports.map(({ from, to }) => ({
      from,
      to,
      rooms: [from, to].map((file) => ROOMS[roomOf(file)] ?? ''),
    }));
    const past = used.filter(({ rooms: [from = '', to = ''] }) => !reach(from, to));
    expect(past.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
    // And each neighbour that is named is one.
    const unused = Object.entries(NEIGHBOURS).flatMap(([room, others]) =>
      others
        .filter((other) => !used.some(({ rooms: [from, to] }) => from === room && to === other))
        .map((other) => `${room} -> ${other}`),
    );
    expect(unused).toEqual([]);
  });

  it('goes round in no circle, not even inside a room', () => {
    const next = new Map(files.map((file) => [file, new Set<string>()]));
    for (const { from, to } of imports) if (next.has(to)) next.get(from)?.add(to);
    const cycleOf = cycles(files, (file) => [...(next.get(file) ?? [])]);
    const members = new Map<number, string[]>();
    for (const [file, cycle] of cycleOf) members.set(cycle, [...(members.get(cycle) ?? []), file]);
    expect(
      [...members.values()].filter(
        (group) => group.length > 1 && !group.includes('src/evaluate/evaluator.ts'),
      ),
    ).toEqual([]);
  });

  it('lets rules stand on the views', () => {
    const deeper = imports
      .filter(({ from }) => from.startsWith('rules/') && from !== 'rules/index.ts')
      .filter(({ to }) => !BENEATH_RULES.some((room) => to === room || to.startsWith(`${room}/`)))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(deeper).toEqual([]);
  });

  it('lets nobody but their index import a rule', () => {
    const others = imports
      .filter(
        ({ from, to }) => to.startsWith('rules/') && to !== 'rules/index.ts' && from !== 'rules/index.ts',
      )
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(others).toEqual([]);
  });

  it('lets nobody know a rule by its id', () => {
    // What a dialect says otherwise is filed under rule and message: 'rule-id/key'.
    const ids = builtInRules.flatMap(({ id, formerIds = [] }) => [id, ...formerIds]);
    const literal = new RegExp(`(['"\`])(?:${ids.join('|')})\\1`);
    const knowing = files.filter(
      (file) => file.startsWith('src/') && literal.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(knowing).toEqual([]);
  });

  it('lets only the command line touch the process', () => {
    const touching = files.filter(
      (file) =>
        !file.startsWith('src/cli/') &&
        /\bprocess\.(?:exit|argv|stdout|stderr|stdin|env)\b/.test(
          readFileSync(path.join(root, file), 'utf8'),
        ),
    );
    expect(touching).toEqual([]);
  });

  it('draws the samples of tests in one place, so that they are the same in each run', () => {
    const drawing = glob
      .sync('test/**/*.test.ts', { cwd: root, ignore: ['test/real/node_modules/**'] })
      .filter((file) => /\bfc\.(?:assert|check)\(/.test(readFileSync(path.join(root, file), 'utf8')));
    expect(drawing).toEqual([]);
  });
});

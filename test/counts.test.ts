import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { callProgram } from './program.js';

/*
 * Holds down what a run does, in counts that are the same on every machine: times are the benchmark's. A change that
 * goes past a limit needs a reason to raise it.
 */
const LIMITS = {
  /**
   * What a start makes Node read of the program, in bytes: all rules and tables of facts, without what the rules say to
   * people, which is loaded with the first finding.
   */
  bytes: 410_000,
  /** The same on YAML that only the `yaml` library reads. */
  bytesWithLibrary: 525_000,
  /** How often the configuration is looked for in each directory on the way up; the template is looked at once. */
  looksInDirectory: 6,
  /** Expressions that are evaluated for one target with its gateway, beside what its template has only once. */
  evaluationsOfTarget: 16,
  /** The same for a target whose provider is imported from another stack, with its share of providers. */
  evaluationsOfImportingTarget: 25,
};

const root = path.join(import.meta.dirname, '..');

interface Inputs {
  readonly SMALL_JSON: string;
  readonly SMALL_YAML: string;
  synthesized(bytes: number, options?: { readonly agentCore?: boolean }): object;
  manyTargets(count: number): object;
  jsonText(template: object): string;
}

type MakeAssembly = (counts: {
  readonly stacks: number;
  readonly providers: number;
  readonly targets: number;
}) => ReadonlyMap<string, object>;

async function benchModule<Module>(name: string): Promise<Module> {
  return import(pathToFileURL(path.join(root, 'bench/inputs', name)).href);
}

let inputs: Inputs;
let cloudAssembly: MakeAssembly;
let directory: string;

beforeAll(async () => {
  inputs = await benchModule<Inputs>('templates.js');
  ({ cloudAssembly } = await benchModule<{ readonly cloudAssembly: MakeAssembly }>('assembly.js'));
  directory = mkdtempSync(path.join(os.tmpdir(), 'cfn-tx-lint-counts-'));
});

afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(path.join(directory, name), text);
  return name;
}

/** What a process loads and opens: counted from within, by a module that is loaded before the program. */
interface Start {
  /** The program's own files, and how many bytes they have. */
  readonly loaded: readonly string[];
  readonly bytes: number;
  /** Files that the program opened itself. */
  readonly opened: readonly string[];
  /** How often it asked for the state of a file. */
  readonly looks: number;
}

const WATCHER = `
const fs = require('node:fs');
const opened = [];
let looks = 0;
for (const name of ['openSync', 'readFileSync', 'readdirSync']) {
  const original = fs[name];
  fs[name] = (file, ...rest) => {
    if (typeof file === 'string' && !/\\.c?js$|bin.package\\.json$/.test(file)) opened.push(file);
    return original(file, ...rest);
  };
}
for (const name of ['statSync', 'lstatSync', 'existsSync']) {
  const original = fs[name];
  fs[name] = (...all) => (looks++, original(...all));
}
process.on('exit', () => {
  const loaded = Object.keys(require.cache).filter((file) => file !== __filename);
  const bytes = loaded.reduce((sum, file) => sum + fs.readFileSync(file).length, 0);
  fs.writeFileSync(process.env.COUNTS_FILE, JSON.stringify({ loaded, bytes, opened, looks }));
});
`;

function start(...args: readonly string[]): Start {
  const watcher = path.join(directory, 'watcher.cjs');
  writeFileSync(watcher, WATCHER);
  const counts = path.join(directory, 'counts.json');
  // The files of compile caches are not counted: there may be some or none.
  const env = {
    NODE_OPTIONS: `--require ${JSON.stringify(watcher)}`,
    NODE_DISABLE_COMPILE_CACHE: '1',
    COUNTS_FILE: counts,
  };
  const { status, stderr } = callProgram(directory, args, { env });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(readFileSync(counts, 'utf8'));
}

describe('a clean start', () => {
  it('on JSON loads one file, and opens only the template', () => {
    const file = write('small.json', inputs.SMALL_JSON);
    const { loaded, bytes, opened, looks } = start(file);
    expect(loaded.map((name) => path.relative(root, name)).sort()).toEqual([
      path.join('bin', 'cfn-tx-lint.js'),
      path.join('dist', 'cli.cjs'),
    ]);
    expect(bytes).toBeLessThan(LIMITS.bytes);
    expect(opened.map((name) => path.basename(name))).toEqual([file]);
    const directories = realpathSync(directory).split(path.sep).length;
    expect(looks).toBeLessThanOrEqual(LIMITS.looksInDirectory * directories + 1);
  });

  it('on YAML loads nothing else', () => {
    const file = write('small.yaml', inputs.SMALL_YAML);
    const { loaded, bytes, opened } = start(file);
    expect(loaded).toHaveLength(2);
    expect(bytes).toBeLessThan(LIMITS.bytes);
    expect(opened.map((name) => path.basename(name))).toEqual([file]);
  });

  it('on YAML out of the ordinary loads the `yaml` library in addition', () => {
    const anchored = inputs.SMALL_YAML.replace('!Ref Gateway', '&gateway !Ref Gateway');
    const file = write('anchored.yaml', anchored);
    const { loaded, bytes, opened } = start(file);
    expect(loaded.length).toBeLessThanOrEqual(4);
    expect(bytes).toBeLessThan(LIMITS.bytesWithLibrary);
    // The library is loaded when the first such text comes up, and then the run begins anew.
    expect(opened.map((name) => path.basename(name))).toEqual([file, file]);
  });

  it('on YAML that mentions nothing of AgentCore does without the parser', () => {
    const { YAML } = foreign();
    const { loaded } = start(write('foreign.yaml', YAML));
    expect(loaded).toHaveLength(2);
  });
});

describe('a run', () => {
  it('reads and parses a template once, findings and fixes included', () => {
    const counts = countsOf(write('targets.json', inputs.jsonText(inputs.manyTargets(100))));
    expect(counts).toMatchObject({ files: 1, templates: 1, reads: 1, parses: 1 });
  });

  it('reads foreign YAML once and does not parse it', () => {
    expect(countsOf(write('foreign.yaml', foreign().YAML))).toMatchObject({ reads: 1, parses: 0 });
  });

  it('evaluates a few expressions for each target, and no more in a large template', () => {
    const [small, medium, large] = [100, 200, 400].map(
      (count) =>
        countsOf(write(`targets-${count}.json`, inputs.jsonText(inputs.manyTargets(count)))).evaluations ?? 0,
    ) as [number, number, number];
    expect((medium - small) / 100).toBeLessThanOrEqual(LIMITS.evaluationsOfTarget);
    expect(large - medium).toBe(2 * (medium - small));
  });

  it('evaluates as much for each stack of a large cloud assembly as of a small one', () => {
    const [small, medium, large] = [15, 30, 60].map((stacks) => countsOf(writeAssembly(stacks))) as [
      Counts,
      Counts,
      Counts,
    ];
    const evaluations = [small, medium, large].map((counts) => counts.evaluations ?? 0) as [
      number,
      number,
      number,
    ];
    expect((evaluations[1] - evaluations[0]) / 150).toBeLessThanOrEqual(LIMITS.evaluationsOfImportingTarget);
    expect(evaluations[2] - evaluations[1]).toBe(2 * (evaluations[1] - evaluations[0]));
    expect(large).toMatchObject({ templates: 60, reads: 60, parses: 60 });
  });
});

type Counts = Readonly<Record<string, number>>;

/** The counts that `--stats` prints, by their names. */
function countsOf(file: string): Counts {
  const { stderr } = callProgram(directory, [file, '--stats', '--format', 'json']);
  return Object.fromEntries(
    [...stderr.matchAll(/^cfn-tx-lint: (\w+): (\d+)$/gm)].map(([, name = '', number]) => [
      name,
      Number(number),
    ]),
  );
}

function foreign(): { readonly YAML: string } {
  return { YAML: stringify(inputs.synthesized(20_000, { agentCore: false })) };
}

function writeAssembly(stacks: number): string {
  const name = `assembly-${stacks}`;
  mkdirSync(path.join(directory, name), { recursive: true });
  const files = cloudAssembly({ stacks, providers: (stacks * 10) / 3, targets: stacks * 10 });
  for (const [file, content] of files) write(path.join(name, file), inputs.jsonText(content));
  return name;
}

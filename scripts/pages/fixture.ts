import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { readParameters } from '../../src/config/parameters.js';
import type { RuleSetting } from '../../src/lint/options.js';
import { type RunResult, run } from '../../src/lint/run.js';

/** What a fixture's `expected.json` says of the run. */
interface Expected {
  readonly about: string;
  readonly options?: {
    readonly files?: readonly string[];
    readonly context?: readonly string[];
    readonly parameters?: readonly string[];
    readonly rules?: Readonly<Record<string, RuleSetting>>;
    readonly strict?: boolean;
  };
}

/** A fixture, linted with the whole catalogue. */
export interface LintedFixture {
  readonly directory: string;
  readonly about: string;
  /** The names of its templates, sorted. */
  readonly templates: readonly string[];
  readonly result: RunResult;
}

/** The cases of a rule: absolute folders, sorted by name; empty where it has none. */
export function casesOf(root: string, ruleId: string, kind: 'valid' | 'invalid'): string[] {
  const directory = path.join(root, 'fixtures', ruleId, kind);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .sort()
    .map((name) => path.join(directory, name));
}

/** Lints a fixture as its `expected.json` says. */
export async function lintFixture(directory: string): Promise<LintedFixture> {
  const { about, options = {} } = expectation(directory);
  const result = await run(
    {
      cwd: directory,
      files: options.files ?? ['.'],
      ignore: ['expected.json'],
      context: options.context ?? [],
      parameters: (await readParameters([...(options.parameters ?? [])], directory)).assignments(undefined),
      rules: options.rules ?? {},
      strict: options.strict ?? false,
    },
    { rules: builtInRules, url: ruleUrl },
  );
  return { directory, about, templates: templatesIn(directory), result };
}

export function templatesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'expected.json')
    .map((entry) =>
      path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
    )
    .sort();
}

function expectation(directory: string): Expected {
  return JSON.parse(readFileSync(path.join(directory, 'expected.json'), 'utf8')) as Expected;
}

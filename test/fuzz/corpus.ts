import { readFileSync } from 'node:fs';
import path from 'node:path';
import glob from 'fast-glob';
import { parseSource, prepareSources } from '../../src/source/parse.js';

/** A template of a fixture, by its place in it. */
export interface FuzzFile {
  readonly name: string;
  readonly text: string;
}

/** The templates of one fixture. */
export interface FuzzProject {
  readonly name: string;
  readonly files: readonly FuzzFile[];
}

/** Where the templates of a fuzzed run seem to lie: a place that no machine has, so that nothing is read from it. */
export const FUZZ_ROOT = '/cfn-tx-lint-fuzz';

const FIXTURES = process.env.CFN_TX_LINT_FIXTURES ?? path.join(import.meta.dirname, '..', '..', 'fixtures');

/** What stands in a fixture beside its templates. */
const NO_TEMPLATES = ['**/expected.json', '**/manifest.json', '**/*.assets.json', '**/tree.json'];

/** All fixtures with their templates, read once. */
export function fixtures(): readonly FuzzProject[] {
  known ??= glob
    .sync('**/expected.json', { cwd: FIXTURES, dot: true })
    .map((file) => path.dirname(file))
    .sort()
    .map((name) => ({ name, files: filesOf(name) }))
    .filter(({ files }) => files.length > 0);
  return known;
}

let known: readonly FuzzProject[] | undefined;

function filesOf(fixture: string): FuzzFile[] {
  const cwd = path.join(FIXTURES, fixture);
  return glob
    .sync('**/*.{json,yaml,yml,template,py}', { cwd, dot: true, ignore: NO_TEMPLATES })
    .sort()
    .map((name) => ({
      name: `${FUZZ_ROOT}/${name}`,
      text: readFileSync(path.join(cwd, name), 'utf8'),
    }));
}

/** A template as its plain value. */
export interface ParsedFile {
  readonly name: string;
  readonly value: unknown;
}

/** The fixtures of which every template can be read, as plain values. */
export async function parsedFixtures(): Promise<readonly (readonly ParsedFile[])[]> {
  await prepareSources(['yaml']);
  return fixtures().flatMap(({ files }) => {
    const parsed = files.flatMap(({ name, text }): ParsedFile[] => {
      const result = parseSource(name, text);
      return result.ok ? [{ name, value: result.source.value }] : [];
    });
    return parsed.length === files.length ? [parsed] : [];
  });
}

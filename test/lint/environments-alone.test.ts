import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import glob from 'fast-glob';
import { expect, it } from 'vitest';
import { catalogueOf } from '../../rules/index.js';
import type { ParameterAssignment } from '../../src/lint/options.js';
import { type RunResult, run } from '../../src/lint/run.js';
import { holds } from '../samples.js';

/*
 * What environments share is shared only where nothing that differs was asked for. The law behind it: a run of several
 * environments tells of each what a run of its own tells.
 */

const root = path.join(import.meta.dirname, '..', '..', 'fixtures');

/** The fixtures whose templates take parameters, and the names of those. */
const fixtures = glob
  .sync('**/expected.json', { cwd: root, dot: true })
  .sort()
  .flatMap((file) => {
    const cwd = path.join(root, path.dirname(file));
    const texts = glob.sync('**/*.{json,yaml,yml,template}', { cwd, dot: true });
    const names = texts.flatMap((name) => parameterNames(readFileSync(path.join(cwd, name), 'utf8')));
    const { options = {} } = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
    return names.length === 0 ? [] : [{ cwd, names: [...new Set(names)].sort(), options }];
  });

/** Keys that open a map with a `Type` in it, as those of parameters do. A name too many does no harm. */
function parameterNames(text: string): string[] {
  const declared = /^\s*"?(\w+)"?:\s*\{?\s*"?Type"?:\s*"?(?:String|Number|CommaDelimitedList)\b/gm;
  return [...text.matchAll(declared)].map(([, name]) => name ?? '');
}

/** Values that templates of the fixtures compare with, and such as they know nothing of. */
const values = fc.constantFrom(
  'prod',
  'dev',
  'obo',
  'm2m',
  'true',
  'false',
  'yes',
  'no',
  '',
  '1',
  'TOKEN_EXCHANGE',
);

const draws = fc.record({
  fixture: fc.constantFrom(...fixtures),
  // Few parameters differ, so that there is something to share.
  differing: fc.nat({ max: 7 }),
  environments: fc.array(fc.array(values, { minLength: 8, maxLength: 8 }), { minLength: 2, maxLength: 3 }),
});

it('tells of each environment what a run of its own tells', { timeout: 600_000 }, () =>
  holds(
    fc.asyncProperty(draws, async ({ fixture: { cwd, names, options }, differing, environments: drawn }) => {
      const environments = drawn.map((texts, index) => ({
        name: `e${index}`,
        parameters: [assignment(names, differing, texts)],
      }));
      const linted = (some: typeof environments) =>
        run(
          {
            cwd,
            files: options.files ?? ['.'],
            ignore: ['expected.json'],
            context: options.context ?? [],
            rules: options.rules ?? {},
            environments: some,
            consumers: true,
          },
          catalogueOf(),
        );
      const together = await linted(environments);
      for (const environment of environments) {
        const alone = await linted([environment]);
        expect(told(together, environment.name)).toEqual(told(alone, environment.name));
        expect(rowsOf(together, environment.name)).toEqual(rowsOf(alone, environment.name));
        expect(together.report.summary.environments?.[environment.name]).toEqual(
          alone.report.summary.environments?.[environment.name],
        );
      }
    }),
    { few: 12, many: 400 },
  ),
);

/** All parameters but one have the same value in every environment, given to no template by name. */
function assignment(
  names: readonly string[],
  differing: number,
  texts: readonly string[],
): ParameterAssignment {
  const differs = differing % names.length;
  const value = (index: number): string => (index === differs ? (texts[index % 8] ?? '') : 'prod');
  return {
    template: undefined,
    values: Object.fromEntries(names.map((name, index) => [name, value(index)])),
    origin: 'drawn',
  };
}

/** Who calls whom as whom in an environment. */
function rowsOf({ identities = [] }: RunResult, name: string) {
  return identities
    .filter(({ environments }) => environments?.includes(name) ?? true)
    .map((row) => ({ ...row, environments: null }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** What a report tells of an environment, without the words that name it. */
function told({ report }: RunResult, name: string) {
  return report.diagnostics
    .filter(({ environments }) => environments?.includes(name) ?? true)
    .map(({ ruleId, file, path: at, scenario, severity, message }) => ({
      ruleId,
      file,
      at,
      scenario,
      severity,
      message: message.replace(/,? in the environments? [^,.;]*(?=[,.;])/, ''),
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../../rules/index.js';
import { FRONT_ENDS } from '../../../src/frontends/index.js';
import { DIALECT_WORDS } from '../../../src/frontends/words.js';
import { lint, words } from '../report-on.js';
import { FAULTS, RIGHT } from './cases.js';
import { harness, project } from './cli-inputs.js';
import { WRITERS } from './inputs.js';

/*
 * Every rule in every input: either it finds its fault there, or the input says why it cannot.
 */

const ALL = [...WRITERS, project, harness];
/** What only a template says. */
const OF_TEMPLATES = new RegExp(`\\b(?:${[...DIALECT_WORDS].join('|')}|AWS::|CloudFormation)\\b|![A-Z]`);

const RULES = builtInRules.map(({ id }) => id);

/** Inputs that are templates, and speak so. */
const TEMPLATES: ReadonlySet<string> = new Set(['template-answer', 'aws-custom-resource']);

describe('every input', () => {
  it('is written here', () => {
    expect(ALL.map(({ id }) => id).sort()).toEqual(
      [...FRONT_ENDS.map(({ id }) => id), 'aws-custom-resource'].sort(),
    );
  });

  it('speaks of every rule', () => {
    const silent = (rule: string) => ALL.every(({ cannot }) => cannot[rule] !== undefined);
    expect(RULES.filter((rule) => silent(rule))).toEqual([]);
    expect(ALL.flatMap(({ cannot }) => Object.keys(cannot)).filter((rule) => !RULES.includes(rule))).toEqual(
      [],
    );
    expect(Object.keys(FAULTS).filter((rule) => !RULES.includes(rule))).toEqual([]);
  });
});

for (const { id, cannot, right, write } of ALL) {
  const base = { ...RIGHT, ...right };

  // Its tests keep their order: the last of them holds what the others were told.
  describe(id, { shuffle: false }, () => {
    it('is right where nothing is wrong', async () => {
      const { diagnostics, files, summary } = await lint(write(base));
      expect(diagnostics).toEqual([]);
      expect(files.map(({ status }) => status)).not.toContain('failed');
      expect(summary.tokenExchange).toEqual({
        verified: right === undefined ? 1 : 0,
        failed: 0,
        unverified: 0,
      });
    });

    const told: string[] = [];

    it.each(RULES.filter((rule) => cannot[rule] === undefined))('has %s', async (rule) => {
      const texts = write({ ...base, ...FAULTS[rule] }, rule);
      const [file = ''] = Object.keys(texts);
      const { diagnostics } = await lint(texts);
      const found = diagnostics.filter((one) => one.ruleId === rule && one.file === file);
      expect(found, diagnostics.map(words).join('\n')).not.toEqual([]);
      told.push(...found.map(words));
      for (const one of found) {
        expect(JSON.stringify(one)).not.toMatch(/in-clear/);
        expect(one.range.end.line).toBeLessThanOrEqual((texts[file] ?? '').split('\n').length);
        if (!TEMPLATES.has(id)) {
          expect(one.path).not.toContain('Resources');
          // An override in the CDK app that the CLI deploys is written in CloudFormation's names.
          const help = one.help.replace(/\w+ by an override of \S+ in agentcore\/cdk/, '');
          expect(`${one.message} ${help}`).not.toMatch(OF_TEMPLATES);
        }
      }
    });

    it('speaks in words of its own', async () => {
      await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot(`words/${id}.txt`);
    });
  });
}

import path from 'node:path';
import glob from 'fast-glob';
import { afterEach, describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { Scenario } from '../../src/evaluate/scenario.js';
import { law } from '../../src/evaluate/witness.js';
import { run } from '../../src/lint/run.js';
import { generate } from '../oracle/generate.js';
import { extent } from '../samples.js';

/*
 * The law of the evaluator, held at each step of real runs: the answers to a question lie within the scenario that it
 * was asked about, exclude each other, and cover it but for what CloudFormation refuses.
 */

/** How many answers are compared with each other. */
const MAX_PAIRED = 40;

/** What is wrong with the answers of a run, each fault once; how often each question was answered. */
function watch(): { readonly faults: Set<string>; readonly answered: Map<string, number> } {
  const faults = new Set<string>();
  const answered = new Map<string, number>();
  const refused: Scenario[] = [];
  law.witness = {
    refused: (when) => refused.push(when),
    answered(question, when, answers) {
      answered.set(question, (answered.get(question) ?? 0) + 1);
      if (!answers.every((answer) => answer.when.isWithin(when)))
        faults.add(`${question}: leaves its scenario`);
      const compared = answers.slice(0, MAX_PAIRED);
      if (
        compared.some((a, index) => compared.slice(index + 1).some((b) => a.when.join(b.when) !== undefined))
      )
        faults.add(`${question}: its answers overlap`);
      const left = uncovered([when], answers);
      if (
        left.length > 0 &&
        uncovered(
          left,
          refused.map((so) => ({ when: so })),
        ).length > 0
      )
        faults.add(`${question}: leaves a scenario without an answer`);
    },
  };
  return { faults, answered };
}

/** What of some scenarios lies in none of the answers. */
function uncovered(
  scenarios: readonly Scenario[],
  answers: readonly { readonly when: Scenario }[],
): readonly Scenario[] {
  let left = scenarios;
  for (const answer of answers) {
    left = left.flatMap((scenario) => {
      const common = scenario.join(answer.when);
      return common === undefined ? [scenario] : scenario.without(answer.when);
    });
  }
  return left;
}

afterEach(() => {
  law.witness = undefined;
});

const fixtures = path.join(import.meta.dirname, '..', '..', 'fixtures');
const projects = glob
  .sync('{projects,token-exchange-without-config,invalid-grant-type}/**/expected.json', {
    cwd: fixtures,
    dot: true,
  })
  .map((file) => path.dirname(file))
  .sort();

const catalogue = { rules: builtInRules, url: ruleUrl };

describe('answers cover what was asked', () => {
  it('in all fixtures', async () => {
    const { faults, answered } = watch();
    for (const project of projects) await run({ cwd: path.join(fixtures, project), files: ['.'] }, catalogue);
    expect([...faults]).toEqual([]);
    // All that the law is for has been asked at least once.
    for (const name of FUNCTIONS) expect(answered.get(name), name).toBeGreaterThan(0);
  });

  it('in random deployments', async () => {
    const { faults, answered } = watch();
    for (let seed = 1; seed <= extent({ few: 40, many: 400 }); seed++) {
      const texts = generate(seed).map(({ name, template }) => ({ name, text: JSON.stringify(template) }));
      await run({ texts }, catalogue);
    }
    expect([...faults]).toEqual([]);
    for (const name of ['a name', 'Fn::FindInMap', 'Fn::ImportValue', 'Fn::If', 'a condition: Fn::Equals'])
      expect(answered.get(name), name).toBeGreaterThan(0);
  });
});

const FUNCTIONS = [
  'Ref',
  'Fn::FindInMap',
  'Fn::GetAtt',
  'Fn::If',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
  'a text with references',
  'a name',
  'a condition: Fn::Equals',
  'a condition: Fn::And',
  'a condition: Fn::Or',
  'a condition: Fn::Not',
];

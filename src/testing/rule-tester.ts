import { type Schema, validate } from '../config/validate.js';
import type { AnyRule, Rule } from '../lint/rule.js';
import { asJson, looksLikeJson } from './as-json.js';
import { type Cases, type InvalidCase, problemsOfCase, textsOf, type ValidCase } from './cases.js';
import { essence, expectFindings } from './compare.js';
import { fail } from './failure.js';
import { expectOutput } from './fixes.js';
import { lintCase } from './lint-case.js';
import { ruleProblems } from './rule-problems.js';

/** What a test framework gives: vitest, jest, mocha and node:test all fit. */
export interface TestFramework {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (name: string, test: () => Promise<void>) => unknown;
}

/**
 * Tests a rule on templates in memory.
 *
 * ```js
 * new RuleTester().run(rule, {
 *   valid: [template, { template, options: { prefix: 'hr.' } }],
 *   invalid: [{ template, findings: [{ messageKey: 'noScope', resource: 'Target', line: 12 }] }],
 * });
 * ```
 *
 * Each case becomes a test, and each case in YAML a second one in which the same template stands in JSON and must
 * have the same findings. Only the rule under test runs.
 */
export class RuleTester {
  private readonly framework: TestFramework;

  /**
   * @param framework `describe` and `it`; left out, the globals of these names
   * @throws Error when there are no such globals
   */
  constructor(framework?: TestFramework) {
    this.framework = framework ?? globalFramework();
  }

  /** Defines the tests of a rule. */
  run<Key extends string, Options>(rule: Rule<Key, Options>, cases: Cases<Key, Options>): void {
    const { describe, it } = this.framework;
    const anyRule: AnyRule = rule;
    describe(rule.id, () => {
      it('is complete', async () => {
        const problems = ruleProblems(anyRule);
        if (problems.length > 0) fail(problems.join('\n'));
      });
      describe('valid', () => {
        for (const [index, written] of cases.valid.entries()) {
          const testCase = typeof written === 'string' ? { template: written } : written;
          this.define(anyRule, testCase as ValidCase, 'valid', index);
        }
      });
      describe('invalid', () => {
        for (const [index, testCase] of cases.invalid.entries()) {
          this.define(anyRule, testCase as InvalidCase, 'invalid', index);
        }
      });
    });
  }

  private define(
    rule: AnyRule,
    testCase: ValidCase | InvalidCase,
    kind: 'valid' | 'invalid',
    index: number,
  ): void {
    const name = testCase.name ?? `${kind}[${index}]`;
    const problems = [...problemsOfCase(testCase, kind), ...optionProblems(rule, testCase)];
    if (problems.length > 0) {
      this.framework.it(name, async () => fail(problems.join('\n')));
      return;
    }
    this.framework.it(name, () => testAsWritten(rule, testCase));
    if (testCase.json !== false && ![...textsOf(testCase).values()].every(looksLikeJson)) {
      this.framework.it(`${name}, as JSON`, () => testAsJson(rule, testCase));
    }
  }
}

async function testAsWritten(rule: AnyRule, testCase: ValidCase | InvalidCase): Promise<void> {
  const texts = textsOf(testCase);
  const found = await lintCase(rule, testCase, texts);
  if (!('findings' in testCase)) return expectFindings(found, 0, texts);
  expectFindings(found, testCase.findings, texts);
  await expectOutput(testCase.output, found, texts, (changed) => lintCase(rule, testCase, changed));
}

async function testAsJson(rule: AnyRule, testCase: ValidCase): Promise<void> {
  const texts = textsOf(testCase);
  const expected = essence(await lintCase(rule, testCase, texts));
  const actual = essence(await lintCase(rule, testCase, await asJson(texts)));
  const [one, other] = [actual, expected].map((findings) => JSON.stringify(findings, null, 2));
  if (one !== other) {
    fail(`the same template in JSON has other findings:\n${one}\n\nand in YAML:\n${other}`, {
      actual,
      expected,
    });
  }
}

function optionProblems(rule: AnyRule, { options }: ValidCase): string[] {
  if (options === undefined) return [];
  if (rule.options === undefined) return [`the case sets options, and ${rule.id} takes none`];
  const problems = validate(options, rule.options.schema as Schema, () => 'option');
  return problems.map(({ path, message }) => `options.${path.join('.')}: ${message}`);
}

function globalFramework(): TestFramework {
  const { describe, it } = globalThis as Partial<TestFramework>;
  if (typeof describe !== 'function' || typeof it !== 'function') {
    throw new Error(
      'RuleTester found no global describe and it: hand them in, as in new RuleTester({ describe, it }) with those of node:test or vitest',
    );
  }
  return { describe, it };
}

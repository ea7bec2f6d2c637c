/** The package's entry `cfn-tx-lint/testing`: tests for rules of one's own. */

export type {
  Cases,
  ExpectedFinding,
  ExpectedFix,
  InvalidCase,
  ValidCase,
} from './cases.js';
export { RuleTester, type TestFramework } from './rule-tester.js';

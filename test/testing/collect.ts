import type { TestFramework } from '../../src/testing/index.js';

/** A framework that runs nothing: it keeps the tests that a RuleTester defines, by name. */
export function collecting(): { framework: TestFramework; tests: Map<string, () => Promise<void>> } {
  const tests = new Map<string, () => Promise<void>>();
  const path: string[] = [];
  return {
    tests,
    framework: {
      describe(name, define) {
        path.push(name);
        define();
        path.pop();
      },
      it(name, test) {
        tests.set([...path, name].join(' > '), test);
      },
    },
  };
}

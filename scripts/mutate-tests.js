/**
 * The tests of `mutate.js`, in a process that stays: what did not change is transformed once. Takes a message
 * `{ file, tests }` (a file that changed since the last message, and parts of names of test files), and answers whether
 * all of these tests pass; it stops at the first that does not. Ends with the process that started it.
 */
import path from 'node:path';
import { createVitest } from 'vitest/node';

const vitest = await createVitest('test', {
  watch: false,
  bail: 1,
  maxWorkers: 1,
  reporters: [{}],
  exclude: ['**/node_modules/**', '**/*.real.test.ts'],
});
await vitest.standalone();
let last;

process.on('disconnect', () => process.exit());
process.on('message', async ({ file, tests }) => {
  for (const changed of [last, file]) if (changed !== undefined) vitest.invalidateFile(path.resolve(changed));
  last = file;
  // What failed for an earlier mutant would count for this one, and stop it before its first test.
  vitest.state.idMap.clear();
  vitest.state.filesMap.clear();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
    await vitest.globTestSpecifications(tests),
    false,
  );
  process.send(unhandledErrors.length === 0 && testModules.every((module) => module.ok()));
});

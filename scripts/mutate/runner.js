/**
 * How vitest runs a test during a mutation run: once as it is, which tells the mutants whose code it runs, and then once
 * more with each of these that nothing has noticed yet. So nothing is loaded twice, and a mutant costs what the tests
 * cost that meet it.
 *
 * The code asks `globalThis.cfnTxLintMutant(index)` at each mutant (`switchedText`). What happens goes into the file that
 * CFN_TX_LINT_MUTATION names, line by line, so that another process can go on after one that was ended here.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { TestRunner } from 'vitest';
import { VitestTestRunner } from 'vitest/runners';

/** A test with a mutant in it may ask about mutants so many times as often as without, and so often at least. */
const TIMES = 30;
const AT_LEAST = 200_000;

/** For how much processor time a test with a mutant in it may ask about none, in milliseconds. */
const LONGEST = 60_000;

/** Tests that take longer than this, in milliseconds of processor time, are not run again with each mutant. */
const SLOW = Number(process.env.CFN_TX_LINT_MUTATION_SLOW);

const log = process.env.CFN_TX_LINT_MUTATION;
const tell = (event) => appendFileSync(log, `${JSON.stringify(event)}\n`);
const earlier = existsSync(log)
  ? readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  : [];
const noticed = new Set(earlier.flatMap(({ noticed: index }) => index ?? []));
const done = new Set(earlier.flatMap(({ done: test }) => test ?? []));

let active;
let seen = new Set();
let asked = 0;
let most = Number.POSITIVE_INFINITY;

globalThis.cfnTxLintMutant = (index) => {
  if (index === undefined) return active !== undefined;
  seen.add(index);
  if (++asked > most) throw new Error('goes on for ever');
  return index === active;
};

/** The mutant that is there from the start, where it changes what a module does when it is loaded; undefined elsewhere. */
const always = process.env.CFN_TX_LINT_MUTANT;
if (always !== undefined) active = Number(always);

/** Which mutant is tried, counted from 1, for the thread that watches; 0 for none. */
const tried = new Int32Array(new SharedArrayBuffer(8));
new Worker(
  `const { workerData: { tried, log, longest } } = require('node:worker_threads');
   const { appendFileSync } = require('node:fs');
   let last, since = 0;
   const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
   setInterval(() => {
     if (tried[0] === 0 || tried[1] !== last) { last = tried[1]; since = used(); return; }
     if (used() - since < longest) return;
     appendFileSync(log, JSON.stringify({ noticed: tried[0] - 1, by: 'a test that does not end' }) + '\\n');
     process.kill(process.pid, 'SIGKILL');
   }, 500);`,
  { eval: true, workerData: { tried, log, longest: LONGEST } },
).unref();

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export default class MutationRunner extends VitestTestRunner {
  onCollectStart(file) {
    super.onCollectStart(file);
    seen = new Set();
  }

  async runTask(test) {
    const run = TestRunner.getTestFn(test);
    if (always !== undefined) {
      await run();
      return;
    }
    const outside = seen;
    if (outside.size > 0) tell({ outside: [...outside], file: test.file.name });
    const name = `${path.relative(process.cwd(), test.file.filepath)} ${test.fullTestName ?? test.name}`;
    seen = new Set();
    asked = 0;
    const start = cpu();
    await run();
    const [duration, own] = [cpu() - start, [...seen]];
    seen = new Set();
    const live = own.filter((index) => !noticed.has(index));
    if (done.has(name) || live.length === 0) return;
    if (duration > SLOW) {
      tell({ slow: name, duration, mutants: live });
      return;
    }
    most = TIMES * asked + AT_LEAST;
    if (await this.fails(test, run)) tell({ once: name });
    else {
      for (const index of live) {
        active = index;
        tried[1]++;
        tried[0] = index + 1;
        const failed = await this.fails(test, run);
        tried[0] = 0;
        active = undefined;
        if (failed) {
          noticed.add(index);
          tell({ noticed: index, by: name });
        } else tell({ passed: index, by: name });
      }
      const spoiled = await this.fails(test, run);
      tell({ done: name });
      // What a mutant left behind, as in a cache, counts for no other: a fresh process goes on.
      if (spoiled) {
        tell({ spoiled: name });
        process.kill(process.pid, 'SIGKILL');
      }
    }
    most = Number.POSITIVE_INFINITY;
    seen = new Set();
  }

  async fails(test, run) {
    asked = 0;
    try {
      this.onBeforeTryTask(test);
      await run();
      return false;
    } catch {
      return true;
    }
  }
}

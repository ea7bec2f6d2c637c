import { type Profiler, Session } from 'node:inspector/promises';

/*
 * Work is counted as V8 counts it for coverage: how often each block of the program's own code ran. That is the same in
 * each run, covers every room, and a run that nobody counts pays nothing for it. What the engine does within one call
 * (a search in a text, a match of an expression) is one step: regular-expressions.test.ts answers for these.
 */

/** The program's own code, whatever it is loaded from. */
const OWN = /\/(?:src|rules)\/[^?]*\.ts(?:\?|$)/;

/** Counts the steps of tasks one after the other; `close` it when no more follow. */
export class StepCounter {
  private constructor(private readonly session: Session) {}

  static async open(): Promise<StepCounter> {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    return new StepCounter(session);
  }

  /** How many blocks ran while a task was done, and since the one before: counts start anew when they are taken. */
  async count(task: () => Promise<unknown>): Promise<number> {
    await task();
    const { result } = await this.session.post('Profiler.takePreciseCoverage');
    return result.filter(({ url }) => OWN.test(url)).reduce((sum, script) => sum + blocksOf(script), 0);
  }

  async close(): Promise<void> {
    await this.session.post('Profiler.stopPreciseCoverage');
    this.session.disconnect();
  }
}

function blocksOf({ functions }: Profiler.ScriptCoverage): number {
  return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
}

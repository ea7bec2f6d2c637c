import { type Profiler, Session } from 'node:inspector/promises';

/*
 * Work is counted as V8 counts it for coverage: how often each block of the program's own code ran. That is the same in
 * each run, covers every room, and a run that nobody counts pays nothing for it. What the engine does within one call
 * (a search in a text, a match of an expression) is one step: regular-expressions.test.ts answers for these.
 *
 * V8 counts the blocks of those functions only that it compiles after the counting began, and of others just the calls.
 * So what is counted has to be loaded for it, whatever other tests of the process have run before.
 */

/** Counts the steps of tasks one after the other; `close` it when no more follow. */
export class StepCounter {
  private constructor(
    private readonly session: Session,
    private readonly url: string,
  ) {}

  /** @param url of the file whose steps are counted: it is loaded after this */
  static async open(url: string): Promise<StepCounter> {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    return new StepCounter(session, url);
  }

  /** How many blocks ran while a task was done, and since the one before: counts start anew when they are taken. */
  async count(task: () => Promise<unknown>): Promise<number> {
    await task();
    const { result } = await this.session.post('Profiler.takePreciseCoverage');
    return result.filter(({ url }) => url === this.url).reduce((sum, script) => sum + blocksOf(script), 0);
  }

  async close(): Promise<void> {
    await this.session.post('Profiler.stopPreciseCoverage');
    this.session.disconnect();
  }
}

function blocksOf({ functions }: Profiler.ScriptCoverage): number {
  return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
}

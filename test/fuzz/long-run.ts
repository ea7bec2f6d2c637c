import { writeSync } from 'node:fs';
import fc from 'fast-check';
import { type FuzzProject, fixtures } from './corpus.js';
import { inputKinds } from './inputs.js';
import { holdLaws } from './laws.js';

/*
 * The long run: batches of random inputs until the time is up, then every prefix of every fixture.
 */

export interface LongRunOptions {
  /** The first seed; each batch takes the next one. */
  readonly seed: number;
  readonly minutes: number;
  /** How many inputs a batch has. */
  readonly batch: number;
  /** How many inputs are enough, whatever time is left. */
  readonly most: number;
  /** Every how many characters a prefix of a fixture ends; 0 leaves them out. */
  readonly prefixStep: number;
}

export interface LongRunResult {
  readonly inputs: Readonly<Record<string, number>>;
  /** What broke a law, each with how to make it again. */
  readonly faults: readonly string[];
  /** The inputs that took the most processor time, the slowest first. */
  readonly slowest: readonly SlowInput[];
}

/** An input that took long, and how to make it again: the batch of that kind and seed holds it. */
export interface SlowInput {
  readonly kind: string;
  readonly seed: number;
  /** Processor time, in milliseconds. */
  readonly milliseconds: number;
  /** UTF-16 units of the values it was made from, as JSON. */
  readonly size: number;
}

/** So many slow inputs are told. */
const SLOWEST = 10;

/** One input that takes longer than this is told: nothing here should take a second. */
const SLOW_MILLISECONDS = 5_000;

/** Fuzzes, telling on standard error how it goes. */
export async function longRun({
  seed,
  minutes,
  batch,
  most,
  prefixStep,
}: LongRunOptions): Promise<LongRunResult> {
  const inputs: Record<string, number> = {};
  const faults: string[] = [];
  let slowest: SlowInput[] = [];
  let done = 0;
  const kinds = (await inputKinds()).flatMap((kind) => Array(kind.weight).fill(kind) as (typeof kind)[]);
  const end = Date.now() + minutes * 60_000;
  for (let next = seed; Date.now() < end && done < most; next++) {
    const kind = kinds[next % kinds.length];
    if (kind === undefined) break;
    const started = Date.now();
    const note = (milliseconds: number, value: unknown): void => {
      const least = slowest[SLOWEST - 1]?.milliseconds ?? 0;
      if (milliseconds <= least) return;
      const size = JSON.stringify(value)?.length ?? 0;
      slowest.push({ kind: kind.name, seed: next, milliseconds, size });
      slowest = slowest.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, SLOWEST);
    };
    const details = await fc.check(timed(kind.property(next % 10 === 0), note), {
      seed: next,
      numRuns: batch,
      interruptAfterTimeLimit: 120_000,
      endOnFailure: false,
    });
    inputs[kind.name] = (inputs[kind.name] ?? 0) + details.numRuns;
    done += details.numRuns;
    if (details.failed) faults.push(tell(`${kind.name}, seed ${next}: ${fault(details)}`));
    const each = (Date.now() - started) / Math.max(1, details.numRuns);
    if (each > SLOW_MILLISECONDS || details.interrupted)
      faults.push(tell(`${kind.name}, seed ${next}: ${Math.round(each)} ms for each input`));
  }
  if (prefixStep > 0) {
    for (const project of fixtures())
      inputs.prefixes = (inputs.prefixes ?? 0) + (await prefixes(project, prefixStep, faults));
  }
  return { inputs, faults, slowest };
}

/** The same property, which tells the processor time of each input. */
function timed<Value>(
  property: fc.IAsyncProperty<Value>,
  note: (milliseconds: number, value: Value) => void,
): fc.IAsyncProperty<Value> {
  const run = property.run.bind(property);
  property.run = async (value: Value) => {
    const before = process.cpuUsage();
    try {
      return await run(value);
    } finally {
      const { user, system } = process.cpuUsage(before);
      note(Math.round((user + system) / 1_000), value);
    }
  };
  return property;
}

function fault({ counterexample, errorInstance, counterexamplePath }: fc.RunDetails<unknown>): string {
  const reason =
    errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance);
  return `${reason}\npath ${counterexamplePath}\n${JSON.stringify(counterexample)}`;
}

async function prefixes({ name, files }: FuzzProject, step: number, faults: string[]): Promise<number> {
  let count = 0;
  for (const [index, file] of files.entries()) {
    for (let length = 0; length <= file.text.length; length += step) {
      count++;
      const cut = files.map((other, at) =>
        at === index ? { ...other, text: other.text.slice(0, length) } : other,
      );
      try {
        await holdLaws(cut, { layout: false });
      } catch (error) {
        faults.push(
          tell(
            `${name}: ${file.name} cut after ${length}: ${error instanceof Error ? error.stack : String(error)}`,
          ),
        );
      }
    }
  }
  return count;
}

function tell(message: string): string {
  writeSync(2, `${message}\n\n`);
  return message;
}

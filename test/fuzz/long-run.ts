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
  /** Every how many characters a prefix of a fixture ends; 0 leaves them out. */
  readonly prefixStep: number;
}

export interface LongRunResult {
  readonly inputs: Readonly<Record<string, number>>;
  /** What broke a law, each with how to make it again. */
  readonly faults: readonly string[];
}

/** One input that takes longer than this is told: nothing here should take a second. */
const SLOW_MILLISECONDS = 5_000;

/** Fuzzes, telling on standard error how it goes. */
export async function longRun({ seed, minutes, batch, prefixStep }: LongRunOptions): Promise<LongRunResult> {
  const inputs: Record<string, number> = {};
  const faults: string[] = [];
  const kinds = (await inputKinds()).flatMap((kind) => Array(kind.weight).fill(kind) as (typeof kind)[]);
  const end = Date.now() + minutes * 60_000;
  for (let next = seed; Date.now() < end; next++) {
    const kind = kinds[next % kinds.length];
    if (kind === undefined) break;
    const started = Date.now();
    const details = await fc.check(kind.property(next % 10 === 0), {
      seed: next,
      numRuns: batch,
      interruptAfterTimeLimit: 120_000,
      endOnFailure: false,
    });
    inputs[kind.name] = (inputs[kind.name] ?? 0) + details.numRuns;
    if (details.failed) faults.push(tell(`${kind.name}, seed ${next}: ${fault(details)}`));
    const each = (Date.now() - started) / Math.max(1, details.numRuns);
    if (each > SLOW_MILLISECONDS || details.interrupted)
      faults.push(tell(`${kind.name}, seed ${next}: ${Math.round(each)} ms for each input`));
  }
  if (prefixStep > 0) {
    for (const project of fixtures())
      inputs.prefixes = (inputs.prefixes ?? 0) + (await prefixes(project, prefixStep, faults));
  }
  return { inputs, faults };
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

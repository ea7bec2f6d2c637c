import { deploymentOf, MAX_WAYS } from '../oracle/deployment.js';
import { generate } from '../oracle/generate.js';
import { minimise } from '../oracle/minimise.js';
import type { TemplateFile } from '../oracle/values.js';
import { isComplete, isWellFormed } from '../oracle/well-formed.js';
import { type Breaches, type Law, laws, Tally } from './laws.js';

export interface LongRunOptions {
  readonly seed: number;
  readonly worlds: number;
  /** How many deployments that break a law in the same way are made small and shown. */
  readonly show: number;
  /** The names of laws, or parts of them; all when empty. */
  readonly only: readonly string[];
  /** Whether to end with the first deployment that breaks a law. */
  readonly toFirst?: boolean;
  readonly log: (line: string) => void;
}

export interface LongRunResult {
  readonly worlds: number;
  readonly leftOut: number;
  readonly decided: number;
  readonly leftOpen: number;
  /** How often each law is broken in each way. */
  readonly broken: Readonly<Record<string, number>>;
}

/** Holds many random deployments against the laws. */
export async function longRun(options: LongRunOptions): Promise<LongRunResult> {
  const { seed, worlds, show, only, toFirst = false, log } = options;
  const tally = new Tally();
  const broken: Record<string, number> = {};
  const checked = laws.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
  let leftOut = 0;
  for (let world = seed; world < seed + worlds; world++) {
    if (toFirst && Object.keys(broken).length > 0) break;
    const files = generate(world);
    if (deploymentOf(files).size > MAX_WAYS) leftOut += 1;
    else {
      for (const law of checked) {
        for (const [way, detail] of await breachesOf(law, files, world, tally)) {
          const cause = `${law.name}: ${way}`;
          broken[cause] = (broken[cause] ?? 0) + 1;
          log(`seed ${world}: ${cause}: ${detail}`);
          if (broken[cause] > show) continue;
          for (const { name, template } of await smallest(law, way, files, world))
            log(`# ${name}
${JSON.stringify(template)}`);
        }
      }
    }
    const done = world - seed + 1;
    if (done % 1_000 === 0) log(`${done} deployments, ${JSON.stringify({ leftOut, ...tally, broken })}`);
  }
  return { worlds, leftOut, ...tally, broken };
}

async function breachesOf(
  law: Law,
  files: readonly TemplateFile[],
  seed: number,
  tally: Tally,
): Promise<Breaches> {
  try {
    return await law.broken(files, seed, tally);
  } catch (error) {
    return new Map([[`stopped by ${error instanceof Error ? error.message : String(error)}`, '']]);
  }
}

/** A deployment that breaks a law, as small as it gets. */
async function smallest(
  law: Law,
  way: string,
  files: readonly TemplateFile[],
  seed: number,
): Promise<readonly TemplateFile[]> {
  const unused = new Tally();
  const before = await breachesOf(law, files, seed, unused);
  return minimise(files, async (fewer) => {
    if (!isWellFormed(fewer) || !isComplete(fewer)) return false;
    const now = await breachesOf(law, fewer, seed, unused);
    return now.has(way) && [...now.keys()].every((other) => before.has(other));
  });
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { baselineText, readBaseline } from '../config/baseline-file.js';
import type { Config } from '../config/config.js';
import { reportName } from '../discover/inside.js';
import { UsageError } from '../discover/usage-error.js';
import type { BaselineOptions } from '../lint/options.js';
import type { BaselineEntry } from '../lint/result.js';
import { count } from '../report/words.js';
import type { LintInvocation } from './arguments.js';
import type { RunResult } from './linter.js';
import { say } from './messages.js';
import { inputsOf, writeOutput } from './output-file.js';
import type { Settings } from './settings.js';
import type { Surroundings } from './surroundings.js';

/** The baseline of a run. */
export interface Baseline extends BaselineOptions {
  /** Absolute. */
  readonly file: string;
}

/**
 * The baseline that the command line names, else the configuration's.
 *
 * @returns undefined for a run without one
 * @throws UsageError when it is not there or cannot be read, or there is none to update
 */
export function openBaseline(
  { baseline, updateBaseline }: Pick<LintInvocation, 'baseline' | 'updateBaseline'>,
  config: Config | undefined,
  cwd: string,
): Baseline | undefined {
  const file = baseline === undefined ? config?.baseline : path.resolve(cwd, baseline);
  if (file === undefined) {
    if (!updateBaseline) return undefined;
    throw new UsageError('--update-baseline needs --baseline FILE, or the key baseline of the configuration');
  }
  if (existsSync(file)) return { file, entries: readBaseline(file, cwd), acceptsAll: updateBaseline };
  if (updateBaseline) return { file, entries: [], acceptsAll: true };
  const named = baseline ?? `${reportName(cwd, file)}, the baseline that ${config?.origins.baseline} names`;
  throw new UsageError(`no such file: ${named}; --update-baseline writes it`);
}

/**
 * Says which entries are out of date, or writes the baseline anew.
 *
 * @param partly whether the run left environments out, so that what it does not find may be there all the same
 * @returns whether entries are out of date
 * @throws UsageError when the file cannot be written; what was there is still there then
 */
export function closeBaseline(
  baseline: Baseline,
  result: RunResult,
  made: Settings,
  partly: boolean,
  { cwd, stderr }: Pick<Surroundings, 'cwd' | 'stderr'>,
): boolean {
  const outcome = result.baseline ?? { current: [], held: 0, unmatched: [] };
  const files = new Set(result.report.files.map((file) => file.path));
  const name = reportName(cwd, baseline.file);
  // What the run did not read may still be as it was.
  const isPassed = ({ file }: BaselineEntry) =>
    partly || (!files.has(file) && existsSync(path.resolve(cwd, file)));
  if (baseline.acceptsAll) {
    const kept = outcome.unmatched.filter(isPassed);
    const text = baselineText([...kept, ...outcome.current], baseline.file, cwd);
    writeOutput(cwd, baseline.file, text, inputsOf(result, made));
    const gone = outcome.unmatched.length - kept.length;
    const removed = gone === 0 ? '' : `, ${count(gone, 'entry', 'entries')} removed`;
    say(stderr, `${count(outcome.current.length, 'finding')} written to ${name}${removed}`);
    return false;
  }
  const outdated = outcome.unmatched.filter((entry) => !isPassed(entry));
  for (const { rule, file, resource } of outdated) {
    const where = resource === null ? file : `${resource} in ${file}`;
    say(
      stderr,
      `${name}: nothing matches the entry of ${rule} on ${where} any more; --update-baseline removes it`,
    );
  }
  return outdated.length > 0;
}

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MANIFEST } from '../discover/cloud-assembly.js';
import { isInside } from '../discover/inside.js';
import { readManifest } from '../discover/manifest.js';
import { UsageError } from '../discover/usage-error.js';
import type { LintResult } from '../lint/result.js';
import { realPlace } from '../plain/real-place.js';
import { writeWhole } from '../plain/whole-file.js';
import { count, findingCounts, heldBackCounts, tokenExchangeCounts } from '../report/words.js';
import type { RunResult } from './linter.js';
import type { Settings } from './settings.js';
import { writeReason } from './write-reason.js';

/** What is said on standard error while the report goes to a file. */
export function summaryLine({ report }: LintResult): string {
  const { summary } = report;
  const parts = [
    `${findingCounts(summary, false) || 'no findings'} in ${count(summary.files, 'file')}`,
    heldBackCounts(summary),
    tokenExchangeCounts(summary),
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}

/** The names of the files that a run was told by, templates or not: what is written over none of them. */
export function inputsOf(
  { read }: Pick<RunResult, 'read'>,
  { options, config }: Pick<Settings, 'options' | 'config'>,
): string[] {
  const values = [
    ...(options.parameters ?? []),
    ...(options.environments ?? []).flatMap(({ parameters }) => parameters),
  ];
  return [...read, ...(config?.mergedFrom ?? []), ...values.map(({ origin }) => origin)];
}

/**
 * Writes the report to a file, all of it or nothing: it is written beside its place and then moved there. Parent
 * folders are made; mode and owner of a file that is there are kept.
 *
 * @param inputs names of files that are not written over. A file that was looked at and skipped may be, such as the
 *   report of the run before, which a search finds
 * @throws UsageError when it cannot be written, or has hard links; what was there before is still there then
 */
export function writeOutput(cwd: string, output: string, text: string, inputs: readonly string[] = []): void {
  const file = path.resolve(cwd, output);
  try {
    const place = realPlace(file);
    refuseForeignPlace(cwd, file, place, inputs);
    if (isSpecial(file)) {
      writeFileSync(file, text);
    } else {
      mkdirSync(path.dirname(place), { recursive: true });
      writeWhole(place, text);
    }
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`cannot write ${output}: ${error.message}`);
    throw new UsageError(`cannot write ${output}: ${writeReason(error)}`);
  }
}

/**
 * A report goes where the user said, and nowhere that a file of the project could lead it: not over an input, not
 * through a link out of the working directory, not into a cloud assembly, which is generated.
 */
function refuseForeignPlace(cwd: string, file: string, place: string, inputs: readonly string[]): void {
  if (inputs.some((name) => path.resolve(cwd, name) === file || realPlace(path.resolve(cwd, name)) === place))
    throw new UsageError('it is one of the files that the run reads');
  const root = realPlace(cwd);
  if (isInside(cwd, file) && !isInside(root, place))
    throw new UsageError('a link leads out of the working directory');
  if (isInAssembly(path.dirname(place))) throw new UsageError('it would stand in a cloud assembly');
}

function isInAssembly(directory: string): boolean {
  if (readManifest(path.join(directory, MANIFEST)).kind === 'manifest') return true;
  const parent = path.dirname(directory);
  return parent !== directory && isInAssembly(parent);
}

/** /dev/stdout, a named pipe: nothing that another file could be moved over. */
function isSpecial(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

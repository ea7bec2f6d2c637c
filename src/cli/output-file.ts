import { mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../discover/inside.js';
import { readText } from '../discover/read.js';
import { UsageError } from '../discover/usage-error.js';
import type { FileResult, LintResult } from '../lint/result.js';
import { writeWhole } from '../plain/whole-file.js';
import { count, findingCounts, heldBackCounts, tokenExchangeCounts } from '../report/words.js';
import { MAX_FILE_BYTES } from '../source/limits.js';
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

/**
 * Writes the report to a file, all of it or nothing: it is written beside its place and then moved there. Parent
 * folders are made; mode and owner of a file that is there are kept.
 *
 * @param files what the run looked at: no template among it is written over. What was skipped may be, such as the
 *   report of the run before, which a search finds
 * @throws UsageError when it cannot be written, or has hard links; what was there before is still there then
 */
export function writeOutput(
  cwd: string,
  output: string,
  text: string,
  files: readonly FileResult[] = [],
): void {
  const file = path.resolve(cwd, output);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    if (isSpecial(file)) writeFileSync(file, text);
    else {
      const place = throughLinks(file);
      const inputs = files.filter(({ status }) => status !== 'skipped').map((input) => input.path);
      refuseForeignPlace(cwd, file, place, inputs);
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
  if (inputs.some((name) => path.resolve(cwd, name) === file || realPath(path.resolve(cwd, name)) === place))
    throw new UsageError('it is one of the files that are checked');
  const root = realPath(cwd);
  if (isInside(cwd, file) && !isInside(root, realPath(path.dirname(file))))
    throw new UsageError('a link leads out of the working directory');
  if (isInside(cwd, file) && place !== file && !isInside(root, place))
    throw new UsageError('it is a link that leads out of the working directory');
  if (isAssembly(path.dirname(place))) throw new UsageError('it would stand in a cloud assembly');
}

function isAssembly(directory: string): boolean {
  const manifest = readText(path.join(directory, 'manifest.json'), MAX_FILE_BYTES);
  return manifest.ok && /"artifacts"\s*:/.test(manifest.content);
}

function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}

/** /dev/stdout, a named pipe: nothing that another file could be moved over. */
function isSpecial(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/** The place that a link leads to, so that the link itself stays. */
function throughLinks(file: string): string {
  return statSync(file, { throwIfNoEntry: false }) === undefined ? file : realpathSync(file);
}

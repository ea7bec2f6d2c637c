import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../discover/usage-error.js';
import type { LintResult } from '../lint/result.js';
import { count, findingCounts, heldBackCounts, tokenExchangeCounts } from '../report/words.js';
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
 * folders are made.
 *
 * @throws UsageError when it cannot be written; what was there before is still there then
 */
export function writeOutput(cwd: string, output: string, text: string): void {
  const file = path.resolve(cwd, output);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    if (isSpecial(file)) writeFileSync(file, text);
    else replaceFile(throughLinks(file), text);
  } catch (error) {
    throw new UsageError(`cannot write ${output}: ${writeReason(error)}`);
  }
}

function replaceFile(file: string, text: string): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
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

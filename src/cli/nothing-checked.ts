import { statSync } from 'node:fs';
import path from 'node:path';
import type { LintResult } from '../lint/result.js';
import type { LintInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';

type Asked = Pick<LintInvocation, 'files' | 'allowEmpty'>;

/**
 * How a run ends that found nothing to check. Hooks name files of all kinds one by one, and nothing is wrong where none
 * of them is a template; a directory or a glob without any is most likely not what was meant.
 */
export function statusOfNothing({ files, allowEmpty }: Asked, cwd: string): ExitStatus {
  const oneByOne = files.length > 0 && !files.some((file) => namesSeveral(path.resolve(cwd, file)));
  return oneByOne || allowEmpty ? ExitStatus.clean : ExitStatus.usage;
}

/** Why nothing was checked, as a line for standard error. */
export function whyNothing({ files, allowEmpty }: Asked, { report }: LintResult): string {
  const [only] = files;
  if (only === undefined || files.length > 1) {
    return `no templates found: nothing was checked${allowEmpty ? '' : ' (--allow-empty lets that pass)'}`;
  }
  const skipped = report.files.find(({ status }) => status === 'skipped');
  return `nothing was checked: ${skipped?.path ?? only}: ${skipped?.reason ?? 'no CloudFormation template'}`;
}

/** Whether an argument stands for what is found below or by it: a directory, or a glob. */
function namesSeveral(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined
    ? /[*?[\]{}()!]/.test(path.basename(file)) || file.includes('*')
    : stats.isDirectory();
}

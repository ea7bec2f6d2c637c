import { pastGlobLimits } from '../plain/glob-limits.js';
import { UsageError } from './usage-error.js';

/** @throws UsageError for a glob of the user that could take for ever to match */
export function refusePastLimits(glob: string): void {
  const reason = pastGlobLimits(glob);
  if (reason === undefined) return;
  const shown = glob.length > 60 ? `${glob.slice(0, 60)}…` : glob;
  throw new UsageError(`the glob ${shown} ${reason}`);
}

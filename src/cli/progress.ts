import { now } from './clock.js';
import type { TextOutput } from './surroundings.js';

/** A run that takes longer than this many milliseconds says how far it is. */
const PATIENCE = 500;
/** Between two updates of the line, in milliseconds. */
const INTERVAL = 100;

const ERASE_LINE = '\r\u001b[K';

/**
 * Runs something with a progress line on the terminal; without a terminal there is none.
 *
 * @param work is given the function to call as templates are done
 */
export async function withProgress<T>(
  output: TextOutput,
  work: (onProgress: ((done: number, total: number) => void) | undefined) => Promise<T>,
): Promise<T> {
  if (!output.isTerminal) return work(undefined);
  let due = now() + PATIENCE;
  let shown = false;
  const onProgress = (done: number, total: number) => {
    const time = now();
    if (time < due) return;
    due = time + INTERVAL;
    shown = true;
    output.write(`${ERASE_LINE}${done} of ${total} templates`);
  };
  try {
    return await work(onProgress);
  } finally {
    if (shown) output.write(ERASE_LINE);
  }
}

import { afterEach, expect, it, vi } from 'vitest';
import { withProgress } from '../../src/cli/progress.js';

afterEach(() => vi.restoreAllMocks());

/** What is written on a run that reports progress at these times, in milliseconds after its start. */
async function shown(isTerminal: boolean, times: readonly number[], fail = false): Promise<string> {
  let written = '';
  const clock = vi.spyOn(process, 'uptime').mockReturnValue(0);
  const write = (text: string) => {
    written += text;
  };
  const output = { isTerminal, columns: 80, write };
  await withProgress(output, async (onProgress) => {
    for (const [index, time] of times.entries()) {
      clock.mockReturnValue(time / 1000);
      onProgress?.(index + 1, times.length);
    }
    if (fail) throw new Error('it failed');
  }).catch(() => {});
  return written.replaceAll('\r\u001b[K', '|');
}

it('is silent on a short run', async () => {
  expect(await shown(true, [10, 490])).toBe('');
});

it('is shown on a long run, not too often, and wiped away', async () => {
  expect(await shown(true, [10, 510, 520, 620])).toBe('|2 of 4 templates|4 of 4 templates|');
});

it('is wiped away when the run fails', async () => {
  expect(await shown(true, [510], true)).toBe('|1 of 1 templates|');
});

it('is not shown where there is no terminal', async () => {
  expect(await shown(false, [510])).toBe('');
});

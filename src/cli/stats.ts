import { count } from '../report/words.js';
import type { RunResult } from './linter.js';
import { say } from './messages.js';
import type { TextOutput } from './surroundings.js';

/** What `--stats` tells on standard error: times in milliseconds, counts, and suppressions that silence nothing. */
export function printStats(
  stderr: TextOutput,
  result: RunResult,
  times: Readonly<Record<string, number>>,
): void {
  const { report, suppressed, unusedSuppressions } = result;
  const total = Object.values(times).reduce((sum, time) => sum + time, 0);
  const byStatus = (wanted: string) => report.files.filter(({ status }) => status === wanted).length;
  const lines = [
    `time: ${milliseconds(total)} (${Object.entries(times)
      .map(([step, time]) => `${step} ${milliseconds(time)}`)
      .join(', ')}), ${milliseconds(process.uptime() * 1000)} since the start of the process`,
    `memory: ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
    `files: ${byStatus('checked')} checked, ${byStatus('skipped')} skipped, ${byStatus('failed')} failed`,
    ...Object.entries(result.counts).map(([name, number]) => `${name}: ${number}`),
    `suppressed: ${count(suppressed.length, 'finding')}`,
    ...unusedSuppressions.map(
      ({ file, line, ruleId }) => `${file}:${line}: the suppression of ${ruleId} silences nothing`,
    ),
  ];
  for (const line of lines) say(stderr, line);
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}

import { jsonText } from '../plain/json-text.js';
import { neutralise } from '../report/neutralise.js';
import type { RunResult } from './linter.js';

/** What becomes of a file in a run. */
type Fate = 'checked' | 'context' | 'skipped' | 'failed' | 'left-out';

interface ListedFile {
  /** Relative to the working directory when below it; a directory that is left out stands for all in it. */
  readonly path: string;
  readonly status: Fate;
  /** Why it is not checked; null for what is. */
  readonly reason: string | null;
}

/**
 * What `--list-files` prints: every file that the run read, and what it left out with the reason.
 *
 * @param result of a run with `listing`
 * @param format `json` for programs: `{ version: 1, files: [{ path, status, reason }] }`; any other for people
 */
export function listFiles(result: RunResult, format: string | undefined): string {
  const files = listed(result);
  if (format === 'json') return jsonText({ version: 1, files });
  const width = Math.max(0, ...files.map(({ status }) => status.length));
  const rows = files.map(({ path, status, reason }) => {
    const why = reason === null ? '' : `: ${neutralise(reason)}`;
    return `${status.padEnd(width)}  ${neutralise(path)}${why}`;
  });
  return rows.length === 0 ? 'no files\n' : `${rows.join('\n')}\n`;
}

function listed({ report, listing }: RunResult): ListedFile[] {
  const { context = [], leftOut = [] } = listing ?? {};
  return [
    ...report.files.map(({ path, status, reason }) => ({ path, status, reason })),
    ...context.map((path) => ({ path, status: 'context' as const, reason: 'it only resolves references' })),
    ...leftOut.map(({ name, reason }) => ({ path: name, status: 'left-out' as const, reason })),
  ];
}

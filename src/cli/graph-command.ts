import path from 'node:path';
import { UsageError } from '../discover/usage-error.js';
import type { Picture } from '../picture/picture.js';
import type { GraphFormat, GraphInvocation } from './arguments.js';
import { now } from './clock.js';
import type { ExitStatus } from './exit-status.js';
import type { Linter, RunOptions, RunResult } from './linter.js';
import { withProgress } from './progress.js';
import { settings } from './settings.js';
import { showText, statusWithoutFindings } from './show-text.js';
import type { Surroundings } from './surroundings.js';

/**
 * Draws the token-exchange graph. Findings are drawn and do not fail the run: who wants that lints.
 */
export async function graph(
  invocation: GraphInvocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  const { cwd, stderr } = surroundings;
  if (invocation.files.includes('-')) throw new UsageError('graph reads no standard input');
  const started = now();
  const made = await settings(invocation, surroundings, linter, undefined);
  const { options } = made;
  const { picture, result } = await withProgress(stderr, (onProgress) =>
    linter.picture({ ...options, ...(onProgress && { onProgress }) }),
  );
  const linted = now();
  const format = invocation.format ?? formatByName(invocation.output);
  const shown = format === 'html' ? await withFixLines(picture, cwd, options, result) : picture;
  const text = await linter.draw(shown, format);
  showText(invocation, surroundings, made, result, text);
  if (invocation.stats) {
    const { printStats } = await import('./stats.js');
    printStats(stderr, result, { lint: linted - started, draw: now() - linted });
  }
  return statusWithoutFindings(invocation, surroundings, result);
}

/** The picture with the lines to write for each fix, which the page shows. */
async function withFixLines(
  picture: Picture,
  cwd: string,
  options: RunOptions,
  result: RunResult,
): Promise<Picture> {
  if (picture.findings.every(({ fix }) => fix === null)) return picture;
  const { maskedTexts } = await import('./format-context.js');
  const { fixLines } = await import('../report/fix-lines.js');
  const textOf = await maskedTexts(cwd, options, result);
  return {
    ...picture,
    fixLines: picture.findings.map(({ fix, file }) =>
      fix === null ? null : (fixLines(fix, file, textOf) ?? null),
    ),
  };
}

const FORMATS_BY_SUFFIX: Readonly<Record<string, GraphFormat>> = {
  '.dot': 'dot',
  '.gv': 'dot',
  '.htm': 'html',
  '.html': 'html',
  '.json': 'json',
  '.svg': 'svg',
};

function formatByName(output: string | undefined): GraphFormat {
  return FORMATS_BY_SUFFIX[path.extname(output ?? '').toLowerCase()] ?? 'mermaid';
}

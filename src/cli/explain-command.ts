import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../discover/usage-error.js';
import { colorPaint } from '../report/color-paint.js';
import { plainPaint } from '../report/paint.js';
import type { ExplainInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import type { Linter } from './linter.js';
import { renderMarkdown } from './markdown.js';
import { packageDirectory } from './package-files.js';
import { unknown } from './suggest.js';
import type { Surroundings } from './surroundings.js';
import { columnsOf, useColor } from './terminal.js';

/** Prose gets no wider than this, however wide the terminal: longer lines are hard to read. */
const PROSE_COLUMNS = 100;

/** Shows the page of a rule. */
export async function explain(
  invocation: ExplainInvocation,
  { stdout, env }: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  const known = (await linter.rules()).map(({ id }) => id);
  // Only ids of the list become part of a path.
  if (!known.includes(invocation.rule)) {
    throw await unknown(`unknown rule ${invocation.rule}`, invocation.rule, known);
  }
  const paint = useColor(invocation.color, env, stdout) ? colorPaint : plainPaint;
  stdout.write(renderMarkdown(page(invocation.rule), paint, Math.min(columnsOf(stdout), PROSE_COLUMNS)));
  return ExitStatus.clean;
}

function page(rule: string): string {
  try {
    return readFileSync(path.join(packageDirectory(), 'rules', `${rule}.md`), 'utf8');
  } catch {
    throw new UsageError(`this installation has no page for the rule ${rule}`);
  }
}

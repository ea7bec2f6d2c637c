import type { Picture } from '../picture/picture.js';
import type { FormatName } from '../report/index.js';
import { loadFormatter, tellsHeldBack } from '../report/index.js';
import { isSummaryEnough, plainSummary } from '../report/pretty-summary.js';
import { heldBackCounts } from '../report/words.js';
import type { LintInvocation } from './arguments.js';
import { formatContext } from './format-context.js';
import type { Linter, RunResult } from './linter.js';
import { say } from './messages.js';
import type { Settings } from './settings.js';
import type { Surroundings } from './surroundings.js';
import { useColor } from './terminal.js';

/** What there is to report. */
export interface ReportedRun {
  readonly result: RunResult;
  /** The graph of the same run; left out when nothing was going to show it. */
  readonly picture?: Picture;
}

/**
 * Writes the report to standard output or its file, and all further reports to theirs.
 *
 * @param silent keeps the report off standard output; files are written all the same
 * @throws UsageError when a file cannot be written
 */
export async function reportStep(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
  made: Settings,
  run: ReportedRun,
  silent: boolean,
): Promise<void> {
  const { output, reports } = invocation;
  if (silent && output === undefined && reports.length === 0) return;
  const { stdout, stderr, env, cwd } = surroundings;
  const { options } = made;
  const { result } = run;
  const name = invocation.format ?? defaultFormat(env);
  // A file is no terminal, so colours go into it only when they are asked for.
  const color = output === undefined ? useColor(invocation.color, env, stdout) : invocation.color === true;
  // The report of a clean run comes with the program itself: the less is opened, the sooner it is there.
  const format =
    name === 'pretty' && !color && isSummaryEnough(result)
      ? plainSummary
      : await loadFormatter(name, { color });
  // Nor does the summary speak of rules.
  const rules = format === plainSummary && reports.length === 0 ? [] : await linter.rules();
  const context = await formatContext(invocation, surroundings, rules, options, result, color);
  const text = format(result, context);
  if (output !== undefined) {
    const { inputsOf, summaryLine, writeOutput } = await import('./output-file.js');
    say(stderr, summaryLine(result));
    writeOutput(cwd, output, text, inputsOf(result, made));
  } else if (!silent) {
    stdout.write(text);
    if (!tellsHeldBack(name) && !invocation.quiet && heldBackCounts(result.report.summary) !== undefined) {
      const { summaryLine } = await import('./output-file.js');
      say(stderr, summaryLine(result));
    }
  }
  if (reports.length === 0) return;
  const { inputsOf } = await import('./output-file.js');
  const { writeMoreReports } = await import('./more-reports.js');
  const mermaid = async (): Promise<string | undefined> => {
    const picture = run.picture ?? (await linter.picture(options)).picture;
    return picture.nodes.length === 0 ? undefined : linter.draw(picture, 'mermaid');
  };
  await writeMoreReports(reports, result, context, mermaid, inputsOf(result, made));
}

function defaultFormat(env: Surroundings['env']): FormatName {
  return env.GITHUB_ACTIONS === 'true' ? 'github' : 'pretty';
}

import type { LintResult } from '../lint/result.js';
import type { FormatName } from '../report/format.js';
import { loadFormatter } from '../report/index.js';
import { prettyFormatter } from '../report/pretty.js';
import type { LintInvocation } from './arguments.js';
import { type ExitStatus, exitStatus } from './exit-status.js';
import { formatContext } from './format-context.js';
import type { Linter, RunOptions } from './linter.js';
import { say, sayFaults } from './messages.js';
import { withProgress } from './progress.js';
import { settings } from './settings.js';
import type { Surroundings } from './surroundings.js';
import { useColor } from './terminal.js';

const STDIN_NAME = '<stdin>';

/** Lints, reports, and says how it went. */
export async function lint(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  if (invocation.watch) return (await import('./watch.js')).watch(invocation, surroundings, linter);
  return lintOnce(invocation, surroundings, linter);
}

/** One run from the command line to the exit status. */
export async function lintOnce(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  const { stderr } = surroundings;
  const started = performance.now();
  const stdin = await standardInput(invocation, surroundings);
  const { options, notes } = await settings(invocation, surroundings, linter, stdin);

  const ready = performance.now();
  let result = await withProgress(stderr, (onProgress) =>
    linter.run({ ...options, ...(onProgress && { onProgress }) }),
  );
  const fixes =
    invocation.fix === 'no'
      ? undefined
      : await (await import('./fix-step.js')).fixStep(invocation, surroundings, linter, options, result);
  if (fixes !== undefined) result = fixes.result;
  const linted = performance.now();

  // A dry run's diff stands in place of the report, unless a report of some format was asked for.
  const diffAlone = fixes?.diff !== undefined && invocation.format === undefined;
  if (fixes?.diff !== undefined) (diffAlone ? surroundings.stdout : stderr).write(fixes.diff);
  if (!diffAlone || invocation.output !== undefined) {
    await report(invocation, surroundings, linter, options, result);
  }

  if (!invocation.quiet) {
    for (const note of [...notes, ...result.notes, ...nothingChecked(invocation, result)]) say(stderr, note);
  }
  sayFaults(stderr, result);
  if (invocation.stats) {
    const { printStats } = await import('./stats.js');
    const times = { settings: ready - started, lint: linted - ready, report: performance.now() - linted };
    printStats(stderr, result, times);
  }
  return exitStatus(result, invocation.maxWarnings);
}

async function standardInput(
  invocation: LintInvocation,
  surroundings: Surroundings,
): Promise<RunOptions['stdin']> {
  if (!invocation.files.includes('-')) return undefined;
  return { name: invocation.stdinFilename ?? STDIN_NAME, text: await surroundings.readStdin() };
}

async function report(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
  options: RunOptions,
  result: LintResult,
): Promise<void> {
  const { stdout, stderr, env } = surroundings;
  const { output } = invocation;
  const name = invocation.format ?? defaultFormat(env);
  // A file is no terminal, so colours go into it only when they are asked for.
  const color = output === undefined ? useColor(invocation.color, env, stdout) : invocation.color === true;
  // The usual report comes with the program itself: the less is opened at the start, the sooner it is there.
  const format =
    name === 'pretty' && !color ? prettyFormatter(undefined) : await loadFormatter(name, { color });
  const hasFindings = result.report.diagnostics.length + result.suppressed.length > 0;
  const context = await formatContext(invocation, surroundings, linter, options, hasFindings, color);
  const text = format(result, context);
  if (output === undefined) {
    stdout.write(text);
    return;
  }
  const { summaryLine, writeOutput } = await import('./output-file.js');
  say(stderr, summaryLine(result));
  writeOutput(surroundings.cwd, output, text);
}

function defaultFormat(env: Surroundings['env']): FormatName {
  return env.GITHUB_ACTIONS === 'true' ? 'github' : 'pretty';
}

/** A file that is no template is passed over in silence, unless nothing else was asked for. */
function nothingChecked(invocation: LintInvocation, { report }: LintResult): string[] {
  if (report.summary.files > 0 || report.files.some(({ status }) => status === 'failed')) return [];
  const [only] = invocation.files;
  if (only === undefined || invocation.files.length > 1) return ['no templates found: nothing was checked'];
  const skipped = report.files.find(({ status }) => status === 'skipped');
  return [
    `nothing was checked: ${skipped?.path ?? only}: ${skipped?.reason ?? 'no CloudFormation template'}`,
  ];
}

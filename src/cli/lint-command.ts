import type { Config } from '../config/config.js';
import type { LintResult } from '../lint/result.js';
import type { LintInvocation } from './arguments.js';
import type { Baseline } from './baseline-step.js';
import { now } from './clock.js';
import { ExitStatus, exitStatus } from './exit-status.js';
import type { Linter, RunOptions, RunResult } from './linter.js';
import { say, sayFaults } from './messages.js';
import { withProgress } from './progress.js';
import { type ReportedRun, reportStep } from './report-step.js';
import { type Settings, settings } from './settings.js';
import type { Surroundings } from './surroundings.js';

const STDIN_NAME = '<stdin>';

/** Lints, reports, and says how it went. */
export async function lint(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  if (invocation.watch) return (await import('./watch.js')).watch(invocation, surroundings, linter, lintOnce);
  return lintOnce(invocation, surroundings, linter);
}

/** One run from the command line to the exit status. */
export async function lintOnce(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
): Promise<ExitStatus> {
  const { stderr, stdout } = surroundings;
  const started = now();
  const stdin = await standardInput(invocation, surroundings);
  const made = await settings(invocation, surroundings, linter, stdin);
  if (invocation.show !== 'report') return show(invocation, surroundings, linter, made);
  const { options: given, config, notes } = made;
  const baseline = await baselineOf(invocation, config, surroundings.cwd);
  const options = baseline === undefined ? given : { ...given, baseline };

  const ready = now();
  let run: ReportedRun = await withProgress(stderr, (onProgress) =>
    runOnce(invocation, linter, { ...options, ...(onProgress && { onProgress }) }),
  );
  const fixes =
    invocation.fix === 'no'
      ? undefined
      : await (await import('./fix-step.js')).fixStep(invocation, surroundings, linter, options, run.result);
  if (fixes !== undefined && fixes.result !== run.result) run = { result: fixes.result };
  const linted = now();

  // A dry run's diff stands in place of the report, unless a report of some format was asked for.
  const diffAlone = fixes?.diff !== undefined && invocation.format === undefined;
  if (fixes?.diff !== undefined) {
    const { neutraliseDiff } = await import('./neutralise-diff.js');
    (diffAlone ? stdout : stderr).write(neutraliseDiff(fixes.diff));
  }
  const { result } = run;
  // A hook is handed files of all kinds, and nobody wants to read that some are no templates.
  const passesOver = isHook(surroundings) && checkedNothing(result);
  const silent = invocation.format === undefined && (diffAlone || passesOver);
  await reportStep(invocation, surroundings, linter, { ...made, options }, run, silent);

  if (!invocation.quiet) {
    if (diffAlone && !checkedNothing(result)) {
      const { summaryLine } = await import('./output-file.js');
      const none = invocation.fixSuggested ? 'no fixes; ' : 'no safe fixes; ';
      say(stderr, `${fixes?.diff === '' ? none : ''}${summaryLine(result)}`);
    }
    for (const note of [...notes, ...result.notes]) say(stderr, note);
    if (checkedNothing(result) && !passesOver) {
      const { whyNothing } = await import('./nothing-checked.js');
      say(stderr, whyNothing(invocation, result));
    }
  }
  const outdated = baseline !== undefined && (await closed(baseline, invocation, result, made, surroundings));
  sayFaults(stderr, result);
  if (invocation.stats) {
    const { printStats } = await import('./stats.js');
    const times = { settings: ready - started, lint: linted - ready, report: now() - linted };
    printStats(stderr, result, times);
  }
  if (checkedNothing(result) && result.internalErrors.length === 0) {
    const { statusOfNothing } = await import('./nothing-checked.js');
    return statusOfNothing(invocation, surroundings.cwd);
  }
  const failOn = invocation.failOn ?? config?.failOn ?? 'error';
  const status = exitStatus(result, { failOn, maxWarnings: invocation.maxWarnings });
  return status === ExitStatus.clean && outdated && options.strict === true ? ExitStatus.findings : status;
}

/** What the run would read, or how it is configured, in place of what it finds. */
async function show(
  invocation: LintInvocation,
  { cwd, stdout, stderr }: Surroundings,
  linter: Linter,
  made: Settings,
): Promise<ExitStatus> {
  let text: string;
  const notes = [...made.notes];
  if (invocation.show === 'config') {
    text = await (await import('./print-config.js')).printConfig(invocation, made, cwd, linter);
  } else {
    const result = await linter.run({ ...made.options, listing: true });
    text = (await import('./list-files.js')).listFiles(result, invocation.format);
    notes.push(...result.notes);
  }
  if (invocation.output === undefined) stdout.write(text);
  else (await import('./output-file.js')).writeOutput(cwd, invocation.output, text);
  if (!invocation.quiet) for (const note of notes) say(stderr, note);
  return ExitStatus.clean;
}

/** What reads and writes baselines is loaded for a run that has one. */
async function baselineOf(
  invocation: LintInvocation,
  config: Config | undefined,
  cwd: string,
): Promise<Baseline | undefined> {
  const isAsked = invocation.baseline !== undefined || invocation.updateBaseline;
  if (!isAsked && config?.baseline === undefined) return undefined;
  return (await import('./baseline-step.js')).openBaseline(invocation, config, cwd);
}

/** Whether the baseline has entries that are out of date; an update leaves none. */
async function closed(
  baseline: Baseline,
  { environments }: LintInvocation,
  result: RunResult,
  made: Settings,
  surroundings: Surroundings,
): Promise<boolean> {
  const { closeBaseline } = await import('./baseline-step.js');
  return closeBaseline(baseline, result, made, environments.length > 0, surroundings);
}

async function standardInput(
  invocation: LintInvocation,
  surroundings: Surroundings,
): Promise<RunOptions['stdin']> {
  if (!invocation.files.includes('-')) return undefined;
  return { name: invocation.stdinFilename ?? STDIN_NAME, text: await surroundings.readStdin() };
}

/** One run of the linter, with the picture of its graph where a report will show it. */
async function runOnce(
  { format, reports }: LintInvocation,
  linter: Linter,
  given: RunOptions,
): Promise<ReportedRun> {
  const options = [format, ...reports.map((report) => report.format)].some(tellsConsumers)
    ? { ...given, consumers: true }
    : given;
  if (reports.some(({ format }) => format === 'job-summary')) return linter.picture(options);
  return { result: await linter.run(options) };
}

/** Whether a format says who calls whom as whom. */
function tellsConsumers(format: string | undefined): boolean {
  return format === 'json' || format === 'job-summary';
}

/** pre-commit sets `PRE_COMMIT` for every hook that it runs. */
function isHook({ env }: Surroundings): boolean {
  return env.PRE_COMMIT !== undefined;
}

function checkedNothing({ report }: LintResult): boolean {
  return report.summary.files === 0 && !report.files.some(({ status }) => status === 'failed');
}

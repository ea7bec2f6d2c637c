import { type FSWatcher, statSync, watch as watchDirectory } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../discover/usage-error.js';
import type { LintInvocation } from './arguments.js';
import { ExitStatus } from './exit-status.js';
import type { Linter, RunOptions, RunResult } from './linter.js';
import { say } from './messages.js';
import type { Surroundings } from './surroundings.js';

/** One save makes several events, and a branch switch makes hundreds: they count as one change. In milliseconds. */
const QUIET_TIME = 100;

/** One run of the linter from the command line to the exit status. */
type LintOnce = (
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
) => Promise<ExitStatus>;

/**
 * Lints, and lints again whenever something changes, until the user interrupts it.
 *
 * Watched are the working directory, the directories that were named, and those of every file that was read (templates,
 * what they deploy and take in, context) and of every file of parameters; not all below them, which in most projects would be node_modules. A directory that a run meets first is watched after
 * that run.
 *
 * @param lintOnce one run, from the command line to the exit status
 */
export async function watch(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
  lintOnce: LintOnce,
): Promise<ExitStatus> {
  const { cwd, stderr } = surroundings;
  const written = [invocation.output ?? '.', ...invocation.reports.map(({ file }) => file)];
  const changes = new Changes(written.map((file) => path.resolve(cwd, file)));
  const stopListening = surroundings.onInterrupt(() => changes.stop());
  try {
    for (const file of ['.', ...invocation.files, ...foldersOfParameters(invocation, cwd)])
      changes.follow(path.resolve(cwd, file));
    while (!changes.stopped) {
      const follow = (options: RunOptions): void => {
        for (const folder of foldersOfValues(options, cwd)) changes.follow(folder);
      };
      const result = await lintGently(invocation, surroundings, linter, lintOnce, follow);
      const files = [...(result?.report.files ?? []).map((file) => file.path), ...(result?.read ?? [])];
      for (const file of files) changes.follow(path.dirname(path.resolve(cwd, file)));
      say(stderr, `waiting for changes since ${new Date().toLocaleTimeString()}; Ctrl-C ends`);
      const changed = await changes.next();
      if (changed !== undefined) stderr.write(`\n${'─'.repeat(60)}\n`);
      if (changed !== undefined) say(stderr, `${path.relative(cwd, changed)} changed`);
    }
    return ExitStatus.clean;
  } finally {
    stopListening();
    changes.stop();
  }
}

/** A configuration that is half written, or a template that is gone for a moment, does not end the watching. */
async function lintGently(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
  lintOnce: LintOnce,
  onOptions: (options: RunOptions) => void,
): Promise<RunResult | undefined> {
  let last: RunResult | undefined;
  const keep = (result: RunResult): RunResult => {
    last = result;
    return result;
  };
  const observed: Linter = {
    ...linter,
    run: async (options) => {
      onOptions(options);
      return keep(await linter.run(options));
    },
    picture: async (options) => {
      const drawn = await linter.picture(options);
      keep(drawn.result);
      return drawn;
    },
  };
  try {
    await lintOnce(invocation, surroundings, observed);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(surroundings.stderr, error.message);
  }
  return last;
}

/** The folders of the files that `--parameters` names, even of one that cannot be read yet. */
function foldersOfParameters({ parameters }: LintInvocation, cwd: string): string[] {
  return parameters
    .flatMap((argument) => [argument, argument.slice(argument.indexOf(':') + 1)])
    .flatMap((named) => folderOf(named.replace(/^file:\/\//, '').replace(/#[^#/\\]*$/, ''), cwd));
}

/** The folders of the files that values of parameters come from, those that the configuration names included. */
function foldersOfValues({ parameters = [], environments = [] }: RunOptions, cwd: string): string[] {
  const assignments = [...parameters, ...environments.flatMap((environment) => environment.parameters)];
  const places = assignments.flatMap(({ origin, places }) => [origin, ...Object.values(places ?? {})]);
  return [...new Set(places.flatMap((place) => folderOf(place.replace(/(?::\d+){1,2}$/, ''), cwd)))];
}

function folderOf(named: string, cwd: string): string[] {
  const file = path.resolve(cwd, named);
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? [path.dirname(file)] : [];
}

/** Changes below directories, one at a time. */
class Changes {
  private readonly watchers = new Map<string, FSWatcher>();
  /** What the program itself writes is no change. */
  private readonly own: readonly string[];
  private changed: string | undefined;
  private wake: (() => void) | undefined;
  stopped = false;

  /** @param own the absolute files that reports are written to */
  constructor(own: readonly string[]) {
    this.own = own;
  }

  /** Watches a directory, or a file's directory; what is not there is left alone. */
  follow(place: string): void {
    if (this.stopped || this.watchers.has(place)) return;
    try {
      const watcher = watchDirectory(place, (_event, name) =>
        this.notice(name === null ? place : path.join(place, name)),
      );
      watcher.on('error', () => this.forget(place));
      this.watchers.set(place, watcher);
    } catch {
      // A glob, or a directory that has gone since.
    }
  }

  /** The place of the next change, once things have been quiet for a while; undefined when stopped. */
  async next(): Promise<string | undefined> {
    if (this.changed === undefined && !this.stopped) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    let changed: string | undefined;
    while (this.changed !== undefined && !this.stopped) {
      changed = this.changed;
      this.changed = undefined;
      await sleep(QUIET_TIME);
    }
    return this.stopped ? undefined : changed;
  }

  stop(): void {
    this.stopped = true;
    for (const place of [...this.watchers.keys()]) this.forget(place);
    this.wake?.();
  }

  private notice(place: string): void {
    const name = path.basename(place);
    if (this.own.some((own) => place === own || name.startsWith(`.${path.basename(own)}.`))) return;
    // Editors write beside the file and move the result over it.
    if (/~$|\.(?:swp|swx|tmp)$/.test(name) || name === '.git') return;
    this.changed = place;
    this.wake?.();
  }

  private forget(place: string): void {
    this.watchers.get(place)?.close();
    this.watchers.delete(place);
  }
}

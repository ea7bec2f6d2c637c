import { realpathSync } from 'node:fs';
import path from 'node:path';
import { isInsideProject } from '../discover/project-root.js';
import { readText } from '../discover/read.js';
import type { FormatContext } from '../report/format.js';
import { MAX_FILE_BYTES } from '../source/limits.js';
import { version } from '../version.js';
import type { LintInvocation } from './arguments.js';
import type { RunOptions, RunResult } from './linter.js';
import type { Surroundings } from './surroundings.js';
import { columnsOf, useHyperlinks } from './terminal.js';

/** What a format needs beside the result. */
export async function formatContext(
  invocation: LintInvocation,
  surroundings: Surroundings,
  rules: FormatContext['rules'],
  options: RunOptions,
  result: RunResult,
  color: boolean,
): Promise<FormatContext> {
  const { cwd, env, stdout } = surroundings;
  // What nobody is shown needs no masking.
  const mask = result.masking?.source ?? (await withoutMasking(result));
  const toTerminal = invocation.output === undefined;
  const hyperlinks = toTerminal && color && useHyperlinks(env, stdout);
  return {
    version,
    rules,
    maskedText: sourceTexts(cwd, options, mask),
    maskedCode: codeTexts(cwd, mask),
    cwd,
    ...projectFolder(env),
    color,
    width: toTerminal ? columnsOf(stdout) : columnsOf({ columns: undefined }),
    hyperlinks,
    explainHint: toTerminal && stdout.isTerminal && !hyperlinks,
    quiet: invocation.quiet,
    maxWarnings: invocation.maxWarnings,
  };
}

/** The texts of the templates that a report shows, with their secrets masked. */
export async function maskedTexts(
  cwd: string,
  options: RunOptions,
  result: RunResult,
): Promise<FormatContext['maskedText']> {
  return sourceTexts(cwd, options, result.masking?.source ?? (await withoutMasking(result)));
}

/** Masks by names and looks alone, where the run does not know its secrets. */
async function withoutMasking({ report, suppressed }: RunResult): Promise<(text: string) => string> {
  const hasFindings = report.diagnostics.length + suppressed.length > 0;
  return hasFindings ? (await import('../mask/mask.js')).maskSecrets : () => '';
}

/** Where CI services start the names of a repository's files, however deep in it a step works. */
function projectFolder(env: Surroundings['env']): Pick<FormatContext, 'root'> {
  const folder = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR;
  if (!folder) return {};
  try {
    // The working directory comes with all links followed, too.
    return { root: realpathSync.native(folder) };
  } catch {
    return {};
  }
}

/** Reads the templates that a report shows, each once. One that has gone since is not shown. */
function sourceTexts(
  cwd: string,
  options: RunOptions,
  mask: (text: string) => string,
): FormatContext['maskedText'] {
  const { stdin } = options;
  const shown = new Map<string, string | undefined>();
  return (file) => {
    if (!shown.has(file)) {
      const text = stdin?.name === file ? stdin.text : readIfThere(path.resolve(cwd, file));
      shown.set(file, text === undefined ? undefined : mask(text));
    }
    return shown.get(file);
  };
}

/** What a CDK app is written in: a name that an assembly holds may lead to no other file. */
const CODE = /\.(?:[cm]?[jt]sx?|py|java|kts?|scala|groovy|cs|fs|vb|go)$/i;

/** Reads the code that a cloud assembly names as where a construct is made, each file once. */
function codeTexts(cwd: string, mask: (text: string) => string): FormatContext['maskedCode'] {
  const shown = new Map<string, string | undefined>();
  return (name) => {
    if (!shown.has(name)) {
      const file = path.resolve(cwd, name);
      const text = CODE.test(name) && isInsideProject(cwd, file) ? readIfThere(file) : undefined;
      shown.set(name, text === undefined ? undefined : mask(text));
    }
    return shown.get(name);
  };
}

/** Undefined for what is no file, such as a pipe that would be waited for, and for one that is too large to show. */
function readIfThere(file: string): string | undefined {
  const text = readText(file, MAX_FILE_BYTES);
  return text.ok ? text.content : undefined;
}

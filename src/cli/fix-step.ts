import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../discover/inside.js';
import { UsageError } from '../discover/usage-error.js';
import { unifiedDiff } from '../fix/diff.js';
import { uninterrupted } from '../fix/uninterrupted.js';
import { replaceFile } from '../fix/write.js';
import { type FixedFile, fixFiles, isWanted } from '../lint/fix-rounds.js';
import { maskSecrets } from '../mask/mask.js';
import { realPlace } from '../plain/real-place.js';
import { FileLeftAlone } from '../plain/whole-file.js';
import { fixedMaskLines } from '../report/fixed-mask.js';
import { constructFixText, count } from '../report/words.js';
import type { LintInvocation } from './arguments.js';
import type { Linter, RunOptions, RunResult } from './linter.js';
import { say } from './messages.js';
import type { Surroundings } from './surroundings.js';
import { writeReason } from './write-reason.js';

export interface FixStep {
  /** What is to be reported: after `--fix` what is left, after `--fix-dry-run` what there is. */
  readonly result: RunResult;
  /** The unified diff of `--fix-dry-run`. */
  readonly diff?: string;
}

/**
 * Applies the safe fixes of a run, and under `--fix-suggested` the others as well.
 *
 * @param first what the run found
 * @throws UsageError when a file cannot be written; those before it are, each of them whole
 */
export async function fixStep(
  invocation: LintInvocation,
  surroundings: Surroundings,
  linter: Linter,
  options: RunOptions,
  first: RunResult,
): Promise<FixStep> {
  const { cwd, stderr } = surroundings;
  const suggested = invocation.fixSuggested;
  const textOf = textReader(cwd, options);
  // Edits fit the text that was linted. A file can have changed since, so the texts that are edited are linted again.
  const originals = new Map(
    fixableFiles(first, suggested)
      .flatMap((file) => [[file, textOf(file)] as const])
      .filter(isKnown),
  );
  const lintTexts = async (overlay: ReadonlyMap<string, string>) =>
    (await linter.run({ ...options, overlay: new Map([...originals, ...overlay]) })).report;
  sayConstructFixes(stderr, first, invocation);
  const { files, applied } =
    originals.size === 0 ? NOTHING_TO_FIX : await fixFiles(lintTexts, textOf, { suggested });

  if (invocation.fix === 'dry-run') {
    const hide = first.masking?.source ?? maskSecrets;
    const mask = (text: string): string => fixedMaskLines(text, hide(text));
    const diffs = await Promise.all(
      files.map(({ file, original, text }) => unifiedDiff(file, original, text, { mask })),
    );
    return { result: first, diff: diffs.join('') };
  }
  if (files.length === 0) return { result: first };
  const left = await uninterrupted(process, () => leftAlone(cwd, files));
  for (const [file, reason] of left) say(stderr, `${file} ${reason}`);
  const made = applied.filter((changed) => changed.every((file) => !left.has(file))).length;
  const written = files.length - left.size;
  say(stderr, `${made === 1 ? '1 fix' : `${made} fixes`} applied to ${count(written, 'file')}`);
  return { result: await linter.run(options) };
}

/** What would have to be written into a cloud assembly, which the CDK writes anew each time: told instead. */
function sayConstructFixes(
  stderr: Surroundings['stderr'],
  { report }: RunResult,
  { quiet }: LintInvocation,
): void {
  const fixes = report.diagnostics.flatMap(({ constructFix }) => constructFix ?? []);
  if (fixes.length === 0 || quiet) return;
  say(
    stderr,
    `nothing is written into a cloud assembly; change ${fixes.length === 1 ? 'this construct' : 'these constructs'} instead:`,
  );
  for (const fix of new Set(fixes.map(constructFixText))) say(stderr, `  ${fix}`);
}

const NOTHING_TO_FIX = { files: [], applied: [] };

/** The files that the wanted fixes of a run would change. */
function fixableFiles({ report }: RunResult, suggested: boolean): string[] {
  const edits = report.diagnostics.flatMap(({ fix }) =>
    fix !== null && isWanted(fix, suggested) ? fix.edits : [],
  );
  return [...new Set(edits.map(({ file }) => file))];
}

function isKnown(entry: readonly [string, string | undefined]): entry is readonly [string, string] {
  return entry[1] !== undefined;
}

/** Reads each text once, so that what is compared with the disk later is what the fixes were made for. */
function textReader(cwd: string, { stdin }: RunOptions): (file: string) => string | undefined {
  const texts = new Map<string, string | undefined>();
  return (file) => {
    if (!texts.has(file))
      texts.set(file, stdin?.name === file ? stdin.text : readIfThere(path.resolve(cwd, file)));
    return texts.get(file);
  };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A link in the working directory may come from anybody's branch, and what it leads to is not meant by its name. */
function refuseLinkOut(cwd: string, file: string): void {
  if (isInside(cwd, file) && !isInside(realPlace(cwd), realPlace(file)))
    throw new FileLeftAlone('a link leads out of the working directory');
}

/** Writes the files, and says of each that is not written why it was left as it is. */
function leftAlone(cwd: string, files: readonly FixedFile[]): ReadonlyMap<string, string> {
  const left = new Map<string, string>();
  for (const { file, original, text } of files) {
    try {
      refuseLinkOut(cwd, path.resolve(cwd, file));
      if (replaceFile(path.resolve(cwd, file), original, text) === 'changed')
        left.set(file, 'has changed since it was linted and was left as it is');
    } catch (error) {
      if (!(error instanceof FileLeftAlone))
        throw new UsageError(`cannot write ${file}: ${writeReason(error)}`);
      left.set(file, `was left as it is: ${error.message}`);
    }
  }
  return left;
}

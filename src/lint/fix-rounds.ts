import { TakenEdits } from '../fix/apply.js';
import { offsetsOf, type SpanEdit } from '../fix/spans.js';
import type { Diagnostic, Fix, Report } from './result.js';

/** What one run over the files says. */
type Linted = Pick<Report, 'diagnostics' | 'files'>;

/** Lints with some files' texts replaced; an empty map means as they are on disk. */
export type LintOnce = (texts: ReadonlyMap<string, string>) => Promise<Linted>;

export interface FixedFile {
  /** The name that its findings bear. */
  readonly file: string;
  readonly original: string;
  readonly text: string;
}

export interface FixOutcome {
  /** The files whose text changed, by name. */
  readonly files: readonly FixedFile[];
  /** The fixes that are in the new texts: the files that each of them changes. */
  readonly applied: readonly (readonly string[])[];
  /** What linting the new texts finds. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface FixOptions {
  readonly maxRounds?: number;
  /** Whether fixes that may not be what was meant are applied as well; default false. */
  readonly suggested?: boolean;
}

/** Whether a fix is one that is applied. */
export function isWanted({ safety }: Fix, suggested: boolean): boolean {
  return suggested || safety === 'safe';
}

export const MAX_ROUNDS = 10;

/**
 * Applies all safe fixes in memory, and the suggested ones where they are wanted, in rounds: those that do not get in
 * each other's way, then lint, then those that are left. Ends when none is left, after `maxRounds` rounds, or when a
 * round breaks a file. A fix that did not make its finding go away is not applied again. Writes nothing.
 *
 * @param textOf the text of a file as it was linted; undefined for a file whose text is not known, which is not fixed
 */
export async function fixFiles(
  lintOnce: LintOnce,
  textOf: (file: string) => string | undefined,
  { maxRounds = MAX_ROUNDS, suggested = false }: FixOptions = {},
): Promise<FixOutcome> {
  const tried = new Set<string>();
  let texts: ReadonlyMap<string, string> = new Map();
  let linted = await lintOnce(texts);
  const applied: (readonly string[])[] = [];

  for (let round = 0; round < maxRounds; round++) {
    const current = (file: string): string | undefined => texts.get(file) ?? textOf(file);
    const step = applyRound(linted.diagnostics, current, tried, suggested);
    if (step.applied.length === 0) break;
    const next = new Map([...texts, ...step.texts]);
    const found = await lintOnce(next);
    if (isBroken(found, linted, step.texts)) break;
    texts = next;
    linted = found;
    applied.push(...step.applied);
  }

  const files = [...texts].flatMap(([file, text]) => {
    const original = textOf(file);
    return original === undefined || original === text ? [] : [{ file, original, text }];
  });
  return {
    files: files.sort((a, b) => (a.file < b.file ? -1 : 1)),
    applied,
    diagnostics: linted.diagnostics,
  };
}

/** The texts after one round, and the files of each fix that is in them. Remembers in `tried` what it applies. */
function applyRound(
  diagnostics: readonly Diagnostic[],
  textOf: (file: string) => string | undefined,
  tried: Set<string>,
  suggested: boolean,
): { readonly texts: ReadonlyMap<string, string>; readonly applied: readonly (readonly string[])[] } {
  const books = new Map<string, Book>();
  const applied: (readonly string[])[] = [];
  for (const diagnostic of diagnostics) {
    if (diagnostic.fix === null || !isWanted(diagnostic.fix, suggested)) continue;
    const parts = partsOf(diagnostic.fix, books, textOf);
    if (parts === undefined || !parts.every(({ book, edits }) => book.taken.fit(edits))) continue;
    const key = keyOf(diagnostic, parts);
    if (tried.has(key)) continue;
    tried.add(key);
    for (const { book, edits } of parts) book.taken.take(edits);
    applied.push(parts.map(({ file }) => file));
  }
  const texts = new Map<string, string>();
  for (const [file, { text, taken }] of books) {
    const result = taken.result();
    if (result !== text) texts.set(file, result);
  }
  return { texts, applied };
}

/** One file in one round. */
interface Book {
  readonly text: string;
  readonly offsetOf: ReturnType<typeof offsetsOf>;
  readonly taken: TakenEdits;
}

/** What a fix does to one file. */
interface Part {
  readonly file: string;
  readonly book: Book;
  readonly edits: readonly SpanEdit[];
}

/** The fix by file; undefined when it has no edits, changes nothing, or the text of a file is not known. */
function partsOf(
  fix: Fix,
  books: Map<string, Book>,
  textOf: (file: string) => string | undefined,
): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (const file of new Set(fix.edits.map((edit) => edit.file))) {
    let book = books.get(file);
    if (book === undefined) {
      const text = textOf(file);
      if (text === undefined) return undefined;
      book = { text, offsetOf: offsetsOf(text), taken: new TakenEdits(text) };
      books.set(file, book);
    }
    const { offsetOf } = book;
    const edits = fix.edits
      .filter((edit) => edit.file === file)
      .map(({ range, text }) => ({ span: { start: offsetOf(range.start), end: offsetOf(range.end) }, text }));
    parts.push({ file, book, edits });
  }
  return parts.length > 0 ? parts : undefined;
}

/** What makes a fix the same one again in a later round, when lines have moved. */
function keyOf({ ruleId, file, path, fix }: Diagnostic, parts: readonly Part[]): string {
  const changes = parts.map(({ book, edits }) =>
    edits.map(({ span, text }) => [book.text.slice(span.start, span.end), text]),
  );
  return JSON.stringify([ruleId, file, path, fix?.title, changes]);
}

/** Whether a file that was readable before the round no longer is. */
function isBroken(found: Linted, earlier: Linted, changed: ReadonlyMap<string, string>): boolean {
  const unreadable = ({ files }: Linted, file: string): boolean =>
    files.some(({ path, status }) => path === file && status === 'failed');
  return [...changed.keys()].some((file) => unreadable(found, file) && !unreadable(earlier, file));
}

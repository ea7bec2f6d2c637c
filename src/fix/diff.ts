/** What is shown of a diff: masked secrets, no terminal escapes. */
export interface DiffView {
  /** Hides the secrets of a text, line breaks left where they are. */
  readonly mask: (text: string) => string;
}

/**
 * Control and bidirectional characters, and what else a terminal obeys or a reader cannot see. Tabs and line feeds
 * stay, and so does the CR of a line break.
 */
const UNSAFE = /\r(?!\n)|[^\P{Cc}\t\n\r]|[\p{Cs}\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F]/gu;
const HIDDEN = '\uFFFD';

const MASKED_NOTE =
  '# Secrets and control characters are masked: this diff is for reading and cannot be applied.\n';

/**
 * The difference between two texts of a file as a unified diff with `a/` and `b/` before the name, as `git apply` and
 * `patch -p1` take it; empty when there is none.
 *
 * Secrets are masked in what is shown, and so are characters that a terminal would obey. A diff that this has changed
 * begins with a comment that says so, for it can no longer be applied.
 */
export async function unifiedDiff(
  file: string,
  before: string,
  after: string,
  view: DiffView,
): Promise<string> {
  if (before === after) return '';
  const shownBefore = show(before, view);
  const shownAfter = show(after, view);
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  const name = file.replace(/^\/+/, '');
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, shownBefore, shownAfter, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return shownBefore === before && shownAfter === after ? patch : MASKED_NOTE + patch;
}

function show(text: string, { mask }: DiffView): string {
  return mask(text).replace(UNSAFE, HIDDEN);
}

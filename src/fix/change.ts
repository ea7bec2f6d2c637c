import type { Path } from '../source/types.js';

export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/**
 * What a fix does to a template, said in paths: the fix room turns it into text edits that fit the file's
 * format, quotes, indentation and line ends. All paths are paths of the template as it stands now.
 */
export type Change =
  /** Put the string `value` where the scalar (or block) at `path` stands. */
  | { readonly kind: 'replace'; readonly path: Path; readonly value: PlainValue }
  /** Rename the last key of `path`; its value stays. */
  | { readonly kind: 'rename'; readonly path: Path; readonly key: string }
  /** Take out the map entry or list item at `path`, with its separators and its line. */
  | { readonly kind: 'remove'; readonly path: Path }
  /** Add an entry at the end of the map at `path`, which has no such key. */
  | { readonly kind: 'insert'; readonly path: Path; readonly key: string; readonly value: PlainValue };

/** A fix as a rule proposes it. */
export interface ProposedFix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly changes: readonly Change[];
}

/** One step into a template's plain value: a map key, or a 0-based list index. */
export type PathStep = string | number;

/**
 * Where something stands in a template, as steps from the top of its plain value, for example
 * `['Resources', 'Target', 'Properties', 'ScopeList', 0]`. Short tags count in their long form:
 * `!If [C, a, b]` is `{ 'Fn::If': ['C', 'a', 'b'] }`, so its second branch ends in `'Fn::If', 2`.
 */
export type Path = readonly PathStep[];

/** A half-open stretch of the source text, as 0-based UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place for people: line and column count from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A half-open stretch of the source text for people; `end` is the position after the last character. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Where an entry stands in the text. */
export interface Location {
  /** The key of the entry when its parent is a map written as one; absent for list items and the top. */
  readonly key: Span | undefined;
  /** The value, without the white space and comments around it; an empty span where the value is left out. */
  readonly value: Span;
}

/** The formats of templates. */
export type SourceFormat = 'json' | 'yaml';

/** The formats of inputs that only a front end of their own reads. */
export type ForeignFormat = 'python';

/**
 * A parsed template text: its plain value at once, positions only when asked for.
 *
 * In `value`, YAML short tags stand in their long form (`!Ref x` is `{ Ref: 'x' }`, `!GetAtt a.b` is
 * `{ 'Fn::GetAtt': 'a.b' }`, `!Condition c` is `{ Condition: 'c' }`), aliases and merge keys are resolved,
 * timestamps stay strings, and a number whose text would not survive (`012345678901`, `1.10`) stays the string
 * that was written. Keys such as `__proto__` are own properties like any other: read with `Object.hasOwn`.
 */
export interface Source {
  /** The name that findings bear: relative to the working directory when below it, with `/` separators. */
  readonly file: string;
  readonly format: SourceFormat | ForeignFormat;
  readonly text: string;
  readonly value: unknown;
  /** The comments of a YAML text in order; always empty for JSON. `text` is what follows the `#`. */
  comments(): readonly Comment[];
  /**
   * Where the entry at `path` stands. A path into an alias or merge key is answered with the place of the anchor's
   * content. Undefined when there is no such entry.
   */
  locate(path: Path): Location | undefined;
  /** Where the entries of the map or list at `path` stand, in the order of the text; undefined when there is none. */
  entries(path: Path): ReadonlyMap<PathStep, Location> | undefined;
  /** The position of a 0-based UTF-16 offset into `text`. A byte order mark takes no column. */
  position(offset: number): Position;
  range(span: Span): Range;
}

export interface Comment {
  /** The text after `#`, untrimmed. */
  readonly text: string;
  /** From `#` to the end of the line. */
  readonly span: Span;
}

/** Why a text cannot be read as a template, and where. */
export interface SourceError {
  /** One sentence without the file's name: what is wrong. */
  readonly message: string;
  /** Where; the first character of the file when the fault has no place. */
  readonly span: Span;
  readonly range: Range;
  /** A second place that explains the first, such as the earlier of two equal keys. */
  readonly related: { readonly message: string; readonly span: Span; readonly range: Range } | undefined;
}

export type ParseResult =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly error: SourceError };

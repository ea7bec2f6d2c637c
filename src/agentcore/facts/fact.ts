/** One row of a table of facts. */
export interface Fact {
  /** Where the fact comes from: a URL that a reader can open. The day on which it was read is in `source-pages.ts`. */
  readonly source: string;
  /** What the sources disagree about, as a sentence; absent where they agree. A disputed fact proves nothing. */
  readonly disputed?: string;
}

/** Freezes a table and everything in it: rules share the tables, and none may change what another sees. */
export function table<const Rows extends object>(rows: Rows): Rows {
  for (const value of Object.values(rows)) {
    if (typeof value === 'object' && value !== null) table(value);
  }
  return Object.freeze(rows);
}

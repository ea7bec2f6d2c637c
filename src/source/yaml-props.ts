/** What stands before a value, after the key or item that precedes it. Offsets into the text. */
export interface Properties {
  /** Where the tag begins and ends; undefined without one. */
  readonly tag: { readonly start: number; readonly end: number } | undefined;
  /** The end of the last indicator (`:`, `-`, `?`, `,` or a bracket), tag or anchor; `from` without any. */
  readonly end: number;
}

/**
 * Reads the stretch between the preceding key or item and the content of a value: indicators, comments, a tag and an
 * anchor. The `yaml` library knows the places of the latter, but does not give them away with its nodes.
 *
 * @param from where the preceding key or item ends, or the collection begins
 * @param to where the value's content begins
 */
export function readProperties(text: string, from: number, to: number): Properties {
  let tag: Properties['tag'];
  let end = from;
  const part = /[ \t\r\n\uFEFF]+|#[^\r\n]*|%[^\r\n]*|---|[-:?,[{]|!<[^>\s]*>?|[!&][^\s,[\]{}]*/y;
  part.lastIndex = from;
  for (let match = part.exec(text); match !== null && match.index < to; match = part.exec(text)) {
    const [found] = match;
    if (/^[\s#%\uFEFF]/.test(found)) continue;
    end = match.index + found.length;
    if (found.startsWith('!')) tag = { start: match.index, end };
  }
  return { tag, end };
}

import { CST } from 'yaml';

/**
 * Where the string, map or list begins that an error says is not closed: the library names where it gave up looking for
 * the end, and what is to be mended is the beginning.
 *
 * @param tokens the documents, as the library's parser gives them
 * @param message the library's message of the error
 * @param offset where the error is, 0-based, in UTF-16 units
 * @returns a 0-based offset; `offset` itself for every other error
 */
export function unclosedStart(tokens: readonly CST.Token[], message: string, offset: number): number {
  if (/^Missing closing .quote/.test(message)) {
    return (
      startOf(tokens, (token) => CST.isScalar(token) && token.offset + token.source.length === offset) ??
      offset
    );
  }
  if (/^Flow (?:map|sequence) .*must .*end with/.test(message)) {
    return startOf(tokens, (token) => token.offset <= offset && isOpen(token)) ?? offset;
  }
  return offset;
}

function isOpen(token: CST.Token): boolean {
  if (token.type !== 'flow-collection') return false;
  return !token.end.some(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
}

/** The offset of the last token that matches: the innermost, where several lie in each other. */
function startOf(tokens: readonly CST.Token[], matches: (token: CST.Token) => boolean): number | undefined {
  let start: number | undefined;
  const visit = (token: CST.Token | null | undefined): void => {
    if (token && matches(token)) start = token.offset;
  };
  for (const document of tokens) {
    if (document.type !== 'document') continue;
    visit(document.value);
    if (document.value === undefined || !('items' in document.value)) continue;
    CST.visit(document, ({ key, value }) => {
      visit(key);
      visit(value);
    });
  }
  return start;
}

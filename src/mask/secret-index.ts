/** So many characters tell a long secret: what agrees with them is hidden as far as it agrees. */
const KEY_LENGTH = 64;
/**
 * Of long secrets that begin alike, so many are held against a text to see how far it agrees; where there are more, the
 * rest of the line is hidden as far as the longest of them goes.
 */
const MAX_ALIKE = 16;

/** What begins alike: the secrets themselves, or the length of the longest where they are too many. */
type Alike = readonly string[] | number;

/**
 * Secrets by their characters. A text is looked through in one pass, with at most {@link KEY_LENGTH} steps at each
 * offset, however many secrets there are and however long they are.
 */
export class SecretIndex {
  /** The node after a character, by node and UTF-16 unit: one map for all nodes takes the least memory. */
  private readonly next = new Map<number, number>();
  /** The secrets that end at a node, or whose first characters do. */
  private readonly ending = new Map<number, Alike>();
  private nodes = 1;

  get isEmpty(): boolean {
    return this.ending.size === 0;
  }

  add(secret: string): void {
    let node = 0;
    const length = Math.min(secret.length, KEY_LENGTH);
    for (let at = 0; at < length; at++) {
      const edge = node * 0x1_0000 + secret.charCodeAt(at);
      const known = this.next.get(edge);
      if (known === undefined) this.next.set(edge, this.nodes);
      node = known ?? this.nodes++;
    }
    this.ending.set(node, withAnother(this.ending.get(node) ?? [], secret));
  }

  /**
   * How long what is to be hidden at an offset of a text is, in UTF-16 units; 0 where nothing is.
   * @param accepts whether a secret of a length may be hidden there
   */
  lengthAt(text: string, offset: number, accepts: (length: number) => boolean): number {
    let node: number | undefined = 0;
    let longest = 0;
    for (let at = offset; at < text.length && at - offset < KEY_LENGTH; at++) {
      node = this.next.get(node * 0x1_0000 + text.charCodeAt(at));
      if (node === undefined) break;
      for (const length of lengths(this.ending.get(node) ?? [], text, offset))
        if (length > longest && accepts(length)) longest = length;
    }
    return longest;
  }
}

function withAnother(alike: Alike, secret: string): Alike {
  if (typeof alike === 'number') return Math.max(alike, secret.length);
  if (alike.includes(secret)) return alike;
  const all = [...alike, secret];
  return all.length > MAX_ALIKE ? Math.max(...all.map(({ length }) => length)) : all;
}

/** How much of a text can be the secrets that begin as it does at an offset. */
function lengths(alike: Alike, text: string, offset: number): readonly number[] {
  if (typeof alike === 'number') return [lineEnd(text, offset, offset + alike) - offset];
  return alike.map((secret) =>
    secret.length <= KEY_LENGTH ? secret.length : agreement(text, offset, secret),
  );
}

/** The end of the line that an offset is on, or of what may be looked at. */
function lineEnd(text: string, offset: number, limit: number): number {
  let end = offset + KEY_LENGTH;
  while (end < Math.min(text.length, limit) && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/** How far a text agrees with a secret, of which the first characters are known to. */
function agreement(text: string, offset: number, secret: string): number {
  let length = KEY_LENGTH;
  while (length < secret.length && text.charCodeAt(offset + length) === secret.charCodeAt(length)) length++;
  return length;
}

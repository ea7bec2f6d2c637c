/** So many characters tell a long secret: what agrees with them is hidden as far as it agrees. */
const KEY_LENGTH = 64;
/** Of secrets that begin alike, so many are held against a text to see how far it agrees. */
const MAX_ALIKE = 16;

/**
 * Secrets by their characters. A text is looked through in one pass, with at most {@link KEY_LENGTH} steps at each
 * offset, however many secrets there are and however long they are.
 */
export class SecretIndex {
  /** The node after a character, by node and UTF-16 unit: one map for all nodes takes the least memory. */
  private readonly next = new Map<number, number>();
  /** The secrets that end at a node, or whose first characters do. */
  private readonly ending = new Map<number, string[]>();
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
    const alike = this.ending.get(node);
    if (alike === undefined) this.ending.set(node, [secret]);
    else if (alike.length < MAX_ALIKE && !alike.includes(secret)) alike.push(secret);
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
      for (const secret of this.ending.get(node) ?? []) {
        const length = secret.length <= KEY_LENGTH ? secret.length : agreement(text, offset, secret);
        if (length > longest && accepts(length)) longest = length;
      }
    }
    return longest;
  }
}

/** How far a text agrees with a secret, of which the first characters are known to. */
function agreement(text: string, offset: number, secret: string): number {
  let length = KEY_LENGTH;
  while (length < secret.length && text.charCodeAt(offset + length) === secret.charCodeAt(length)) length++;
  return length;
}

/** Reads the tags of an XML text, to tell that no text has become one. */
export class XMLParser {
  constructor(private readonly text: string) {}

  /**
   * The names of all elements.
   * @throws when a tag is not closed in its turn, or a bare `<` or `&` stands in the text
   */
  elements(): Set<string> {
    const names = new Set<string>();
    const open: string[] = [];
    const tag = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g;
    const body = this.text.replace(/^<\?xml[^>]*\?>/, '').replace(/<style>[^<]*<\/style>/g, '');
    for (const [whole, closing, name = '', , alone] of body.matchAll(tag)) {
      if (closing === '/' && open.pop() !== name) throw new Error(`${whole} closes nothing`);
      if (closing !== '/') names.add(name);
      if (closing !== '/' && alone !== '/') open.push(name);
    }
    if (open.length > 0) throw new Error(`${open.join(', ')} is left open`);
    const rest = body.replace(tag, '');
    const bare = /<|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.exec(rest);
    if (bare !== null) throw new Error(`bare markup: ${rest.slice(bare.index, bare.index + 60)}`);
    return names;
  }
}

import { parseSource } from '../source/parse.js';
import type { ParseResult } from '../source/types.js';

/** So many characters of text are remembered; what is parsed of them takes a few times as much memory. */
const REMEMBERED = 32 * 1024 * 1024;

/** What texts were parsed to, for somebody who runs again and again over files of which hardly any changes in between. */
export class ParsedTexts {
  private readonly known = new Map<string, { readonly text: string; readonly result: ParseResult }>();
  private size = 0;

  /** @param most how many characters of text are remembered */
  constructor(private readonly most = REMEMBERED) {}

  /** {@link parseSource}, which is asked once for a text; the result belongs to all who ask. */
  parse(file: string, text: string): ParseResult {
    const known = this.known.get(file);
    if (known?.text === text) {
      // What was asked for last is forgotten last.
      this.known.delete(file);
      this.known.set(file, known);
      return known.result;
    }
    const result = parseSource(file, text);
    this.forget(file);
    this.known.set(file, { text, result });
    this.size += text.length;
    for (const oldest of this.known.keys()) {
      if (this.size <= this.most) break;
      this.forget(oldest);
    }
    return result;
  }

  private forget(file: string): void {
    this.size -= this.known.get(file)?.text.length ?? 0;
    this.known.delete(file);
  }
}

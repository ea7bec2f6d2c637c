import { parseSource } from '../../src/source/parse.js';
import type { Path, Source, SourceError, SourceFormat } from '../../src/source/types.js';

/** The source of a text that must parse. YAML must have been prepared. */
export function read(text: string, format: SourceFormat = 'yaml'): Source {
  const result = parseSource(`template.${format}`, text, format);
  if (!result.ok) throw new Error(`${result.error.message}: ${JSON.stringify(text)}`);
  return result.source;
}

/** The error of a text that must not parse. */
export function fault(text: string, format: SourceFormat = 'yaml'): SourceError {
  const result = parseSource(`template.${format}`, text, format);
  if (result.ok) throw new Error(`parsed without an error: ${JSON.stringify(text)}`);
  return result.error;
}

/** An error as `line:column message`, with its related place where it has one. */
export function told(error: SourceError): string[] {
  const at = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;
  const first = `${at(error.range.start)} ${error.message}`;
  return error.related ? [first, `${at(error.related.range.start)} ${error.related.message}`] : [first];
}

/** The texts of the key and the value at `path`. */
export function located(
  source: Source,
  ...path: Path
): { key: string | undefined; value: string } | undefined {
  const location = source.locate(path);
  if (location === undefined) return undefined;
  const cut = ({ start, end }: { start: number; end: number }) => source.text.slice(start, end);
  return { key: location.key && cut(location.key), value: cut(location.value) };
}

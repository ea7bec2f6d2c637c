import { existsSync } from 'node:fs';
import { readBytes } from '../discover/read.js';
import { UsageError } from '../discover/usage-error.js';
import { parseJson } from '../source/json.js';
import { MAX_FILE_BYTES } from '../source/limits.js';
import type { ParseResult, Path } from '../source/types.js';
import { parseYaml } from '../source/yaml.js';
import { readPipeOrFile } from './pipe-or-file.js';

/** A file of data, read whole. */
export interface ConfigDocument {
  readonly value: unknown;
  /** `:LINE:COLUMN` of an entry or of its key, to stand after the file's name; empty where it has no place. */
  place(path: Path, at: 'key' | 'value'): string;
}

/**
 * Reads a JSON or YAML file, with the parsers of templates: they know positions, keep the text of numbers such as
 * `012345678901`, and have bounds.
 *
 * @param file absolute
 * @param name what messages call it
 * @param byUser whether the user named it for this run: then it may be a pipe, as in `--parameters <(command)`, which
 *   is waited for
 * @throws UsageError when there is no such file or it cannot be parsed
 */
export function readDocument(file: string, name: string, byUser = false): ConfigDocument {
  const result = parse(file, name, readDocumentText(file, name, byUser));
  if (!result.ok) {
    const { line, column } = result.error.range.start;
    throw new UsageError(`${name}:${line}:${column}: ${result.error.message}`);
  }
  const { source } = result;
  return {
    value: source.value,
    place(path, at) {
      const location = source.locate(path);
      if (location === undefined) return '';
      const span = at === 'key' ? (location.key ?? location.value) : location.value;
      const { line, column } = source.position(span.start);
      return `:${line}:${column}`;
    },
  };
}

/**
 * The text of a file of data.
 *
 * @param file absolute
 * @param name what messages call it
 * @param byUser as for {@link readDocument}
 * @throws UsageError when there is no such file, it cannot be read, or it is too large
 */
export function readDocumentText(file: string, name: string, byUser = false): string {
  if (!existsSync(file)) throw new UsageError(`no such file: ${name}`);
  const read = byUser ? readPipeOrFile(file, MAX_FILE_BYTES) : readBytes(file, MAX_FILE_BYTES);
  if (!read.ok) throw new UsageError(`${name}: ${read.reason}`);
  return read.content.toString('utf8');
}

/** JSON by its name; of other files those that look like it, which read faster so. */
function parse(file: string, name: string, text: string): ParseResult {
  if (/\.json$/i.test(file)) return parseJson(name, text);
  if (/^\uFEFF?\s*[{[]/.test(text)) {
    const asJson = parseJson(name, text);
    if (asJson.ok) return asJson;
  }
  return parseYaml(name, text);
}

import { binaryContent, tooLarge } from './decode.js';
import { readEverydayYaml } from './everyday-yaml/everyday-yaml.js';
import { characterAt, EMPTY_FILE, type Fault, failure, NO_MAP_AT_TOP } from './fault.js';
import { parseJson } from './json.js';
import { MAX_FILE_BYTES } from './limits.js';
import { firstCharacter } from './position.js';
import { TextSource } from './text-source.js';
import type { ParseResult, Source, SourceFormat } from './types.js';

/**
 * The YAML half, with the `yaml` library, for what `readEverydayYaml` gives up: loaded by `prepareSources` only, since
 * hardly a run needs it.
 */
let yaml: typeof import('./yaml.js') | undefined;

/** Thrown by `parseSource` when a text needs the YAML half and `prepareSources` was not awaited before. */
export class YamlNotPrepared extends Error {
  constructor(file: string) {
    super(`${file} is YAML: await prepareSources(['yaml']) before parsing it`);
    this.name = 'YamlNotPrepared';
  }
}

/** Loads what `parseSource` needs for these formats. Cheap when called again. */
export async function prepareSources(formats: Iterable<SourceFormat>): Promise<void> {
  for (const format of formats) {
    if (format === 'yaml') yaml ??= await import('./yaml.js');
  }
}

/** Gives the YAML half to `parseSource`, for callers that cannot wait for `prepareSources`. */
export function provideYaml(half: NonNullable<typeof yaml>): void {
  yaml = half;
}

/**
 * Parses the text of a template.
 *
 * The format follows from the file's name: `.json` is JSON. Under any other name a text that begins with `{` is tried
 * as JSON first, which is far faster and takes tabs, and then as YAML, of which JSON is nearly a part. The rest is
 * YAML. The result's `format` says what it was read as.
 *
 * @param file the name that findings bear
 * @param text as `decodeText` gives it: a byte order mark may stand at the beginning
 * @param format reads the text as this format and no other
 * @returns the source, or the first fault with its place. Never throws for what stands in the text.
 * @throws YamlNotPrepared when the text is YAML out of the ordinary, or faulty, and `prepareSources(['yaml'])` has not
 * been awaited
 */
export function parseSource(file: string, text: string, format?: SourceFormat): ParseResult {
  const result = parseAnything(file, text, format);
  const topFault = result.ok ? topIsNoMap(result.source) : undefined;
  return topFault ? failure(text, topFault) : result;
}

/** `parseSource` for what need not be a template: there may be anything at the top. */
export function parseAnything(file: string, text: string, format?: SourceFormat): ParseResult {
  const fault = text.length > MAX_FILE_BYTES ? tooLarge() : (binaryContent(text) ?? emptyText(text));
  if (fault) return failure(text, fault);
  return parseAs(file, text, format ?? (/\.json$/i.test(file) ? 'json' : undefined));
}

/** `parseSource` for those who can wait: loads the YAML half when the text turns out to need it. */
export async function loadSource(file: string, text: string, format?: SourceFormat): Promise<ParseResult> {
  try {
    return parseSource(file, text, format);
  } catch (thrown) {
    if (!(thrown instanceof YamlNotPrepared)) throw thrown;
    await prepareSources(['yaml']);
    return parseSource(file, text, format);
  }
}

function parseAs(file: string, text: string, format: SourceFormat | undefined): ParseResult {
  if (format === 'json') return parseJson(file, text);
  if (format === 'yaml' || text[firstCharacter(text)] !== '{') return parseYaml(file, text);
  const asJson = parseJson(file, text);
  if (asJson.ok) return asJson;
  const asYaml = parseYaml(file, text);
  // Of two failures the one is told that its author can use: JSON begins with a quoted key.
  return asYaml.ok || !looksLikeJson(text) ? asYaml : asJson;
}

function parseYaml(file: string, text: string): ParseResult {
  const everyday = readEverydayYaml(text);
  if (everyday !== undefined) {
    return { ok: true, source: new TextSource(file, 'yaml', text, everyday.value, everyday.places) };
  }
  if (yaml === undefined) throw new YamlNotPrepared(file);
  return yaml.parseYaml(file, text);
}

function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*\{\s*(?:"|\}|$)/.test(text);
}

function emptyText(text: string): Fault | undefined {
  if (firstCharacter(text) < text.length) return undefined;
  return { message: EMPTY_FILE, span: { start: 0, end: 0 } };
}

/** The fault of a text whose top value cannot be a template. */
function topIsNoMap(source: Source): Fault | undefined {
  const { text, value } = source;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined;
  const start = source.locate([])?.value.start ?? 0;
  const kind = Array.isArray(value) ? 'a list' : value === null ? 'no value' : `a ${typeof value}`;
  return {
    message: `The file holds ${kind} ${NO_MAP_AT_TOP}`,
    span: characterAt(text, start),
  };
}

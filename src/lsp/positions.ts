import type { Position as LspPosition, Range as LspRange } from 'vscode-languageserver';
import type { TemplateFile } from '../graph/store.js';
import { isMap } from '../plain/map.js';
import type { Path, PathStep, Range, Source, Location as SourceLocation, Span } from '../source/types.js';

/** A range of a report, which counts from 1, as the protocol counts: from 0, both in UTF-16 units. */
export function lspRange({ start, end }: Range): LspRange {
  return {
    start: { line: start.line - 1, character: start.column - 1 },
    end: { line: end.line - 1, character: end.column - 1 },
  };
}

/** Whether a position lies in a range, its end included: the cursor stands between characters. */
export function holds({ start, end }: LspRange, { line, character }: LspPosition): boolean {
  const afterStart = line > start.line || (line === start.line && character >= start.character);
  return afterStart && (line < end.line || (line === end.line && character <= end.character));
}

/** The path of the innermost entry of a source that a position lies in; empty for the top. */
export function pathAt(source: Source, position: LspPosition): Path {
  const path: PathStep[] = [];
  let value: unknown = source.value;
  while (isMap(value) || Array.isArray(value)) {
    const step = entryAt(source, path, position);
    if (step === undefined) return path;
    path.push(step);
    value = (value as Readonly<Record<PathStep, unknown>>)[step];
  }
  return path;
}

function entryAt(source: Source, path: Path, position: LspPosition): PathStep | undefined {
  const within = (span: Span | undefined): boolean =>
    span !== undefined && holds(lspRange(source.range(span)), position);
  for (const [step, { key, value }] of source.entries(path) ?? []) {
    if (within(value) || within(key)) return step;
  }
  return undefined;
}

/** Where the key of a place of a template stands, or the place itself; the first character of what cannot be read. */
export function placeRange(file: TemplateFile | undefined, path: Path): LspRange {
  return rangeOf(file, path, ({ key, value }) => key ?? value);
}

/** The same from the key to the end of the value. */
export function entryRange(file: TemplateFile | undefined, path: Path): LspRange {
  return rangeOf(file, path, ({ key, value }) => ({
    start: key?.start ?? value.start,
    end: Math.max(key?.end ?? value.end, value.end),
  }));
}

function rangeOf(
  file: TemplateFile | undefined,
  path: Path,
  spanOf: (location: SourceLocation) => Span,
): LspRange {
  const source = file?.source();
  const location = source?.locate(path);
  return source === undefined || location === undefined ? START : lspRange(source.range(spanOf(location)));
}

const START: LspRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

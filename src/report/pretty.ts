import type { Diagnostic, LintResult, Severity } from '../lint/result.js';
import { type ShownPlace, shownPlace, templatePlace } from '../lint/shown-place.js';
import { type Brush, codeFrame, type Mark } from './code-frame.js';
import { wrap } from './display-width.js';
import { fixLines } from './fix-lines.js';
import type { FormatContext, Formatter } from './format.js';
import { neutralise } from './neutralise.js';
import { type Paint, plainPaint } from './paint.js';
import { prettySummary } from './pretty-summary.js';
import { constructFixText, shownDiagnostics, UNVERIFIED_EXPLAINED } from './words.js';

/** Prose gets no wider than this, however wide the terminal: longer lines are hard to read. */
const PROSE_COLUMNS = 100;
const MINIMUM_COLUMNS = 40;

interface Page {
  readonly context: FormatContext;
  readonly paint: Paint;
  readonly width: number;
  /** The lines of a file, secrets masked; undefined when it cannot be shown. */
  readonly lines: (file: string) => readonly string[] | undefined;
  /** The same of a file of the user's code. */
  readonly code: (file: string) => readonly string[] | undefined;
}

/**
 * The report for people at a terminal.
 *
 * @param colorPaint used when the context asks for colour; without it there is none.
 */
export function prettyFormatter(colorPaint: Paint | undefined): Formatter {
  return (result, context) => {
    const page: Page = {
      context,
      paint: context.color ? (colorPaint ?? plainPaint) : plainPaint,
      width: Math.max(MINIMUM_COLUMNS, context.width),
      lines: lineReader(context.maskedText),
      code: lineReader(context.maskedCode),
    };
    return [
      ...findings(result, page),
      ...prettySummary(result, context, page.paint),
      ...unverifiedExplained(result, page),
    ]
      .join('\n')
      .concat('\n');
  };
}

function unverifiedExplained({ report }: LintResult, { paint, width }: Page): string[] {
  if (report.summary.tokenExchange.unverified === 0) return [];
  return wrap(UNVERIFIED_EXPLAINED, width - 2).map((line) => paint.faint(`  ${line}`));
}

function findings(result: LintResult, page: Page): string[] {
  return shownDiagnostics(result, page.context).flatMap((diagnostic) => [...finding(diagnostic, page), '']);
}

function finding(diagnostic: Diagnostic, page: Page): string[] {
  const { paint, context } = page;
  const { severity } = diagnostic;
  const rows = [
    `${paint.strong(place(shownPlace(diagnostic)))}  ${paint[severity](severity)}  ${ruleName(diagnostic, context, paint)}`,
    ...prose('  ', diagnostic.message, page),
    '',
    ...frames(diagnostic, page),
  ];
  if (rows.at(-1) !== '') rows.push('');
  rows.push(...note('help', diagnostic.help, page));
  if (diagnostic.constructPath !== null) rows.push(...note('construct', diagnostic.constructPath, page));
  rows.push(...fixRows(diagnostic, page));
  if (diagnostic.constructFix !== undefined) {
    rows.push(...note('change the construct', constructFixText(diagnostic.constructFix), page));
    rows.push(...diagnostic.constructFix.lines.map((line) => `    ${neutralise(line)}`));
  }
  return rows;
}

/** What the fix does, and the lines to write where they can be shown. */
function fixRows({ fix, file }: Diagnostic, page: Page): string[] {
  if (fix === null) return [];
  const heading = fix.safety === 'safe' ? 'fixable with --fix' : 'suggested fix';
  const lines = fixLines(fix, file, page.context.maskedText) ?? [];
  return [...note(heading, fix.title, page), ...lines.map((line) => `    ${line}`)];
}

/** `file:line:column`, which editors and terminals turn into a link. */
function place({ file, range: { start } }: Pick<ShownPlace, 'file' | 'range'>): string {
  return `${neutralise(file)}:${start.line}:${start.column}`;
}

function ruleName({ ruleId, url }: Diagnostic, context: FormatContext, paint: Paint): string {
  const name = paint.strong(neutralise(ruleId));
  const target = context.hyperlinks ? webAddress(url) : undefined;
  return target === undefined ? name : `\u001b]8;;${target}\u001b\\${name}\u001b]8;;\u001b\\`;
}

/** An address that cannot end the escape sequence it stands in. */
function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? neutralise(href) : undefined;
}

function prose(indent: string, text: string, page: Page): string[] {
  const width = Math.min(page.width, PROSE_COLUMNS) - indent.length;
  return wrap(neutralise(text), width).map((line) => indent + line);
}

function note(heading: string, text: string, page: Page): string[] {
  const [first = '', ...rest] = wrap(
    `${heading}: ${neutralise(text)}`,
    Math.min(page.width, PROSE_COLUMNS) - 4,
  );
  const painted = `  ${page.paint.related(`${heading}:`)}${first.slice(heading.length + 1)}`;
  return [painted, ...rest.map((line) => `    ${line}`)];
}

/** A file that a finding's story leads through, with the places in it. */
interface Scene {
  readonly file: string;
  /** Whether it is the user's own code, and no template. */
  readonly isCode: boolean;
  readonly marks: Mark[];
}

/** The code of the finding's own file, then of every other file that its story leads through. */
function frames(diagnostic: Diagnostic, page: Page): string[] {
  const scenes = scenesOf(diagnostic, page);
  const numberWidth = Math.max(
    3,
    ...scenes.flatMap(({ marks }) => marks).map(({ range }) => String(range.end.line + 1).length),
  );
  const own = shownPlace(diagnostic).file;
  const rows: string[] = [];
  for (const { file, isCode, marks } of scenes) {
    const lines = isCode ? page.code(file) : page.lines(file);
    if (lines === undefined) {
      const told = marks.filter(({ primary }) => !primary);
      rows.push(...told.flatMap((mark) => placeWithoutCode(file, mark, page)));
      continue;
    }
    if (file !== own) {
      rows.push(`  ${page.paint.faint('in')} ${place({ file, range: marks[0]?.range ?? diagnostic.range })}`);
    }
    rows.push(...codeFrame(lines, marks, { width: page.width, numberWidth, faint: page.paint.faint }), '');
  }
  return rows;
}

function placeWithoutCode(file: string, mark: Mark, page: Page): string[] {
  return prose('  ', `${file}:${mark.range.start.line}:${mark.range.start.column} ${mark.label}`, page).map(
    (line) => mark.brush(line),
  );
}

function scenesOf(diagnostic: Diagnostic, { paint, code }: Page): Scene[] {
  const scenes = new Map<string, Scene>();
  const add = (
    { file, range, isPoint: isCode }: ShownPlace,
    label: string,
    primary: boolean,
    brush: Brush,
  ): void => {
    const key = `${isCode} ${file}`;
    const scene = scenes.get(key) ?? { file, isCode, marks: [] };
    scenes.set(key, scene);
    scene.marks.push({ range, label, primary, brush });
  };
  const brush = paint[diagnostic.severity satisfies Severity];
  const template = templatePlace(diagnostic);
  const label = diagnostic.resource === null ? '' : `in ${diagnostic.resource}`;
  add(shownPlace(diagnostic), label, true, brush);
  if (template !== undefined) add(template, `${template.made} here`, false, brush);
  for (const related of diagnostic.related) {
    const shown = shownPlace(related);
    // Code that cannot be shown is named beside what can.
    const isSeen = !shown.isPoint || code(shown.file) !== undefined;
    add(isSeen ? shown : (templatePlace(related) ?? shown), related.message, false, paint.related);
  }
  return [...scenes.values()];
}

/** Splits each file once, however many findings it has. */
function lineReader(textOf: FormatContext['maskedText']): Page['lines'] {
  const read = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!read.has(file)) {
      read.set(
        file,
        textOf(file)
          ?.replace(/^\uFEFF/, '')
          .split(/\r\n|\r|\n/),
      );
    }
    return read.get(file);
  };
}

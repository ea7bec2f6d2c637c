import { stringify } from 'yaml';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { exitStatus } from '../../src/cli/exit-status.js';
import { MAX_ALTERNATIVES } from '../../src/evaluate/limits.js';
import { describedRule } from '../../src/lint/described-rule.js';
import type { Diagnostic, LintResult } from '../../src/lint/result.js';
import { type CheckedRun, check } from '../../src/lint/run.js';
import { maskSecrets } from '../../src/mask/mask.js';
import { loadPictureFormat, PICTURE_FORMATS, type PictureFormat } from '../../src/picture/index.js';
import { pictureOf } from '../../src/picture/picture-of-run.js';
import type { FormatContext } from '../../src/report/format.js';
import { FORMAT_NAMES, loadFormatter, syntaxOf } from '../../src/report/index.js';
import type { Range } from '../../src/source/types.js';
import { elementsOf } from '../report/xml-elements.js';
import { FUZZ_ROOT, type FuzzFile, type ParsedFile } from './corpus.js';

/*
 * What holds for every input, however broken or hostile.
 */

/** More than any input of the size that is made here may take; the limit of a single question is far lower. */
const MOST_ALTERNATIVES = 3_000_000;

export class LawBroken extends Error {}

function law(holds: boolean, message: () => string): asserts holds {
  if (!holds) throw new LawBroken(message());
}

export interface LawOptions {
  /** Also draws the pictures that have to be laid out, which takes longer than all else. */
  readonly layout: boolean;
}

/** Lints templates and holds all laws to what comes out. */
export async function holdLaws(files: readonly FuzzFile[], options: LawOptions): Promise<LintResult> {
  const checked = await lintFiles(files);
  const { result } = checked;
  law(result.internalErrors.length === 0, () => `a rule threw: ${JSON.stringify(result.internalErrors)}`);
  const { alternatives = 0 } = result.counts;
  law(alternatives <= MOST_ALTERNATIVES, () => `${alternatives} alternatives were gone through`);
  const texts = new Map(files.map(({ name, text }) => [name, linesOf(text)]));
  for (const diagnostic of [...result.report.diagnostics, ...result.suppressed])
    holdPlaces(diagnostic, texts);
  holdSummary(result);
  await holdReports(result, files);
  await holdPictures(checked, options);
  return result;
}

/** Templates mean the same as JSON and as YAML, and in whichever order their keys stand. */
export async function holdEquivalences(files: readonly ParsedFile[]): Promise<void> {
  const asJson = files.map(({ name, value }) => ({ name, text: JSON.stringify(value) }));
  const inJson = await lintFiles(asJson);
  // Which of many large questions still have their turn depends on the order in which they are asked.
  if ((inJson.result.counts.alternatives ?? 0) > MAX_ALTERNATIVES) return;
  const found = findingsOf(inJson);
  const asYaml = files.map(({ name, value }) => ({
    name,
    text: stringify(value, { aliasDuplicateObjects: false, version: '1.1', lineWidth: 0 }),
  }));
  const inYaml = findingsOf(await lintFiles(asYaml));
  law(found === inYaml, () => `JSON and YAML differ:\n${difference(found, inYaml)}`);
  const backwards = files.map(({ name, value }) => ({ name, text: JSON.stringify(reversed(value)) }));
  const inReverse = findingsOf(await lintFiles(backwards));
  law(found === inReverse, () => `the order of keys matters:\n${difference(found, inReverse)}`);
}

function lintFiles(files: readonly FuzzFile[]): Promise<CheckedRun> {
  return check({ cwd: FUZZ_ROOT, texts: files }, { rules: builtInRules, url: ruleUrl });
}

// --- places -------------------------------------------------------------------------------------------------------

function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

function holdPlaces(diagnostic: Diagnostic, texts: ReadonlyMap<string, readonly string[]>): void {
  const places: [string, Range][] = [
    [diagnostic.file, diagnostic.range],
    ...diagnostic.related.map(({ file, range }): [string, Range] => [file, range]),
    ...(diagnostic.fix?.edits ?? []).map(({ file, range }): [string, Range] => [file, range]),
  ];
  for (const [file, { start, end }] of places) {
    const lines = texts.get(file);
    const told = () =>
      `${diagnostic.ruleId} at ${file}:${start.line}:${start.column}-${end.line}:${end.column}`;
    law(lines !== undefined, () => `${told()} lies in no file of the run`);
    for (const { line, column } of [start, end]) {
      const text = lines[line - 1];
      law(
        text !== undefined && column >= 1 && column <= text.length + 1,
        () => `${told()} lies outside of its file`,
      );
    }
    law(
      start.line < end.line || (start.line === end.line && start.column <= end.column),
      () => `${told()} ends before it begins`,
    );
  }
}

function holdSummary({ report }: LintResult): void {
  const { diagnostics, summary } = report;
  law(
    summary.errors + summary.warnings + summary.infos === diagnostics.length,
    () => 'the summary does not count all findings',
  );
  const status = exitStatus(
    { report, suppressed: [], unusedSuppressions: [], internalErrors: [], notes: [] },
    { failOn: 'error', maxWarnings: undefined },
  );
  law(status === (summary.errors > 0 ? 1 : 0), () => `the exit status is ${status}`);
}

// --- reports ------------------------------------------------------------------------------------------------------

/** What a terminal obeys, or what hides or turns text around. Line feeds are the reports' own. */
const UNSAFE = /(?![\n\t])\p{Cc}|\p{Cs}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const OUR_COMMANDS = /^::(?:(?:error|warning|notice) [^\n]*|group::[^\n]*|endgroup::)$/;

function holdSafe(what: string, text: string): void {
  const unsafe = UNSAFE.exec(text);
  law(
    unsafe === null,
    () => `${what} holds U+${unsafe?.[0].charCodeAt(0).toString(16)}: ${around(text, unsafe?.index ?? 0)}`,
  );
  law(!text.includes('##['), () => `${what} holds a workflow command: ${around(text, text.indexOf('##['))}`);
  for (const line of text.match(/^[ \t]*::.*$/gm) ?? []) {
    law(
      what === 'github' && OUR_COMMANDS.test(line),
      () => `${what} holds a workflow command: ${line.slice(0, 100)}`,
    );
  }
}

async function holdReports(result: LintResult, files: readonly FuzzFile[]): Promise<void> {
  const masked = new Map(files.map(({ name, text }) => [name, () => maskSecrets(text)]));
  const context: FormatContext = {
    version: '0.0.0',
    rules: builtInRules.map((rule) => describedRule(rule, ruleUrl(rule.id))),
    maskedText: (file) => masked.get(file)?.(),
    maskedCode: () => undefined,
    cwd: FUZZ_ROOT,
    color: false,
    width: 80,
    hyperlinks: false,
    quiet: false,
    maxWarnings: undefined,
  };
  for (const name of FORMAT_NAMES) {
    const text = (await loadFormatter(name, { color: false }))(result, context);
    holdSafe(name, text);
    if (syntaxOf(name) === 'json') JSON.parse(text);
    if (syntaxOf(name) === 'xml') holdMarkup(name, text);
  }
}

async function holdPictures(checked: CheckedRun, { layout }: LawOptions): Promise<void> {
  const picture = pictureOf(checked);
  const ids = new Set(picture.nodes.map(({ id }) => id));
  law(
    picture.edges.every(({ from, to }) => ids.has(from) && ids.has(to)),
    () => 'an edge of the picture leads to no node',
  );
  const laidOut: readonly PictureFormat[] = ['svg', 'html'];
  for (const name of PICTURE_FORMATS) {
    if (laidOut.includes(name) && !layout) continue;
    const text = (await loadPictureFormat(name))(picture);
    if (name === 'json') JSON.parse(text);
    if (name === 'svg') holdMarkup(name, text);
    holdSafe(name, text);
  }
}

function holdMarkup(what: string, text: string): void {
  try {
    elementsOf(text);
  } catch (error) {
    throw new LawBroken(`${what} is not well-formed: ${String(error)}`);
  }
}

function around(text: string, index: number): string {
  return JSON.stringify(text.slice(Math.max(0, index - 40), index + 40));
}

// --- equivalences -------------------------------------------------------------------------------------------------

/** What was found, without places, sorted: one line a finding. */
function findingsOf({ result }: CheckedRun): string {
  const { diagnostics, summary } = result.report;
  const lines = diagnostics.map(({ ruleId, severity, file, message, resource, scenario }) =>
    JSON.stringify({ ruleId, severity, file, words: wordsOf(message), resource, scenario }),
  );
  return [...lines.sort(), JSON.stringify(summary)].join('\n');
}

/** What a message lists in the order of the text, it may list in another order. */
function wordsOf(message: string): string {
  return message
    .split(/[\s,.:;]+/)
    .sort()
    .join(' ');
}

function difference(a: string, b: string): string {
  const [left, right] = [a.split('\n'), b.split('\n')];
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `- ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`),
  ].join('\n');
}

/** The value with the keys of every map the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, reversed(entry)]),
  );
}

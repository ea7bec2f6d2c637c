import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Document, isCollection, isScalar, visit } from 'yaml';
import type { Change, PlainValue } from '../../src/fix/change.js';
import { type SpanEdit, toTextEdits } from '../../src/fix/edits.js';
import { editText } from '../../src/fix/spans.js';
import { parseSource, prepareSources } from '../../src/source/parse.js';
import type { Path, Source } from '../../src/source/types.js';
import { holds } from '../samples.js';

type PlainMap = { [key: string]: PlainValue };

const key = fc.oneof(
  fc.constantFrom(
    'Type',
    'Ref',
    'Fn::Sub',
    'no',
    '012',
    '__proto__',
    'a b',
    'x:y',
    '#k',
    '<<',
    "it's",
    'GrantType',
    '-',
  ),
  fc.string({ minLength: 1, maxLength: 4, unit: 'grapheme' }),
);
const scalar = fc.oneof(
  fc.constantFrom<PlainValue>(
    'TOKEN_EXCHANGE',
    'yes',
    'null',
    '1.10',
    '~',
    '',
    ' x ',
    '# no',
    'a: b',
    '${A}',
    '- x',
    'l1\nl2\n',
    '*x',
    '&x',
    '!Sub x',
    '\u2028',
    '\t',
  ),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { value: anyValue, map: anyMap } = fc.letrec<{ value: PlainValue; map: PlainMap; list: PlainValue[] }>(
  (tie) => ({
    value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, tie('map'), tie('list')),
    map: fc.dictionary(
      key.filter((text) => text !== '<<'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
  }),
);

/** All paths into a value, the empty one left out. */
function pathsOf(value: PlainValue, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => {
    const below = [...path, step];
    return [below, ...pathsOf((value as Record<string | number, PlainValue>)[step] ?? null, below)];
  });
}

interface Plan {
  readonly kind: Change['kind'];
  readonly where: number;
  readonly key: string;
  readonly value: PlainValue;
}

const plan = fc.record<Plan>({
  kind: fc.constantFrom('replace', 'rename', 'remove', 'insert'),
  where: fc.nat(),
  key,
  value: fc.oneof(scalar, anyValue),
});

const plans = fc.array(plan, { minLength: 1, maxLength: 3 });

/** A change that fits the value, made of random parts; undefined when there is none of its kind. */
function changeFor(value: PlainMap, { kind, where, key, value: put }: Plan): Change | undefined {
  const at = (path: Path) =>
    path.reduce<PlainValue>((now, step) => (now as PlainMap)[step as string] ?? null, value);
  const isMap = (path: Path) => typeof at(path) === 'object' && at(path) !== null && !Array.isArray(at(path));
  const fits = pathsOf(value).filter((path) => kind !== 'rename' || isMap(path.slice(0, -1)));
  const maps = [[], ...pathsOf(value)].filter(isMap);
  const choices = kind === 'insert' ? maps : fits;
  const path = choices[where % Math.max(choices.length, 1)];
  if (path === undefined) return undefined;
  const map = kind === 'insert' ? at(path) : kind === 'rename' ? at(path.slice(0, -1)) : {};
  if ((kind === 'insert' || kind === 'rename') && Object.hasOwn(map as object, key)) return undefined;
  if (kind === 'replace') return { kind, path, value: put };
  if (kind === 'insert') return { kind, path, key, value: put };
  return kind === 'rename' ? { kind, path, key } : { kind, path };
}

/** The value with the changes made, in a way of its own: by rebuilding all of it at once. */
function expectedValue(value: PlainValue, ...changes: readonly Change[]): PlainValue {
  const changesAt = (path: Path) =>
    changes.filter((change) => JSON.stringify(change.path) === JSON.stringify(path));
  const rebuild = (now: PlainValue, path: Path): PlainValue => {
    const here = changesAt(path);
    for (const change of here) if (change.kind === 'replace') return change.value;
    if (typeof now !== 'object' || now === null) return now;
    const isGone = (step: string | number) =>
      changesAt([...path, step]).some(({ kind }) => kind === 'remove');
    if (Array.isArray(now)) {
      return [...now.entries()]
        .filter(([step]) => !isGone(step))
        .map(([step, item]) => rebuild(item, [...path, step]));
    }
    const entries: [string, PlainValue][] = [];
    for (const [step, item] of Object.entries(now)) {
      if (isGone(step)) continue;
      const renames = changesAt([...path, step]).flatMap((change) =>
        change.kind === 'rename' ? [change.key] : [],
      );
      entries.push([renames[0] ?? step, rebuild(item, [...path, step])]);
    }
    for (const change of here) if (change.kind === 'insert') entries.push([change.key, change.value]);
    return Object.fromEntries(entries);
  };
  return rebuild(value, []);
}

function parse(file: string, text: string): Source {
  const parsed = parseSource(file, text);
  if (!parsed.ok) throw new Error(`${parsed.error.message}: ${text}`);
  return parsed.source;
}

/** The edits must stand in order, apart from each other and inside the text. */
function expectTidy(text: string, edits: readonly SpanEdit[]): void {
  let end = 0;
  for (const { span } of edits) {
    expect(span.start).toBeGreaterThanOrEqual(end);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    end = span.end;
  }
  expect(end).toBeLessThanOrEqual(text.length);
}

const commentsOf = (source: Source) => source.comments().map(({ text }) => text);

beforeAll(() => prepareSources(['yaml']));

describe('JSON', () => {
  const layout = fc.record({
    indent: fc.constantFrom('', ' ', '  ', '    ', '\t'),
    colon: fc.constantFrom(':', ': ', ' : '),
    lineBreak: fc.constantFrom('\n', '\r\n'),
    start: fc.constantFrom('', '\uFEFF', '\n'),
    end: fc.constantFrom('', '\n', ' \n\n'),
  });

  it('has exactly the changed value, in any layout', () => {
    const property = fc.property(anyMap, plans, layout, (value, plans, style) => {
      const spread = JSON.stringify(value, null, style.indent)
        .replace(/^(\s*"(?:[^"\\]|\\.)*"): /gm, `$1${style.colon}`)
        .replaceAll('\n', style.lineBreak);
      const text = style.start + spread + style.end;
      for (const one of plans) {
        const change = changeFor(value, one);
        if (change === undefined) continue;
        const edits = toTextEdits(parse('t.json', text), [change]);
        if (edits === undefined) throw new Error(`refused ${JSON.stringify(change)} in ${text}`);
        expectTidy(text, edits);
        const changed = editText(text, edits);
        expect(parse('t.json', changed).value).toEqual(expectedValue(value, change));
        expect(changed.startsWith(style.start)).toBe(true);
        expect(changed.endsWith(style.end)).toBe(true);
        if (style.lineBreak === '\r\n' && style.indent !== '')
          expect(changed).not.toMatch(/[^\r]\n(?=.*[}\]:,])/);
      }
    });
    holds(property, { few: 60, many: 600 });
  });
});

interface YamlLayout {
  readonly indent: number;
  readonly indentSeq: boolean;
  readonly defaultStringType: 'PLAIN' | 'QUOTE_DOUBLE' | 'QUOTE_SINGLE';
  readonly lineBreak: string;
  readonly finalBreak: boolean;
  /** Every how-manieth node gets a comment before it, a comment behind it, brackets. */
  readonly before: number;
  readonly behind: number;
  readonly brackets: number;
}

/** The value as a YAML text in some layout, with comments. */
function writeYaml(value: PlainMap, layout: YamlLayout): string {
  const document = new Document(value, { version: '1.1' });
  let count = 0;
  visit(document, {
    Node(_, node, path) {
      count++;
      if (path.length > 1 && isCollection(node) && count % layout.brackets === 0) node.flow = true;
      if (isScalar(node) && count % layout.before === 0) node.commentBefore = ` before ${count}`;
      if (isScalar(node) && count % layout.behind === 0) node.comment = ` behind ${count}`;
    },
  });
  const { indent, indentSeq, defaultStringType } = layout;
  const text = document.toString({ indent, indentSeq, defaultStringType, lineWidth: 0 });
  return (layout.finalBreak ? text : text.replace(/\n$/, '')).replaceAll('\n', layout.lineBreak);
}

describe('several changes in one fix', () => {
  it('have the value of one after the other', () => {
    const indents = fc.constantFrom('', '  ');
    const property = fc.property(anyMap, plans, indents, (value, plans, indent) => {
      const changes: Change[] = [];
      for (const one of plans) {
        const change = changeFor(value, one);
        const isNew = changes.every(({ path }) => JSON.stringify(path) !== JSON.stringify(change?.path));
        if (change !== undefined && (isNew || change.kind === 'insert')) changes.push(change);
      }
      fc.pre(changes.length > 1);
      const text = JSON.stringify(value, null, indent);
      for (const file of ['t.json', 't.yaml']) {
        const edits = toTextEdits(parse(file, text), changes);
        if (edits === undefined) continue;
        expectTidy(text, edits);
        expect(parse(file, editText(text, edits)).value).toEqual(expectedValue(value, ...changes));
      }
    });
    holds(property, { few: 60, many: 600 });
  });

  it('leave alone what stands between them', async () => {
    const text = '{"a": 1, "b": 2, "s": "between", "c": 3, "d": 4}';
    const changes = ['a', 'b', 'c', 'd'].map((key): Change => ({ kind: 'remove', path: [key] }));
    const edits = toTextEdits(parse('t.json', text), changes);
    expect(edits && editText(text, edits)).toBe('{"s": "between"}');
    expect(JSON.stringify(edits)).not.toContain('between');
  });
});

describe('YAML', () => {
  const layout = fc.record<YamlLayout>({
    indent: fc.constantFrom(2, 3, 4),
    indentSeq: fc.boolean(),
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
    lineBreak: fc.constantFrom('\n', '\r\n'),
    finalBreak: fc.boolean(),
    before: fc.integer({ min: 2, max: 9 }),
    behind: fc.integer({ min: 2, max: 9 }),
    brackets: fc.integer({ min: 2, max: 9 }),
  });

  it('has exactly the changed value, in any layout', () => {
    const property = fc.property(anyMap, plans, layout, (written, plans, style) => {
      const text = writeYaml(written, style);
      // The library puts an empty list on a line of its own at times, where it cannot stand.
      fc.pre(parseSource('t.yaml', text).ok);
      const source = parse('t.yaml', text);
      const value = source.value as PlainMap;
      for (const one of plans) {
        const change = changeFor(value, one);
        if (change === undefined) continue;
        const edits = toTextEdits(source, [change]);
        if (edits === undefined) throw new Error(`refused ${JSON.stringify(change)} in ${text}`);
        expectTidy(text, edits);
        const changed = parse('t.yaml', editText(text, edits));
        expect(changed.value).toEqual(expectedValue(value, change));
        expect(/\n$/.test(changed.text)).toBe(style.finalBreak);
        if (text.includes('\r\n')) expect(changed.text).not.toMatch(/(?<!\r)\n/);
        if (change.kind === 'rename' || change.kind === 'insert') {
          expect(commentsOf(changed)).toEqual(commentsOf(source));
        }
      }
    });
    holds(property, { few: 60, many: 600 });
  });

  it('never has another value than the changed one, whatever the text', () => {
    // Pieces that fall together into valid YAML now and then, with anchors, merge keys and tags.
    const piece = fc.constantFrom(
      ...[
        'a: ',
        'b: ',
        'c:\n',
        '  ',
        '    ',
        '- ',
        '? ',
        ': ',
        '\n',
        '\n',
        '&x ',
        '*x',
        '<<: ',
        '!Sub ',
        '!If ',
        '{',
        '}',
      ],
      ...[
        '[',
        ']',
        ', ',
        '# c\n',
        '"q"',
        "'s'",
        'p',
        '|\n',
        '|+\n',
        '>-\n',
        '---\n',
        '\r\n',
        '\t',
        '{a: &y p}',
        '*y',
        '1',
      ],
    );
    const start = fc.constantFrom('a:\n  b: &x {c: p}\n  d: *x\n', 'a:\n  b:\n    c: p\n', '');
    const property = fc.property(start, fc.array(piece, { maxLength: 25 }), plans, (start, pieces, plans) => {
      const text = start + pieces.join('');
      const parsed = parseSource('t.yaml', text);
      if (!parsed.ok) return;
      const value = parsed.source.value as PlainMap;
      for (const one of plans) {
        const change = changeFor(value, one);
        const edits = change && toTextEdits(parsed.source, [change]);
        if (change === undefined || edits === undefined) continue;
        expectTidy(text, edits);
        expect(parse('t.yaml', editText(text, edits)).value).toEqual(expectedValue(value, change));
      }
    });
    holds(property, { few: 300, many: 2_000 });
  });
});

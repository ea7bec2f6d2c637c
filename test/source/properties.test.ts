import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { findJsonFault } from '../../src/source/json-fault.js';
import { parseSource, prepareSources } from '../../src/source/parse.js';
import type { Path, Source, SourceFormat } from '../../src/source/types.js';
import { holds } from '../samples.js';
import { read } from './read.js';

beforeAll(() => prepareSources(['yaml']));

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }).map((content) => content.replaceAll('\0', '')),
  fc.constantFrom(
    ...[
      '__proto__',
      'constructor',
      'yes',
      'null',
      '~',
      '012',
      '1.10',
      '2010-09-09',
      '# x',
      'a: b',
      '- a',
      '!Ref x',
    ],
    ...[
      '&a',
      '*a',
      '{',
      ']',
      '"',
      "'",
      '\\',
      ' x ',
      '\n',
      'a\nb',
      '\t',
      '%',
      '@',
      ',',
      '?',
      '|',
      '',
      'Fn::If',
      '😀',
    ],
  ),
);
const key = text.filter((content) => content !== '<<');
const { map } = fc.letrec((tie) => ({
  map: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(fromEntries),
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.constantFrom(true, false, null, 1.5, -0.25),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('map'),
  ),
}));

/** `Object.fromEntries` makes `__proto__` a key like any other. */
function fromEntries(entries: [string, unknown][]): object {
  return Object.fromEntries(entries);
}

const style = fc.record({
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
  collectionStyle: fc.constantFrom('any', 'block', 'flow'),
  indent: fc.integer({ min: 1, max: 4 }),
});

/** Block scalars are left out: cut from the text, they lose the indentation they are measured by. */
function toYaml(value: unknown, options: object): string {
  return stringify(value, { version: '1.1', blockQuote: false, lineWidth: 0, ...options });
}

function* paths(value: unknown, path: Path = []): Generator<[Path, unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [step, item] of Object.entries(value)) {
    yield* paths(item, [...path, Array.isArray(value) ? Number(step) : step]);
  }
}

/** The text at a path, put where it would stand as the value of a key. */
function cutOut(source: Source, path: Path): string {
  const location = source.locate(path);
  if (location === undefined) throw new Error(`nothing at ${JSON.stringify(path)} of ${source.text}`);
  const { start, end } = location.value;
  const cut = source.text.slice(start, end);
  if (source.format === 'json') return `{"v":${cut}}`;
  // Every line goes one column to the right, so that closing brackets are deeper than the key as well.
  return `v:\n${' '.repeat(source.position(start).column)}${cut.replaceAll('\n', '\n ')}`;
}

describe('any value', () => {
  it('reads the same from JSON, from YAML, and from JSON as YAML', () => {
    holds(
      fc.property(map, style, fc.integer({ min: 0, max: 2 }), (value, options, space) => {
        const json = JSON.stringify(value, null, space);
        expect(read(json, 'json').value).toEqual(value);
        expect(read(json, 'yaml').value).toEqual(value);
        expect(read(toYaml(value, options)).value).toEqual(value);
      }),
    );
  });

  it.each<[SourceFormat]>([['json'], ['yaml']])('is found at each of its paths in %s', (format) => {
    holds(
      fc.property(map, style, (value, options) => {
        const source = read(
          format === 'json' ? JSON.stringify(value, null, 1) : toYaml(value, options),
          format,
        );
        for (const [path, expected] of paths(value)) {
          if (path.length === 0) continue;
          expect(read(cutOut(source, path), format).value).toEqual({ v: expected });
          const at = source.locate(path)?.key;
          expect(at === undefined).toBe(typeof path.at(-1) === 'number');
          if (at) {
            const quoted = source.text.slice(at.start, at.end);
            expect(read(`${quoted}: 1`, 'yaml').value).toEqual({ [String(path.at(-1))]: 1 });
          }
        }
      }),
    );
  });
});

describe('any text', () => {
  const samples: Record<SourceFormat, string> = {
    json: '\uFEFF{\n\t"Resources": {"T\\u0041": {"Type": "AWS::X", "L": [1.5e3, true, null, "\\"é😀"]}},\r\n "x" : {}}\n',
    yaml: [
      '\uFEFF# é😀',
      '%YAML 1.1',
      '---',
      'Resources: &r',
      '  T: !If [c, !Ref "x\\n", {a: !Sub \'${b}\'}] # d',
      '  S: !Sub',
      '    - |-',
      '      # no',
      '      ${x}',
      '    - x: *r',
      '  M: {<<: [*q, *q], ? k : v}\r',
      '  E:',
      '    - ',
      '    - >+2',
      '      folded',
      '',
      '...',
      '',
    ].join('\n'),
  };

  /** Parses and, where that succeeds, asks for every place. */
  function exercise(content: string, format: SourceFormat | undefined): void {
    const result = parseSource('x', content, format);
    const spans = result.ok
      ? [...paths(result.source.value)].map(([path]) => result.source.locate(path)?.value)
      : [result.error.span];
    for (const span of spans) {
      expect(span).toBeDefined();
      expect(span?.start).toBeGreaterThanOrEqual(0);
      expect(span?.end).toBeGreaterThanOrEqual(span?.start ?? 0);
      expect(span?.end).toBeLessThanOrEqual(content.length);
    }
    if (!result.ok) expect(result.error.message).toMatch(/^[A-Z][\x20-\x7e…]+[^.\s]$/);
  }

  it.each(Object.entries(samples) as [SourceFormat, string][])(
    'every prefix of a %s text',
    (format, sample) => {
      for (let end = 0; end <= sample.length; end++) {
        exercise(sample.slice(0, end), format);
        exercise(sample.slice(0, end), undefined);
      }
    },
  );

  it('any edit of a text', () => {
    const edit = fc.tuple(
      fc.nat(300),
      fc.nat(3),
      fc.constantFrom(...'{}[],:"\'\\-?&*!|>#%@ \t\n\r0a.\u0007\u2028', '<<', '---\n', '\uFEFF', '😀'),
    );
    holds(
      fc.property(
        fc.constantFrom('json', 'yaml'),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (format, edits) => {
          let content = samples[format];
          for (const [at, remove, insert] of edits) {
            content = content.slice(0, at) + insert + content.slice(at + remove);
          }
          exercise(content, format);
          exercise(content, undefined);
        },
      ),
      { few: 200, many: 3_000 },
    );
  });

  it('has a JSON fault exactly when JSON.parse refuses it', () => {
    const sample = '{"a": [1.5e-3, -0, true, false, null, "\\u00e9\\"\\\\/"], "b" :{}, "c":[[]]}';
    const edit = fc.tuple(
      fc.nat(sample.length),
      fc.nat(3),
      fc.constantFrom(...'{}[],:"\\-+.eE0129 \t\n\rautfnl\'/\u00a0', '\u0001', '\u2028', ''),
    );
    holds(
      fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
        let content = sample;
        for (const [at, remove, insert] of edits) {
          content = content.slice(0, at) + insert + content.slice(at + remove);
        }
        const found = findJsonFault(content)?.message ?? '';
        let accepted = true;
        try {
          JSON.parse(content);
        } catch {
          accepted = false;
        }
        expect(found === '' || found.includes('occurs twice')).toBe(accepted);
      }),
      { few: 1_000, many: 10_000 },
    );
  });
});

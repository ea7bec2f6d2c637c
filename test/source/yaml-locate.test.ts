import { beforeAll, describe, expect, it } from 'vitest';
import { prepareSources } from '../../src/source/parse.js';
import type { Path } from '../../src/source/types.js';
import { located, read } from './read.js';

beforeAll(() => prepareSources(['yaml']));

describe('locate in YAML', () => {
  it.each<[string, string, Path, { key: string | undefined; value: string }]>([
    ['a plain value', 'a: x y # c\nb: 1', ['a'], { key: 'a', value: 'x y' }],
    ['a quoted value', 'a: "x # y"  # c', ['a'], { key: 'a', value: '"x # y"' }],
    ['a quoted key', '"a" : x', ['a'], { key: '"a"', value: 'x' }],
    [
      'a block map without what follows it',
      'a:\n  b: 1\n  c: 2 # d\n\n# e\nf: 3',
      ['a'],
      { key: 'a', value: 'b: 1\n  c: 2' },
    ],
    ['a block list', 'a:\n  - 1\n  # c\n  - 2\nb: 3', ['a'], { key: 'a', value: '- 1\n  # c\n  - 2' }],
    ['a list item', 'a:\n  - 1\n  - x: 2\n    y: 3\n', ['a', 1], { key: undefined, value: 'x: 2\n    y: 3' }],
    ['a flow map', 'a: { b: 1, c: [ 2 ] } # d', ['a'], { key: 'a', value: '{ b: 1, c: [ 2 ] }' }],
    ['a flow list in a flow map', 'a: { b: 1, c: [ 2 ] } # d', ['a', 'c'], { key: 'c', value: '[ 2 ]' }],
    ['a pair in a flow list', 'a: [b: 1, c]', ['a', 0], { key: undefined, value: 'b: 1' }],
    ['a block scalar, header included', 'a: |\n  x\n  y\n\nb: 1', ['a'], { key: 'a', value: '|\n  x\n  y' }],
    ['a value over several lines', 'a: x\n  y\nb: 1', ['a'], { key: 'a', value: 'x\n  y' }],
    ['a value with CRLF', 'a: x\r\nb: 1\r\n', ['a'], { key: 'a', value: 'x' }],
    ['a pair without a value in a flow list', 'a: [b:   , c]', ['a', 0], { key: undefined, value: 'b:' }],
    ['an explicit key', '? a\n: x', ['a'], { key: 'a', value: 'x' }],
    ['the top', '# c\na: 1\nb: 2 # d\n', [], { key: undefined, value: 'a: 1\nb: 2' }],
    ['a short tag as a whole', 'a: !GetAtt  x.y # c', ['a'], { key: 'a', value: '!GetAtt  x.y' }],
    ['its argument', 'a: !GetAtt  x.y # c', ['a', 'Fn::GetAtt'], { key: undefined, value: 'x.y' }],
    ['a branch', 'a: !If [c, !Ref x, !Sub "y"]', ['a', 'Fn::If', 2], { key: undefined, value: '!Sub "y"' }],
    [
      'the argument in a branch',
      'a: !If [c, !Ref x, !Sub "y"]',
      ['a', 'Fn::If', 1, 'Ref'],
      { key: undefined, value: 'x' },
    ],
    ['a long form', 'a:\n  Fn::If: [c, x, y]', ['a', 'Fn::If'], { key: 'Fn::If', value: '[c, x, y]' }],
    [
      'a tag on a list below',
      'a: !If # !c\n  - c\n  - !Ref x\n',
      ['a'],
      { key: 'a', value: '!If # !c\n  - c\n  - !Ref x' },
    ],
    ['a tagged item', 'a:\n- !Ref x\n- !Sub y', ['a', 1], { key: undefined, value: '!Sub y' }],
    ['a tagged block scalar', 'a: !Sub |\n  x\nb: 1', ['a'], { key: 'a', value: '!Sub |\n  x' }],
    ['a tagged map', 'a: !Foo\n  b: 1\n', ['a', 'Fn::Foo', 'b'], { key: 'b', value: '1' }],
    ['a verbatim tag', 'a: !<!Ref> x', ['a'], { key: 'a', value: '!<!Ref> x' }],
    ['an anchored value without its anchor', 'a: &x y', ['a'], { key: 'a', value: 'y' }],
    ['an anchored short tag', 'a: &x !Ref y', ['a'], { key: 'a', value: '!Ref y' }],
    ['a short tag with an anchor behind', 'a: !Ref &x y', ['a'], { key: 'a', value: '!Ref &x y' }],
    ['an alias itself', 'a: &x {b: 1}\nc: *x', ['c'], { key: 'c', value: '*x' }],
    ['a path into an alias', 'a: &x {b: 1}\nc: *x', ['c', 'b'], { key: 'b', value: '1' }],
    ['a path into a merge key', 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 2', ['c', 'b'], { key: 'b', value: '1' }],
    [
      'an own key over a merged one',
      'a: &x {b: 1}\nc:\n  <<: *x\n  b: 2',
      ['c', 'b'],
      { key: 'b', value: '2' },
    ],
    ['a key like a property', '__proto__: x', ['__proto__'], { key: '__proto__', value: 'x' }],
    ['a numeric key', '5: x', ['5'], { key: '5', value: 'x' }],
    ['JSON read as YAML', '{"a": {"b": [1, 2]}}', ['a', 'b', 1], { key: undefined, value: '2' }],
    ['behind a byte order mark', '\uFEFFa: x', ['a'], { key: 'a', value: 'x' }],
    ['after a directive', '%YAML 1.1\n---\n!Foo\na: x', [], { key: undefined, value: '!Foo\na: x' }],
  ])('%s', (_name, text, path, expected) => {
    expect(located(read(text), ...path)).toEqual(expected);
  });

  it.each<[string, string, Path, number]>([
    ['after the colon', 'a:   # c\nb: 1', ['a'], 2],
    ['after the last colon', 'b: 1\na:', ['a'], 7],
    ['after an anchor', 'a: &x\nb: 1', ['a'], 5],
    ['after a dash', 'a:\n  -\n  - x', ['a', 0], 6],
    ['after the colon in a flow map', 'a: {b: , c: 1}', ['a', 'b'], 6],
    ['after a key without a colon', 'a: {b , c: 1}', ['a', 'b'], 5],
    ['after the colon of an explicit key', '? a\n: ', ['a'], 5],
    ['after a tag', 'a: !Ref\nb: 1', ['a', 'Ref'], 7],
  ])('an empty value %s', (_name, text, path, offset) => {
    expect(read(text).locate(path)?.value).toEqual({ start: offset, end: offset });
  });

  it('answers undefined where there is no entry', () => {
    const source = read('a: !Ref x\nb: [1]');
    expect(source.locate(['c'])).toBeUndefined();
    expect(source.locate(['a', 'Ref', 0])).toBeUndefined();
    expect(source.locate(['b', 1])).toBeUndefined();
    expect(source.locate(['b', '0'])).toBeUndefined();
    expect(source.locate(['valueOf'])).toBeUndefined();
  });
});

describe('comments', () => {
  it('are found, and nothing else is', () => {
    const text = [
      '# first',
      'a: x # second',
      'b: "# no"  #third',
      "c: '# no'",
      'd: |  # fourth',
      '  # no',
      '  text',
      'e: x#no',
      'f: [a, # fifth',
      '  b]',
      '#',
    ].join('\n');
    const source = read(text);
    expect(source.comments().map((comment) => comment.text)).toEqual([
      ' first',
      ' second',
      'third',
      ' fourth',
      ' fifth',
      '',
    ]);
    for (const { span, text: content } of source.comments()) {
      expect(text.slice(span.start, span.end)).toBe(`#${content}`);
    }
  });

  it('end before the line does', () => {
    const source = read('\uFEFF# x\r\na: 1 # y \r\n');
    expect(source.comments()).toEqual([
      { text: ' x', span: { start: 1, end: 4 } },
      { text: ' y ', span: { start: 11, end: 15 } },
    ]);
  });
});

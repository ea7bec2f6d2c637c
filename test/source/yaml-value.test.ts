import { beforeAll, describe, expect, it } from 'vitest';
import { prepareSources } from '../../src/source/parse.js';
import { read } from './read.js';

const value = (text: string) => read(text).value;

beforeAll(() => prepareSources(['yaml']));

describe('short tags', () => {
  const names = [
    ...[
      'Base64',
      'Cidr',
      'FindInMap',
      'GetAtt',
      'GetAZs',
      'If',
      'ImportValue',
      'Join',
      'Select',
      'Split',
      'Sub',
    ],
    ...['Transform', 'And', 'Equals', 'Not', 'Or', 'Contains', 'EachMemberEquals', 'EachMemberIn', 'RefAll'],
    ...['ValueOf', 'ValueOfAll', 'ToJsonString', 'Length', 'GetStackOutput', 'SomethingNew'],
  ];

  it.each([['Ref', 'Ref'], ['Condition', 'Condition'], ...names.map((name) => [name, `Fn::${name}`])])(
    '!%s stands for %s over a scalar, a list and a map',
    (tag, key) => {
      expect(value(`a: !${tag} x`)).toEqual({ a: { [key]: 'x' } });
      expect(value(`a: !${tag} 'x'`)).toEqual({ a: { [key]: 'x' } });
      expect(value(`a: !${tag} [x, y]`)).toEqual({ a: { [key]: ['x', 'y'] } });
      expect(value(`a: !${tag}\n  - x\n  - y`)).toEqual({ a: { [key]: ['x', 'y'] } });
      expect(value(`a: !${tag}\n- x\n- y`)).toEqual({ a: { [key]: ['x', 'y'] } });
      expect(value(`a: !${tag} {b: x}`)).toEqual({ a: { [key]: { b: 'x' } } });
      expect(value(`a: !${tag}\n  b: x`)).toEqual({ a: { [key]: { b: 'x' } } });
    },
  );

  it.each([
    ['!Sub |\n  x ${y}\n  z\n', { 'Fn::Sub': 'x ${y}\nz\n' }],
    ['!Sub >-\n  x\n  y\n', { 'Fn::Sub': 'x y' }],
    ['!GetAtt a.b', { 'Fn::GetAtt': 'a.b' }],
    ['!GetAtt [a, b]', { 'Fn::GetAtt': ['a', 'b'] }],
    [
      '{x: !Ref a, y: [!Ref b, !If [c, !Ref d, !Sub "${e}"]]}',
      {
        x: { Ref: 'a' },
        y: [{ Ref: 'b' }, { 'Fn::If': ['c', { Ref: 'd' }, { 'Fn::Sub': '${e}' }] }],
      },
    ],
    ['!Select\n  - 0\n  - !Split [",", !Ref a]', { 'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'a' }] }] }],
    ['!Fn::Sub x', { 'Fn::Sub': 'x' }],
    ['!Ref 0123', { Ref: '0123' }],
    ['!Ref 12', { Ref: '12' }],
    ['!Ref true', { Ref: 'true' }],
    ['!Ref', { Ref: '' }],
    ['Fn::Sub: x', undefined],
  ])('%j', (text, expected) => {
    if (expected) expect(value(`a: ${text}`)).toEqual({ a: expected });
    else expect(value(text)).toEqual({ 'Fn::Sub': 'x' });
  });

  it.each([
    ['!!str 12', '12'],
    ['!!int "12"', '12'],
    ['!!int 12', 12],
    ['!!binary aGk=', 'aGk='],
    ['!!set {x}', { x: null }],
    ['! 12', '12'],
    ['!<tag:example.org,2000:x> y', 'y'],
  ])('a tag of YAML itself adds no map: %s', (text, expected) => {
    expect(value(`a: ${text}`)).toEqual({ a: expected });
  });
});

describe('plain scalars', () => {
  it.each([
    ['x', 'x'],
    ['12', 12],
    ['-12', -12],
    ['0', 0],
    ['1.5', 1.5],
    ['123456789012', 123456789012],
    ['012345678901', '012345678901'],
    ['1.10', '1.10'],
    ['1.0', '1.0'],
    ['-0', '-0'],
    ['+1', 1],
    ['.5', '.5'],
    ['1_000', 1000],
    ['-1_0', -10],
    ['0x1F', 31],
    ['0b101', 5],
    ['010', 8],
    ['-0_17', -15],
    ['018', '018'],
    ['0_', '0_'],
    ['777777777777777777777', '777777777777777777777'],
    ['0o17', '0o17'],
    ['1e3', '1e3'],
    ['22:30', '22:30'],
    ['12345678901234567890', '12345678901234567890'],
    ['.inf', '.inf'],
    ['.nan', '.nan'],
    ['2010-09-09', '2010-09-09'],
    ['2001-12-14T21:59:43Z', '2001-12-14T21:59:43Z'],
    ['true', true],
    ['False', false],
    ['YES', true],
    ['no', false],
    ['On', true],
    ['off', false],
    ['y', 'y'],
    ['N', 'N'],
    ['tRUE', 'tRUE'],
    ['~', null],
    ['null', null],
    ['Null', null],
    ['', null],
    ['nUll', 'nUll'],
    ['"true"', 'true'],
    ["'12'", '12'],
    ['"~"', '~'],
    ['>-\n  12', '12'],
    ['a # b', 'a'],
    ['a#b', 'a#b'],
    ['a\n  b', 'a b'],
  ])('%j is %j', (text, expected) => {
    expect(value(`a: ${text}`)).toEqual({ a: expected });
  });
});

describe('keys', () => {
  it('are their text', () => {
    const keys = Object.keys(
      value('1.10: a\n012: a\ntrue: a\nyes: a\n~: a\n"q": a\n? e\n: a\n2010-09-09: a') as object,
    );
    expect(keys).toEqual(['1.10', '012', 'true', 'yes', '~', 'q', 'e', '2010-09-09']);
  });

  it('may be __proto__', () => {
    const map = value('__proto__: {a: 1}\nconstructor: 2') as object;
    expect(Object.keys(map)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
  });

  it('may come without a value', () => {
    expect(value('a:\nb: {c, d: }\ne:\n  -\n  - x')).toEqual({
      a: null,
      b: { c: null, d: null },
      e: [null, 'x'],
    });
  });

  it('may be an alias of a string', () => {
    expect(value('a: &k name\n*k : 1')).toEqual({ a: 'name', name: 1 });
  });
});

describe('anchors', () => {
  it('are replaced by what they stand for', () => {
    expect(value('a: &x {b: !Ref c}\nd: *x\ne: [*x]\nf: &y !Sub z\ng: *y\nh: !Ref &z i\nj: *z')).toEqual({
      a: { b: { Ref: 'c' } },
      d: { b: { Ref: 'c' } },
      e: [{ b: { Ref: 'c' } }],
      f: { 'Fn::Sub': 'z' },
      g: { 'Fn::Sub': 'z' },
      h: { Ref: 'i' },
      j: { Ref: 'i' },
    });
  });

  it('may be set again', () => {
    expect(value('a: &x 1\nb: *x\nc: &x 2\nd: *x')).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  it.each([
    ['a map', 'b: {<<: *x, q: 3}', { p: 1, q: 3 }],
    ['a map, its own keys first', 'b: {q: 3, <<: *x}', { p: 1, q: 3 }],
    ['a list of maps, the first of which wins', 'b: {<<: [*y, *x]}', { p: 9, q: 2 }],
    ['two merge keys, the first of which wins', 'b:\n  <<: *y\n  <<: *x', { p: 9, q: 2 }],
    ['a map that is written there', 'b: {<<: {r: 1}}', { r: 1 }],
    ['the merge of a merge', 'z: &z {<<: *y, s: 1}\nb: {<<: *z}', { p: 9, s: 1 }],
    ['no merge key when it is quoted', 'b: {"<<": 1}', { '<<': 1 }],
  ])('merge: %s', (_name, text, expected) => {
    const map = value(`x: &x {p: 1, q: 2}\ny: &y {p: 9}\n${text}`) as { b: unknown };
    expect(map.b).toEqual(expected);
  });
});

describe('layout', () => {
  it.each([
    ['CRLF', 'a:\r\n  b: |\r\n    x\r\n    y\r\n  c: 1\r\n'],
    ['a byte order mark', '\uFEFFa:\n  b: |\n    x\n    y\n  c: 1\n'],
    ['document marks', '%YAML 1.1\n---\na:\n  b: |\n    x\n    y\n  c: 1\n...\n'],
    ['tabs behind indicators', 'a:\t\n  b:\t|\n    x\n    y\n  c:\t1\t# c\n'],
  ])('%s', (_name, text) => {
    expect(value(text)).toEqual({ a: { b: 'x\ny\n', c: 1 } });
  });
});

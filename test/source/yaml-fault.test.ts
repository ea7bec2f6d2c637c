import { beforeAll, describe, expect, it } from 'vitest';
import { prepareSources } from '../../src/source/parse.js';
import { describeYamlError } from '../../src/source/yaml-message.js';
import { fault, told } from './read.js';

beforeAll(() => prepareSources(['yaml']));

describe('a YAML text that cannot be read', () => {
  it.each([
    ['a:\n\tb: 1', '2:1 YAML is indented with spaces, but here is a tab'],
    ['a:\n  b: 1\n\tc: 2', '3:1 YAML is indented with spaces, but here is a tab'],
    ['a: "x\nb: 1', '1:4 A string is not closed with a quote'],
    ["a:\n  - b: 'x\n", '2:8 A string is not closed with a quote'],
    ['a: [1, 2\nb: 1', "1:4 A list in brackets is not closed with ']'"],
    ['a: {x: 1\n', "1:4 A map in brackets is not closed with '}'"],
    ['a: [1, {x: 1\nb: [2]', "1:8 A map in brackets is not closed with '}'"],
    ['a: @x', '1:4 A value that begins with this character needs quotes'],
    ['a: !Sub !Ref x', '1:9 A value has two tags; write the inner one in its long form, such as Fn::Sub'],
    ['a: !x!y z', '1:4 The tag has no name that YAML knows'],
    ['a: "\\q"', '1:5 A backslash in a string begins no escape that YAML knows'],
    ['a: b: c', '1:4 A map or list cannot begin in the middle of a line, after a key or value'],
    ['a: - b', '1:4 A list cannot begin on the line of its key'],
    ['a\nb: 1', "1:1 A key goes over several lines, or a line lacks its ':'"],
    ['a: |x\n  b', "1:5 Text stands behind '|' or '>' on the same line"],
    ['a: "b" c', '1:8 Something stands behind a value that is already complete'],
    ['a: ]', '1:4 The file is not valid YAML here'],
    ['- a\nb: 1', '2:2 The file is not valid YAML here'],
    ['%YAML\n---\na: 1', "1:1 A line that begins with '%' is no directive that YAML knows"],
    ['a: 1\n---\nb: 2', '2:1 The file holds several YAML documents, where a template is one'],
    ['a: 1\n---\n', '2:1 The file holds several YAML documents, where a template is one'],
    ['a: 1\n...\nb: 2', '3:1 The file holds several YAML documents, where a template is one'],
    ['? [a]\n: 1', '1:3 A key must be a string, not a map or a list'],
    ['a: {{ x }}', '1:5 A key must be a string, not a map or a list'],
    ['a: &x [b]\n*x : c', '2:1 A key must be a string, not a map, a list or null'],
    ['!Ref a: 1', '1:6 A key must be a string without a tag'],
    [': 1', "1:1 A key is missing before ':'"],
    ['a: *x', '1:4 An alias names an anchor that does not stand before it'],
    ['a: *x\nb: &x 1', '1:4 An alias names an anchor that does not stand before it'],
    ['a: &x [*x]', '1:8 An alias stands inside the value that it stands for'],
    ['a: &x {b: {c: *x}}', '1:15 An alias stands inside the value that it stands for'],
    ['a:\n  <<: 1', "2:3 A merge key '<<' needs a map or a list of maps"],
    ['a: {<<: [{}, 1]}', "1:5 A merge key '<<' needs a map or a list of maps"],
  ])('%j', (text, expected) => {
    expect(told(fault(text))).toEqual([expected]);
  });

  it.each([
    ['a: 1\na: 2', '2:1', '1:1', 'a'],
    ['b:\n  a: 1\n  c: 1\n  "a": 2', '4:3', '2:3', 'a'],
    ['b: {a: 1, a: 2}', '1:11', '1:5', 'a'],
    ['1: x\n"1": y', '2:1', '1:1', '1'],
    ['x: &x {a: 0}\nb:\n  <<: *x\n  a: 1\n  a: 2', '5:3', '4:3', 'a'],
    ['__proto__: 1\n__proto__: 2', '2:1', '1:1', '__proto__'],
    ['"\\e": 1\n"\\e": 2', '2:1', '1:1', '\u001b'],
  ])('with a duplicate key: %j', (text, second, first, key) => {
    expect(told(fault(text))).toEqual([
      `${second} The key ${JSON.stringify(key)} occurs twice in one map`,
      `${first} the key ${JSON.stringify(key)} occurs here first`,
    ]);
  });

  it('gives a second place to an error beside the first only where it explains it', () => {
    expect(fault('a: [').related).toBeUndefined();
  });
});

describe("the library's messages", () => {
  it('lose what they quote from the text', () => {
    for (const message of [
      'Wrong thing: "hunter2"',
      'Wrong thing !hunter2',
      'Wrong thing\nhunter2',
      "Wrong thing 'hunter2",
    ]) {
      expect(describeYamlError('BAD_ALIAS', message)).toBe('Wrong thing');
    }
  });
});

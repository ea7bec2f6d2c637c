import { describe, expect, it } from 'vitest';
import { fault, located, read, told } from './read.js';

const json = (text: string) => read(text, 'json');

describe('a JSON source', () => {
  it('has the value of the text', () => {
    const source = json('{"a": [1, "x", {"b": null}], "c": true}');
    expect(source.value).toEqual({ a: [1, 'x', { b: null }], c: true });
    expect(source.format).toBe('json');
    expect(source.comments()).toEqual([]);
  });

  it('takes a byte order mark, tabs and CRLF', () => {
    const source = json('\uFEFF{\r\n\t"a":\t1\r\n}');
    expect(source.value).toEqual({ a: 1 });
    expect(source.locate([])?.value).toEqual({ start: 1, end: source.text.length });
    expect(located(source, 'a')).toEqual({ key: '"a"', value: '1' });
  });

  it('keeps __proto__ as a key of its own', () => {
    const { value } = json('{"__proto__": {"a": 1}, "constructor": 2}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(located(json('{"__proto__": {"a": 1}}'), '__proto__', 'a')).toEqual({ key: '"a"', value: '1' });
  });

  it('locates keys and values of every kind', () => {
    const source = json(
      '{ "a" : {"b": [ 10 , "x\\"]}" , [], {} ]}, "\\u0063": -1.5e3, "d": true,"e":null , "f":"\\\\" }',
    );
    expect(located(source, 'a')).toEqual({ key: '"a"', value: '{"b": [ 10 , "x\\"]}" , [], {} ]}' });
    expect(located(source, 'a', 'b')).toEqual({ key: '"b"', value: '[ 10 , "x\\"]}" , [], {} ]' });
    expect(located(source, 'a', 'b', 0)).toEqual({ key: undefined, value: '10' });
    expect(located(source, 'a', 'b', 1)).toEqual({ key: undefined, value: '"x\\"]}"' });
    expect(located(source, 'a', 'b', 2)).toEqual({ key: undefined, value: '[]' });
    expect(located(source, 'a', 'b', 3)).toEqual({ key: undefined, value: '{}' });
    expect(located(source, 'c')).toEqual({ key: '"\\u0063"', value: '-1.5e3' });
    expect(located(source, 'd')).toEqual({ key: '"d"', value: 'true' });
    expect(located(source, 'e')).toEqual({ key: '"e"', value: 'null' });
    expect(located(source, 'f')).toEqual({ key: '"f"', value: '"\\\\"' });
  });

  it('locates nothing where there is no entry', () => {
    const source = json('{"a": [1], "b": "text"}');
    expect(source.locate(['c'])).toBeUndefined();
    expect(source.locate(['a', 1])).toBeUndefined();
    expect(source.locate(['a', 'length'])).toBeUndefined();
    expect(source.locate(['b', 0])).toBeUndefined();
    expect(source.locate(['toString'])).toBeUndefined();
  });

  it.each([
    ['{"a": ', '1:7 Expected a value, but found the end of the file'],
    ['{"a": 1', "1:8 Expected ',' or '}', but found the end of the file"],
    ['{"a"', "1:5 Expected ':' after the key, but found the end of the file"],
    ['{', "1:2 Expected a key in double quotes or '}', but found the end of the file"],
  ])('tells what a truncated text lacks: %s', (text, expected) => {
    expect(told(fault(text, 'json'))).toEqual([expected, '1:1 the map that is not closed begins here']);
  });

  it.each([
    ['{"a": [1, ', '1:7 the list that is not closed begins here'],
    ['{"a": {"b": 1}, ', '1:1 the map that is not closed begins here'],
  ])('names the innermost that is not closed: %s', (text, expected) => {
    expect(told(fault(text, 'json'))[1]).toBe(expected);
  });

  it.each([
    ['{"a": 1,\n}', "1:8 A comma before '}' is not allowed in JSON"],
    ['{"a": [1,]}', "1:9 A comma before ']' is not allowed in JSON"],
    ['{"a" 1}', "1:6 Expected ':' after the key, but found '1'"],
    ['{"a": [1 2]}', "1:10 Expected ',' or ']', but found '2'"],
    ['{"a": 1 "b": 2}', "1:9 Expected ',' or '}', but found '\"'"],
    ['{a: 1}', "1:2 Expected a key in double quotes or '}', but found 'a'"],
    ['{"a": 1, b: 2}', "1:10 Expected a key in double quotes, but found 'b'"],
    ["{'a': 1}", "1:2 Expected a key in double quotes or '}', but found \"'\""],
    ['{"a": \'x\'}', '1:7 JSON strings need double quotes'],
    ['{"a": 1} x', "1:10 Expected the end of the file, but found 'x'"],
    ['{"a": 1}\n}', "2:1 Expected the end of the file, but found '}'"],
    ['{\n  // x\n}', "2:3 Expected a key in double quotes or '}', but found '/'"],
    ['{"a": /* x */ 1}', '1:7 JSON knows no comments'],
    ['{"a": "x\n}', '1:7 The string is not closed with a double quote'],
    ['{"a": "x', '1:7 The string is not closed with a double quote'],
    ['{"a": "x\ty"}', '1:9 A string holds the character U+0009, which JSON allows only as an escape'],
    ['{"a": "\\q"}', '1:8 A backslash in a string begins no escape that JSON knows'],
    ['{"a": "\\u12"}', '1:8 A backslash in a string begins no escape that JSON knows'],
    ['{"a": 012}', '1:7 The value is neither a string in double quotes nor a JSON number'],
    ['{"a": NaN}', '1:7 The value is neither a string in double quotes nor a JSON number'],
    ['{"a": 1.}', '1:7 The value is neither a string in double quotes nor a JSON number'],
    ['{"a": \u001b}', '1:7 Expected a value, but found the character U+001B'],
    ['{"a": 😀}', '1:7 Expected a value, but found the character U+1F600'],
  ])('tells place and cause: %j', (text, expected) => {
    expect(told(fault(text, 'json'))).toEqual([expected]);
  });

  it.each([
    ['{"a": 1,\n "a": 2}', '2:2', '1:2', 'a'],
    ['{"b": {"a" : 1, "a" : 2}}', '1:17', '1:8', 'a'],
    ['{"b": [{}, {"\\u0061": 1, "a": 2}]}', '1:26', '1:13', 'a'],
    ['{"": 1, "": 2}', '1:9', '1:2', ''],
    ['{"__proto__": 1, "__proto__": 2}', '1:18', '1:2', '__proto__'],
  ])('tells both places of a duplicate key: %s', (text, second, first, key) => {
    expect(told(fault(text, 'json'))).toEqual([
      `${second} The key ${JSON.stringify(key)} occurs twice in one map`,
      `${first} the key ${JSON.stringify(key)} occurs here first`,
    ]);
  });

  it('takes equal keys in different maps, and what looks like a key in a string', () => {
    expect(json('{"a": {"a": {"a": 1}}, "b": {"a": "\\"a\\": 1, \\"a\\" : 2"}}').value).toBeTruthy();
  });

  it('spans the whole of an astral character', () => {
    expect(fault('{"a": 😀}', 'json').span).toEqual({ start: 6, end: 8 });
  });

  it('does not repeat a string of the text in a message', () => {
    expect(fault('{"ClientSecret": "hunter2', 'json').message).not.toContain('hunter2');
    expect(fault('{"ClientSecret": "x" hunter2}', 'json').message).not.toContain('hunter2');
  });
});

import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadSource, parseSource, prepareSources, YamlNotPrepared } from '../../src/source/parse.js';
import { fault, told } from './read.js';

describe('the YAML half', () => {
  it('is not loaded for JSON, whether it parses or not, nor for everyday YAML', async () => {
    vi.resetModules();
    const loaded = vi.fn();
    vi.doMock('yaml', async (original) => {
      loaded();
      return original();
    });
    const fresh = await import('../../src/source/parse.js');
    await fresh.prepareSources(['json']);
    expect(fresh.parseSource('a.json', '{"a": 1}').ok).toBe(true);
    expect(fresh.parseSource('a.template', '{"a": 1}').ok).toBe(true);
    expect(fresh.parseSource('a.json', '{"a": 1').ok).toBe(false);
    expect((await fresh.loadSource('a.json', 'a: 1')).ok).toBe(false);
    expect(fresh.parseSource('a.yaml', 'a: !Sub b # c').ok).toBe(true);
    expect(loaded).not.toHaveBeenCalled();

    expect(() => fresh.parseSource('a.yaml', 'a: &b 1')).toThrow(fresh.YamlNotPrepared);
    expect((await fresh.loadSource('a.yaml', 'a: &b 1')).ok).toBe(true);
    expect(loaded).toHaveBeenCalledTimes(1);
    expect(fresh.parseSource('a.yaml', 'a: &b 1').ok).toBe(true);
    vi.doUnmock('yaml');
  });

  it('names the file that needs it', () => {
    expect(new YamlNotPrepared('a.yaml').message).toContain('a.yaml');
  });
});

describe('the format', () => {
  beforeAll(() => prepareSources(['yaml']));

  it.each([
    ['a.json', '{"a": 1}', 'json'],
    ['a.JSON', '{"a": 1}', 'json'],
    ['a.yaml', 'a: 1', 'yaml'],
    ['a.yml', '# {\na: 1', 'yaml'],
    ['a.yaml', '{"a": 1}', 'json'],
    ['a.yaml', '{\n\t"a": 1\n}', 'json'],
    ['a.yaml', '{a: 1}', 'yaml'],
    ['a.template', '\uFEFF \r\n\t{"a": 1}', 'json'],
    ['a.template', '{"a": 1, # c\n}', 'yaml'],
    ['a.template', 'a: 1', 'yaml'],
    ['-', '{"a": 1}', 'json'],
    ['-', 'a: 1', 'yaml'],
  ])('of %s with %j is %s', (file, text, format) => {
    const result = parseSource(file, text);
    expect(result).toMatchObject({ ok: true, source: { file, format, text, value: { a: 1 } } });
  });

  it('can be given', () => {
    expect(parseSource('a.json', 'a: 1', 'yaml')).toMatchObject({ source: { format: 'yaml' } });
    expect(parseSource('a.yaml', '{"a": 1}', 'yaml')).toMatchObject({ source: { format: 'yaml' } });
    expect(parseSource('a.yaml', 'a: 1', 'json').ok).toBe(false);
  });

  it.each([
    ['a.json', '!a', "Expected a value, but found '!'"],
    ['a.template', '{"a": 1', "Expected ',' or '}', but found the end of the file"],
    ['-', '{', "Expected a key in double quotes or '}', but found the end of the file"],
    ['a.template', '{a: [1}', "A list in brackets is not closed with ']'"],
  ])('decides what is told of %s with %j', (file, text, message) => {
    expect(parseSource(file, text)).toMatchObject({ ok: false, error: { message } });
  });

  it('is found without waiting when it can be', async () => {
    expect(await loadSource('a.yaml', 'a: 1')).toMatchObject({ ok: true, source: { value: { a: 1 } } });
  });
});

describe('a text that is no map', () => {
  beforeAll(() => prepareSources(['yaml']));

  it.each([
    ['json', '', '1:1 The file is empty'],
    ['yaml', '', '1:1 The file is empty'],
    ['yaml', ' \n\t\r\n', '1:1 The file is empty'],
    ['json', '\uFEFF', '1:1 The file is empty'],
    ['yaml', '# only a comment\n', '1:1 The file is empty'],
    ['yaml', '---\n', '1:4 The file holds no value at the top, where a template is a map'],
    ['yaml', '~', '1:1 The file holds no value at the top, where a template is a map'],
    ['json', 'null', '1:1 The file holds no value at the top, where a template is a map'],
    ['json', '\n[1]', '2:1 The file holds a list at the top, where a template is a map'],
    ['yaml', '# c\n- a: 1', '2:1 The file holds a list at the top, where a template is a map'],
    ['json', '"x"', '1:1 The file holds a string at the top, where a template is a map'],
    ['yaml', 'just words\nof text', '1:1 The file holds a string at the top, where a template is a map'],
    ['yaml', '42', '1:1 The file holds a number at the top, where a template is a map'],
    ['json', 'true', '1:1 The file holds a boolean at the top, where a template is a map'],
    ['json', '{"a": "\0"}', '1:8 The file holds binary content (a NUL character), not text'],
    ['yaml', 'a: 1\nb: \0', '2:4 The file holds binary content (a NUL character), not text'],
  ] as const)('%s %j', (format, text, expected) => {
    expect(told(fault(text, format))).toEqual([expected]);
  });
});

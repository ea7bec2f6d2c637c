import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/fix/change.js';
import { toTextEdits } from '../../src/fix/edits.js';
import { editText } from '../../src/fix/spans.js';
import { loadSource } from '../../src/source/parse.js';

/** The text after the changes, or undefined when they are refused. */
async function fixed(file: string, text: string, ...changes: Change[]): Promise<string | undefined> {
  const parsed = await loadSource(file, text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const edits = toTextEdits(parsed.source, changes);
  return edits && editText(text, edits);
}

const path = (dotted: string) => dotted.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
const replace = (at: string, value: Extract<Change, { kind: 'replace' }>['value']): Change => {
  return { kind: 'replace', path: path(at), value };
};
const rename = (at: string, key: string): Change => ({ kind: 'rename', path: path(at), key });
const remove = (at: string): Change => ({ kind: 'remove', path: path(at) });
const insert = (at: string, key: string, value: Extract<Change, { kind: 'insert' }>['value']): Change => {
  return { kind: 'insert', path: at === '' ? [] : path(at), key, value };
};

type Case = readonly [name: string, before: string, changes: readonly Change[], after: string | undefined];

describe('JSON', () => {
  const json = (...lines: string[]) => `${lines.join('\n')}\n`;
  const cases: readonly Case[] = [
    [
      'replaces a string and leaves the odd spacing around it',
      '{ "a" :"x" ,"b":  1}',
      [replace('a', 'y"z')],
      '{ "a" :"y\\"z" ,"b":  1}',
    ],
    ['replaces inside a list', '["x"]'.replace(/^(.*)$/, '{"a":$1}'), [replace('a.0', 'y')], '{"a":["y"]}'],
    ['renames a key', '{"a":{"x":1,"y":2}}', [rename('a.x', 'z')], '{"a":{"z":1,"y":2}}'],
    ['refuses a name that is taken', '{"a":{"x":1,"y":2}}', [rename('a.x', 'y')], undefined],
    ['refuses a path that leads nowhere', '{"a":1}', [replace('b', 'x')], undefined],
    ['refuses to rename a list item', '{"a":[1]}', [rename('a.0', 'x')], undefined],
    ['refuses no changes at all', '{"a":1}', [], undefined],
    [
      'removes the first entry with its line',
      json('{', '  "a": 1,', '  "b": 2', '}'),
      [remove('a')],
      json('{', '  "b": 2', '}'),
    ],
    [
      'removes the entry in the middle with its line',
      json('{', '  "a": 1,', '  "b": {', '    "x": 1', '  },', '  "c": 3', '}'),
      [remove('b')],
      json('{', '  "a": 1,', '  "c": 3', '}'),
    ],
    [
      'removes the last entry with its line and the comma before it',
      json('{', '  "a": 1,', '  "b": 2', '}'),
      [remove('b')],
      json('{', '  "a": 1', '}'),
    ],
    ['removes the only entry and the lines of the map', json('{', '  "a": {', '    "x": 1', '  }', '}'), [remove('a.x')], json('{', '  "a": {}', '}')],
    ['removes the first entry on one line', '{ "a": 1, "b": 2 }', [remove('a')], '{ "b": 2 }'],
    ['removes the last entry on one line', '{ "a": 1, "b": 2 }', [remove('b')], '{ "a": 1 }'],
    ['removes a list item', '{"a":["x","y","z"]}', [remove('a.1')], '{"a":["x","z"]}'],
    ['removes where commas lead the lines', json('{ "a": 1', ', "b": 2', ', "c": 3', '}'), [remove('b')], json('{ "a": 1', ', "c": 3', '}')],
    ['removes all of several neighbours', json('{', '  "a": 1,', '  "b": 2,', '  "c": 3', '}'), [remove('c'), remove('b')], json('{', '  "a": 1', '}')],
    ['removes list items by the indices before', '{"a":["x","y","z"]}', [remove('a.0'), remove('a.1'), remove('a.2')], '{"a":[]}'],
    [
      'inserts behind the last line',
      json('{', '   "a": {', '      "x": 1', '   }', '}'),
      [insert('a', 'y', { k: ['v', {}] })],
      json('{', '   "a": {', '      "x": 1,', '      "y": {', '         "k": [', '            "v",', '            {}', '         ]', '      }', '   }', '}'),
    ],
    ['inserts on the one line of a map', json('{', '  "a": { "x": 1 }', '}'), [insert('a', 'y', { k: 1 })], json('{', '  "a": { "x": 1, "y": {"k": 1} }', '}')],
    ['inserts into an empty map of a text in lines', json('{', '\t"a": {}', '}'), [insert('a', 'y', 'v')], json('{', '\t"a": {', '\t\t"y": "v"', '\t}', '}')],
    ['inserts into an empty map of a minified text', '{"a":{}}', [insert('a', 'y', { k: 1, l: 2 })], '{"a":{"y":{"k":1,"l":2}}}'],
    ['inserts into a minified map', '{"a":{"x":1}}', [insert('a', 'y', 2)], '{"a":{"x":1,"y":2}}'],
    ['inserts where commas lead the lines', json('{ "a": 1', ', "b": 2', '}'), [insert('', 'c', 3)], json('{ "a": 1', ', "b": 2', ', "c": 3', '}')],
    ['inserts twice into one map', json('{', '  "a": 1', '}'), [insert('', 'b', 2), insert('', 'c', 3)], json('{', '  "a": 1,', '  "b": 2,', '  "c": 3', '}')],
    ['inserts twice into an empty map', '{}', [insert('', 'b', 2), insert('', 'c', 3)], '{"b":2,"c":3}'],
    ['refuses to insert a key that is there', '{"a":1}', [insert('', 'a', 2)], undefined],
    ['refuses to insert into a list', '{"a":[]}', [insert('a', 'b', 2)], undefined],
    ['keeps CRLF', '{\r\n  "a": {\r\n    "x": 1\r\n  },\r\n  "b": 2\r\n}\r\n', [insert('a', 'y', 2), remove('b')], '{\r\n  "a": {\r\n    "x": 1,\r\n    "y": 2\r\n  }\r\n}\r\n'],
    ['keeps a byte order mark', '\uFEFF{"a":1}', [replace('a', 2)], '\uFEFF{"a":2}'],
    ['takes hostile keys for data', '{"__proto__":{"constructor":1}}', [rename('__proto__.constructor', '__proto__')], '{"__proto__":{"__proto__":1}}'],
    ['renames and changes below in one fix', '{"a":{"x":1}}', [rename('a', 'b'), replace('a.x', 2)], '{"b":{"x":2}}'],
  ];
  it.each(cases)('%s', async (_, before, changes, after) => {
    expect(await fixed('t.json', before, ...changes)).toBe(after);
  });
});

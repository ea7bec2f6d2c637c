import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Change } from '../../src/fix/change.js';
import { MOST_READ_AGAIN, toTextEdits } from '../../src/fix/edits.js';
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
    [
      'removes the only entry and the lines of the map',
      json('{', '  "a": {', '    "x": 1', '  }', '}'),
      [remove('a.x')],
      json('{', '  "a": {}', '}'),
    ],
    ['removes the first entry on one line', '{ "a": 1, "b": 2 }', [remove('a')], '{ "b": 2 }'],
    ['removes the last entry on one line', '{ "a": 1, "b": 2 }', [remove('b')], '{ "a": 1 }'],
    ['removes a list item', '{"a":["x","y","z"]}', [remove('a.1')], '{"a":["x","z"]}'],
    [
      'removes where commas lead the lines',
      json('{ "a": 1', ', "b": 2', ', "c": 3', '}'),
      [remove('b')],
      json('{ "a": 1', ', "c": 3', '}'),
    ],
    [
      'removes all of several neighbours',
      json('{', '  "a": 1,', '  "b": 2,', '  "c": 3', '}'),
      [remove('c'), remove('b')],
      json('{', '  "a": 1', '}'),
    ],
    [
      'removes list items by the indices before',
      '{"a":["x","y","z"]}',
      [remove('a.0'), remove('a.1'), remove('a.2')],
      '{"a":[]}',
    ],
    [
      'inserts behind the last line',
      json('{', '   "a": {', '      "x": 1', '   }', '}'),
      [insert('a', 'y', { k: ['v', {}] })],
      json(
        '{',
        '   "a": {',
        '      "x": 1,',
        '      "y": {',
        '         "k": [',
        '            "v",',
        '            {}',
        '         ]',
        '      }',
        '   }',
        '}',
      ),
    ],
    [
      'inserts on the one line of a map',
      json('{', '  "a": { "x": 1 }', '}'),
      [insert('a', 'y', { k: 1 })],
      json('{', '  "a": { "x": 1, "y": {"k": 1} }', '}'),
    ],
    [
      'inserts into an empty map of a text in lines',
      json('{', '\t"a": {}', '}'),
      [insert('a', 'y', 'v')],
      json('{', '\t"a": {', '\t\t"y": "v"', '\t}', '}'),
    ],
    [
      'inserts into an empty map of a minified text',
      '{"a":{}}',
      [insert('a', 'y', { k: 1, l: 2 })],
      '{"a":{"y":{"k":1,"l":2}}}',
    ],
    ['inserts into a minified map', '{"a":{"x":1}}', [insert('a', 'y', 2)], '{"a":{"x":1,"y":2}}'],
    [
      'inserts where commas lead the lines',
      json('{ "a": 1', ', "b": 2', '}'),
      [insert('', 'c', 3)],
      json('{ "a": 1', ', "b": 2', ', "c": 3', '}'),
    ],
    [
      'inserts twice into one map',
      json('{', '  "a": 1', '}'),
      [insert('', 'b', 2), insert('', 'c', 3)],
      json('{', '  "a": 1,', '  "b": 2,', '  "c": 3', '}'),
    ],
    ['inserts twice into an empty map', '{}', [insert('', 'b', 2), insert('', 'c', 3)], '{"b":2,"c":3}'],
    ['refuses to insert a key that is there', '{"a":1}', [insert('', 'a', 2)], undefined],
    ['refuses to insert into a list', '{"a":[]}', [insert('a', 'b', 2)], undefined],
    [
      'keeps CRLF',
      '{\r\n  "a": {\r\n    "x": 1\r\n  },\r\n  "b": 2\r\n}\r\n',
      [insert('a', 'y', 2), remove('b')],
      '{\r\n  "a": {\r\n    "x": 1,\r\n    "y": 2\r\n  }\r\n}\r\n',
    ],
    ['keeps a byte order mark', '\uFEFF{"a":1}', [replace('a', 2)], '\uFEFF{"a":2}'],
    [
      'takes hostile keys for data',
      '{"__proto__":{"constructor":1}}',
      [rename('__proto__.constructor', '__proto__')],
      '{"__proto__":{"__proto__":1}}',
    ],
    [
      'renames and changes below in one fix',
      '{"a":{"x":1}}',
      [rename('a', 'b'), replace('a.x', 2)],
      '{"b":{"x":2}}',
    ],
  ];
  it.each(cases)('%s', async (_, before, changes, after) => {
    expect(await fixed('t.json', before, ...changes)).toBe(after);
  });
});

describe('YAML', () => {
  const yaml = (...lines: string[]) => `${lines.join('\n')}\n`;
  const cases: readonly Case[] = [
    // replace
    [
      'keeps a plain scalar plain, with its comment',
      yaml('a:   x  # why', 'b: 1'),
      [replace('a', 'w z')],
      yaml('a:   w z  # why', 'b: 1'),
    ],
    ['keeps single quotes', "a: 'x' # why\n", [replace('a', "it's")], "a: 'it''s' # why\n"],
    ['keeps double quotes', 'a: "x"\n', [replace('a', 'w')], 'a: "w"\n'],
    ['quotes what would not be a string', 'a: x\n', [replace('a', 'no')], "a: 'no'\n"],
    ['quotes a number that must be a string', 'a: x\n', [replace('a', '012')], "a: '012'\n"],
    [
      'escapes what no other quotes can hold',
      "a: 'x'\n",
      [replace('a', 'l1\nl2\u2028\u{e0001}')],
      'a: "l1\\nl2\\u2028\\U000e0001"\n',
    ],
    [
      'writes numbers and booleans plain',
      "a: 'x'\nb: 'y'\n",
      [replace('a', 7), replace('b', true)],
      'a: 7\nb: true\n',
    ],
    ['keeps an anchor', 'a: &n x\n', [replace('a', 'w')], 'a: &n w\n'],
    [
      'keeps a short tag when the change is inside it',
      'a: !Sub "x"\n',
      [replace('a.Fn::Sub', 'y')],
      'a: !Sub "y"\n',
    ],
    [
      'replaces a short tag when the change is the whole',
      'a: !Sub "x" # c\n',
      [replace('a', 'w')],
      'a: "w" # c\n',
    ],
    [
      'goes into the branch of a short tag',
      yaml('a: !If', '  - C', '  - x # c', '  - y'),
      [replace('a.Fn::If.1', 'z')],
      yaml('a: !If', '  - C', '  - z # c', '  - y'),
    ],
    [
      'fills in a value that was left out',
      'a:\nb: # c\n',
      [replace('a', 'x'), replace('b', 'w')],
      'a: x\nb: w # c\n',
    ],
    [
      'replaces a block scalar',
      yaml('a: |', '  x', '', 'b: 1'),
      [replace('a', 'w')],
      yaml('a: w', '', 'b: 1'),
    ],
    [
      'replaces a block map by a scalar',
      yaml('a: # c', '  x: 1', '  y: 2', 'b: 1'),
      [replace('a', 'z')],
      yaml('a: z # c', 'b: 1'),
    ],
    [
      'replaces a scalar by a block map',
      yaml('a:', '    k: x # c', '    l: 1'),
      [replace('a.k', { m: 'q', o: ['p'] })],
      yaml('a:', '    k: # c', '        m: q', '        o:', '            - p', '    l: 1'),
    ],
    [
      'replaces a list item by a map',
      yaml('a:', '- x', '- y'),
      [replace('a.0', { k: 1, l: { m: 2 } })],
      yaml('a:', '- k: 1', '  l:', '    m: 2', '- y'),
    ],
    [
      'replaces a block by a block',
      yaml('a:', '  k:', '    x: 1', '  l: 2'),
      [replace('a.k', { w: 1, z: 2 })],
      yaml('a:', '  k:', '    w: 1', '    z: 2', '  l: 2'),
    ],
    [
      'replaces an empty list by a block',
      yaml('a: []', 'b:', '- x'),
      [replace('a', ['w'])],
      yaml('a:', '- w', 'b:', '- x'),
    ],
    ['replaces inside brackets', 'a: [x, {k: v}]\n', [replace('a.1.k', { l: 1 })], 'a: [x, {k: { l: 1 }}]\n'],
    ['refuses an alias', 'a: &n x\nb: *n\n', [replace('b', 'w')], undefined],
    [
      'refuses content that an unlike place shows as well',
      'a: &n { k: 1 }\nb: *n\n',
      [replace('a.k', 2)],
      undefined,
    ],
    // rename
    ['keeps a plain key plain', 'a: 1 # c\n', [rename('a', 'b')], 'b: 1 # c\n'],
    [
      'keeps a quoted key quoted',
      '"a": 1\n\'b\': 2\n',
      [rename('a', 'x'), rename('b', 'y')],
      '"x": 1\n\'y\': 2\n',
    ],
    ['keeps the alias of the renamed entry', 'n: &n 1\na: *n\n', [rename('a', 'b')], 'n: &n 1\nb: *n\n'],
    ['renames an explicit key', '? a\n: 1\n', [rename('a', 'b')], '? b\n: 1\n'],
    ['refuses to rename what a tag stands for', 'a: !Sub x\n', [rename('a.Fn::Sub', 'Ref')], undefined],
    ['quotes a key that would merge', 'a: {x: 1}\n', [rename('a.x', '<<')], "a: {'<<': 1}\n"],
    // remove
    [
      'removes an entry with its lines and its comment',
      yaml('a: 1', '# about b', 'b: # c', '  x: 1 # d', '  # inside b', '# about c', 'c: 3'),
      [remove('b')],
      yaml('a: 1', '# about b', '# about c', 'c: 3'),
    ],
    ['removes the first entry', yaml('k:', '  a: 1', '  b: 2'), [remove('k.a')], yaml('k:', '  b: 2')],
    [
      'removes the last entry of a text without a last line break',
      'k:\n  a: 1\n  b: 2',
      [remove('k.b')],
      'k:\n  a: 1',
    ],
    [
      'removes the first entry on the line of a dash',
      yaml('- x', '- a: 1', '  b: 2').replace(/^/, 'k:\n'),
      [remove('k.1.a')],
      yaml('k:', '- x', '- b: 2'),
    ],
    [
      'removes the first entry on the line of a dash before a comment',
      yaml('k:', '- a: 1', '  # b', '  b: 2'),
      [remove('k.0.a')],
      yaml('k:', '-', '  # b', '  b: 2'),
    ],
    [
      'leaves an empty map behind',
      yaml('k: # c', '  a: 1', 'l: 2'),
      [remove('k.a')],
      yaml('k: {} # c', 'l: 2'),
    ],
    ['leaves an empty list behind', yaml('k:', '- a', 'l: 2'), [remove('k.0')], yaml('k: []', 'l: 2')],
    [
      'leaves an empty map behind a tag',
      yaml('k: !If', '  - C', '  - a: 1', '  - b'),
      [remove('k.Fn::If.1.a')],
      yaml('k: !If', '  - C', '  - {}', '  - b'),
    ],
    [
      'removes several neighbours that empty a map',
      yaml('k:', '  a: 1', '  b: 2', 'l: 2'),
      [remove('k.a'), remove('k.b')],
      yaml('k: {}', 'l: 2'),
    ],
    [
      'removes a list item with its lines',
      yaml('k:', '  - a: 1', '    b: 2', '  - c'),
      [remove('k.0')],
      yaml('k:', '  - c'),
    ],
    [
      'removes a block scalar',
      yaml('a: |', '  x', '  # not a comment', '', 'b: 1'),
      [remove('a')],
      yaml('', 'b: 1'),
    ],
    ['removes from brackets', 'a: { x: 1, y: 2, z: 3 } # c\n', [remove('a.y')], 'a: { x: 1, z: 3 } # c\n'],
    ['removes the last one from brackets', 'a: [ x, !Ref y ]\n', [remove('a.1')], 'a: [ x ]\n'],
    ['removes the only one from brackets', 'a: [ x ]\n', [remove('a.0')], 'a: []\n'],
    [
      'removes a line from brackets over several lines',
      yaml('a: {', '  x: 1, # about x', '  # about z', '  z: 3 # c', '}'),
      [remove('a.z')],
      yaml('a: {', '  x: 1 # about x', '  # about z', '}'),
    ],
    [
      'keeps a comma behind the last one',
      yaml('a: [', '  x,', '  y,', ']'),
      [remove('a.1')],
      yaml('a: [', '  x,', ']'),
    ],
    ['refuses to remove an anchor that is used', 'a: &n 1\nb: *n\n', [remove('a')], undefined],
    ['removes an alias', 'a: &n 1\nb: *n\n', [remove('b')], 'a: &n 1\n'],
    [
      'refuses an entry that comes from a merge key',
      yaml('a: &n', '  x: 1', 'b:', '  <<: *n', '  y: 2'),
      [remove('b.x')],
      undefined,
    ],
    // insert
    [
      'inserts behind the last entry and its comments',
      yaml('a:', '   x:', '      p: 1 # c', '      # inside x', '   # about nothing', 'b: 2'),
      [insert('a', 'w', { k: 'v' })],
      yaml(
        'a:',
        '   x:',
        '      p: 1 # c',
        '      # inside x',
        '   w:',
        '      k: v',
        '   # about nothing',
        'b: 2',
      ),
    ],
    [
      'inserts into a map on the line of a dash',
      yaml('k:', '- a: 1'),
      [insert('k.0', 'b', ['x'])],
      yaml('k:', '- a: 1', '  b:', '  - x'),
    ],
    [
      'inserts lists as the others are written',
      yaml('k:', '  - a', 'm:', '  n: 1'),
      [insert('m', 'o', ['x', { p: 1 }])],
      yaml('k:', '  - a', 'm:', '  n: 1', '  o:', '    - x', '    - p: 1'),
    ],
    [
      'inserts at the end of a text without a last line break',
      'k:\n  a: 1',
      [insert('k', 'b', 2)],
      'k:\n  a: 1\n  b: 2',
    ],
    [
      'inserts behind a block scalar',
      yaml('k:', '  a: |', '    x', '', 'l: 1'),
      [insert('k', 'b', 2)],
      yaml('k:', '  a: |', '    x', '  b: 2', '', 'l: 1'),
    ],
    ['inserts into an empty map', 'k: {} # c\n', [insert('k', 'a', 'x')], 'k: { a: x } # c\n'],
    ['inserts into brackets', 'k: {a: 1}\n', [insert('k', 'b', 'x')], 'k: {a: 1, b: x}\n'],
    [
      'inserts into brackets over several lines',
      yaml('k: {', '  a: 1 # c', '}'),
      [insert('k', 'b', 'x')],
      yaml('k: {', '  a: 1, # c', '  b: x', '}'),
    ],
    [
      'inserts with the quotes of the others',
      'k: {"a": "1"}\n',
      [insert('k', 'b', 'x')],
      'k: {"a": "1", "b": "x"}\n',
    ],
    [
      'inserts several',
      yaml('k:', '  a: 1'),
      [insert('k', 'b', 2), insert('k', 'c', 3)],
      yaml('k:', '  a: 1', '  b: 2', '  c: 3'),
    ],
    [
      'refuses a key that a merge key brings',
      yaml('a: &n', '  x: 1', 'b:', '  <<: *n', '  y: 2'),
      [insert('b', 'x', 1)],
      undefined,
    ],
    ['refuses an alias as the map', 'a: &n {x: 1}\nb: *n\n', [insert('b', 'y', 1)], undefined],
    ['refuses null as the map', 'a:\nb: 1\n', [insert('a', 'y', 1)], undefined],
    // whole texts
    [
      'keeps CRLF',
      'k:\r\n  a: 1\r\n  b: 2 # c\r\nl: 3\r\n',
      [remove('k.a'), insert('k', 'd', ['x'])],
      'k:\r\n  b: 2 # c\r\n  d:\r\n    - x\r\nl: 3\r\n',
    ],
    [
      'keeps a byte order mark and the document start',
      '\uFEFF---\na: x\n',
      [replace('a', 'w'), insert('', 'b', 1)],
      '\uFEFF---\na: w\nb: 1\n',
    ],
    [
      'keeps a byte order mark before the first key',
      '\uFEFFa: x\nb: 2\n',
      [remove('a'), insert('', 'c', 1)],
      '\uFEFFb: 2\nc: 1\n',
    ],
    [
      'takes hostile keys for data',
      '__proto__:\n  constructor: 1\n',
      [insert('__proto__', '__proto__', 2)],
      '__proto__:\n  constructor: 1\n  __proto__: 2\n',
    ],
    [
      'writes JSON in YAML as JSON',
      '{"a": {"x": 1,},}\n',
      [insert('a', 'y', 'v'), insert('', 'b', {})],
      '{"a": {"x": 1, "y": "v",}, "b": {},}\n',
    ],
  ];
  it.each(cases)('%s', async (_, before, changes, after) => {
    expect(await fixed('t.yaml', before, ...changes)).toBe(after);
  });

  const shared = (type: string) =>
    yaml(
      'Resources:',
      '  A:',
      '    Type: T',
      '    P: &p',
      '      k: x',
      '  B:',
      `    Type: ${type}`,
      '    P: *p',
    );
  it('changes what the same property of a resource of the same type shows too', async () => {
    expect(await fixed('t.yaml', shared('T'), rename('Resources.A.P.k', 'l'))).toBe(
      shared('T').replace('k: x', 'l: x'),
    );
    expect(await fixed('t.yaml', shared('U'), rename('Resources.A.P.k', 'l'))).toBeUndefined();
    expect(await fixed('t.yaml', shared('T'), rename('Resources.B.P.k', 'l'))).toBeUndefined();
  });
});

describe('thousands of fixes of one file', () => {
  it.each(['t.json', 't.yaml'])('end soon, and the first are made: %s', async (file) => {
    const count = 1_500;
    const items = Array.from({ length: count }, (_, index) => ({ name: `item ${index}`, x: 'y'.repeat(20) }));
    const value = { Resources: { A: { Type: 'T', Items: items } } };
    const text = file.endsWith('json') ? JSON.stringify(value, undefined, 1) : stringify(value);
    const parsed = await loadSource(file, text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    const made = items.map(
      (_, index) => toTextEdits(parsed.source, [replace(`Resources.A.Items.${index}.x`, 'z')]) !== undefined,
    );
    // Each is checked by reading the resource again, which is as long as the file, until millions were read.
    const read = made.indexOf(false) * text.length;
    const most = MOST_READ_AGAIN[parsed.source.format] + text.length;
    expect(read).toBeGreaterThan(most - 2 * text.length);
    expect(read).toBeLessThan(most + 2 * text.length);
    expect(made.slice(made.indexOf(false))).not.toContain(true);
  });
});

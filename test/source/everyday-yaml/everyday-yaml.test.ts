import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import glob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readEverydayYaml } from '../../../src/source/everyday-yaml/everyday-yaml.js';
import { MAX_YAML_TOKENS } from '../../../src/source/limits.js';
import { extent, holds } from '../../samples.js';
import { besideLibrary, LEFT, SAME } from './beside-library.js';

const root = path.join(import.meta.dirname, '../../..');
const FIXTURES = glob
  .sync('fixtures/**/*.{yaml,yml,template}', { cwd: root, dot: true })
  .map((file): [string, string] => [file, readFileSync(path.join(root, file), 'utf8')]);

/** Texts that are read without the library, by what they show. */
const EVERYDAY: Record<string, string> = {
  'a map in a map': 'a:\n  b: c\n  d:\n      e: f\ng: h',
  'a list that is indented': 'a:\n  - b\n  - c\nd: e\n',
  'a list below its key': 'a:\n- b\n- c\nd: e\n',
  'a list of lists': 'a:\n- - b\n  - c\n-\n  - d\n',
  'a list of maps': 'a:\n- b: c\n  d: e\n-\n  f: g\n',
  nothing: 'a:\nb:\n  - \n  -\n  - c:\n    d: ~\n',
  'numbers and words': 'a: 1\nb: 010\nc: yes\nd: 1.10\ne: 2010-09-09\nf: -0\ng: null\nh: 0x1F\n',
  'a text over several lines': 'a: b c\n  d\n\n\n  e # f\ng: h\n',
  'a text that begins on the next line': 'a:\n  b\n  c\nd:\n  "e"\n',
  'colons and hashes in a text': 'a: b:c#d :e\nf: http://g/#h\ni: j#k\n',
  'double quotes': 'a: "b: # \\" \\n \\u00e9 \\x41 \\U0001F600 \\/ \\\\"\n"c d" : e\n',
  'double quotes over several lines': 'a: "b\n  c  \n\n  d"\ne: "f \\\n  \\ g"\n',
  'single quotes': "a: 'b ''c'' # d'\n'e': ''\n",
  'single quotes over several lines': "a: 'b\n  c\n\n\n  d '\n",
  lines: 'a: |\n  b\n   c\n\n  # d\nb: |-\n    e\n\n\nc: |\n\n  f',
  'folded lines': 'a: >\n  b\n  c\n\n   d\n   e\n\n  f\n  g\nb: >-\n  h\n',
  brackets: 'a: [b, "c", [d], {e: f, "g":h, i: [j,],},]\nk: []\nl: {}\nm: { }\n',
  'brackets over several lines': 'a: [\n  b, # c\n  {\n    d: e\n  }\n]\nf: {\n }\n',
  'short tags':
    'a: !Ref b\nc: !Sub "d"\ne: !Sub |\n  f\ng: !GetAtt h.i # j\nk: !Equals [!Ref l, 1]\nm: !Ref 010\n',
  'short tags on maps and lists':
    'a: !If\n  - b\n  - !T\n    c: d\n  - !Sub\n    - e\n    - f: g\nh: !Join\n- i\n- j\n',
  'a short tag before a text on the next line': 'a: !Sub\n  b\n  c\n',
  comments: '# a\n\nb: # c\n  # d\n    # e\n  f: g  # h\n# i\nl: m\n# n',
  'a line before the document': '# a\n---\nb: c\n',
  'line ends of Windows': 'a:\r\n  b: c # d\r\n\r\n  e: [f,\r\n    g]\r\nh: "i"\r\n',
  'keys that objects have': '__proto__: a\nconstructor: b\nhasOwnProperty: c\n2: d\n1: e\n',
  'characters beyond ASCII': 'é: 😀 # ü\nb: [\u00a0c]\n\u2028d: e\u0085\n',
};

/** Texts that are left to the library, be they YAML or not. */
const LEFT_OUT: Record<string, string> = {
  'an anchor': 'a: &b c\n',
  'an alias': 'a: *b\n',
  'a merge key': 'a:\n  <<: {b: c}\n',
  'two equal keys': 'a: b\na: c\n',
  'two equal keys, one in quotes': 'a: b\n"a": c\n',
  'an explicit key': '? a\n: b\n',
  'a directive': '%YAML 1.1\n---\na: b\n',
  'two documents': 'a: b\n---\nc: d\n',
  'the end of a document': 'a: b\n...\n',
  'a byte order mark': '\uFEFFa: b\n',
  'a tab': 'a:\tb\n',
  'a tab before a key': 'a:\n\tb: c\n',
  'a tag of YAML': 'a: !!str b\n',
  'a tag without a name': 'a: ! b\n',
  'a tag on nothing': 'a: !Ref\nb: c\n',
  'two tags': 'a: !Ref !Sub b\n',
  'a map on the line of a key': 'a: b: c\n',
  'a list on the line of a key': 'a: - b\n',
  'keys of two columns': 'a:\n  b: c\n d: e\n',
  'a key that is further right': 'a: b\n  c: d\n',
  'dashes of two columns': 'a:\n  - b\n - c\n',
  'a text behind a list': 'a:\n  - b\n  c\n',
  'a quote that is not closed': 'a: "b\n',
  'a quote that goes on too far left': 'a:\n  b: "c\n d"\n',
  'a text behind a quote': 'a: "b" c\n',
  'a bracket that is not closed': 'a: [b\n',
  'a bracket that goes on too far left': 'a:\n  b: [c,\n d]\n',
  'a comma too many': 'a: [b,, c]\n',
  'a pair in a list': 'a: [b: c]\n',
  'a key without a value in brackets': 'a: {b, c: d}\n',
  'an escape that YAML does not know': 'a: "\\q"\n',
  'a character that there is not': 'a: "\\U00110000"\n',
  'a number of spaces behind a bar': 'a: |2\n   b\n',
  'kept line ends': 'a: |+\n  b\n\n',
  'lines that are not indented': 'a:\n  b: |\n  c\n',
  'lines that come back half way': 'a:\n  b: |\n      c\n    d\n',
  'a key of 1,000 characters': `${'a'.repeat(1001)}: b\n`,
  'a text at the top': 'a\n',
  'a list at the top': '- a\n',
  'brackets at the top': '{a: b}\n',
  nothing: '',
  'only a comment': '# a\n',
};

describe('the reader of everyday YAML', () => {
  it.each(Object.entries(EVERYDAY))('reads %s as the library does', (_, text) => {
    expect(besideLibrary(text)).toBe(SAME);
    expect(besideLibrary(text.replaceAll('\n', '\r\n'))).toBeOneOf([SAME, LEFT]);
  });

  it.each(Object.entries(LEFT_OUT))('leaves %s to the library', (_, text) => {
    expect(besideLibrary(text)).toBe(LEFT);
  });

  it('leaves a text of more lexemes than the limit to the library', () => {
    const list = (items: number) => `a: [${'b,'.repeat(items)}]\n`;
    expect(readEverydayYaml(list(MAX_YAML_TOKENS / 5))).toBeDefined();
    expect(readEverydayYaml(list(MAX_YAML_TOKENS / 3 + 1))).toBeUndefined();
  });

  it('reads the fixtures as the library does, and nearly all of them', () => {
    const said = FIXTURES.map(([file, text]) => [file, besideLibrary(text)]);
    expect(said.filter(([, what]) => what !== SAME && what !== LEFT)).toEqual([]);
    expect(said.filter(([, what]) => what === LEFT).length / said.length).toBeLessThan(0.05);
  });
});

/** What generated texts are made of. */
const PIECES = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '  ',
    '    ',
    ':',
    ': ',
    '- ',
    '-',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    ', ',
    '#',
    ' # c',
  ],
  ...[
    '!Ref ',
    '!',
    '!!str ',
    '!<x> ',
    '!Sub "x"',
    '!If\n',
    '|',
    '>',
    '|-\n',
    '>-\n',
    '|\n  ',
    '>\n  ',
    '|+',
    '|2',
  ],
  ...[
    '&a ',
    '*a',
    '? ',
    '<<: ',
    '\t',
    '\r\n',
    '\r',
    '---\n',
    '...\n',
    '%',
    '@',
    '`',
    '~',
    'yes',
    '010',
    '\\',
    '\\n',
  ],
  ...[
    '\\\n',
    "''",
    '""',
    '[]',
    '{}',
    'é',
    '😀',
    '\u00a0',
    '\u2028',
    '\u0085',
    '\uFEFF',
    '\u001f',
    '\u0002',
    'a: b',
  ],
  ...[
    '- a',
    ' \n',
    '   \n',
    '#\n',
    '__proto__',
    '\n  ',
    '\n    ',
    '\n- ',
    '\n  - ',
    '\nx: ',
    '\n  x:',
    ': |\n',
    ': >\n',
  ],
  ...['"a":b', '{a: b}', '[a, b]', '[a: b]', ']\n', '\n]', '\n}'],
];

/** A few lines out of a text, moved to the left. */
function excerpt(text: string, at: number, count: number): string {
  const lines = text.split('\n');
  const chosen = lines.slice(at % lines.length, (at % lines.length) + count);
  const indents = chosen.filter((line) => line.trim() !== '').map((line) => line.search(/[^ ]/));
  const indent = Math.min(...indents, 100);
  return chosen.map((line) => `${line.slice(indent)}\n`).join('');
}

const sample = fc.oneof(
  fc.constantFrom(...Object.values(EVERYDAY)),
  fc
    .tuple(fc.constantFrom(...FIXTURES), fc.nat(2000), fc.integer({ min: 1, max: 12 }))
    .map(([[, text], at, count]) => excerpt(text, at, count)),
);
const edit = fc.tuple(fc.nat(2000), fc.nat(3), fc.constantFrom('', ...PIECES));

/** A text with some edits: at an offset, so many characters are replaced by a piece. */
const editedText = fc.tuple(sample, fc.array(edit, { maxLength: 4 })).map(([text, edits]) =>
  edits.reduce((edited, [offset, removed, piece]) => {
    const at = offset % (edited.length + 1);
    return edited.slice(0, at) + piece + edited.slice(at + removed);
  }, text),
);

const { value } = fc.letrec<{ readonly value: unknown; readonly text: string }>((tie) => ({
  text: fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(...PIECES),
    fc.constantFrom(
      'a text of many words, longer than what a line of a document that is printed takes',
      'a\nb\n',
      ' a',
    ),
  ),
  value: fc.oneof(
    { maxDepth: 4 },
    tie('text'),
    fc.integer(),
    fc.constantFrom(true, false, null, 1.5),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(tie('text'), tie('value'), { maxKeys: 4 }),
  ),
}));

const printedText = fc
  .record({
    value,
    lineWidth: fc.constantFrom(0, 20, 80),
    indent: fc.integer({ min: 1, max: 4 }),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom('any', 'flow', 'block'),
    defaultStringType: fc.constantFrom(
      'PLAIN',
      'QUOTE_DOUBLE',
      'QUOTE_SINGLE',
      'BLOCK_LITERAL',
      'BLOCK_FOLDED',
    ),
  } as const)
  .map(({ value: printed, ...options }) =>
    stringify({ a: printed, b: [printed] }, { version: '1.1', ...options }),
  );

describe('any text', () => {
  it.each([
    ['edited', editedText, { few: 1_000, many: 7_000 }],
    ['printed', printedText, { few: 500, many: 3_000 }],
  ] as const)('that is %s is read as the library reads it, or left to it', (_, texts, runs) => {
    let read = 0;
    const isSame = (text: string): void => {
      const said = besideLibrary(text.replaceAll('\0', ''));
      if (said === SAME) read++;
      else expect(said).toBe(LEFT);
    };
    holds(fc.property(texts, isSame), runs);
    expect(read).toBeGreaterThan(extent(runs) / 4);
  });
});

import { expect, it } from 'vitest';
import { renderMarkdown } from '../../src/cli/markdown.js';
import { type Paint, plainPaint } from '../../src/report/paint.js';

const render = (markdown: string, paint: Paint = plainPaint, width = 30) =>
  renderMarkdown(markdown, paint, width);

it.each([
  ['a heading', '# The `grant`\n\nText', 'The grant\n\nText\n'],
  ['a heading right above text', '## Why\nText', 'Why\n\nText\n'],
  ['a long line', 'one two three four five six seven eight', 'one two three four five six\nseven eight\n'],
  ['lines of one paragraph', 'one\ntwo', 'one two\n'],
  [
    'a list',
    '- one two three four five six seven\n- b\n  more',
    '- one two three four five six\n  seven\n- b more\n',
  ],
  ['numbers', '1. a\n2. b', '1. a\n2. b\n'],
  ['a quote', '> a\n> b', '  a b\n'],
  [
    'code, as it is',
    '```yaml\nA: `x` **y** <!-- z -->\n\n  - b\n```',
    '    A: `x` **y** <!-- z -->\n\n      - b\n',
  ],
  ['links', '[page](https://example.test/a) and [file](./b.md)', 'page (https://example.test/a)\nand file\n'],
  ['emphasis', '**a** *b* snake_case 2 * 3 * 4', 'a b snake_case 2 * 3 * 4\n'],
  ['a table', '| a | b |\n| --- | --- |\n| `1` | 2 |', '| a | b |\n| --- | --- |\n| 1 | 2 |\n'],
  ['a comment', '<!-- made from x.ts -->\n\nText', 'Text\n'],
])('shows %s', (_what, markdown, expected) => {
  expect(render(markdown)).toBe(expected);
});

it('paints headings and code', () => {
  const paint: Paint = {
    ...plainPaint,
    strong: (text) => `<b>${text}</b>`,
    related: (text) => `<c>${text}</c>`,
  };
  expect(render('# T\n\n`a` **b**\n\n```\nx\n```', paint)).toBe(
    '<b>T</b>\n\n<c>a</c> <b>b</b>\n\n    <c>x</c>\n',
  );
});

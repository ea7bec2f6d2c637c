import { beforeAll, describe, expect, it } from 'vitest';
import { decodeText } from '../../src/source/decode.js';
import {
  MAX_ALIASED_VALUES,
  MAX_DOCUMENTS,
  MAX_FILE_BYTES,
  MAX_NESTING_DEPTH,
  MAX_YAML_TOKENS,
} from '../../src/source/limits.js';
import { prepareSources } from '../../src/source/parse.js';
import { extent } from '../samples.js';
import { fault, read } from './read.js';

beforeAll(() => prepareSources(['yaml']));

const TOO_DEEP = `Maps and lists are nested deeper than the limit of ${MAX_NESTING_DEPTH} levels`;

/** A text for each way of nesting, with `levels` maps and lists in one another. */
const nested: Record<string, (levels: number) => string> = {
  'JSON maps': (levels) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`,
  'JSON lists': (levels) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`,
  'block maps': (levels) => Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
  'block lists on one line': (levels) => `a:\n ${'- '.repeat(levels - 1)}x`,
  'flow lists': (levels) => `a: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}`,
  'flow maps': (levels) => `a: ${'{a: '.repeat(levels - 1)}x${'}'.repeat(levels - 1)}`,
  'short tags': (levels) => `a: ${'!Not ['.repeat((levels - 1) / 2)}${']'.repeat((levels - 1) / 2)}`,
  aliases: (levels) =>
    `a: &a ${'['.repeat(99)}${']'.repeat(99)}\nb: ${'['.repeat(levels - 100)}*a${']'.repeat(levels - 100)}`,
};

describe('the nesting depth', () => {
  it.each(Object.entries(nested))('%s', (name, text) => {
    const format = name.startsWith('JSON') ? 'json' : 'yaml';
    const allowed = name === 'short tags' ? MAX_NESTING_DEPTH - 1 : MAX_NESTING_DEPTH;
    expect(read(text(allowed), format).locate([])).toBeDefined();
    expect(fault(text(allowed + (name === 'short tags' ? 2 : 1)), format).message).toBe(TOO_DEEP);
  });

  it('tells where it is passed', () => {
    expect(fault(nested['JSON maps']?.(MAX_NESTING_DEPTH + 1) ?? '', 'json').span.start).toBe(
      5 * MAX_NESTING_DEPTH,
    );
    expect(fault(nested['flow lists']?.(MAX_NESTING_DEPTH + 1) ?? '').span.start).toBe(2 + MAX_NESTING_DEPTH);
    expect(fault(nested['block maps']?.(MAX_NESTING_DEPTH + 1) ?? '').range.start).toEqual({
      line: MAX_NESTING_DEPTH + 1,
      column: MAX_NESTING_DEPTH + 1,
    });
  });

  it.each(Object.entries(nested).filter(([name]) => name !== 'aliases'))(
    'far beyond it: %s',
    (name, text) => {
      const format = name.startsWith('JSON') ? 'json' : 'yaml';
      expect(fault(text(name === 'block maps' ? 2001 : 200_001), format).message).toBe(TOO_DEEP);
    },
  );

  it('is that of the deepest part of what an alias stands for', () => {
    const aliased = (levels: number) =>
      `a: &a [${'['.repeat(98)}${']'.repeat(98)}, &b []]\nb: ${'['.repeat(levels - 100)}*a${']'.repeat(levels - 100)}`;
    expect(read(aliased(MAX_NESTING_DEPTH)).locate([])).toBeDefined();
    expect(fault(aliased(MAX_NESTING_DEPTH + 1)).message).toBe(TOO_DEEP);
  });

  it('two documents of 900 levels, which end the process inside the library', () => {
    const deep = nested['block maps']?.(900);
    expect(fault(`${deep}\n---\n${deep}`).message).toBe(TOO_DEEP);
  });
});

describe('the aliased values', () => {
  const message = `Aliases and merge keys stand for more than the limit of ${MAX_ALIASED_VALUES} values`;

  /** `count` aliases of a list of 99 items, which is 100 values. */
  const lists = (count: number) => `a: &a [${'x,'.repeat(99)}]\nb: [${'*a,'.repeat(count)}]`;

  it('are counted one by one', () => {
    expect((read(lists(MAX_ALIASED_VALUES / 100)).value as { b: unknown[] }).b).toHaveLength(
      MAX_ALIASED_VALUES / 100,
    );
    expect(fault(lists(MAX_ALIASED_VALUES / 100 + 1)).message).toBe(message);
  });

  it('are counted through aliases of aliases: a billion laughs', () => {
    const laughs = (levels: number) =>
      Array.from(
        { length: levels },
        (_, level) => `a${level}: &a${level} [${(level === 0 ? 'x,' : `*a${level - 1},`).repeat(10)}]\n`,
      ).join('');
    expect(read(laughs(4)).locate(['a3', 9, 9, 9, 9])).toBeDefined();
    expect(fault(laughs(9)).message).toBe(message);
  });

  it('are counted through merge keys', () => {
    const merges = (count: number) =>
      `a: &a {${Array.from({ length: 99 }, (_, index) => `k${index}: x`).join(', ')}}\nb:\n${'  - <<: *a\n'.repeat(count)}`;
    expect(read(merges(MAX_ALIASED_VALUES / 100)).locate(['b', 0, 'k0'])).toBeDefined();
    expect(fault(merges(MAX_ALIASED_VALUES / 100 + 1)).message).toBe(message);
  });
});

describe('the size', () => {
  const message = 'The file is larger than the limit of 16 MiB';
  const text = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;

  it('of a text', () => {
    expect(read(text(MAX_FILE_BYTES), 'json').text).toHaveLength(MAX_FILE_BYTES);
    expect(fault(text(MAX_FILE_BYTES + 1), 'json').message).toBe(message);
  });

  it('of bytes', () => {
    expect(decodeText(new Uint8Array(MAX_FILE_BYTES).fill(0x20)).ok).toBe(true);
    expect(decodeText(new Uint8Array(MAX_FILE_BYTES + 1).fill(0x20))).toMatchObject({ error: { message } });
  });
});

describe('the number of YAML tokens', () => {
  it('is limited', () => {
    // Each comment is a token, and so is its line feed.
    const comments = (count: number) => `${'#\n'.repeat(count)}a: 1`;
    if (extent({ few: false, many: true }))
      expect(read(comments(MAX_YAML_TOKENS / 2 - 10)).value).toEqual({ a: 1 });
    expect(fault(comments(MAX_YAML_TOKENS / 2)).message).toBe(
      `The file has more than the limit of ${MAX_YAML_TOKENS} YAML tokens`,
    );
  });
});

describe('the number of documents', () => {
  it('is one', () => {
    const documents = (count: number) => Array.from({ length: count }, () => '---\na: 1\n').join('');
    expect(read(documents(MAX_DOCUMENTS)).value).toEqual({ a: 1 });
    expect(fault(documents(MAX_DOCUMENTS + 1)).range.start).toEqual({ line: 3, column: 1 });
  });
});

import { describe, expect, it } from 'vitest';
import { placeholders, replacePlaceholders } from '../../src/plain/placeholders.js';

const names = (text: string, sigils?: string) => [...placeholders(text, sigils)].map(({ name }) => name);

describe('placeholders', () => {
  it.each([
    ['a${B}c${D}', ['B', 'D']],
    ['$${A}', ['A']],
    ['${A', []],
    ['${}', ['']],
    ['${a ${b}', ['a ${b']],
    ['&{A}', []],
    ['{A}', []],
    ['}${A}', ['A']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('takes other sigils', () => {
    expect(names('&{A}${B}{C}', '$&')).toEqual(['A', 'B']);
  });

  it('knows where each stands', () => {
    expect([...placeholders('ab${C}')]).toEqual([{ start: 2, end: 6, name: 'C' }]);
  });

  it('replaces those that have a value', () => {
    expect(replacePlaceholders('${A}-${B}', ({ name }) => (name === 'B' ? 'b' : undefined))).toBe('${A}-b');
    expect(replacePlaceholders('no', () => 'x')).toBe('no');
  });

  it('ends at once where nothing closes, however often it opens', () => {
    expect(names('${'.repeat(500_000))).toEqual([]);
  });
});

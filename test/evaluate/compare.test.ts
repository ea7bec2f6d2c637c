import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeEqual } from '../../src/evaluate/compare.js';
import { concatenate, type Part, type TextValue } from '../../src/evaluate/value.js';
import { holds } from '../samples.js';

/** A text in which each `?` stands for something that nobody knows. */
function text(written: string): TextValue {
  return concatenate(
    written
      .split(/(\?)/)
      .map(
        (part, index): Part => (part === '?' ? { kind: 'opaque', id: String(index), reason: 'open' } : part),
      ),
  );
}

/** The longest text of the property; one that two of them share need not be longer than both. */
const MAX_SYMBOLS = 5;

/** All texts of these two letters, up to a length. */
function allTexts(length: number): string[] {
  if (length === 0) return [];
  return ['a', 'b', ...allTexts(length - 1).flatMap((rest) => [`a${rest}`, `b${rest}`])];
}

describe('two texts may be equal', () => {
  it.each([
    ['a?', 'ab'],
    ['a?', 'a'],
    ['?b', 'a?'],
    ['a?c', 'a?d?c'],
    ['x-?-a-?-z', 'x-1-a-2-z'],
    ['x-?-z', 'x-?-y-z'],
    ['??', ''],
  ])('%s and %s', (a, b) => {
    expect(mayBeEqual(text(a), text(b))).toBe(true);
    expect(mayBeEqual(text(b), text(a))).toBe(true);
  });

  it.each([
    ['a?', 'b?'],
    ['?a', '?b'],
    ['a?b', 'a'],
    ['x-?-a-?-z', 'x-1-b-2-z'],
    ['a?a', 'a'],
    ['', 'a?'],
  ])('or not: %s and %s', (a, b) => {
    expect(mayBeEqual(text(a), text(b))).toBe(false);
    expect(mayBeEqual(text(b), text(a))).toBe(false);
  });

  it('whatever stands in them, as trying all texts says', () => {
    const texts = ['', ...allTexts(MAX_SYMBOLS * 2)];
    const matches = (pattern: string): readonly string[] => {
      const expression = new RegExp(`^${pattern.replaceAll('?', '.*')}$`);
      return texts.filter((one) => expression.test(one));
    };
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '?'), maxLength: MAX_SYMBOLS });
    holds(
      fc.property(pattern, pattern, (a, b) => {
        const others = new Set(matches(b));
        expect(mayBeEqual(text(a), text(b))).toBe(matches(a).some((one) => others.has(one)));
      }),
      { few: 400, many: 5_000 },
    );
  });

  it('as far as it is worth the time, and what it costs is told', () => {
    let cost = 0;
    const long = 'a'.repeat(1_000);
    mayBeEqual(text(`x?${long}y`), text(`x${long}?b?y`), (spent) => {
      cost += spent;
    });
    expect(cost).toBe(0);
    mayBeEqual(text(`x?${'a'.repeat(100)}y`), text(`x${'a'.repeat(100)}?b?y`), (spent) => {
      cost += spent;
    });
    expect(cost).toBe(11);
  });
});

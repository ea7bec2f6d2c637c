import { describe, expect, it } from 'vitest';
import { mayBeEqual } from '../../src/evaluate/compare.js';
import { concatenate, type Part, type TextValue } from '../../src/evaluate/value.js';

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

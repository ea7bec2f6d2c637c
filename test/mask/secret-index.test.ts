import { describe, expect, it } from 'vitest';
import { SecretIndex } from '../../src/mask/secret-index.js';

function lengthAt(secrets: readonly string[], text: string, offset = 0): number {
  const index = new SecretIndex();
  for (const secret of secrets) index.add(secret);
  return index.lengthAt(text, offset, () => true);
}

describe('the index of secrets', () => {
  it('finds the longest at an offset', () => {
    expect(lengthAt(['abc', 'abcde', 'bcd'], 'xabcdef', 1)).toBe(5);
    expect(lengthAt(['abc'], 'xabc', 0)).toBe(0);
    expect(lengthAt(['abcd'], 'abc')).toBe(0);
  });

  it('takes only what may be hidden there', () => {
    const index = new SecretIndex();
    index.add('abc');
    index.add('abcde');
    expect(index.lengthAt('abcde', 0, (length) => length === 3)).toBe(3);
  });

  it('hides a long secret as far as a text agrees with it', () => {
    const secret = `${'k'.repeat(64)}-tail-of-it`;
    expect(lengthAt([secret], secret)).toBe(secret.length);
    expect(lengthAt([secret], `${secret.slice(0, 70)}?`)).toBe(70);
    expect(lengthAt([secret], secret.slice(0, 63))).toBe(0);
  });

  it('tells long secrets with the same beginning apart', () => {
    const begin = 'k'.repeat(80);
    expect(lengthAt([`${begin}1`, `${begin}22`], `${begin}22`)).toBe(82);
  });

  it('hides all of each of many long secrets with the same beginning, whatever their order', () => {
    const begin = 'k'.repeat(80);
    const secrets = Array.from(
      { length: 40 },
      (_, at) => `${begin}${String.fromCharCode(0x61 + at).repeat(at + 1)}`,
    );
    for (const all of [secrets, secrets.toReversed()]) {
      for (const secret of secrets) {
        expect(lengthAt(all, secret)).toBe(secret.length);
        expect(lengthAt(all, `it is ${secret}\nnext`, 6)).toBe(secret.length);
      }
    }
  });

  it('looks at each character a bounded number of times', () => {
    const index = new SecretIndex();
    for (let i = 0; i < 2_000; i++) index.add(`${'a'.repeat(200)}${i}`);
    let steps = 0;
    const text = 'a'.repeat(20_000);
    for (let at = 0; at < text.length; ) {
      steps++;
      at += Math.max(
        1,
        index.lengthAt(text, at, () => true),
      );
    }
    expect(steps).toBeLessThan(text.length);
  });
});

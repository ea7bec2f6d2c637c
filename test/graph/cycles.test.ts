import { describe, expect, it } from 'vitest';
import { cycles } from '../../src/graph/cycles.js';

/** The cycles of a graph that is written as `a>b b>a`, each with its members in order. */
function cyclesOf(written: string): string[] {
  const next = new Map<string, string[]>();
  for (const edge of written.split(' ')) {
    const [from = '', to = ''] = edge.split('>');
    next.set(from, [...(next.get(from) ?? []), to]);
  }
  const members = new Map<number, string[]>();
  for (const [thing, cycle] of cycles([...next.keys()], (thing) => next.get(thing) ?? []))
    members.set(cycle, [...(members.get(cycle) ?? []), thing]);
  return [...members.values()].map((of) => of.sort().join('')).sort();
}

describe('cycles', () => {
  it.each([
    ['a>b', ['a', 'b']],
    ['a>b b>a', ['ab']],
    ['a>b b>c c>a c>d', ['abc', 'd']],
    ['a>b b>a b>c c>d d>c', ['ab', 'cd']],
    ['a>a', ['a']],
    ['a>b c>b', ['a', 'b', 'c']],
    ['a>b a>c b>d c>d d>a', ['abcd']],
  ])('of %s', (written, expected) => {
    expect(cyclesOf(written)).toEqual(expected);
  });
});

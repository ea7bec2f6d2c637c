import { describe, expect, it } from 'vitest';
import { WatchedValues } from '../../src/evaluate/watched-values.js';

const given = new Map([
  ['Mode', 'obo'],
  ['Stage', 'dev'],
]);

/** What is read of the values, and what the reader is told to have asked for. */
function watched<T>(read: (values: ReadonlyMap<string, string>) => T): {
  got: T;
  asked: (string | undefined)[];
} {
  const asked: (string | undefined)[] = [];
  return { got: read(new WatchedValues(given, (name) => asked.push(name))), asked };
}

describe('watched values', () => {
  it('tell a value that is asked for by its name, also one that is not there', () => {
    expect(
      watched((values) => [values.get('Mode'), values.get('Size'), values.has('Stage'), values.has('Zone')]),
    ).toEqual({ got: ['obo', undefined, true, false], asked: ['Mode', 'Size', 'Stage', 'Zone'] });
  });

  it.each<[string, (values: ReadonlyMap<string, string>) => unknown, unknown]>([
    ['size', ({ size }) => size, 2],
    ['keys', (values) => [...values.keys()], ['Mode', 'Stage']],
    ['values', (values) => [...values.values()], ['obo', 'dev']],
    ['entries', (values) => [...values.entries()], [...given]],
    ['iterating', (values) => [...values], [...given]],
    [
      'forEach',
      (values) => {
        const seen: [string, string][] = [];
        values.forEach((value, name) => {
          seen.push([name, value]);
        });
        return seen;
      },
      [...given],
    ],
  ])('tell that all were looked through: %s', (_, read, expected) => {
    const { got, asked } = watched(read);
    expect(got).toEqual(expected);
    expect(asked).toEqual([undefined]);
  });
});

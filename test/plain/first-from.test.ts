import { expect, it } from 'vitest';
import { firstFrom } from '../../src/plain/first-from.js';

it.each([
  [[], 3, 0],
  [[3], 2, 0],
  [[3], 3, 0],
  [[3], 4, 1],
  [[1, 3, 3, 8], 3, 1],
  [[1, 3, 3, 8], 4, 3],
  [[1, 3, 3, 8], 9, 4],
])('of %j at or after %i is the one at %i', (offsets, offset, index) => {
  expect(firstFrom(offsets, offset, (at) => at)).toBe(index);
});

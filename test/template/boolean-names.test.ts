import { describe, expect, it } from 'vitest';
import { keyOfBoolean } from '../../src/template/boolean-names.js';

describe('the key that a boolean means', () => {
  it.each<[string, unknown, unknown, string | undefined]>([
    ['is the word that YAML takes for it', { On: 1, Prod: 2 }, true, 'On'],
    ['is found by the text of the boolean as well', { off: 1 }, 'false', 'off'],
    ['is nothing where two words are one', { On: 1, yes: 2 }, true, undefined],
    ['is nothing where the boolean is the other one', { On: 1 }, false, undefined],
    ['is nothing for what is no boolean', { Prod: 1 }, undefined, undefined],
    ['is nothing where there is no map', undefined, true, undefined],
  ])('%s', (_, map, value, key) => {
    expect(keyOfBoolean(map, value)).toBe(key);
  });
});

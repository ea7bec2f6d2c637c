import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/evaluate/answers.js';
import { Scenario } from '../../src/evaluate/scenario.js';
import { cursorAt } from '../../src/evaluate/stack-instance.js';
import {
  concatenate,
  displayText,
  literal,
  type Part,
  trimmed,
  unknown,
  type Value,
} from '../../src/evaluate/value.js';
import { graphOf, instanceOf } from './evaluation.js';

const open: Part = { kind: 'opaque', id: 'x', reason: 'it is open' };

describe('a text without the white space around it', () => {
  it.each<[string, readonly Part[], readonly Part[]]>([
    ['loses it in front and behind', [' a b\n'], ['a b']],
    ['keeps it beside what is open', ['\ta ', open, ' b '], ['a ', open, ' b']],
    ['keeps what is open at its ends', [open, ' a'], [open, ' a']],
    ['keeps it between two that are open', [open, ' ', open], [open, ' ', open]],
  ])('%s', (_, parts, left) => {
    expect(trimmed(concatenate(parts)).parts).toEqual(left);
  });
});

describe('a value as a stretch of a text', () => {
  const at = cursorAt(instanceOf(graphOf({ 'a.json': { Resources: {} } }), 'a.json'), 'Resources');
  const reasonOf = (value: Value): string | undefined => {
    const [part] = partsOf({ value, when: Scenario.always, at, trace: [] }, at);
    return typeof part === 'object' && part.kind === 'opaque'
      ? part.reason
      : part && displayText(concatenate([part]));
  };

  it('says why it is not known', () => {
    expect(reasonOf(literal('a'))).toBe('a');
    expect(reasonOf(unknown('nobody knows'))).toBe('nobody knows');
    expect(reasonOf({ kind: 'list', items: [] })).toBe('a list or map stands where a text belongs');
  });
});

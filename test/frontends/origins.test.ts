import { describe, expect, it } from 'vitest';
import { Origins } from '../../src/frontends/origins.js';

describe('the origins of a template that was put together', () => {
  it('lead from the longest prefix that was noted, and on in the spelling of the input', () => {
    const origins = new Origins((step) => (typeof step === 'string' ? step.toLowerCase() : step));
    origins.note(['Resources', 'A'], ['list', 3]);
    origins.note(['Resources', 'A', 'Properties', 'Name'], ['list', 3, 'called']);
    expect(origins.origin(['Resources', 'A', 'Properties', 'Name', 'X', 0])).toEqual([
      'list',
      3,
      'called',
      'x',
      0,
    ]);
    expect(origins.origin(['Resources', 'A', 'Type'])).toEqual(['list', 3, 'type']);
  });

  it('end where nothing that is written stands for the rest', () => {
    const origins = new Origins((step) => (typeof step === 'number' ? step : undefined));
    origins.note(['Resources', 'A'], ['a']);
    expect(origins.origin(['Resources', 'A', 0, 'B', 1])).toEqual(['a', 0]);
  });

  it('take the spelling of the prefix where it has one', () => {
    const origins = new Origins();
    origins.note(['Resources', 'A'], ['a'], (step) => `_${step}`);
    expect(origins.origin(['Resources', 'A', 'B'])).toEqual(['a', '_B']);
    expect(origins.origin(['Outputs', 'B'])).toEqual(['Outputs', 'B']);
  });
});

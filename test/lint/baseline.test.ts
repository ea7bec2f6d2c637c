import { describe, expect, it } from 'vitest';
import { holdBack } from '../../src/lint/baseline.js';
import type { BaselineEntry, Diagnostic } from '../../src/lint/result.js';
import { finding } from '../cli/fake.js';

const found = (given: Partial<Diagnostic> = {}) =>
  finding('error', { messageKey: 'unknown', data: { grant: 'OBO' }, ...given });

/** The entries that would be written for some findings. */
const accepted = (...findings: readonly Diagnostic[]): readonly BaselineEntry[] =>
  holdBack(findings, [], { entries: [], acceptsAll: true }).outcome.current;

const held = (
  entries: readonly BaselineEntry[],
  findings: readonly Diagnostic[],
  silent: readonly Diagnostic[] = [],
) => holdBack(findings, silent, { entries, acceptsAll: false });

describe('a baseline', () => {
  it('holds back what it has, wherever it stands and however it is put', () => {
    const range = { start: { line: 9, column: 9 }, end: { line: 9, column: 10 } };
    const now = found({ range, message: 'Put anew', severity: 'warning', environments: ['prod'] });
    expect(held(accepted(found()), [now])).toMatchObject({
      reported: [],
      outcome: { held: 1, unmatched: [] },
    });
  });

  it.each([
    ['another rule', { ruleId: 'x' }],
    ['another file', { file: 'b.yaml' }],
    ['another resource', { resource: 'Other' }],
    ['another message', { messageKey: 'other' }],
    ['other data', { data: { grant: 'JWT' } }],
  ])('reports %s, and says that its entry matches nothing', (_what, change) => {
    const [now, entries] = [found(change), accepted(found())];
    expect(held(entries, [now])).toMatchObject({ reported: [now], outcome: { held: 0, unmatched: entries } });
  });

  it('holds back as many as it has of a kind', () => {
    const [first, second] = [found(), found({ path: ['x'] })];
    expect(held(accepted(first), [first, second]).reported).toHaveLength(1);
    expect(held(accepted(first, second), [first, second]).reported).toHaveLength(0);
    expect(held(accepted(first, second), [first]).outcome.unmatched).toHaveLength(1);
  });

  it('is not out of date for what is silenced elsewhere', () => {
    expect(held(accepted(found()), [], [found()]).outcome).toMatchObject({ held: 0, unmatched: [] });
  });

  it('takes in everything where it is to be written', () => {
    const { reported, outcome } = holdBack([found(), found({ ruleId: 'x' })], [], {
      entries: [],
      acceptsAll: true,
    });
    expect([reported, outcome.held, outcome.current.length]).toEqual([[], 2, 2]);
  });
});

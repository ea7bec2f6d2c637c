import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/fix/apply.js';
import { holds } from '../samples.js';

const edit = (start: number, end: number, text = '') => ({ span: { start, end }, text });

describe('applyEdits', () => {
  it('applies fixes in the order of their places, whatever the order they come in', () => {
    expect(applyEdits('a=1;b=2', [[edit(6, 7, 'two')], [edit(2, 3, 'one')]])).toEqual({
      text: 'a=one;b=two',
      applied: [0, 1],
    });
  });

  it('leaves out the later of two that overlap', () => {
    expect(applyEdits('abcdef', [[edit(2, 5)], [edit(0, 3)]])).toEqual({ text: 'def', applied: [1] });
  });

  it('leaves out a fix as a whole when one of its edits is in the way', () => {
    const fixes = [[edit(0, 1, 'A')], [edit(0, 1, 'B'), edit(4, 5, 'E')]];
    expect(applyEdits('a b c', fixes)).toEqual({ text: 'A b c', applied: [0] });
  });

  it('takes insertions at one place one at a time', () => {
    expect(applyEdits('ab', [[edit(1, 1, 'x')], [edit(1, 1, 'y')]])).toEqual({ text: 'axb', applied: [0] });
  });

  it('does not remove neighbours together, which could leave a map empty', () => {
    const text = 'k:\n  a: 1\n  # about b\n  b: 2\n';
    const [a, b] = [edit(3, 10), edit(22, 29)];
    expect(text.slice(a.span.start, a.span.end) + text.slice(b.span.start, b.span.end)).toBe(
      '  a: 1\n  b: 2\n',
    );
    expect(applyEdits(text, [[a], [b]]).applied).toEqual([0]);
  });

  it('leaves out a fix whose own edits overlap, and one without any', () => {
    expect(applyEdits('abc', [[edit(0, 2), edit(1, 3)], []])).toEqual({ text: 'abc', applied: [] });
  });

  it('looks past megabytes of blank lines and comments', () => {
    const text = `a${'\n#'.repeat(2_000_000)}${' '.repeat(4_000_000)}b`;
    const fixes = [[edit(0, 1, 'A')], [edit(text.length - 1, text.length, 'B')]];
    expect(applyEdits(text, fixes).applied).toEqual([0]);
  });

  it('changes nothing outside of the edits it applied', () => {
    const edits = fc
      .tuple(fc.nat(60), fc.nat(6), fc.string({ maxLength: 3 }))
      .map(([start, length, text]) => [edit(start, start + length, text)]);
    const property = fc.property(
      fc.string({ minLength: 70, maxLength: 70, unit: 'grapheme-ascii' }),
      fc.array(edits, { maxLength: 8 }),
      (text, fixes) => {
        const { text: result, applied } = applyEdits(text, fixes);
        const ordered = applied
          .map((index) => fixes[index]?.[0])
          .sort((a, b) => (a?.span.start ?? 0) - (b?.span.start ?? 0));
        let rest = result;
        let from = 0;
        for (const one of ordered) {
          if (one === undefined) throw new Error('an index without a fix');
          const kept = text.slice(from, one.span.start);
          expect(rest.slice(0, kept.length + one.text.length)).toBe(kept + one.text);
          rest = rest.slice(kept.length + one.text.length);
          from = one.span.end;
        }
        expect(rest).toBe(text.slice(from));
      },
    );
    holds(property);
  });
});

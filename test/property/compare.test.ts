import { describe, expect, it } from 'vitest';
import { generate } from '../oracle/generate.js';
import { answerOf, compare, textsOf, truthAbout } from './compare.js';

describe('a template that is nested only where it is never deployed', () => {
  // There tools-2.json takes the place of other-tools-2.json, and both nest zone-3.json.
  const files = generate(1_025_113);

  it('is read as a stack of its own, with what it nests', async () => {
    const { diagnostics } = await answerOf(textsOf(files));
    expect(truthAbout(files).possible.has('other-tools-2.json')).toBe(false);
    expect(truthAbout(files).possible.has('zone-3.json')).toBe(true);
    const { related } = diagnostics.find(({ file }) => file === 'zone-3.json') ?? { related: [] };
    expect(related.map(({ file }) => file)).toContain('other-tools-2.json');
  });

  it('is no false finding of a template that it nests', async () => {
    expect((await compare(files)).disagreements).toEqual([]);
  });
});

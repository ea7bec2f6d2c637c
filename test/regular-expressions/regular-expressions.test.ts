import { describe, expect, it } from 'vitest';
import reasons from './arguments.json' with { type: 'json' };
import { expressionsIn, expressionsOfProgram } from './expressions.js';
import { pageOf } from './page.js';
import proved from './proved.json' with { type: 'json' };

/*
 * Every regular expression of the program takes time that grows with the text and not faster: `recheck` proves it
 * (regular-expressions.real.test.ts), or somebody says why. A new one is in neither list.
 */

const expressions = expressionsOfProgram();
const sources = new Set(expressions.map(({ source }) => source));
const known = new Set([...proved, ...Object.keys(reasons)]);

describe('the regular expressions of the program', () => {
  it('are found as literals and as calls of the constructor', () => {
    const text = 'const a = /x+/g; const b: RegExp = new RegExp(`${a}`); const c = 1 / 2 / 3;';
    expect(expressionsIn(text).map(({ source }) => source)).toEqual(['/x+/g', 'new RegExp(`${a}`)']);
  });

  it('are proved to be linear, or have a reason (npm run regular-expressions looks at new ones)', () => {
    expect([...sources].filter((source) => !known.has(source))).toEqual([]);
  });

  it('are still there', () => {
    expect([...known].filter((source) => !sources.has(source))).toEqual([]);
  });

  it('stand in docs/regular-expressions.md', async () => {
    await expect(pageOf(expressions, reasons)).toMatchFileSnapshot('../../docs/regular-expressions.md');
  });
});

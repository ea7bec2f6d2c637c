import { expect, it } from 'vitest';
import { expressionsOfProgram } from './expressions.js';
import { prover } from './proofs.js';
import proved from './proved.json' with { type: 'json' };

const listed = new Set(proved);

it('what is listed as proved is proved again', { timeout: 600_000 }, () => {
  const isLinear = prover();
  const literals = expressionsOfProgram().filter(({ source }) => listed.has(source));
  expect(literals).toHaveLength(listed.size);
  const open = literals.filter(({ literal }) => literal === undefined || !isLinear(literal));
  expect(open.map(({ source }) => source)).toEqual([]);
});

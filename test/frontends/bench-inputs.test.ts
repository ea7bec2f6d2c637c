import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FRONT_ENDS } from '../../src/frontends/index.js';
import { lint, words } from './report-on.js';

type Inputs = Readonly<Record<string, { readonly file: string; text(bytes: number): string }>>;

const bench = path.join(import.meta.dirname, '../../bench/inputs/other-inputs.js');
const { OTHER_INPUTS }: { OTHER_INPUTS: Inputs } = await import(pathToFileURL(bench).href);

describe('the benchmark', () => {
  it('has 1 MB of every input', () => {
    expect(Object.keys(OTHER_INPUTS).sort()).toEqual(
      [...FRONT_ENDS.map(({ id }) => id), 'aws-custom-resource'].sort(),
    );
    for (const { text } of Object.values(OTHER_INPUTS)) {
      expect(text(50_000).length).toBeGreaterThan(40_000);
      expect(text(50_000).length).toBeLessThan(100_000);
    }
  });

  it.each(Object.values(OTHER_INPUTS))('checks $file, in which nothing fails', async ({ file, text }) => {
    const { files, consumers, diagnostics } = await lint({ [file]: text(20_000) });
    expect(files).toMatchObject([{ status: 'checked' }]);
    expect(consumers?.length).toBeGreaterThan(0);
    expect(diagnostics.filter(({ severity }) => severity !== 'info').map(words)).toEqual([]);
  });
});

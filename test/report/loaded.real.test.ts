import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const entry = new URL('../../src/report/index.ts', import.meta.url).pathname;

describe('loadFormatter', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-'));
    const options = {
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      outExtension: { '.js': '.mjs' },
    } as const;
    await build({ ...options, entryPoints: [entry], outdir: folder, chunkNames: '[name]-[hash]' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The names of the chunks that a call loads, told by the loader's own cache of modules. */
  function loaded(call: string): string {
    const code = `
      import { register } from 'node:module';
      register('data:text/javascript,' + encodeURIComponent(
        'export async function load(url, context, next) { if (url.endsWith(".mjs")) console.log(url.split("/").at(-1)); return next(url, context); }'));
      const { loadFormatter } = await import(${JSON.stringify(join(folder, 'index.mjs'))});
      await ${call};`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  }

  it('loads nothing of the other formats, and no colours where there are none', () => {
    const names = loaded("loadFormatter('pretty', { color: false })");
    expect(names).toContain('pretty-');
    expect(names).not.toMatch(/color-paint|sarif|junit|gitlab|github|json/);
  });

  it('loads the colours where they are asked for', () => {
    expect(loaded("loadFormatter('pretty', { color: true })")).toContain('color-paint-');
  });
});

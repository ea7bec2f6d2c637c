import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signals-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a signal in the middle', () => {
  // A program that replaces its files over and over, until a signal ends it.
  const program = `
    import { setImmediate } from 'node:timers/promises';
    import { replaceFile } from './write.js';
    import { uninterrupted } from './uninterrupted.js';
    const [, , file] = process.argv;
    const [small, large] = ['a'.repeat(10), 'b'.repeat(200_000)];
    await uninterrupted(process, async () => {
      process.stdout.write('ready');
      for (let [now, next] = [small, large]; ; [now, next] = [next, now]) {
        replaceFile(file, now, next);
        await setImmediate();
      }
    });
  `;

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s leaves the old or the new text, and no temporary file',
    async (signal) => {
      const bundle = join(folder, 'program.mjs');
      await build({
        stdin: {
          contents: program,
          resolveDir: fileURLToPath(new URL('../../src/fix', import.meta.url)),
          loader: 'ts',
        },
        bundle: true,
        platform: 'node',
        format: 'esm',
        outfile: bundle,
      });
      const files = join(folder, 'files');
      mkdirSync(files);
      const file = join(files, 't.yaml');
      for (let attempt = 0; attempt < 5; attempt++) {
        writeFileSync(file, 'a'.repeat(10));
        const child = spawn(process.execPath, [bundle, file], { stdio: ['ignore', 'pipe', 'inherit'] });
        await new Promise((resolve) => child.stdout.once('data', resolve));
        await new Promise((resolve) => setTimeout(resolve, attempt * 7));
        const ended = new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
        child.kill(signal);
        expect(await ended).toBe(signal);
        expect(existsSync(file)).toBe(true);
        expect(readFileSync(file, 'utf8')).toMatch(/^(?:a{10}|b{200000})$/);
        expect(readdirSync(files)).toEqual(['t.yaml']);
      }
    },
  );
});

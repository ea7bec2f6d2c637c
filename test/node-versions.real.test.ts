import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { INSTALLATION, ROOT, shellEnvironment } from './hooks/project.js';
import { PROGRAM } from './program.js';

/*
 * The built program says the same on each version of Node that the workflow tests. The registry has their binaries; the
 * whole suite on each is the workflow's business.
 */

const WORKFLOW = readFileSync(path.join(ROOT, '.github/workflows/ci.yml'), 'utf8');
const VERSIONS = /node: \[([\d, ]+)\]/.exec(WORKFLOW)?.[1]?.split(', ') ?? [];
const CACHE = path.join(ROOT, 'node_modules/.cache/node-versions');
const PLATFORM = process.platform === 'linux' ? `linux-${process.arch}` : undefined;

async function binary(version: string): Promise<string> {
  const { packedPackage } = (await import(
    pathToFileURL(path.join(ROOT, 'scripts/build/packed-package.js')).href
  )) as { packedPackage(cache: string, spec: string): string };
  mkdirSync(CACHE, { recursive: true });
  return path.join(packedPackage(CACHE, `node-${PLATFORM}@${version}`), 'bin/node');
}

function run(node: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(node, [PROGRAM, ...args], {
    cwd: path.join(ROOT, 'fixtures'),
    env: shellEnvironment(),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

describe('the versions of Node', () => {
  it('are told by the workflow', () => expect(VERSIONS.length).toBeGreaterThan(2));

  it.skipIf(PLATFORM === undefined).each(VERSIONS)(
    'on %s the program says what it says on this one',
    { timeout: INSTALLATION },
    async (version) => {
      const node = await binary(version);
      const told = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout;
      expect(told).toMatch(new RegExp(`^v${version}\\.`));
      const folder = 'token-exchange-without-config';
      for (const args of [
        [folder],
        [folder, '--format', 'json'],
        [`${folder}/valid/configured-provider/template.yaml`],
        [folder, '--fix-dry-run'],
        ['identities', 'projects'],
        ['explain', folder],
      ]) {
        // Twice: the second run takes what the first has kept of the compiled program.
        const expected = run(process.execPath, args);
        expect(run(node, args)).toEqual(expected);
        expect(run(node, args)).toEqual(expected);
      }
    },
  );
});

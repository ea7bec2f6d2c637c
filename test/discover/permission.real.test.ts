import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterEach, expect, it } from 'vitest';
import type { DiscoverRequest } from '../../src/discover/discover.js';
import type { Discovery } from '../../src/discover/types.js';
import { find, tree } from './tree.js';

const isRoot = process.getuid?.() === 0;
if (isRoot) {
  console.warn(
    'NOTE: permissions mean nothing to root, so these tests run the search in a process of another user.',
  );
}

/** `discover`, in a process that file permissions apply to. */
async function findUnprivileged(cwd: string, request: Partial<DiscoverRequest>): Promise<Discovery> {
  if (!isRoot) return await find(cwd, request.files ?? [], request);
  const bundle = path.join(tree({}), 'discover.mjs');
  await build({
    entryPoints: [path.resolve(import.meta.dirname, '../../src/discover/discover.ts')],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: {
      js: `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`,
    },
  });
  chmodSync(path.dirname(bundle), 0o755);
  const full = { cwd, files: [], context: [], ignore: [], ...request };
  const code = `import { discover } from ${JSON.stringify(bundle)};
    process.stdout.write(JSON.stringify(await discover(${JSON.stringify(full)})));`;
  const nobody = 65534;
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    uid: nobody,
    gid: nobody,
    cwd: '/',
    encoding: 'utf8',
  });
  expect(child).toMatchObject({ status: 0, stderr: '' });
  return JSON.parse(child.stdout) as Discovery;
}

const locked: string[] = [];
afterEach(() => {
  for (const folder of locked.splice(0)) chmodSync(folder, 0o755); // else nobody but root could tidy it away
});

/** A directory that everybody may read, but for one folder and one file. */
function guarded(): string {
  const cwd = tree({
    'a.yaml': '',
    'locked/b.yaml': '',
    'z/c.yaml': '',
    'shut/manifest.json': '{}',
    'shut/cdk.out': '',
  });
  chmodSync(cwd, 0o755);
  chmodSync(path.join(cwd, 'shut/manifest.json'), 0o000);
  chmodSync(path.join(cwd, 'locked'), 0o000);
  locked.push(path.join(cwd, 'locked'));
  return cwd;
}

const reason = 'no permission to read it';
const found = (discovery: Discovery) => discovery.files.map(({ name }) => name);

it('tells a folder it may not read, and goes on', async () => {
  const discovery = await findUnprivileged(guarded(), {});
  expect(found(discovery)).toEqual(['a.yaml', 'shut/manifest.json', 'z/c.yaml']);
  expect(discovery.unreadable).toEqual([
    { name: 'locked', reason },
    { name: 'shut/manifest.json', reason },
  ]);
});

it('tells it for a glob too', async () => {
  const discovery = await findUnprivileged(guarded(), { files: ['**/*.yaml'] });
  expect(found(discovery)).toEqual(['a.yaml', 'z/c.yaml']);
  expect(discovery.unreadable).toEqual([{ name: 'locked', reason }]);
});

it('tells it for a folder, and for a file in it, that were named', async () => {
  const discovery = await findUnprivileged(guarded(), { files: ['a.yaml', 'locked', 'locked/b.yaml'] });
  expect(found(discovery)).toEqual(['a.yaml']);
  expect(discovery.unreadable).toEqual([
    { name: 'locked', reason },
    { name: 'locked/b.yaml', reason },
  ]);
});

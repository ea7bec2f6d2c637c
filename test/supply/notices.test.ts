import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../hooks/project.js';

const { exports } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const NOTICES = readFileSync(path.join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');

/** The source of an entry point of the package: `./cdk` is src/cdk/index.ts. */
const LIBRARIES = Object.keys(exports)
  .filter((name) => exports[name].require !== undefined)
  .map((name) => path.posix.join('src', name, 'index.ts'));

/** The folders of the packages whose code is in the bundles. */
async function bundledPackages(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/cli/main.ts', 'src/picture/page/client.ts', ...LIBRARIES],
    external: ['aws-cdk-lib', 'constructs'],
    mainFields: ['module', 'main'],
    ...{ bundle: true, splitting: true, metafile: true, write: false },
    ...{ format: 'esm', platform: 'node', outdir: 'dist', logLevel: 'warning' },
  });
  const folders = Object.keys(metafile.inputs).flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)];
}

/** `name version (licence)`, as the notices head a package. */
function heading(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8'),
  );
  return `\n${name} ${version} (${license})\n`;
}

describe('the third-party notices', () => {
  it('name every bundled package with its version and licence', async () => {
    const packages = await bundledPackages();
    expect(packages).toContain('node_modules/yaml');
    expect(packages.filter((folder) => !NOTICES.includes(heading(folder)))).toEqual([]);
  });

  it('name the package that the table of resource types is generated from', () => {
    const [first = ''] = readFileSync(path.join(ROOT, 'src/spec/generated.ts'), 'utf8').split('\n');
    const [, name, version] = / from (\S+) (\d[\d.]*\d)\. /.exec(first) ?? [];
    expect(NOTICES).toContain(`\n${name} ${version} (`);
    expect(NOTICES).toContain(heading(`node_modules/${name}`));
  });
});

#!/usr/bin/env node
/**
 * Builds what the package ships into `dist/`: the bundles, the type declarations, the configuration's JSON Schema
 * and the notices of the libraries that the bundles hold.
 *
 *     node scripts/build.js               everything
 *     node scripts/build.js --no-types    without the type declarations, for a quick try
 *
 * The declarations are left out in an installation for pre-commit as well (it sets PRE_COMMIT): nobody imports the
 * library from there, and whoever commits is waiting.
 *
 * The same sources give the same files, byte for byte.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './build/bundle.js';
import { declareBothForms, pruneDeclarations } from './build/declarations.js';
import { thirdPartyNotices } from './build/notices.js';
import { configSchema, reportSchema } from './build/schema.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');

const started = process.hrtime.bigint();
const { version, exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const bundled = await bundle(root, version);

/** Path below dist/ to content. */
const files = new Map(bundled.files);
files.set('THIRD-PARTY-NOTICES.txt', thirdPartyNotices(root, bundled.inputs));
files.set('config.schema.json', await configSchema(root));
files.set('report.schema.json', await reportSchema(root));

write(files);
if (!process.argv.includes('--no-types') && process.env.PRE_COMMIT === undefined) emitTypes();

const milliseconds = Number((process.hrtime.bigint() - started) / 1_000_000n);
process.stderr.write(`built ${files.size} files in ${milliseconds} ms\n`);

/** Writes the files and takes away those of an earlier build; dist/types is the compiler's. */
function write(wanted) {
  mkdirSync(dist, { recursive: true });
  for (const [name, content] of wanted) {
    const file = path.join(dist, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const name = path.relative(dist, file).split(path.sep).join('/');
    if (entry.isFile() && !name.startsWith('types/') && !wanted.has(name)) rmSync(file);
  }
}

/** Lets the TypeScript compiler check the sources and write their declarations to dist/types. */
function emitTypes() {
  rmSync(path.join(dist, 'types'), { recursive: true, force: true });
  const compiler = fileURLToPath(import.meta.resolve('typescript/package.json'));
  const { bin } = JSON.parse(readFileSync(compiler, 'utf8'));
  const script = path.join(path.dirname(compiler), bin.tsc);
  const { status } = spawnSync(process.execPath, [script, '-p', path.join(root, 'tsconfig.build.json')], {
    stdio: 'inherit',
    cwd: root,
  });
  if (status !== 0) process.exit(status ?? 1);
  const types = path.join(dist, 'types');
  const entries = Object.values(exports)
    .filter((entry) => entry.require !== undefined)
    .map((entry) => ({
      commonJs: path.join(root, entry.require.types),
      module: path.join(root, entry.import.types),
    }));
  pruneDeclarations(
    types,
    entries.map(({ commonJs }) => commonJs),
  );
  declareBothForms(types, entries);
}

import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Writes a CDK app in TypeScript as `cdk init` makes them, and synthesizes it. As under `ts-node`, which such an app
 * runs with, the CDK sees the places of the TypeScript.
 *
 * @param directory where it goes; made when it is not there
 * @param code what `bin/app.ts` holds
 * @throws Error with what the app printed when it fails
 */
export function synthesizeProject(directory: string, code: string, config: object = {}): void {
  mkdirSync(path.join(directory, 'bin'), { recursive: true });
  mkdirSync(path.join(directory, 'node_modules'));
  const links = { 'cfn-tx-lint': root };
  for (const name of ['aws-cdk-lib', 'constructs']) {
    Object.assign(links, { [name]: path.join(root, 'test/real/node_modules', name) });
  }
  for (const [name, to] of Object.entries(links)) {
    symlinkSync(to, path.join(directory, 'node_modules', name), 'junction');
  }
  const { output = 'cdk.out', ...more } = config as { readonly output?: string };
  const written = { app: 'npx ts-node bin/app.ts', ...(output === 'cdk.out' ? {} : { output }), ...more };
  writeFileSync(path.join(directory, 'cdk.json'), JSON.stringify(written));
  writeFileSync(path.join(directory, 'bin/app.ts'), code);
  const compiled = transformSync(code, {
    loader: 'ts',
    format: 'cjs',
    platform: 'node',
    sourcemap: 'inline',
    sourcefile: 'app.ts',
  });
  writeFileSync(path.join(directory, 'bin/app.js'), compiled.code);
  const { HOME: _home, VITEST: _vitest, NODE_ENV: _mode, ...environment } = process.env;
  const run = spawnSync(process.execPath, ['--enable-source-maps', 'bin/app.js'], {
    cwd: directory,
    encoding: 'utf8',
    env: {
      ...environment,
      HOME: directory,
      CDK_OUTDIR: path.join(directory, output),
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:disable-version-reporting': true }),
      CDK_VALIDATION: 'false',
    },
  });
  if (run.status !== 0) throw new Error(`${run.stdout}${run.stderr}`);
}

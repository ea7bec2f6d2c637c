import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from './synthesize.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(path.join(root, 'docs/cdk.md'), 'utf8');

/** The code block of the page behind `<!-- example: NAME -->`. */
function example(name: string): string {
  const block = new RegExp(`<!-- example: ${name} -->\n\`\`\`\\w+\n([^]*?)\`\`\``).exec(page)?.[1];
  if (block === undefined) throw new Error(`docs/cdk.md has no example ${name}`);
  return block;
}

const bad = example('bin/app.ts');
const good = bad.replace(/.*The token exchange is missing here.*\n/, example('repair'));

/** A CDK app as `cdk init` makes them, with this package as it is built. */
function project(appCode: string): string {
  const directory = temporaryDirectory();
  const link = (name: string, to: string): void =>
    symlinkSync(to, path.join(directory, 'node_modules', name), 'junction');
  mkdirSync(path.join(directory, 'node_modules'));
  mkdirSync(path.join(directory, 'bin'));
  link('cfn-tx-lint', root);
  for (const name of ['aws-cdk-lib', 'constructs'])
    link(name, path.join(root, 'test/real/node_modules', name));
  writeFileSync(path.join(directory, 'cdk.json'), JSON.stringify({ app: 'node bin/app.js' }));
  writeFileSync(path.join(directory, 'bin/app.ts'), appCode);
  const { code } = transformSync(appCode, { loader: 'ts', format: 'cjs', platform: 'node' });
  writeFileSync(path.join(directory, 'bin/app.js'), code);
  return directory;
}

function execute(cwd: string, script: string, ...args: string[]) {
  const { HOME: _home, VITEST: _vitest, NODE_ENV: _mode, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...environment, HOME: cwd, NO_COLOR: '1', CI: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  return { status, output: `${stdout}${stderr}` };
}

const command = path.join(root, 'test/real/node_modules/aws-cdk/bin/cdk');
/** As in CI: it starts the app, and takes its time. */
const synth = (cwd: string) => execute(cwd, command, 'synth', '--quiet', '--no-notices');

/** The app by itself, which is faster; as on a Node.js that cannot require ES modules. */
const start = (cwd: string) => execute(cwd, '--no-experimental-require-module', 'bin/app.js');

const finding = 'Crm asks for TOKEN_EXCHANGE, but its provider Identity/Okta';

describe('the app of docs/cdk.md', () => {
  it('fails cdk synth as shown', () => {
    const { status, output } = synth(project(bad));
    expect(output).toContain(example('output').trim());
    expect(status).toBe(1);
  });

  it('passes cdk synth when it is repaired', () => {
    const { status, output } = synth(project(good));
    expect(output).not.toContain(finding);
    // Its gateway is one that exists already: whose token comes in cannot be seen.
    expect(output).toContain('gateway-unresolved');
    expect(status).toBe(0);
  });

  it('fails without the command line of the CDK too', () => {
    const { status, output } = start(project(bad));
    expect(output).toContain(finding);
    expect(output).toContain('Tools/Crm');
    expect(status).toBe(1);
    expect(start(project(good)).status).toBe(0);
  });

  it.each([
    { compiler: 'node_modules/typescript', type: 'module', options: { module: 'nodenext' } },
    { compiler: 'node_modules/typescript', type: 'commonjs', options: { module: 'nodenext' } },
    {
      compiler: 'test/real/node_modules/typescript-5',
      type: 'commonjs',
      options: { module: 'commonjs', moduleResolution: 'node10' },
    },
  ])('satisfies $compiler with $options in a package of type $type', ({ compiler, type, options }) => {
    const directory = project(bad);
    const compilerOptions = { ...options, target: 'es2022', strict: true, noEmit: true, skipLibCheck: true };
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ type }));
    writeFileSync(
      path.join(directory, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['bin'] }),
    );
    expect(execute(directory, path.join(root, compiler, 'bin/tsc'), '-p', '.')).toEqual({
      status: 0,
      output: '',
    });
  });

  const withoutActor = good.replace(/ *tokenExchangeGrantTypeConfig.*\n/, '');

  it('is told what a less explicit configuration leaves open', () => {
    const { status, output } = start(project(withoutActor));
    expect(output).toContain('actor-token-unspecified');
    expect(status).toBe(0);
  });

  it.each(['acknowledge', 'suppress'])('accepts a finding as shown: %s', (way) => {
    const { status, output } = start(
      project(withoutActor.replace('app.synth();', `${example(way)}app.synth();`)),
    );
    expect(output).not.toContain('actor-token-unspecified');
    expect(status).toBe(0);
  });
});

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { marked, type Tokens } from 'marked';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory, INSTALLATION, ROOT, shellEnvironment } from '../hooks/project.js';
import { gateway, identity } from '../hooks/templates.js';
import { packPackage } from '../packed.js';
import { servePackage } from './registry.js';
import { type ActionRun, commands, readAction, runAction } from './runner.js';

const temporary = directory();
afterAll(temporary.remove);

/** The action as it is here, built; apart from this checkout, in which no test may install anything. */
const action = path.join(temporary.path, 'action');
for (const part of ['action.yml', 'action', 'bin', 'dist', 'package.json']) {
  cpSync(path.join(ROOT, part), path.join(action, part), { recursive: true });
}

let made = 0;
/** A workspace with these files. */
function workspace(files: Readonly<Record<string, string>>): string {
  const folder = path.join(temporary.path, `workspace ${made++}`);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const BAD = { 'identity.yaml': identity({ exchanges: false }), 'gateway.yaml': gateway() };
const GOOD = { 'identity.yaml': identity({ exchanges: true }), 'gateway.yaml': gateway() };

function act(place: string, inputs: Readonly<Record<string, string>> = {}) {
  return runAction(action, place, inputs);
}

function table(summary: string): Tokens.Table | undefined {
  return marked.lexer(summary).find((token): token is Tokens.Table => token.type === 'table');
}

it('hands inputs over as variables and never as text of a command', () => {
  const { inputs, runs } = readAction(action);
  const used = runs.steps.flatMap(({ env = {} }) => Object.values(env)).join(' ');
  for (const name of Object.keys(inputs)) expect(used).toContain(`\${{ inputs.${name} }}`);
  for (const { run } of runs.steps) expect(run).not.toContain('${{');
});

describe('a run with findings', () => {
  const place = workspace({ ...BAD, 'package.json': '{}' });
  let run: ActionRun;
  beforeAll(async () => {
    run = await act(place, { 'sarif-file': 'reports/out.sarif' });
  });

  it('fails', () => {
    expect(run.status).toBe(1);
  });

  it('annotates the place', () => {
    expect(commands(run.log)).toEqual([
      {
        name: 'error',
        properties: {
          ...{ file: 'gateway.yaml', line: '24', col: '26', endLine: '24', endColumn: '40' },
          title: 'token-exchange-without-config',
        },
        message: expect.stringMatching(
          /^Target asks for TOKEN_EXCHANGE, but its provider Provider in identity/,
        ),
      },
    ]);
  });

  it('has the counts and the report for outputs', () => {
    const counts = { errors: '1', warnings: '0', infos: '0', verified: '0', failed: '1', unverified: '0' };
    expect(run.outputs).toEqual({ ...counts, 'sarif-file': path.join(place, 'reports/out.sarif') });
  });

  it('writes SARIF', () => {
    const log = JSON.parse(readFileSync(path.join(place, 'reports/out.sarif'), 'utf8'));
    const [{ physicalLocation }] = log.runs[0].results[0].locations;
    expect(physicalLocation.artifactLocation.uri).toBe('gateway.yaml');
  });

  it('writes a summary with the findings and the graph', () => {
    const rows = table(run.summary)?.rows.map((row) => row.map((cell) => marked.parseInline(cell.text)));
    expect(rows).toHaveLength(1);
    expect(rows?.[0]?.slice(0, 3)).toEqual([
      'error',
      '<code>gateway.yaml&#58;24&#58;26</code>',
      expect.stringMatching(/^<a href="https:.*">token-exchange-without-config<\/a>$/),
    ]);
    const graph = marked.lexer(run.summary).find((token) => token.type === 'code');
    expect(graph).toMatchObject({
      lang: 'mermaid',
      text: expect.stringMatching(/^flowchart .*Target.*Provider/s),
    });
  });
});

it('passes where nothing is wrong', async () => {
  const run = await act(workspace(GOOD));
  expect(run.status).toBe(0);
  expect(commands(run.log)).toEqual([]);
  expect(run.outputs).toMatchObject({ errors: '0', verified: '1', 'sarif-file': '' });
});

it('works in a directory and names files from the workspace', async () => {
  const place = workspace({
    'deploy it/identity.yaml': BAD['identity.yaml'],
    'deploy it/gateway.yaml': BAD['gateway.yaml'],
  });
  const run = await act(place, {
    'working-directory': 'deploy it',
    files: 'gateway.yaml\nidentity.yaml',
    'sarif-file': 'out.sarif',
  });
  expect(commands(run.log)).toMatchObject([
    { name: 'error', properties: { file: 'deploy it/gateway.yaml' } },
  ]);
  expect(run.outputs['sarif-file']).toBe(path.join(place, 'deploy it/out.sarif'));
  expect(existsSync(path.join(place, 'deploy it/out.sarif'))).toBe(true);
});

it('takes files, parameters, a configuration and a limit of warnings', async () => {
  const files = {
    'a/identity.yaml': GOOD['identity.yaml'],
    'a/gateway.yaml': `${GOOD['gateway.yaml'].replace('GrantType: TOKEN_EXCHANGE', 'GrantType: !Ref Grant')}
Parameters: { Grant: { Type: String, Default: TOKEN_EXCHANGE } }
`,
    'b/gateway.yaml': BAD['gateway.yaml'].replace('[read]', '[read'),
    'as warning.yaml': 'rules: { token-exchange-config-unused: warning, invalid-grant-type: warning }\n',
    'grant.json': '{ "Grant": "CLIENT_CREDENTIALS" }',
  };
  const inputs = { files: 'a/*.yaml\n\n', config: 'as warning.yaml', parameters: 'grant.json\n' };
  const lax = await act(workspace(files), inputs);
  expect([lax.status, lax.outputs]).toMatchObject([0, { warnings: '1', errors: '0' }]);
  expect((await act(workspace(files), { ...inputs, 'max-warnings': '0' })).status).toBe(1);
  const wrong = await act(workspace(files), { ...inputs, parameters: '\nGrant=NO_GRANT\n' });
  expect(commands(wrong.log)).toMatchObject([{ properties: { title: 'invalid-grant-type' } }]);
});

describe('a wrong call', () => {
  it.each([
    ['files', 'missing.yaml', 'no such file: missing.yaml'],
    ['config', 'missing.yaml', 'missing.yaml'],
    ['parameters', 'missing.json', 'missing.json'],
    ['max-warnings', 'many', '--max-warnings takes a whole number'],
    ['working-directory', 'missing', 'is no directory'],
    ['version', 'file:../other', 'The input version takes a version or tag'],
    ['version', '1.0.0 --registry=https://example.com', 'The input version takes a version or tag'],
  ])('fails with an annotation: %s: %s', async (name, value, message) => {
    const { status, log, outputs } = await act(workspace(GOOD), { [name]: value, 'sarif-file': 'x.sarif' });
    expect(status).toBe(2);
    const annotation = { name: 'error', properties: { title: 'cfn-tx-lint' } };
    expect(commands(log)).toMatchObject([{ ...annotation, message: expect.stringContaining(message) }]);
    expect(outputs).toMatchObject({ errors: '', 'sarif-file': '' });
  });
});

/** What a shell, a terminal, the runner or a Markdown page could obey. */
const HOSTILE = [
  '$(touch pwned) `touch pwned` ${{ secrets.TOKEN }}',
  `"; touch pwned; "'; touch pwned; ' | touch pwned & * ?`,
  '--output=pwned',
  '::error::injected',
  'x\n::error::injected\n##[error]injected',
  'x\r::error::injected',
  'x%0A::error::injected',
  '<img src=x onerror=alert(1)>',
  'a | b `c` [d](https:example.com) @someone #1 \u001b[2J\u202e',
];

describe('hostile inputs', () => {
  const inputs = Object.keys(readAction(action).inputs);
  it.each(inputs)('do nothing in %s', async (name) => {
    for (const value of HOSTILE.slice(0, 6)) {
      const place = workspace(GOOD);
      const { log } = await act(place, { [name]: value });
      expect(existsSync(path.join(place, 'pwned'))).toBe(false);
      const found = commands(log);
      expect(found.length).toBeLessThanOrEqual(1);
      for (const command of found) {
        expect(command).toMatchObject({ name: 'error', properties: { title: 'cfn-tx-lint' } });
      }
    }
  });
});

describe('hostile names of templates', () => {
  it.each(HOSTILE.map((name) => `${name}.yaml`))('are names alone: %j', async (name) => {
    const place = workspace({ 'identity.yaml': BAD['identity.yaml'], [name]: BAD['gateway.yaml'] });
    const { log, outputs, summary } = await act(place);
    expect(commands(log)).toMatchObject([
      { name: 'error', properties: { title: 'token-exchange-without-config' } },
    ]);
    expect(outputs).toMatchObject({ errors: '1', failed: '1' });
    for (const character of ['\u001b', '\u202e']) expect(log + summary).not.toContain(character);
    const html = marked.parse(summary, { async: false });
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).not.toContain('<img');
    expect(table(summary)?.rows[0]).toHaveLength(4);
    expect(existsSync(path.join(place, 'pwned'))).toBe(false);
  });
});

describe('the program', { timeout: INSTALLATION }, () => {
  it('is built from the source that the action came with', async () => {
    const clone = path.join(temporary.path, 'action clone');
    spawnSync('git', ['clone', '--quiet', ROOT, clone], { env: shellEnvironment() });
    const run = await runAction(clone, workspace(BAD), {});
    expect(run.log).toContain('::group::npm ci');
    expect([run.status, run.outputs]).toMatchObject([1, { errors: '1' }]);
    const again = await runAction(clone, workspace(GOOD), {});
    expect(again.log).not.toContain('npm ci');
    expect(again.status).toBe(0);
  });

  it('is a version from npm where one is asked for', async () => {
    const registry = await servePackage(packPackage(temporary.path).file);
    try {
      const environment = {
        npm_config_registry: registry.url,
        npm_config_cache: path.join(temporary.path, 'cache'),
      };
      const run = await runAction(action, workspace(BAD), { version: registry.version }, environment);
      expect([run.status, run.outputs]).toMatchObject([1, { errors: '1' }]);
      expect(registry.downloads()).toBe(1);
      const missing = await runAction(action, workspace(BAD), { version: '99.0.0' }, environment);
      expect(missing.status).toBe(2);
      expect(commands(missing.log).at(-1)).toMatchObject({
        name: 'error',
        message: /could not be installed/,
      });
    } finally {
      await registry.close();
    }
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../config/temporary.js';
import { GATEWAY, IDENTITY } from '../deployment.js';
import { runProgram } from '../run-program.js';

const CONFIG = `environments:
  dev: params/dev.json
  prod: params/prod.json
`;

/** The stacks of `../deployment.js`, with a parameter file for each stage. */
function project(files: Readonly<Record<string, unknown>> = {}): string {
  return temporaryDirectory({
    '.git/HEAD': '',
    'identity.yaml': IDENTITY,
    'gateway.yaml': GATEWAY,
    'params/dev.json': { Stage: 'dev', Mode: 'obo' },
    'params/prod.json': { Stage: 'prod', Mode: 'm2m' },
    ...files,
  });
}

async function report(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = await runProgram(cwd, [...args, '--format', 'json']);
  return { status, stderr, ...JSON.parse(stdout) };
}

describe('two parameter files that contradict each other', () => {
  it('are a wrong call, which names both places', async () => {
    const args = [
      'identity.yaml',
      'gateway.yaml',
      '--parameters',
      'params/prod.json',
      '--parameters',
      'params/dev.json',
    ];
    const { status, stdout, stderr } = await runProgram(project(), args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /Stage is given two different values .* at params\/prod\.json:1:\d+ and at params\/dev\.json:1:\d+/,
    );
  });

  it('are one for a template and one for all as well', async () => {
    const args = ['--parameters', 'params/prod.json', '--parameters', 'gateway.yaml:Stage=dev'];
    const { status, stderr } = await runProgram(project(), args);
    expect(status).toBe(2);
    expect(stderr).toContain('at params/prod.json:1:10 and at --parameters gateway.yaml:Stage');
  });

  it('may agree', async () => {
    const args = ['--parameters', 'params/prod.json', '--parameters', 'Mode=m2m'];
    expect(await report(project(), ...args)).toMatchObject({ status: 1 });
  });

  it('may be for different templates', async () => {
    const args = ['--parameters', 'gateway.yaml:Stage=dev', '--parameters', 'identity.yaml:params/dev.json'];
    expect(await report(project(), ...args)).toMatchObject({ status: 0 });
  });
});

describe('environments', () => {
  const cwd = () => project({ 'cfn-tx-lint.config.yaml': CONFIG });

  it('are all checked in one run, and the summary has a row for each', async () => {
    const { status, stdout } = await runProgram(cwd(), []);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /token exchange: 0 verified, 1 failed, 0 unverified\n +dev +1 verified, 0 failed, 0 unverified\n +prod +0 verified, 1 failed, 0 unverified\n/,
    );
  });

  it('are chosen by name', async () => {
    expect(await report(cwd(), '--environment', 'dev')).toMatchObject({
      status: 0,
      summary: { environments: { dev: { verified: 1, failed: 0, unverified: 0 } } },
    });
  });

  it('of a SAM configuration are chosen without a configuration', async () => {
    const sam =
      '[default.deploy.parameters]\nparameter_overrides = "Stage=dev"\n[live.deploy.parameters]\nparameter_overrides = "Stage=live Mode=m2m"\n';
    const directory = project({ 'samconfig.toml': sam });
    const args = ['--parameters', 'samconfig.toml'];
    expect(await report(directory, ...args, '--environment', 'live')).toMatchObject({
      status: 1,
      summary: { environments: { live: { failed: 1 } } },
    });
    expect(await report(directory, ...args, '--parameters', 'Mode=obo')).toMatchObject({
      status: 0,
      summary: { environments: null },
    });
  });

  it.each([
    [CONFIG, 'prd', 'unknown environment prd in --environment; did you mean prod?'],
    ['{}', 'prod', 'neither the configuration nor a samconfig.toml has environments'],
  ])('that are not there are a wrong call', async (config, name, message) => {
    const { status, stderr } = await runProgram(project({ 'cfn-tx-lint.config.yaml': config }), [
      '--environment',
      name,
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it('give way to the command line', async () => {
    expect(await report(cwd(), '--parameters', 'Mode=obo')).toMatchObject({ status: 0, diagnostics: [] });
  });
});

describe('a baseline', () => {
  const args = ['--parameters', 'params/prod.json', '--baseline', 'ci/baseline.json'];

  it('holds back what it was written from, and nothing new', async () => {
    const cwd = project();
    const written = await report(cwd, ...args, '--update-baseline');
    expect(written).toMatchObject({
      status: 0,
      diagnostics: [],
      summary: { baseline: 1, tokenExchange: { failed: 1 } },
    });
    expect(written.stderr).toContain('1 finding written to ci/baseline.json');
    const text = readFileSync(path.join(cwd, 'ci/baseline.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      findings: [{ rule: 'token-exchange-without-config', file: '../gateway.yaml', resource: 'Target' }],
    });

    writeFileSync(path.join(cwd, 'gateway.yaml'), `# another line\n${GATEWAY}`);
    expect(await report(cwd, ...args)).toMatchObject({
      status: 0,
      diagnostics: [],
      summary: { baseline: 1 },
    });

    writeFileSync(
      path.join(cwd, 'gateway.yaml'),
      GATEWAY.replace('GrantType: TOKEN_EXCHANGE', 'GrantType: TOKEN_EXCHANG'),
    );
    expect(await report(cwd, ...args)).toMatchObject({
      status: 1,
      diagnostics: [{ ruleId: 'invalid-grant-type' }],
      summary: { baseline: 0 },
    });
  });

  it('says what nothing matches any more, fails on it under --strict, and is brought up to date', async () => {
    const cwd = project();
    await report(cwd, ...args, '--update-baseline');
    writeFileSync(path.join(cwd, 'params/prod.json'), '{ "Stage": "prod", "Mode": "obo" }');
    const told = await report(cwd, ...args);
    expect(told.status).toBe(0);
    expect(told.stderr).toContain(
      'ci/baseline.json: nothing matches the entry of token-exchange-without-config on Target in gateway.yaml any more',
    );
    expect(await report(cwd, ...args, '--strict')).toMatchObject({ status: 1, diagnostics: [] });
    expect((await report(cwd, ...args, '--update-baseline')).stderr).toContain(
      '0 findings written to ci/baseline.json, 1 entry removed',
    );
    expect(await report(cwd, ...args, '--strict')).toMatchObject({ status: 0 });
  });

  it('keeps the entries of files that the run does not read', async () => {
    const cwd = project();
    await report(cwd, ...args, '--update-baseline');
    const partly = ['identity.yaml', ...args];
    expect(await report(cwd, ...partly, '--strict')).toMatchObject({ status: 0, stderr: '' });
    await report(cwd, ...partly, '--update-baseline');
    expect(await report(cwd, ...args)).toMatchObject({ status: 0, summary: { baseline: 1 } });
  });

  it('of the configuration is used, and named where it is not there', async () => {
    const cwd = project({
      'cfn-tx-lint.config.yaml': 'baseline: accepted.json\nenvironments: { prod: params/prod.json }\n',
    });
    const { status, stderr } = await runProgram(cwd, []);
    expect(status).toBe(2);
    expect(stderr).toContain(
      'no such file: accepted.json, the baseline that cfn-tx-lint.config.yaml:1:1 names; --update-baseline writes it',
    );
    await report(cwd, '--update-baseline');
    expect(await report(cwd)).toMatchObject({ status: 0, summary: { baseline: 1 } });
  });

  it.each([
    [['--update-baseline'], '--update-baseline needs --baseline FILE'],
    [['--baseline', 'none.json'], 'no such file: none.json; --update-baseline writes it'],
    [['--baseline', 'params/dev.json'], 'params/dev.json:1:1: the baseline lacks the key "version"'],
    [['--baseline', 'b.json', '--update-baseline', '--fix'], '--update-baseline does not go with a fix'],
  ])('is a wrong call: %j', async (given, message) => {
    const { status, stderr } = await runProgram(project(), given);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('files of the configuration that are not there', () => {
  it.each([
    ['none/*.yaml', 'files: no file matches none/*.yaml'],
    ['none.yaml', 'files: no such file: none.yaml'],
  ])('are a mistake that is told with its place: %s', async (file, message) => {
    const cwd = project({ 'cfn-tx-lint.config.yaml': `strict: true\nfiles: ['${file}']\n` });
    const { status, stderr } = await runProgram(cwd, []);
    expect(status).toBe(2);
    expect(stderr).toContain(`cfn-tx-lint.config.yaml:2:1: ${message}`);
  });
});

describe('--list-files', () => {
  it('prints what would be read, and why the rest would not', async () => {
    const cwd = project({
      '.gitignore': 'build\n',
      'build/gateway.yaml': GATEWAY,
      'shared/identity.yaml': IDENTITY,
      'old/gateway.yaml': GATEWAY,
      'node_modules/x/template.json': '{}',
      'cfn-tx-lint.config.yaml': 'ignore: [old]\ncontext: [shared/*.yaml]\n',
    });
    const { status, stdout } = await runProgram(cwd, ['--list-files', 'gateway.yaml', '.']);
    expect(status).toBe(0);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((row) => row.replace(/ +/, ' '));
    expect(rows).toEqual(
      expect.arrayContaining([
        'checked gateway.yaml',
        'checked identity.yaml',
        'skipped params/dev.json: it is no CloudFormation template',
        'left-out build: git ignores it',
        'left-out old: the configuration or the command line leaves it out',
        "left-out node_modules: it holds other people's files",
      ]),
    );
    const { files } = await report(cwd, '--list-files', 'gateway.yaml');
    expect(files).toEqual([
      { path: 'gateway.yaml', status: 'checked', reason: null },
      { path: 'shared/identity.yaml', status: 'context', reason: 'it only resolves references' },
    ]);
  });
});

describe('--list-files in a monorepo', () => {
  it('leaves out no ignored folder of which the assembly of an app is read', async () => {
    const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Tools.template.json' } };
    const cwd = project({
      '.gitignore': 'build\nother\n',
      'other/x.txt': '',
      'app/cdk.json': '{ "app": "node app.js", "output": "build/out" }',
      'app/build/out/manifest.json': JSON.stringify({ version: '48.0.0', artifacts: { Tools: stack } }),
      'app/build/out/Tools.template.json': '{ "Resources": {} }',
    });
    const { files } = await report(cwd, '--list-files');
    const rows = new Map(files.map((file: { path: string; status: string }) => [file.path, file.status]));
    expect(rows.get('app/build/out/Tools.template.json')).toBe('checked');
    expect(rows.get('app/build')).toBeUndefined();
    expect(rows.get('other')).toBe('left-out');
  });
});

describe('--print-config', () => {
  it('prints the configuration as it is merged, from where, and without secrets', async () => {
    const cwd = project({
      'base.json': { rules: { 'actor-token-unspecified': 'off' }, parameters: { ClientSecret: 'hunter2' } },
      'cfn-tx-lint.config.yaml': `extends: ./base.json\n${CONFIG}`,
    });
    const { status, stdout } = await runProgram(cwd, [
      '--print-config',
      '--rule',
      'invalid-grant-type=warning',
      '--strict',
    ]);
    expect(status).toBe(0);
    expect(stdout).not.toContain('hunter2');
    expect(JSON.parse(stdout)).toMatchObject({
      mergedFrom: ['base.json', 'cfn-tx-lint.config.yaml'],
      config: {
        rules: { 'actor-token-unspecified': 'off', 'invalid-grant-type': 'warning' },
        environments: { prod: [{ values: { Stage: 'prod' }, from: { Stage: 'params/prod.json:1:10' } }] },
        strict: true,
      },
      from: {
        'rules.actor-token-unspecified': expect.stringMatching(/^base\.json:1:/),
        'rules.invalid-grant-type': '--rule',
        'environments.prod': 'cfn-tx-lint.config.yaml:4:3',
        strict: '--strict',
      },
    });
  });
});

describe('--fix-suggested', () => {
  const args = ['--parameters', 'params/dev.json'];

  it('writes the suggested fixes as well, which --fix leaves', async () => {
    const written = IDENTITY.replace(/ +TokenExchangeGrantTypeConfig.*\n/, '');
    const cwd = project({ 'identity.yaml': written });
    const text = () => readFileSync(path.join(cwd, 'identity.yaml'), 'utf8');
    const { diagnostics } = await report(cwd, ...args, '--fix');
    expect(diagnostics).toMatchObject([{ ruleId: 'actor-token-unspecified', fix: { safety: 'unsafe' } }]);
    expect((await runProgram(cwd, [...args, '--fix-dry-run'])).stdout).toBe('');
    expect((await runProgram(cwd, [...args, '--fix-suggested', '--fix-dry-run'])).stdout).toContain(
      '\n+              TokenExchangeGrantTypeConfig:\n',
    );
    expect(text()).toBe(written);
    expect(await report(cwd, ...args, '--fix-suggested')).toMatchObject({ status: 0, diagnostics: [] });
    expect(text()).not.toBe(written);
  });
});

describe('--no-code', () => {
  it('holds for every command that has a configuration', async () => {
    const code =
      "import { writeFileSync } from 'node:fs';\nwriteFileSync(new URL('ran', import.meta.url), '');\nexport default {};\n";
    for (const command of [[], ['graph'], ['rules'], ['explain', 'own-rule']]) {
      const cwd = project({ 'cfn-tx-lint.config.mjs': code });
      await runProgram(cwd, [...command, '--no-code']);
      expect(existsSync(path.join(cwd, 'ran'))).toBe(false);
      await runProgram(cwd, command);
      expect(existsSync(path.join(cwd, 'ran'))).toBe(true);
    }
  });
});

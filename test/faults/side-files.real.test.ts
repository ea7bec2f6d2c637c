import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { COMMANDS, type Command } from '../../src/cli/options.js';
import { temporaryDirectory } from '../config/temporary.js';
import { callProgram, PROGRAM } from '../program.js';

/* Files beside the templates, which come from pull requests as these do. */

const GATEWAY = `Resources:
  G: { Type: AWS::BedrockAgentCore::Gateway, Properties: { Name: g, AuthorizerType: NONE } }
`;

/** Its grant is mis-spelt. */
const FIXABLE = `Resources:
  P:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: p
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration }
          ClientId: client
          ClientSecretSource: EXTERNAL
          ClientSecretConfig: { SecretId: client, JsonKey: secret }
          OnBehalfOfTokenExchangeConfig: { GrantType: TOKEN_EXCHANG }
`;

function project(files: Readonly<Record<string, unknown>> = {}): string {
  return path.join(
    temporaryDirectory(
      Object.fromEntries(
        Object.entries({ '.git/HEAD': '', 'gateway.yaml': GATEWAY, ...files }).map(([name, content]) => [
          path.join('project', name),
          content,
        ]),
      ),
    ),
    'project',
  );
}

describe('a pipe is not waited for', () => {
  it.each([
    ['a baseline', { baseline: 'pipe.json' }],
    ['a configuration that is extended', { extends: './pipe.json' }],
    ['the values of an environment', { environments: { prod: 'pipe.json' } }],
    ['those of one template', { environments: { prod: { 'gateway.yaml': 'pipe.json' } } }],
  ])('as %s', (_what, config) => {
    const cwd = project({ 'cfn-tx-lint.config.json': config });
    execFileSync('mkfifo', [path.join(cwd, 'pipe.json')]);
    const { status, stderr } = callProgram(cwd, []);
    expect(stderr).toContain('it is not a regular file (a pipe, socket or device)');
    expect(status).toBe(2);
  });

  it.each(['package.json', 'cfn-tx-lint.config.yaml', 'cfn-tx-lint.config.mjs', '.gitignore'])(
    'called %s',
    (name) => {
      const cwd = project();
      execFileSync('mkfifo', [path.join(cwd, name)]);
      expect(callProgram(cwd, []).status).toBe(0);
    },
  );

  it('by init', () => {
    const cwd = project();
    for (const name of ['template.yaml', '.pre-commit-config.yaml'])
      execFileSync('mkfifo', [path.join(cwd, name)]);
    expect(callProgram(cwd, ['init'])).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('without code', () => {
  const CODE = `import { writeFileSync } from 'node:fs';
writeFileSync(new URL('ran', import.meta.url), '');
export const rules = [];
export default {};
`;
  const args: Readonly<Record<Exclude<Command, 'lsp'>, readonly string[]>> = {
    lint: ['.'],
    identities: ['.'],
    graph: ['.'],
    explain: ['no-such-rule'],
    rules: [],
    facts: [],
    init: [],
    completions: ['bash'],
  };

  /** Whether a command ran the code of a project. */
  async function ran(command: Command, files: object, code: string, ...more: string[]): Promise<boolean> {
    const cwd = project({ ...files, [code]: CODE });
    if (command === 'lsp') await openEditor(cwd, more);
    else {
      const named = command === 'lint' ? [] : [command];
      expect(callProgram(cwd, [...named, ...args[command], ...more]).stderr).not.toContain('unknown option');
    }
    return existsSync(path.join(cwd, 'ran'));
  }

  const plugin = { 'cfn-tx-lint.config.json': { plugins: ['./code.mjs'] } };

  it.each(COMMANDS)('no plugin is run: %s', async (command) => {
    expect(await ran(command, plugin, 'code.mjs', '--no-code')).toBe(false);
  });

  it.each(COMMANDS)('no configuration is run: %s', async (command) => {
    expect(await ran(command, {}, 'cfn-tx-lint.config.mjs', '--no-code')).toBe(false);
  });

  it('nothing that is extended is run', async () => {
    const files = { 'package.json': { 'cfn-tx-lint': { extends: './code.mjs' } } };
    expect(await ran('lint', files, 'code.mjs', '--no-code')).toBe(false);
  });

  it.each(['lint', 'identities', 'graph', 'explain', 'rules', 'lsp'] as const)(
    'and with it %s runs a plugin',
    async (command) => {
      expect(await ran(command, plugin, 'code.mjs')).toBe(true);
    },
  );
});

/** An editor that opens a folder, asks about a file there, and goes. */
async function openEditor(folder: string, args: readonly string[]): Promise<void> {
  const server = spawn(process.execPath, [PROGRAM, 'lsp', ...args], { cwd: folder });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  const rootUri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', { processId: null, rootUri, capabilities: {} });
  await connection.sendNotification('initialized', {});
  const textDocument = { uri: `${rootUri}/gateway.yaml` };
  await connection.sendRequest('textDocument/documentSymbol', { textDocument });
  await connection.sendRequest('shutdown');
  const gone = new Promise((resolve) => server.once('exit', resolve));
  await connection.sendNotification('exit');
  await gone;
  connection.dispose();
}

describe('nothing is written through a link that leads out', () => {
  it.each([
    ['a folder', 'link', 'link/sub/report.json'],
    ['a file', 'report.json', 'report.json'],
  ])('of %s', (_what, link, output) => {
    const cwd = project();
    const outside = path.join(cwd, '..', 'outside');
    mkdirSync(outside);
    if (output === link) writeFileSync(path.join(outside, 'old'), '{"version": 1, "findings": []}');
    symlinkSync(output === link ? path.join(outside, 'old') : outside, path.join(cwd, link));
    const before = readdirSync(outside);
    for (const args of [
      ['--output', output],
      ['--report', `sarif=${output}`],
      ['--baseline', output, '--update-baseline'],
      ['graph', '--output', output],
      ['identities', '--output', output],
      ['--print-config', '--output', output],
    ]) {
      const { status, stderr } = callProgram(cwd, args);
      expect(stderr).toContain('a link leads out of the working directory');
      expect(status).toBe(2);
    }
    expect(readdirSync(outside)).toEqual(before);
  });

  it.each([
    ['a file', 'link.yaml', 'fixable.yaml', 'link.yaml'],
    ['a folder', 'link', '.', 'link/fixable.yaml'],
  ])('of %s by fixes', (_what, link, leadsTo, file) => {
    const cwd = project();
    const outside = path.join(cwd, '..', 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'fixable.yaml'), FIXABLE);
    symlinkSync(path.join(outside, leadsTo), path.join(cwd, link));
    const { status, stderr } = callProgram(cwd, [file, '--fix']);
    expect(stderr).toContain(`${file} was left as it is: a link leads out of the working directory`);
    expect(status).toBe(1);
    expect(readFileSync(path.join(outside, 'fixable.yaml'), 'utf8')).toBe(FIXABLE);
    // Where the file itself is named, it is meant.
    expect(callProgram(cwd, ['../outside/fixable.yaml', '--fix']).stderr).toContain('1 fix applied');
  });

  it('by init', () => {
    const cwd = project();
    const outside = path.join(cwd, '..', 'outside');
    mkdirSync(outside);
    symlinkSync(outside, path.join(cwd, '.github'));
    const { status, stderr } = callProgram(cwd, ['init']);
    expect(stderr).toContain('a link leads out of the project');
    expect(status).toBe(2);
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('nothing is written over what a run reads', () => {
  const files = {
    'cfn-tx-lint.config.json': { extends: './base.json', environments: { prod: 'prod.json' } },
    'base.json': { context: ['shared/*.yaml'] },
    'prod.json': {},
    'shared/gateway.yaml': GATEWAY,
    'given.json': {},
  };

  it.each([
    'gateway.yaml',
    'shared/gateway.yaml',
    'cfn-tx-lint.config.json',
    'base.json',
    'prod.json',
    'given.json',
  ])('such as %s', (output) => {
    const cwd = project(files);
    const base = ['gateway.yaml', '--parameters', 'given.json'];
    for (const args of [
      [...base, '--output', output],
      [...base, '--report', `junit=${output}`],
      ['graph', ...base, '--output', output],
      ['identities', ...base, '--output', output],
    ]) {
      const { status, stderr } = callProgram(cwd, args);
      expect(stderr).toContain(`cannot write ${output}: it is one of the files that the run reads`);
      expect(status).toBe(2);
    }
  });

  it('nor into a folder of a cloud assembly', () => {
    const manifest = {
      version: '36.0.0',
      artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 's.json' } } },
    };
    const cwd = project({ 'cdk.out/manifest.json': manifest, 'cdk.out/s.json': { Resources: {} } });
    const { status, stderr } = callProgram(cwd, ['cdk.out', '--output', 'cdk.out/asset.1/report.json']);
    expect(stderr).toContain('it would stand in a cloud assembly');
    expect(status).toBe(2);
    expect(existsSync(path.join(cwd, 'cdk.out/asset.1'))).toBe(false);
  });
});

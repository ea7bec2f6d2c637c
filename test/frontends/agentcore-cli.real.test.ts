import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../../src/index.js';
import { partsModules } from './agentcore-parts.js';
import type { Project } from './project.js';

/*
 * The published AgentCore CLI and the app that it writes, which synthesizes with its construct and the real CDK.
 */

const REAL = path.join(import.meta.dirname, '..', 'real');
const CLI = path.join(partsModules, '@aws', 'agentcore', 'dist', 'cli', 'index.mjs');
const ISSUER = 'https://idp.example.com/.well-known/openid-configuration';
const PROVIDER_ARN =
  'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default/oauth2credentialprovider/HrApi';

const home = mkdtempSync(path.join(tmpdir(), 'agentcore-cli-'));
const folder = path.join(home, 'Portal');
const file = (...names: readonly string[]) => path.join(folder, 'agentcore', ...names);

/** The CLI takes the folder from which npm was called for its own. */
const { INIT_CWD: _, ...OURS } = process.env;
const ENVIRONMENT = { ...OURS, HOME: home, USERPROFILE: home };

/** Runs the CLI, and answers with what it says as JSON; a refusal is an answer as well. */
function agentcore(
  cwd: string,
  ...args: readonly string[]
): { readonly success: boolean; readonly error?: string } {
  const { stdout, stderr, error } = spawnSync(process.execPath, [CLI, ...args, '--json'], {
    cwd,
    encoding: 'utf8',
    env: ENVIRONMENT,
  });
  const [said] = (stdout ?? '').split('\n').filter((line) => line.startsWith('{'));
  if (said === undefined) throw new Error(`agentcore ${args.join(' ')}: ${error?.message ?? stderr}`);
  return JSON.parse(said);
}

const read = (): Project => JSON.parse(readFileSync(file('agentcore.json'), 'utf8'));
const write = (project: Project) =>
  writeFileSync(file('agentcore.json'), JSON.stringify(project, undefined, 2));

/** Changes the project, says what the linter finds in it, and puts it back. */
async function changed(change: (project: Project) => void): Promise<{ valid: boolean; found: string[] }> {
  const before = read();
  const project = read();
  change(project);
  write(project);
  try {
    const { success } = agentcore(folder, 'validate');
    return { valid: success, found: await findings([file('agentcore.json')]) };
  } finally {
    write(before);
  }
}

const report = (files: readonly string[]) => lint({ files: [...files], cwd: folder });

async function findings(files: readonly string[]): Promise<string[]> {
  const { diagnostics } = await report(files);
  return diagnostics.map(({ ruleId, resource }) => `${ruleId}@${resource}`);
}

beforeAll(() => {
  mkdirSync(path.join(home, '.agentcore'), { recursive: true });
  execFileSync(process.execPath, [CLI, 'config', 'telemetry.enabled', 'false'], {
    env: ENVIRONMENT,
    stdio: 'ignore',
  });
  const run = (...args: readonly string[]) =>
    expect(agentcore(folder, ...args)).toMatchObject({ success: true });
  const create = ['create', '--name', 'Portal', '--no-agent', '--skip-git', '--skip-install'];
  expect(agentcore(home, ...create, '--skip-python-setup')).toMatchObject({ success: true });
  run(
    ...['add', 'credential', '--name', 'HrApi', '--type', 'oauth', '--discovery-url', ISSUER],
    ...['--client-id', 'portal', '--client-secret', 'not-a-secret', '--scopes', 'hr.read'],
  );
  run(
    ...['add', 'gateway', '--name', 'hr', '--authorizer-type', 'CUSTOM_JWT'],
    ...['--discovery-url', ISSUER, '--allowed-audience', 'hr'],
  );
  run(
    ...['add', 'gateway-target', '--name', 'hr-tools', '--gateway', 'hr', '--type', 'mcp-server'],
    ...['--endpoint', 'https://hr.example.com/mcp', '--outbound-auth', 'oauth', '--credential-name', 'HrApi'],
  );
}, 900_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a project that the CLI has written', () => {
  it('is valid, and nothing is wrong in it', async () => {
    expect(await changed(() => undefined)).toEqual({ valid: true, found: [] });
  });

  it('may have an exchange block, which the CLI lets through and drops at its next write', async () => {
    const before = read();
    const project = read();
    project.credentials[0].tokenExchange = { grantType: 'TOKEN_EXCHANGE' };
    write(project);
    expect(agentcore(folder, 'validate').success).toBe(true);
    expect(await findings([file('agentcore.json')])).toEqual(['ignored-by-agentcore-cli@HrApi']);
    agentcore(folder, 'add', 'credential', '--name', 'Other', '--api-key', 'not-a-key');
    expect(read().credentials[0].tokenExchange).toBeUndefined();
    write(before);
  });

  it.each<[string, boolean, string, (project: Project) => void]>([
    [
      'a grant',
      false,
      'token-exchange-without-config@hr-tools',
      ({ agentCoreGateways: [gateway] }) => {
        gateway.targets[0].outboundAuth.grantType = 'TOKEN_EXCHANGE';
      },
    ],
    [
      'a vendor that the custom block does not go with',
      true,
      'provider-vendor-mismatch@HrApi',
      ({ credentials: [credential] }) => {
        credential.vendor = 'GithubOauth2';
      },
    ],
    [
      'a credential that is not there',
      true,
      'invalid-provider-reference@hr-tools',
      ({ agentCoreGateways: [gateway] }) => {
        gateway.targets[0].outboundAuth.credentialName = 'Nowhere';
      },
    ],
  ])('may have %s', async (_, isValid, finding, change) => {
    expect(await changed(change)).toEqual({ valid: isValid, found: [finding] });
  });
});

describe('the app that the CLI has written', () => {
  const STAGES = [
    { name: 'dev', account: '111122223333', region: 'us-east-1' },
    { name: 'prod', account: '111122223333', region: 'us-east-1' },
  ];
  const templateOf = (stage: string) => file('cdk', 'cdk.out', `AgentCore-Portal-${stage}.template.json`);

  beforeAll(async () => {
    const credentials = {
      HrApi: {
        credentialProviderArn: PROVIDER_ARN,
        clientSecretArn:
          'arn:aws:secretsmanager:us-east-1:111122223333:secret:bedrock-agentcore-identity!default/oauth2/HrApi-a1B2c3',
      },
    };
    const targets = Object.fromEntries(STAGES.map(({ name }) => [name, { resources: { credentials } }]));
    writeFileSync(file('aws-targets.json'), JSON.stringify(STAGES));
    writeFileSync(file('.cli', 'deployed-state.json'), JSON.stringify({ targets }));
    await build({
      entryPoints: [file('cdk', 'bin', 'cdk.ts')],
      outfile: file('cdk', 'dist', 'bin', 'cdk.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['aws-cdk-lib', 'constructs'],
      // What tsc compiles asks for it by require, the only way that it has.
      alias: { '@aws/agentcore-cdk': path.join(partsModules, '@aws', 'agentcore-cdk') },
      logLevel: 'silent',
    });
    execFileSync(process.execPath, [file('cdk', 'dist', 'bin', 'cdk.cjs')], {
      cwd: file('cdk'),
      env: {
        ...ENVIRONMENT,
        NODE_PATH: path.join(REAL, 'node_modules'),
        CDK_OUTDIR: file('cdk', 'cdk.out'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }, 300_000);

  it('asks for CLIENT_CREDENTIALS, of a literal ARN', () => {
    const { Resources } = JSON.parse(readFileSync(templateOf('dev'), 'utf8'));
    const target = Object.values<Project>(Resources).find(
      ({ Type }) => Type === 'AWS::BedrockAgentCore::GatewayTarget',
    );
    const [configuration] = target.Properties.CredentialProviderConfigurations;
    expect(configuration.CredentialProvider.OauthCredentialProvider).toMatchObject({
      GrantType: 'CLIENT_CREDENTIALS',
      ProviderArn: PROVIDER_ARN,
    });
  });

  it('says the same as the project: each target is told once, at the project file', async () => {
    const { consumers, diagnostics, files } = await report([]);
    expect(files.filter(({ status }) => status === 'checked').map((one) => path.basename(one.path))).toEqual([
      'agentcore.json',
      'AgentCore-Portal-dev.template.json',
      'AgentCore-Portal-prod.template.json',
    ]);
    expect(diagnostics).toEqual([]);
    expect(consumers.map((one) => [one.file, one.resource, one.calledAs, one.gateway?.resource])).toEqual([
      ['agentcore/agentcore.json', 'hr-tools', 'shared-client', 'hr'],
    ]);
  });

  it('fails in the one stage in which an override asks for the exchange', async () => {
    const text = readFileSync(templateOf('prod'), 'utf8');
    writeFileSync(templateOf('prod'), text.replaceAll('"CLIENT_CREDENTIALS"', '"TOKEN_EXCHANGE"'));
    try {
      const { diagnostics, summary } = await report([]);
      expect(diagnostics.map(({ ruleId, file: at, resource }) => [ruleId, at, resource])).toEqual([
        ['token-exchange-without-config', 'agentcore/agentcore.json', 'hr-tools'],
      ]);
      expect(diagnostics[0]?.related.some(({ file: at }) => at.endsWith('prod.template.json'))).toBe(true);
      expect(summary.tokenExchange).toEqual({ verified: 0, failed: 1, unverified: 0 });
    } finally {
      writeFileSync(templateOf('prod'), text);
    }
  });
});

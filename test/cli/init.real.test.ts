import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bash, runAction } from '../action/runner.js';
import { directory, INSTALLATION, Project, ROOT, shellEnvironment } from '../hooks/project.js';
import { REPOSITORY } from '../hooks/recipes.js';
import { gateway, identity } from '../hooks/templates.js';
import { PROGRAM } from '../program.js';

/*
 * What `init` writes, used: the hook by the real pre-commit, the workflow step by step. The address of the hook and the
 * action leads to a clone of this repository, with the tag that the files name.
 */

const temporary = directory();
afterAll(temporary.remove);

const clone = path.join(temporary.path, 'clone');
const action = path.join(temporary.path, 'action');
const environment = {
  PRE_COMMIT_HOME: path.join(temporary.path, 'pre-commit-home'),
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: `url.file://${clone}.insteadOf`,
  GIT_CONFIG_VALUE_0: REPOSITORY,
};

interface Kind {
  readonly name: string;
  /** A repository with one target that exchanges at a provider that is not set up for it. */
  readonly files: Readonly<Record<string, string>>;
  /** What the finding of the hook and of the workflow names. */
  readonly finds: string;
}

const CDK_APP = `import * as cdk from 'aws-cdk-lib';
const app = new cdk.App();
const stack = new cdk.Stack(app, 'Gateways');
const resources = { Provider: cdk.Fn.importValue('p') };
new cdk.CfnResource(stack, 'Target', {
  type: 'AWS::BedrockAgentCore::GatewayTarget',
  properties: {
    Name: 'tool',
    GatewayIdentifier: 'gateway-0123456789',
    TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com' } } },
    CredentialProviderConfigurations: [
      {
        CredentialProviderType: 'OAUTH',
        CredentialProvider: { OauthCredentialProvider: { ProviderArn: resources.Provider, GrantType: 'TOKEN_EXCHANG' } },
      },
    ],
  },
});
`;

const AGENTCORE_PROJECT = JSON.stringify({
  $schema: 'https://schema.agentcore.aws.dev/v1/agentcore.json',
  name: 'tools',
  version: 1,
  credentials: [
    {
      authorizerType: 'OAuthCredentialProvider',
      name: 'hr',
      discoveryUrl: 'https://idp.example.com/.well-known/openid-configuration',
      tokenExchange: { grantType: 'TOKEN_EXCHANGE' },
    },
  ],
  agentCoreGateways: [],
});

const KINDS: readonly Kind[] = [
  {
    name: 'a folder of templates',
    files: { 'identity.yaml': identity({ exchanges: false }), 'gateway.yaml': gateway() },
    finds: 'token-exchange-without-config',
  },
  {
    name: 'a SAM project',
    files: {
      'template.yaml': `Transform: AWS::Serverless-2016-10-31\n${gateway()}  Tool: { Type: AWS::Serverless::Api, Properties: { StageName: live } }\n`,
      'stacks/identity.yaml': identity({ exchanges: false }),
    },
    finds: 'token-exchange-without-config',
  },
  {
    name: 'a CDK app',
    files: {
      'cdk.json': '{ "app": "node app.mjs" }',
      'app.mjs': CDK_APP,
      '.gitignore': 'cdk.out\nnode_modules\n',
    },
    finds: 'invalid-grant-type',
  },
  {
    name: 'a project of the AgentCore CLI',
    files: { 'agentcore/agentcore.json': AGENTCORE_PROJECT },
    finds: 'ignored-by-agentcore-cli',
  },
];

beforeAll(() => {
  const project = new Project(clone);
  project.succeed('git', 'pull', '--quiet', ROOT, 'HEAD');
  for (const part of ['action.yml', 'action', 'bin', 'dist', 'package.json']) {
    cpSync(path.join(ROOT, part), path.join(action, part), { recursive: true });
  }
}, INSTALLATION);

describe.each(KINDS)('in $name', { timeout: INSTALLATION }, ({ name, files, finds }) => {
  const workspace = path.join(temporary.path, name);
  let project: Project;

  beforeAll(() => {
    project = new Project(workspace, environment);
    project.commit(files);
    // What `npm ci` would install: the real CDK.
    if ('cdk.json' in files)
      symlinkSync(path.join(ROOT, 'test/real/node_modules'), path.join(workspace, 'node_modules'));
    expect(project.succeed(process.execPath, PROGRAM, 'init')).toContain(`This is ${name}.`);
    const hooks = readFileSync(path.join(workspace, '.pre-commit-config.yaml'), 'utf8');
    const [{ rev }] = parse(hooks).repos;
    new Project(clone).run('git', 'tag', rev);
  });

  it('the workflow finds the fault', async () => {
    const workflow = readFileSync(path.join(workspace, '.github/workflows/cfn-tx-lint.yml'), 'utf8');
    const steps: readonly {
      readonly run?: string;
      readonly uses?: string;
      readonly with?: Record<string, string>;
    }[] = parse(workflow).jobs.lint.steps;
    let log = '';
    mkdirSync(path.join(temporary.path, 'steps'), { recursive: true });
    for (const [index, step] of steps.entries()) {
      if (step.run !== undefined) {
        const script = path.join(temporary.path, 'steps', `${name} ${index}.sh`);
        writeFileSync(script, step.run);
        const result = await bash(script, workspace, shellEnvironment());
        expect(result.status, result.log).toBe(0);
      } else if (step.uses?.startsWith('cfn-tx-lint/')) {
        const result = await runAction(action, workspace, step.with ?? {});
        log += result.log;
        expect(result.status, log).toBe(1);
      }
    }
    expect(log).toContain(finds);
  });

  it('the hook refuses the commit', () => {
    project.succeed('git', 'add', '.');
    const { all, status } = project.run('pre-commit', 'run', '--all-files');
    expect(all).toContain(finds);
    expect(status).toBe(1);
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { TokenExchangeValidation } from '../../src/cdk/index.js';
import type { Diagnostic, LintResult } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';
import { callProgram } from '../program.js';
import { synthesizeProject } from './app-project.js';
import { addProvider, addTarget } from './parts.js';
import { cdk, ssm } from './real-parts.js';
import { lintAssembly, synthesize, temporaryDirectory } from './synthesize.js';

/** A tool in one stack and its provider in another; what stands in the place of `EXCHANGE` sets it up, or nothing. */
const APP = `import { App, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { CfnGatewayTarget, CfnOAuth2CredentialProvider } from 'aws-cdk-lib/aws-bedrockagentcore';

const app = new App();
const identity = new Stack(app, 'Identity');

const okta = new CfnOAuth2CredentialProvider(identity, 'Okta', {
  name: 'okta',
  credentialProviderVendor: 'CustomOauth2',
  oauth2ProviderConfigInput: {
    customOauth2ProviderConfig: {
      clientId: 'tools',
      clientSecret: SecretValue.secretsManager('okta-client').unsafeUnwrap(),
      oauthDiscovery: { discoveryUrl: 'https://id.example.com/.well-known/openid-configuration' },
      EXCHANGE
    },
  },
});

const crm = new CfnGatewayTarget(new Stack(app, 'Tools'), 'Crm', {
  name: 'crm',
  gatewayIdentifier: 'tools-abcdefghij',
  targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://crm.example.com/mcp' } } },
  credentialProviderConfigurations: [
    {
      credentialProviderType: 'OAUTH',
      credentialProvider: {
        oauthCredentialProvider: {
          providerArn: okta.attrCredentialProviderArn,
          scopes: ['crm.read'],
          grantType: 'TOKEN_EXCHANGE',
        },
      },
    },
  ],
});

app.synth();
`;
const SET_UP =
  "onBehalfOfTokenExchangeConfig: { grantType: 'TOKEN_EXCHANGE', tokenExchangeGrantTypeConfig: { actorTokenContent: 'NONE' } },";
const FAULTY = APP.replace('      EXCHANGE\n', '');

/** The line of `bin/app.ts` that a text stands in, and its column; both 1-based. */
function placeOf(text: string, code = FAULTY) {
  const before = code.slice(0, code.indexOf(text)).split('\n');
  return { file: 'bin/app.ts', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

async function lint(cwd: string, options: object = {}): Promise<LintResult> {
  return run({ cwd, ...options }, { rules: builtInRules, url: ruleUrl });
}

const faults = ({ report }: Pick<LintResult, 'report'>): readonly Diagnostic[] =>
  report.diagnostics.filter(({ severity }) => severity !== 'info');

describe('a CDK app in TypeScript', () => {
  const directory = temporaryDirectory();
  beforeAll(() => synthesizeProject(directory, FAULTY));

  it('is pointed at in its own code, the finding and what explains it', async () => {
    const [finding, ...others] = faults(await lint(directory));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ruleId: 'token-exchange-without-config',
      file: 'cdk.out/Tools.template.json',
      constructPath: 'Tools/Crm',
      source: placeOf('new CfnGatewayTarget(new Stack'),
    });
    expect(finding?.related.find(({ resource }) => resource === 'Okta')).toMatchObject({
      file: 'cdk.out/Identity.template.json',
      constructPath: 'Identity/Okta',
      source: placeOf('new CfnOAuth2CredentialProvider'),
    });
  });

  it('is shown with a frame of its code on a terminal, and annotated there on GitHub', () => {
    const { line, column } = placeOf('new CfnGatewayTarget(new Stack');
    const { stdout } = callProgram(directory, ['--no-config']);
    expect(stdout).toContain(`bin/app.ts:${line}:${column}  error  token-exchange-without-config`);
    expect(stdout).toContain(`${line} │ const crm = new CfnGatewayTarget(new Stack(app, 'Tools'), 'Crm', {`);
    expect(stdout).toContain('in cdk.out/Tools.template.json');
    const annotations = callProgram(directory, ['--no-config', '--format', 'github']).stdout;
    expect(annotations).toContain(`::error file=bin/app.ts,line=${line},col=${column},`);
  });

  it('is never written to by --fix, which says which construct to change', () => {
    const templates = ['Tools', 'Identity'].map((name) =>
      path.join(directory, `cdk.out/${name}.template.json`),
    );
    const before = templates.map((file) => readFileSync(file, 'utf8'));
    const wrong = before.map((text) => text.replace('TOKEN_EXCHANGE', 'token_exchange'));
    templates.forEach((file, index) => {
      writeFileSync(file, wrong[index] ?? '');
    });
    const { stderr } = callProgram(directory, ['--no-config', '--fix']);
    expect(templates.map((file) => readFileSync(file, 'utf8'))).toEqual(wrong);
    expect(stderr).toContain('nothing is written into a cloud assembly');
    expect(stderr).toContain('Tools/Crm (bin/app.ts:');
    templates.forEach((file, index) => {
      writeFileSync(file, before[index] ?? '');
    });
  });
});

describe('what a CDK app acknowledges', () => {
  const acknowledge = (id: string, of: string) =>
    FAULTY.replace(
      'app.synth();',
      `Validations.of(${of}).acknowledge({ id: '${id}', reason: 'agreed' });\napp.synth();`,
    );

  it.each([
    ['cfn-tx-lint::token-exchange-without-config', 'crm'],
    ['token-exchange-without-config', 'crm'],
    ['cfn-tx-lint::token-exchange-without-config', 'Stack.of(crm)'],
  ])('is suppressed: %s of %s', async (id, of) => {
    const directory = temporaryDirectory();
    synthesizeProject(directory, acknowledge(id, of));
    const result = await lint(directory);
    expect(faults(result)).toEqual([]);
    expect(result.suppressed).toMatchObject([
      {
        ruleId: 'token-exchange-without-config',
        suppression: { kind: 'acknowledgement', justification: 'agreed' },
      },
    ]);
    expect(result.report.summary.tokenExchange.failed).toBe(1);
  });

  it('is not suppressed for another rule, another construct or by another plugin', async () => {
    for (const [id, of] of [
      ['cfn-tx-lint::provider-unresolved', 'crm'],
      ['cfn-tx-lint::token-exchange-without-config', 'okta'],
      ['other::token-exchange-without-config', 'crm'],
    ] as const) {
      const directory = temporaryDirectory();
      synthesizeProject(directory, acknowledge(id, of));
      expect(faults(await lint(directory)), id).toHaveLength(1);
    }
  });
});

describe('a monorepo of two CDK apps', () => {
  it('is checked as a whole from its root, though git ignores what they synthesize', async () => {
    const root = temporaryDirectory();
    mkdirSync(path.join(root, '.git'));
    writeFileSync(path.join(root, '.gitignore'), 'cdk.out\nbuild\nnode_modules\n');
    synthesizeProject(path.join(root, 'apps/crm'), FAULTY);
    synthesizeProject(path.join(root, 'apps/hr'), APP.replace('EXCHANGE', SET_UP), { output: 'build/cloud' });
    const { report, notes } = await lint(root);
    expect(faults({ report }).map(({ file, source }) => [file, source?.file])).toEqual([
      ['apps/crm/cdk.out/Tools.template.json', 'apps/crm/bin/app.ts'],
    ]);
    expect(report.files.filter(({ status }) => status === 'checked')).toHaveLength(4);
    expect(report.summary.tokenExchange.failed).toBe(1);
    expect(notes).toEqual([]);
  });
});

describe('three stages of five stacks', () => {
  it('with one fault in one stage have one finding, in that stage', async () => {
    const directory = synthesize((app) => {
      for (const name of ['Dev', 'Test', 'Prod']) {
        const stage = new cdk.Stage(app, name, { env: { account: '111122223333', region: 'eu-central-1' } });
        const identity = new cdk.Stack(stage, 'Identity');
        const good = addProvider(identity, 'set up', { id: 'Good', name: `good-${name}` });
        const provider = addProvider(identity, name === 'Prod' ? 'not set up' : 'set up', {
          name: `idp-${name}`,
        });
        for (const tool of ['Crm', 'Hr', 'Erp', 'Wiki']) {
          const arn = (tool === 'Erp' ? provider : good).attrCredentialProviderArn;
          addTarget(new cdk.Stack(stage, tool), arn, tool);
        }
      }
    });
    const report = await lintAssembly(directory);
    expect(
      faults({ report }).map(({ ruleId, constructPath, file }) => [
        ruleId,
        constructPath,
        path.basename(file),
      ]),
    ).toEqual([['token-exchange-without-config', 'Prod/Erp/Erp', expect.stringMatching(/^ProdErp/)]]);
    expect(report.summary.tokenExchange).toEqual({ verified: 11, failed: 1, unverified: 0 });
    expect(report.summary.files).toBe(15);
  });
});

describe('the first pass of a synthesis, with values that are yet to be looked up', () => {
  const env = { account: '111122223333', region: 'eu-central-1' };

  const build = (app: InstanceType<typeof cdk.App>): void => {
    const stack = new cdk.Stack(app, 'Tools', { env });
    addTarget(stack, ssm.StringParameter.valueFromLookup(stack, '/idp/arn'), 'WholeArn');
    const name = ssm.StringParameter.valueFromLookup(stack, '/idp/name');
    addTarget(
      stack,
      `arn:aws:bedrock-agentcore:eu-central-1:111122223333:token-vault/default/oauth2credentialprovider/${name}`,
      'NameInArn',
    );
    addTarget(
      stack,
      ssm.StringParameter.valueFromLookup(stack, '/idp/other', 'not-there-yet'),
      'WithDefault',
    );
  };

  it('knows that they are unknown', async () => {
    const report = await lintAssembly(synthesize(build));
    expect(
      report.diagnostics.map(({ ruleId, severity, resource }) => [ruleId, severity, resource]).sort(),
    ).toEqual(
      ['NameInArn', 'WholeArn', 'WithDefault'].map((resource) => ['provider-unresolved', 'info', resource]),
    );
    expect(report.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 3 });
  });

  it('is not stopped by strict in the plugin, because then nothing would be looked up', () => {
    const strictly = (make: (app: InstanceType<typeof cdk.App>) => void) =>
      synthesize((app) => {
        make(app);
        cdk.Validations.of(app).addPlugins(new TokenExchangeValidation({ strict: true }));
      });
    expect(() => strictly(build)).not.toThrow();
    const elsewhere =
      'arn:aws:bedrock-agentcore:eu-central-1:111122223333:token-vault/default/oauth2credentialprovider/x';
    expect(() => strictly((app) => addTarget(new cdk.Stack(app, 'Tools', { env }), elsewhere))).toThrow();
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TokenExchangeValidation } from '../../src/cdk/index.js';
import {
  type App,
  type IPolicyValidationPlugin,
  type IPolicyValidationPluginBeta1,
  olderCdk,
} from './real-parts.js';
import { lintAssembly, story, temporaryDirectory } from './synthesize.js';

/** A target whose provider stands in the nested stack of another region. */
function build(app: App): void {
  const identity = new olderCdk.Stack(app, 'Identity', {
    env: { account: '111111111111', region: 'us-east-1' },
    crossRegionReferences: true,
  });
  const provider = new olderCdk.CfnResource(new olderCdk.NestedStack(identity, 'Vault'), 'Provider', {
    type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    properties: {
      Name: 'idp',
      CredentialProviderVendor: 'CustomOauth2',
      Oauth2ProviderConfigInput: {
        CustomOauth2ProviderConfig: {
          ClientId: 'client',
          ClientSecret: '{{resolve:secretsmanager:idp-client}}',
          OauthDiscovery: { DiscoveryUrl: 'https://issuer.example.com/.well-known/openid-configuration' },
        },
      },
    },
  });
  const tools = new olderCdk.Stack(app, 'Tools', {
    env: { account: '111111111111', region: 'eu-west-1' },
    crossRegionReferences: true,
  });
  const inner = new olderCdk.NestedStack(tools, 'Inner');
  const gateway = new olderCdk.CfnResource(inner, 'Gateway', {
    type: 'AWS::BedrockAgentCore::Gateway',
    properties: {
      Name: 'gateway',
      RoleArn: 'arn:aws:iam::111111111111:role/gateway',
      AuthorizerType: 'CUSTOM_JWT',
      AuthorizerConfiguration: {
        CustomJWTAuthorizer: { DiscoveryUrl: 'https://issuer.example.com/.well-known/openid-configuration' },
      },
    },
  });
  new olderCdk.CfnResource(inner, 'Tool', {
    type: 'AWS::BedrockAgentCore::GatewayTarget',
    properties: {
      Name: 'tool',
      GatewayIdentifier: gateway.ref,
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com/mcp' } } },
      CredentialProviderConfigurations: [
        {
          CredentialProviderType: 'OAUTH',
          CredentialProvider: {
            OauthCredentialProvider: {
              ProviderArn: provider.getAtt('CredentialProviderArn').toString(),
              Scopes: ['tool.read'],
              GrantType: 'TOKEN_EXCHANGE',
            },
          },
        },
      ],
    },
  });
}

describe('an older version of the CDK', () => {
  it('writes assemblies that are read all the same', async () => {
    const directory = temporaryDirectory();
    const app = new olderCdk.App({ outdir: path.join(directory, 'cdk.out'), analyticsReporting: false });
    build(app);
    app.synth();
    const report = await lintAssembly(directory);
    expect(report.diagnostics.map(story)).toMatchInlineSnapshot(`
      [
        [
          "error token-exchange-without-config at ToolsInner4A0BBA8B.nested Tool (Tools/Inner/Tool)",
          "Tools InnerNestedStackInnerNestedStackResource: the parameter referencetoToolsExportsR...lProviderArn is passed here",
          "Tools ExportsReader: the cross-region export is read here",
          "Identity ExportsWritereuwest142AF533A: the cross-region export is written here",
          "IdentityVaultEEEEAA91.nested: the output IdentityVaultProviderA36D2C5CCredentialProviderArn of the nested stack VaultNestedStackVaultNestedStackResource is declared here",
          "IdentityVaultEEEEAA91.nested Provider: the provider is declared here",
        ],
      ]
    `);
  });

  it('fails the synthesis through the Beta1 form of plugins', () => {
    const outdir = path.join(temporaryDirectory(), 'cdk.out');
    const app = new olderCdk.App({
      outdir,
      analyticsReporting: false,
      policyValidationBeta1: [new TokenExchangeValidation()],
      context: { '@aws-cdk/core:validationReportJson': true },
    });
    build(app);
    const exitCode = process.exitCode;
    try {
      app.synth();
      expect(process.exitCode).toBe(1);
    } finally {
      process.exitCode = exitCode;
    }
    const [report] = JSON.parse(
      readFileSync(path.join(outdir, 'policy-validation-report.json'), 'utf8'),
    ).pluginReports;
    expect(report.summary).toMatchObject({ pluginName: 'cfn-tx-lint', status: 'failure' });
    expect(report.violations).toMatchObject([
      {
        ruleName: 'token-exchange-without-config',
        severity: 'error',
        violatingConstructs: [{ constructPath: 'Tools/Inner/Tool', resourceLogicalId: 'Tool' }],
      },
    ]);
  });
});

describe('the plugin', () => {
  // The compiler checks these two lines.
  const plugin: IPolicyValidationPlugin = new TokenExchangeValidation();
  const beta: IPolicyValidationPluginBeta1 = new TokenExchangeValidation();

  it('is a plugin of both forms to the compiler', () => {
    expect(plugin.ruleIds).toContain('token-exchange-without-config');
    expect(beta.name).toBe('cfn-tx-lint');
  });
});

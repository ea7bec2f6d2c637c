import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { run } from '../../src/lint/run.js';

/*
 * Who calls whom as whom, read from whole templates. Each changes one thing of the same base.
 */

const GATEWAY = `
  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: gateway
      RoleArn: arn:aws:iam::111122223333:role/gateway
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration
          AllowedAudience: [tools]
`;

const PROVIDER = `
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: idp
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration }
          ClientId: client
          ClientSecretSource: EXTERNAL
          ClientSecretConfig: { SecretId: client, JsonKey: secret }
          OnBehalfOfTokenExchangeConfig:
            GrantType: TOKEN_EXCHANGE
            TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE }
`;

function target(configurations: string): string {
  return `
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: tool
      GatewayIdentifier: !Ref Gateway
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://mcp.example.com } } }
${configurations}`;
}

const oauth = (grant: string): string => `
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: !GetAtt Provider.CredentialProviderArn
              Scopes: [read]
              ${grant}
`;

const ofType = (type: string): string =>
  `      CredentialProviderConfigurations: [{ CredentialProviderType: ${type} }]\n`;

async function rowsOf(resources: string, head = '') {
  const { identities = [], report } = await run(
    { texts: [{ name: 'a.yaml', text: `${head}Resources:\n${resources}` }], consumers: true },
    { rules: builtInRules, url: ruleUrl },
  );
  return { rows: identities, report };
}

describe('a target', () => {
  it.each([
    ['an exchange that is verified', oauth('GrantType: TOKEN_EXCHANGE'), 'user', 'verified'],
    ['client credentials', oauth('GrantType: CLIENT_CREDENTIALS'), 'shared-client', null],
    ['no grant', oauth(''), 'shared-client', null],
    ['a word that is no grant', oauth('GrantType: token-exchange'), 'unknown', 'failed'],
    ['the role of the gateway', ofType('GATEWAY_IAM_ROLE'), 'gateway-role', null],
    ['the credentials of the caller', ofType('CALLER_IAM_CREDENTIALS'), 'caller-role', null],
    ['the token of the caller', ofType('JWT_PASSTHROUGH'), 'callers-token', null],
    ['a key', ofType('API_KEY'), 'api-key', null],
    ['a type that nobody knows', ofType('SOMETHING_NEW'), 'unknown', null],
    ['no credentials', '', 'nobody', null],
  ])('with %s', async (_, configurations, calledAs, outcome) => {
    const { rows } = await rowsOf(GATEWAY + PROVIDER + target(configurations));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      resource: 'Target',
      kind: 'gateway-target',
      calledAs,
      outcome,
      gateway: { resource: 'Gateway' },
      authorizer: 'CUSTOM_JWT',
      scenario: null,
    });
  });

  it('has a row for each way, with its scenario and what holds of it', async () => {
    const head = 'Parameters:\n  Mode: { Type: String, AllowedValues: [obo, m2m] }\n';
    const mode = 'Conditions:\n  Obo: !Equals [!Ref Mode, obo]\n';
    const { rows, report } = await rowsOf(
      GATEWAY + PROVIDER + target(oauth('GrantType: !If [Obo, TOKEN_EXCHANGE, CLIENT_CREDENTIALS]')),
      head + mode,
    );
    expect(
      rows.map(({ calledAs, scenario, outcome, rules }) => ({ calledAs, scenario, outcome, rules })),
    ).toEqual([
      { calledAs: 'user', scenario: { Mode: 'obo' }, outcome: 'verified', rules: [] },
      {
        calledAs: 'shared-client',
        scenario: { Mode: 'm2m' },
        outcome: null,
        rules: ['token-exchange-config-unused'],
      },
    ]);
    expect(report.consumers).toEqual(rows.map(({ credentialType, authorizer, ...row }) => row));
  });

  it('of a gateway that is not in view is called as nobody knows whom', async () => {
    const { rows } = await rowsOf(
      PROVIDER + target(oauth('GrantType: TOKEN_EXCHANGE')).replace('!Ref Gateway', 'tools-abcdefghij'),
    );
    expect(rows).toMatchObject([
      {
        gateway: null,
        authorizer: null,
        calledAs: 'unknown',
        outcome: 'unverified',
        rules: ['gateway-unresolved'],
      },
    ]);
  });
});

describe('a harness', () => {
  it('has a row for each of its gateway tools', async () => {
    const tool = (auth: string) =>
      `        - Type: agentcore_gateway\n          Name: t\n          Config: { AgentCoreGateway: { GatewayArn: !GetAtt Gateway.GatewayArn, OutboundAuth: ${auth} } }\n`;
    const harness = `
  Harness:
    Type: AWS::BedrockAgentCore::Harness
    Properties:
      HarnessName: h
      Tools:
${tool('{ AwsIam: {} }')}${tool('{ None: {} }')}${tool('{ Oauth: { ProviderArn: !Ref Provider, Scopes: [a], GrantType: CLIENT_CREDENTIALS } }')}`;
    const { rows } = await rowsOf(GATEWAY + PROVIDER + harness);
    expect(rows.map(({ kind, calledAs }) => [kind, calledAs])).toEqual([
      ['harness', 'caller-role'],
      ['harness', 'nobody'],
      ['harness', 'shared-client'],
    ]);
  });
});

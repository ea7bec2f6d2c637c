import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { run } from '../../src/lint/run.js';

/*
 * A reference that can lead to several places is tried with each of them, by every rule: two templates export a
 * provider, or a gateway, under one name. Each row changes one thing from a deployment that works.
 */

type Block = Record<string, unknown>;

const provider = {
  Name: 'hr',
  CredentialProviderVendor: 'CustomOauth2',
  Oauth2ProviderConfigInput: {
    CustomOauth2ProviderConfig: {
      OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
      ClientId: 'hr-gateway',
      ClientSecretSource: 'EXTERNAL',
      ClientSecretConfig: { SecretId: 'hr/client', JsonKey: 'client_secret' },
      OnBehalfOfTokenExchangeConfig: {
        GrantType: 'TOKEN_EXCHANGE',
        TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
      } as Block,
    } as Block,
  } as Block,
};
const gateway: Block = {
  Name: 'hr',
  RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
  AuthorizerType: 'CUSTOM_JWT',
  AuthorizerConfiguration: {
    CustomJWTAuthorizer: {
      DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration',
      AllowedAudience: ['hr'],
    },
  },
};
const ALLOWED = [
  'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  'bedrock-agentcore:GetResourceOauth2Token',
  'secretsmanager:GetSecretValue',
];
const oauth: Block = {
  ProviderArn: { 'Fn::ImportValue': 'idp-arn' },
  Scopes: ['hr'],
  GrantType: 'TOKEN_EXCHANGE',
};
const HTTP = { Http: { Passthrough: { Endpoint: 'https://hr.example.com', ProtocolType: 'HTTP' } } };

const custom = (changes: Block): Block => ({
  ...provider,
  Oauth2ProviderConfigInput: {
    CustomOauth2ProviderConfig: {
      ...(provider.Oauth2ProviderConfigInput.CustomOauth2ProviderConfig as Block),
      ...changes,
    },
  },
});
const discovery = (url: string) => ({
  OauthDiscovery: { DiscoveryUrl: `${url}/.well-known/openid-configuration` },
});
const builtIn = (vendor: string): Block => ({
  ...provider,
  CredentialProviderVendor: vendor,
  Oauth2ProviderConfigInput: {
    [`${vendor}ProviderConfig`]: {
      ClientId: 'hr-gateway',
      ClientSecretSource: 'EXTERNAL',
      ClientSecretConfig: { SecretId: 'hr/client', JsonKey: 'client_secret' },
    },
  },
});
const withoutBlock = custom({ OnBehalfOfTokenExchangeConfig: undefined });
const entra = custom({
  ...discovery('https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0'),
  OnBehalfOfTokenExchangeConfig: { GrantType: 'JWT_AUTHORIZATION_GRANT' },
});
const behindIam = { ...gateway, AuthorizerType: 'AWS_IAM', AuthorizerConfiguration: undefined };

interface Deployment {
  /** The two providers that are exported, or the one. */
  readonly providers: readonly Block[];
  readonly gateways: readonly Block[];
  readonly actions?: readonly string[];
  readonly oauth?: Block;
  readonly target?: Block;
  /** The first provider is exported in production only. */
  readonly isFirstSometimes?: boolean;
  /** Whether the first provider is not there in each deployment, though what exports it is. */
  readonly isFirstHollow?: boolean;
}

function resource(type: string, properties: Block): Block {
  return { Type: `AWS::BedrockAgentCore::${type}`, Properties: properties };
}

function role(actions: readonly string[]): Block {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return {
    Type: 'AWS::IAM::Role',
    Properties: { Policies: [{ PolicyName: 'tokens', PolicyDocument: { Statement: [statement] } }] },
  };
}

async function lint(deployment: Deployment, rules = {}) {
  const { actions = ALLOWED } = deployment;
  const templates: Record<string, Block> = {
    'tools.json': {
      Parameters: { Mode: { Type: 'String', AllowedValues: ['user', 'shared'] } },
      Conditions: { IsShared: { 'Fn::Equals': [{ Ref: 'Mode' }, 'shared'] } },
      Resources: {
        Target: resource('GatewayTarget', {
          Name: 'hr',
          GatewayIdentifier: { 'Fn::ImportValue': 'gateway-id' },
          TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://hr.example.com/mcp' } } },
          CredentialProviderConfigurations: [
            {
              CredentialProviderType: 'OAUTH',
              CredentialProvider: { OauthCredentialProvider: { ...oauth, ...deployment.oauth } },
            },
          ],
          ...deployment.target,
        }),
      },
    },
  };
  for (const [index, properties] of deployment.providers.entries()) {
    const condition =
      deployment.isFirstSometimes === true && index === 0 ? { Condition: 'IsProduction' } : {};
    templates[`idp-${index}.json`] = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['production', 'test'] } },
      Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
      Resources: {
        Provider: {
          ...resource('OAuth2CredentialProvider', properties),
          ...(deployment.isFirstHollow === true && index === 0 && { Condition: 'IsProduction' }),
        },
      },
      Outputs: { Arn: { ...condition, Value: { Ref: 'Provider' }, Export: { Name: 'idp-arn' } } },
    };
  }
  for (const [index, properties] of deployment.gateways.entries()) {
    templates[`gateway-${index}.json`] = {
      Resources: { Gateway: resource('Gateway', properties), Role: role(actions) },
      Outputs: { Id: { Value: { Ref: 'Gateway' }, Export: { Name: 'gateway-id' } } },
    };
  }
  const texts = Object.entries(templates).map(([name, value]) => ({ name, text: JSON.stringify(value) }));
  const result = await run({ texts, rules, consumers: true }, { rules: builtInRules, url: ruleUrl });
  const { diagnostics, summary, consumers } = result.report;
  const { verified, failed, unverified } = summary.tokenExchange;
  return {
    counts: `${verified}/${failed}/${unverified}`,
    rows: consumers.map(({ outcome }) => outcome),
    found: diagnostics.map(({ ruleId, resource }) => `${ruleId}@${resource}`),
    messages: diagnostics.map(({ message }) => message).join('\n'),
  };
}

interface Row {
  readonly rule: string;
  /** What is exported instead of what works. */
  readonly faulty: Partial<Record<'providers' | 'gateways', Block>>;
  readonly beside?: Omit<Deployment, 'providers' | 'gateways'>;
  /** Where the finding stands if all fail; for a fault of the candidates themselves, at each of them. */
  readonly at?: readonly string[];
}

const EXCHANGES: readonly Row[] = [
  { rule: 'token-exchange-without-config', faulty: { providers: withoutBlock } },
  { rule: 'token-exchange-on-built-in-vendor', faulty: { providers: builtIn('SlackOauth2') } },
  {
    rule: 'malformed-on-behalf-of-config',
    faulty: { providers: custom({ OnBehalfOfTokenExchangeConfig: { GrantType: 'OBO' } }) },
    at: ['Provider', 'Provider'],
  },
  {
    rule: 'identity-provider-grant-mismatch',
    faulty: { providers: custom(discovery('https://login.microsoftonline.com/common/v2.0')) },
    at: ['Provider', 'Provider'],
  },
  {
    rule: 'missing-exchange-parameter',
    faulty: { providers: custom(discovery('https://acme.okta.com/oauth2/default')) },
  },
  {
    rule: 'gateway-role-cannot-exchange',
    faulty: { providers: custom({ ClientSecretSource: 'EXTERNAL' }) },
    beside: { actions: ALLOWED.slice(0, 2) },
    at: ['Gateway'],
  },
  { rule: 'token-exchange-without-inbound-jwt', faulty: { gateways: behindIam } },
  {
    rule: 'authorizer-configuration-mismatch',
    faulty: { gateways: { ...gateway, AuthorizerConfiguration: undefined } },
    at: ['Gateway', 'Gateway'],
  },
  {
    rule: 'target-protocol-mismatch',
    faulty: { gateways: { ...gateway, ProtocolType: 'MCP' } },
    beside: { target: { TargetConfiguration: HTTP } },
  },
];

/** Needs no client secret, so that what the role may not do does not matter. */
const signing = custom({
  ClientAuthenticationMethod: 'AWS_IAM_ID_TOKEN_JWT',
  ClientSecretSource: undefined,
  ClientSecretConfig: undefined,
});

function deploymentOf({ faulty, beside }: Row, kinds: readonly ('works' | 'fails')[]): Deployment {
  const works = beside?.actions === undefined ? provider : signing;
  const actions = beside?.actions && [...beside.actions, 'sts:GetWebIdentityToken'];
  return {
    providers:
      faulty.providers === undefined
        ? [works]
        : kinds.map((kind) => (kind === 'works' ? works : (faulty.providers ?? works))),
    gateways:
      faulty.gateways === undefined
        ? [gateway]
        : kinds.map((kind) => (kind === 'works' ? gateway : (faulty.gateways ?? gateway))),
    ...beside,
    ...(actions && { actions }),
  };
}

describe.each(EXCHANGES)('of an exchange that $rule can fail', (row) => {
  const { rule, at = ['Target'] } = row;

  it('two candidates that work are verified', async () => {
    expect(await lint(deploymentOf(row, ['works', 'works']))).toMatchObject({
      counts: '1/0/0',
      rows: ['verified'],
      found: [],
    });
  });

  it('two that fail are the finding of the rule, which names both', async () => {
    const { counts, rows, found, messages } = await lint(deploymentOf(row, ['fails', 'fails']));
    expect({ counts, rows, found }).toEqual({
      counts: '0/1/0',
      rows: ['failed'],
      found: at.map((name) => `${rule}@${name}`),
    });
    if (at.length > 1) return;
    const what = row.faulty.providers === undefined ? 'gateway' : 'idp';
    expect(messages).toContain(`${what}-0.json`);
    expect(messages).toContain(`${what}-1.json`);
  });

  it.each([
    ['first', ['fails', 'works'], 0],
    ['second', ['works', 'fails'], 1],
  ] as const)('one that fails, the %s, is named with the rule', async (_, kinds, index) => {
    const { counts, rows, found, messages } = await lint(deploymentOf(row, kinds));
    expect({ counts, rows }).toEqual({ counts: '0/0/1', rows: ['unverified'] });
    expect(found).toContain('provider-ambiguous@Target');
    const what = row.faulty.providers === undefined ? 'gateway' : 'idp';
    expect(messages).toContain(`in ${what}-${index}.json (${rule})`);
  });
});

describe('candidates', () => {
  it('that fail by different rules are told by the rule of the first', async () => {
    const kinds = { slack: builtIn('SlackOauth2'), bare: withoutBlock };
    const first = await lint({ providers: [kinds.slack, kinds.bare], gateways: [gateway] });
    expect(first).toMatchObject({ counts: '0/1/0', found: ['token-exchange-on-built-in-vendor@Target'] });
    const second = await lint({ providers: [kinds.bare, kinds.slack], gateways: [gateway] });
    expect(second).toMatchObject({ counts: '0/1/0', found: ['token-exchange-without-config@Target'] });
  });

  it('of which nobody can tell leave the exchange unverified', async () => {
    const open = custom({ OnBehalfOfTokenExchangeConfig: { 'Fn::Transform': 'Macro' } });
    const { counts, found } = await lint({ providers: [provider, open], gateways: [gateway] });
    expect({ counts, found }).toEqual({ counts: '0/0/1', found: ['provider-ambiguous@Target'] });
  });

  it('of which some fail elsewhere only are told without the rule that speaks there', async () => {
    const deployment = { providers: [provider, withoutBlock], gateways: [gateway], isFirstHollow: true };
    const { found, messages } = await lint(deployment);
    expect(new Set(found)).toEqual(
      new Set(['provider-absent-under-condition@Target', 'provider-ambiguous@Target']),
    );
    expect(messages).toContain('(token-exchange-without-config)');
    expect(messages).not.toContain('(provider-absent-under-condition)');
  });

  it('of both references are tried together', async () => {
    const both = { providers: [provider, provider], gateways: [gateway, gateway] };
    expect(await lint(both)).toMatchObject({ counts: '1/0/0', found: [] });
    const { counts } = await lint({ ...both, gateways: [gateway, behindIam] });
    expect(counts).toBe('0/0/1');
  });

  it('that are exchanged in another tenant than that of the callers fail', async () => {
    const inbound = {
      DiscoveryUrl:
        'https://login.microsoftonline.com/99999999-2222-4333-8444-555555555555/v2.0/.well-known/openid-configuration',
    };
    const elsewhere = { ...gateway, AuthorizerConfiguration: { CustomJWTAuthorizer: inbound } };
    const asked = { oauth: { CustomParameters: { requested_token_use: 'on_behalf_of' } } };
    const { counts, found } = await lint({ providers: [entra, entra], gateways: [elsewhere], ...asked });
    expect({ counts, found }).toEqual({ counts: '0/1/0', found: ['inbound-issuer-mismatch@Target'] });
  });

  it('of native vendors work unless the options say otherwise', async () => {
    const deployment = { providers: [builtIn('MicrosoftOauth2'), provider], gateways: [gateway] };
    expect(await lint(deployment)).toMatchObject({ counts: '1/0/0', found: [] });
    const stricter = { 'token-exchange-on-built-in-vendor': ['error', { nativeVendors: [] }] };
    expect(await lint(deployment, stricter)).toMatchObject({
      counts: '0/0/1',
      found: ['provider-ambiguous@Target'],
    });
  });

  it.each([false, true])('that fail alike where nobody asks work where somebody does', async (sometimes) => {
    const grant = { 'Fn::If': ['IsShared', { Ref: 'AWS::NoValue' }, 'TOKEN_EXCHANGE'] };
    const both = { providers: [provider, provider], gateways: [gateway], isFirstSometimes: sometimes };
    const { counts, found } = await lint({ ...both, oauth: { GrantType: grant } });
    expect(counts).toBe('1/0/0');
    expect(new Set(found)).toEqual(new Set(['token-exchange-config-unused@Target']));
  });

  it('are tried without an exchange, too', async () => {
    const asked = { gateways: [gateway], oauth: { GrantType: 'CLIENT_CREDENTIALS' } };
    const unused = await lint({ ...asked, providers: [provider, provider] });
    expect(unused).toMatchObject({ counts: '0/0/0', found: ['token-exchange-config-unused@Target'] });
    const one = await lint({ ...asked, providers: [withoutBlock, provider] });
    expect(one).toMatchObject({ counts: '0/0/0', found: ['provider-ambiguous@Target'] });
    const none = await lint({ ...asked, providers: [withoutBlock, withoutBlock] });
    expect(none).toMatchObject({ counts: '0/0/0', found: [] });
  });

  it("of a target that passes the caller's token on are tried, too", async () => {
    const target = {
      TargetConfiguration: HTTP,
      CredentialProviderConfigurations: [{ CredentialProviderType: 'JWT_PASSTHROUGH' }],
    };
    const all = await lint({ target, providers: [], gateways: [behindIam, behindIam] });
    expect(all.found).toEqual(['jwt-passthrough-unsupported@Target']);
    const one = await lint({ target, providers: [], gateways: [gateway, behindIam] });
    expect(one.found).toEqual(['provider-ambiguous@Target']);
  });
});

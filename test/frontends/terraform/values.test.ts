import { describe, expect, it } from 'vitest';
import { findings, lintTexts } from '../lint.js';
import {
  constant,
  customBlock,
  gateway,
  oauthBlock,
  type PlannedResource,
  plan,
  provider,
  refers,
  state,
  target,
} from './plan.js';

/*
 * What a plan says beside the values of blocks: regions, secrets, and expressions of attributes that hold others.
 */

const lint = (resources: readonly PlannedResource[]) => lintTexts({ 'tfplan.json': plan(resources) });

const without = { on_behalf_of_token_exchange_config: [] };

describe('a region', () => {
  const arn = (region: string) =>
    `arn:aws:bedrock-agentcore:${region}:111122223333:token-vault/default/oauth2credentialprovider/hr-api`;
  const targetOf = (region: string): PlannedResource => ({
    ...target({ oauth: [{ ...oauthBlock, provider_arn: arn(region) }] }),
    expressions: { gateway_identifier: refers('aws_bedrockagentcore_gateway.hr.gateway_id') },
  });
  const both = [
    provider({ region: 'eu-central-1' }),
    {
      ...provider(
        { region: 'us-east-1' },
        { custom_oauth2_provider_config: [{ ...customBlock, ...without }] },
      ),
      address: 'aws_bedrockagentcore_oauth2_credential_provider.us',
    },
    gateway(),
  ];

  it('of a provider tells it from another of the same name', async () => {
    expect(findings(await lint([...both, targetOf('eu-central-1')]))).toEqual([]);
    expect(findings(await lint([...both, targetOf('us-east-1')]))).toEqual([
      'token-exchange-without-config@aws_bedrockagentcore_gateway_target.hr',
    ]);
  });

  it('of the configured provider holds where the resource names none', async () => {
    const { region: _, ...rest } = provider().values;
    const document = plan([{ ...provider(), values: rest }, gateway(), targetOf('us-east-1')]);
    const configuration = document.configuration as { root_module: { resources: object[] } };
    const configured = {
      ...document,
      configuration: {
        provider_config: { aws: { name: 'aws', expressions: { region: constant('eu-central-1') } } },
        root_module: {
          ...configuration.root_module,
          resources: configuration.root_module.resources.map((one) => ({
            ...one,
            provider_config_key: 'aws',
          })),
        },
      },
    };
    const found = async (value: unknown) => findings(await lintTexts({ 'tfplan.json': value }));
    expect(await found(document)).toEqual([]);
    expect(await found(configured)).toEqual(['provider-unresolved@aws_bedrockagentcore_gateway_target.hr']);
  });
});

describe('a secret', () => {
  const config = [
    { secret_id: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:hr', json_key: null },
  ];
  const written = (
    expressions: Readonly<Record<string, unknown>>,
    changes: object = {},
  ): PlannedResource => ({
    ...provider({}, { custom_oauth2_provider_config: [{ ...customBlock, ...changes }] }),
    expressions: { oauth2_provider_config: [{ custom_oauth2_provider_config: [expressions] }] },
  });

  it.each<[string, PlannedResource, readonly string[]]>([
    ['may be write-only', written({ client_secret_wo: refers('var.secret') }), []],
    [
      'that a variable gives is there',
      written({ client_secret: refers('var.secret') }, { client_secret: 'known-in-clear' }),
      [],
    ],
    [
      'that a variable gives stands beside another',
      written(
        { client_secret: refers('var.secret') },
        {
          client_secret: 'known-in-clear',
          client_secret_source: 'EXTERNAL',
          client_secret_config: config,
        },
      ),
      ['provider-client-authentication'],
    ],
    [
      'that nobody gives is missing',
      written({ client_id: constant('a') }),
      ['provider-client-authentication'],
    ],
    [
      'that is written out is told',
      written({ client_secret: constant('known-in-clear') }, { client_secret: 'known-in-clear' }),
      ['plaintext-client-secret'],
    ],
  ])('%s', async (_, resource, rules) => {
    const report = await lint([resource]);
    expect(report.diagnostics.map(({ ruleId }) => ruleId)).toEqual(rules);
    expect(JSON.stringify(report)).not.toContain('known-in-clear');
  });

  const desired = (expression: unknown): PlannedResource => ({
    address: 'aws_cloudcontrolapi_resource.hr',
    values: {
      type_name: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
      desired_state: JSON.stringify({
        Name: 'hr',
        CredentialProviderVendor: 'CustomOauth2',
        Oauth2ProviderConfigInput: {
          CustomOauth2ProviderConfig: {
            ClientId: 'hr',
            ClientSecret: 'known-in-clear',
            OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
          },
        },
      }),
    },
    expressions: { desired_state: expression },
  });

  it('within a JSON text is told where the text refers to nothing', async () => {
    expect(findings(await lint([desired({})]))).toEqual([
      'plaintext-client-secret@aws_cloudcontrolapi_resource.hr',
    ]);
    // `file` and its like find their file by the folder of the module.
    expect(findings(await lint([desired(refers('path.module'))]))).toEqual([
      'plaintext-client-secret@aws_cloudcontrolapi_resource.hr',
    ]);
    expect(findings(await lint([desired(refers('var.secret'))]))).toEqual([]);
  });

  it('within a JSON text of a state may be one that a variable gave', async () => {
    expect(findings(await lintTexts({ 'state.json': state([desired({})]) }))).toEqual([]);
  });
});

const ISSUER = 'https://idp.example.com/.well-known/openid-configuration';

const awsccProvider = (exchange: unknown): PlannedResource => ({
  address: 'awscc_bedrockagentcore_o_auth_2_credential_provider.hr',
  values: {
    name: 'hr',
    credential_provider_vendor: 'CustomOauth2',
    oauth_2_provider_config_input: {
      custom_oauth_2_provider_config: {
        client_id: 'hr',
        client_secret: 'known-in-clear',
        on_behalf_of_token_exchange_config: exchange,
        oauth_discovery: { discovery_url: ISSUER },
      },
    },
  },
  unknown: { credential_provider_arn: true },
  expressions: { oauth_2_provider_config_input: refers('var.secret') },
});

const EXCHANGE = {
  grant_type: 'TOKEN_EXCHANGE',
  token_exchange_grant_type_config: { actor_token_content: 'NONE' },
};

const awsccGateway: PlannedResource = {
  address: 'awscc_bedrockagentcore_gateway.hr',
  values: {
    name: 'hr',
    authorizer_type: 'CUSTOM_JWT',
    authorizer_configuration: { custom_jwt_authorizer: { discovery_url: ISSUER, allowed_audience: ['hr'] } },
  },
  unknown: { gateway_arn: true, gateway_identifier: true, role_arn: true, protocol_type: true },
  expressions: { name: constant('hr'), role_arn: refers('awscc_iam_role.hr.arn') },
};

const harness: PlannedResource = {
  address: 'awscc_bedrockagentcore_harness.hr',
  values: {
    harness_name: 'hr',
    tools: [
      {
        type: 'agentcore_gateway',
        config: {
          agent_core_gateway: { outbound_auth: { oauth: { grant_type: 'TOKEN_EXCHANGE', scopes: ['hr'] } } },
        },
      },
    ],
  },
  // What an attribute holds is written as one expression.
  expressions: {
    tools: refers(
      'awscc_bedrockagentcore_o_auth_2_credential_provider.hr.credential_provider_arn',
      'awscc_bedrockagentcore_gateway.hr.gateway_arn',
    ),
  },
};

describe('an attribute that holds others', () => {
  it('refers to the one resource of the type that belongs there', async () => {
    const right = await lint([awsccProvider(EXCHANGE), awsccGateway, harness]);
    expect(findings(right)).toEqual([]);
    expect(right.summary.tokenExchange.verified).toBe(1);
    expect(findings(await lint([awsccProvider(null), awsccGateway, harness]))).toEqual([
      'token-exchange-without-config@awscc_bedrockagentcore_harness.hr',
    ]);
  });

  it('refers to nobody knows which of two', async () => {
    const other = {
      ...awsccProvider(EXCHANGE),
      address: 'awscc_bedrockagentcore_o_auth_2_credential_provider.other',
    };
    const expressions = {
      tools: refers(
        'awscc_bedrockagentcore_o_auth_2_credential_provider.hr.credential_provider_arn',
        'awscc_bedrockagentcore_o_auth_2_credential_provider.other.credential_provider_arn',
        'awscc_bedrockagentcore_gateway.hr.gateway_arn',
      ),
    };
    expect(
      findings(await lint([awsccProvider(null), other, awsccGateway, { ...harness, expressions }])),
    ).toEqual(['provider-unresolved@awscc_bedrockagentcore_harness.hr']);
  });

  it('may be written out as a whole', async () => {
    const literal = {
      ...awsccProvider(EXCHANGE),
      expressions: {
        oauth_2_provider_config_input: constant({
          custom_oauth_2_provider_config: { client_secret: 'known-in-clear' },
        }),
      },
    };
    const report = await lint([literal]);
    expect(findings(report)).toEqual([
      'plaintext-client-secret@awscc_bedrockagentcore_o_auth_2_credential_provider.hr',
    ]);
    expect(report.diagnostics[0]?.help).not.toContain('client_secret_wo');
  });

  it('has not what nobody wrote in it, although that can be computed', async () => {
    const settings = {
      client_id: 'hr',
      client_secret_source: 'EXTERNAL',
      client_secret_config: { secret_id: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:hr' },
      oauth_discovery: { discovery_url: ISSUER },
    };
    const input = (custom: object) => ({ custom_oauth_2_provider_config: custom });
    const providerOf = (written: object, expression: object): PlannedResource => ({
      ...awsccProvider(undefined),
      values: { ...awsccProvider(undefined).values, oauth_2_provider_config_input: input(written) },
      unknown: {
        credential_provider_arn: true,
        oauth_2_provider_config_input: input({ on_behalf_of_token_exchange_config: true }),
      },
      expressions: { oauth_2_provider_config_input: expression },
    });
    const outcome = async (written: object, expression: object = constant(input(written))) =>
      (await lint([providerOf(written, expression), awsccGateway, harness])).summary.tokenExchange;
    const failed = { verified: 0, failed: 1, unverified: 0 };
    expect(await outcome(settings)).toEqual(failed);
    // Variables of the root module have their values when Terraform plans, and other things may not.
    expect(await outcome(settings, refers('var.secret'))).toEqual(failed);
    const open = refers('var.secret', 'aws_secretsmanager_secret.hr.arn');
    expect(await outcome(settings, open)).toEqual({ verified: 0, failed: 0, unverified: 1 });
    const exchanging = { ...settings, on_behalf_of_token_exchange_config: EXCHANGE };
    expect(await outcome(exchanging)).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it('takes one of its members where the others can be computed', async () => {
    const provider_arn =
      'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/hr';
    const targetOfAwscc: PlannedResource = {
      address: 'awscc_bedrockagentcore_gateway_target.hr',
      values: {
        name: 'hr',
        target_configuration: { mcp: { mcp_server: { endpoint: 'https://hr.example.com/mcp' } } },
        credential_provider_configurations: [
          {
            credential_provider_type: 'OAUTH',
            credential_provider: {
              oauth_credential_provider: { provider_arn, scopes: ['hr'], grant_type: 'TOKEN_EXCHANGE' },
            },
          },
        ],
      },
      unknown: {
        credential_provider_configurations: [
          { credential_provider: { api_key_credential_provider: true, iam_credential_provider: true } },
        ],
      },
      expressions: { gateway_identifier: refers('awscc_bedrockagentcore_gateway.hr.gateway_identifier') },
    };
    expect(findings(await lint([awsccProvider(EXCHANGE), awsccGateway, targetOfAwscc]))).toEqual([]);
  });
});

describe('what nobody wrote for awscc', () => {
  it('is not given to CloudFormation, although it can be computed', async () => {
    const { authorizer_configuration: _, ...values } = awsccGateway.values;
    const unwritten = { ...awsccGateway, values, unknown: { authorizer_configuration: true } };
    expect(findings(await lint([unwritten]))).toEqual([
      'authorizer-configuration-mismatch@awscc_bedrockagentcore_gateway.hr',
    ]);
  });
});

describe('a role of awscc', () => {
  const document = (action: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
    });
  const role = (policies?: readonly unknown[]): PlannedResource => ({
    address: 'awscc_iam_role.hr',
    values: { role_name: 'hr', ...(policies && { policies }) },
    unknown: { arn: true, managed_policy_arns: true, permissions_boundary: true, policies: true },
    expressions: {
      role_name: constant('hr'),
      ...(policies && { policies: constant(policies) }),
    },
  });
  const kinds: Readonly<Record<string, (policy: string) => PlannedResource[]>> = {
    inline: (policy) => [role([{ policy_name: 'tools', policy_document: policy }])],
    'of its own': (policy) => [
      role(),
      {
        address: 'awscc_iam_role_policy.hr',
        values: { policy_name: 'tools', policy_document: policy },
        expressions: { role_name: refers('awscc_iam_role.hr.id') },
      },
    ],
    managed: (policy) => [
      role(),
      { address: 'awscc_iam_managed_policy.hr', values: { policy_document: policy, roles: ['hr'] } },
    ],
  };
  const resources = [awsccProvider(EXCHANGE), awsccGateway, harness];

  it.each(Object.keys(kinds))('has a policy %s', async (kind) => {
    const targetOf = (policy: string) => [...resources.slice(0, 2), behind, ...(kinds[kind]?.(policy) ?? [])];
    expect(findings(await lint(targetOf(document('*'))))).toEqual([]);
    expect(findings(await lint(targetOf(document('s3:*'))))).toEqual([
      'gateway-role-cannot-exchange@awscc_bedrockagentcore_gateway.hr',
    ]);
  });

  const behind: PlannedResource = {
    ...target(),
    expressions: {
      gateway_identifier: refers('awscc_bedrockagentcore_gateway.hr.gateway_identifier'),
      credential_provider_configuration: [
        {
          oauth: [
            {
              provider_arn: refers(
                'awscc_bedrockagentcore_o_auth_2_credential_provider.hr.credential_provider_arn',
              ),
            },
          ],
        },
      ],
    },
  };
});

import { describe, expect, it } from 'vitest';
import { own } from '../../../src/plain/map.js';
import { findings, lintTexts } from '../lint.js';
import {
  constant,
  customBlock,
  gateway,
  type PlannedResource,
  plan,
  provider,
  refers,
  state,
  target,
} from './plan.js';

/*
 * CloudFormation inside of Terraform: stacks, stack sets, Cloud Control; and the provider made from CloudFormation.
 */

const PROVIDER = 'aws_bedrockagentcore_oauth2_credential_provider.hr';

const lint = (resources: readonly PlannedResource[]) => lintTexts({ 'tfplan.json': plan(resources) });

const TEMPLATE = (exchange: boolean) => ({
  Parameters: { ProviderArn: { Type: 'String' }, Mode: { Type: 'String', Default: 'obo' } },
  Conditions: { Obo: { 'Fn::Equals': [{ Ref: 'Mode' }, 'obo'] } },
  Resources: {
    Gateway: {
      Type: 'AWS::BedrockAgentCore::Gateway',
      Properties: {
        Name: { 'Fn::Sub': '${AWS::StackName}-hr' },
        ProtocolType: 'MCP',
        RoleArn: 'arn:aws:iam::111122223333:role/gateway',
        AuthorizerType: 'CUSTOM_JWT',
        AuthorizerConfiguration: {
          CustomJWTAuthorizer: {
            DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration',
            AllowedAudience: ['tools'],
          },
        },
      },
    },
    Provider: {
      Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
      Properties: {
        Name: 'in-stack',
        CredentialProviderVendor: 'CustomOauth2',
        Oauth2ProviderConfigInput: {
          CustomOauth2ProviderConfig: {
            ClientId: 'tools',
            ClientSecret: '{{resolve:secretsmanager:hr}}',
            OauthDiscovery: { DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration' },
            ...(exchange && {
              OnBehalfOfTokenExchangeConfig: {
                GrantType: 'TOKEN_EXCHANGE',
                TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
              },
            }),
          },
        },
      },
    },
    Target: {
      Type: 'AWS::BedrockAgentCore::GatewayTarget',
      Condition: 'Obo',
      Properties: {
        Name: 'hr',
        GatewayIdentifier: { Ref: 'Gateway' },
        TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://hr.example.com/mcp' } } },
        CredentialProviderConfigurations: [
          {
            CredentialProviderType: 'OAUTH',
            CredentialProvider: {
              OauthCredentialProvider: {
                ProviderArn: { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] },
                Scopes: ['hr.read'],
                GrantType: { 'Fn::If': ['Obo', 'TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS'] },
              },
            },
          },
        ],
      },
    },
  },
  Outputs: { ProviderArn: { Value: { 'Fn::GetAtt': 'Provider.CredentialProviderArn' } } },
});

const stack = (template: unknown, changes: Readonly<Record<string, unknown>> = {}): PlannedResource => ({
  address: 'aws_cloudformation_stack.tools',
  values: {
    name: 'tools',
    template_body: typeof template === 'string' ? template : JSON.stringify(template),
    parameters: { ProviderArn: 'unused' },
    ...changes,
  },
  expressions: { name: constant('tools') },
});

describe('a stack of CloudFormation', () => {
  it('is checked as any template', async () => {
    const right = await lint([stack(TEMPLATE(true))]);
    expect(findings(right)).toEqual([]);
    expect(right.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
    const wrong = await lint([stack(TEMPLATE(false))]);
    expect(findings(wrong)).toEqual(['token-exchange-without-config@aws_cloudformation_stack.tools']);
  });

  it('speaks of it in the words of CloudFormation, and points at its text', async () => {
    const { diagnostics } = await lint([stack(TEMPLATE(false))]);
    expect(diagnostics[0]).toMatchObject({
      message: expect.stringMatching(
        /^Target of aws_cloudformation_stack\.tools asks .* has no OnBehalfOfTokenExchangeConfig/,
      ),
      resource: 'aws_cloudformation_stack.tools',
      path: [
        ...['planned_values', 'root_module', 'resources', 0, 'values', 'template_body'],
        ...['Resources', 'Target', 'Properties', 'CredentialProviderConfigurations', 0],
        ...['CredentialProvider', 'OauthCredentialProvider', 'GrantType', 'Fn::If', 1],
      ],
    });
  });

  it('is read where it is YAML', async () => {
    const report = await lint([
      stack(
        `Resources:
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: hr
      GatewayIdentifier: g-1
      TargetConfiguration: { Mcp: { SmithyModel: {} } }
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider: { ProviderArn: !GetAtt Nobody.CredentialProviderArn, Scopes: [] }
`,
      ),
    ]);
    expect(findings(report)).toContain('invalid-provider-reference@aws_cloudformation_stack.tools');
  });

  it('takes its parameters, and defaults for the rest', async () => {
    const report = await lint([stack(TEMPLATE(false), { parameters: { Mode: 'off', ProviderArn: 'x' } })]);
    expect(findings(report)).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 0 });
  });

  it('leads from its parameters to resources of Terraform', async () => {
    const template = TEMPLATE(true);
    const { Provider: _, ...resources } = template.Resources;
    const arn = resources.Target.Properties.CredentialProviderConfigurations[0]?.CredentialProvider
      .OauthCredentialProvider as Record<string, unknown>;
    arn.ProviderArn = { Ref: 'ProviderArn' };
    const wrong = provider(
      {},
      { custom_oauth2_provider_config: [{ ...customBlock, on_behalf_of_token_exchange_config: [] }] },
    );
    const report = await lint([
      wrong,
      {
        ...stack({ ...template, Resources: resources, Outputs: {} }, { parameters: {} }),
        expressions: { parameters: refers(`${PROVIDER}.credential_provider_arn`) },
      },
    ]);
    expect(findings(report)).toEqual(['token-exchange-without-config@aws_cloudformation_stack.tools']);
  });

  it('leads from its outputs to its resources', async () => {
    const asking = {
      ...target(),
      expressions: {
        gateway_identifier: refers('aws_bedrockagentcore_gateway.hr.gateway_id'),
        credential_provider_configuration: [
          { oauth: [{ provider_arn: refers('aws_cloudformation_stack.tools.outputs["ProviderArn"]') }] },
        ],
      },
    };
    const off = { parameters: { Mode: 'off', ProviderArn: 'x' } };
    const right = await lint([stack(TEMPLATE(true), off), gateway(), asking]);
    expect(right.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
    const wrong = await lint([stack(TEMPLATE(false), off), gateway(), asking]);
    expect(findings(wrong)).toEqual(['token-exchange-without-config@aws_bedrockagentcore_gateway_target.hr']);
  });

  it('keeps two stacks of the same template apart', async () => {
    const other = { ...stack(TEMPLATE(false)), address: 'aws_cloudformation_stack.other' };
    const report = await lint([stack(TEMPLATE(true)), other]);
    expect(findings(report)).toEqual(['token-exchange-without-config@aws_cloudformation_stack.other']);
  });

  it('is not in view where its template is known only after apply', async () => {
    const { values, ...rest } = stack({});
    const { template_body: _, ...known } = values;
    const { diagnostics, notInView } = await lint([gateway(), { ...rest, values: known }]);
    expect(diagnostics).toMatchObject([
      {
        ruleId: 'template-not-in-view',
        message:
          'aws_cloudformation_stack.tools deploys its template_body, which cannot be read here (template_body of aws_cloudformation_stack.tools is known only after apply), so nothing in it was checked.',
      },
    ]);
    expect(notInView).toMatchObject([{ reference: 'its template_body' }]);
  });

  it.each([
    ['{ "Resources": ', 'its text is neither JSON nor YAML'],
    [
      JSON.stringify({ ...TEMPLATE(true), Transform: 'MyMacro' }),
      'a macro or a loop changes it when it is deployed',
    ],
  ])('is not in view where its template cannot be read: %s', async (template_body, why) => {
    const { diagnostics } = await lint([gateway(), stack({}, { template_body })]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      `aws_cloudformation_stack.tools deploys its template_body, which cannot be read here (${why}), so nothing in it was checked.`,
    ]);
  });

  it('is read from a stack set, except for what its instances override', async () => {
    const set = { ...stack(TEMPLATE(false)), address: 'aws_cloudformation_stack_set.tools' };
    expect(findings(await lint([set]))).toEqual([
      'token-exchange-without-config@aws_cloudformation_stack_set.tools',
    ]);
    const instance: PlannedResource = {
      address: 'aws_cloudformation_stack_set_instance.eu',
      values: { stack_set_name: 'tools', parameter_overrides: { Mode: 'off' } },
    };
    const { diagnostics } = await lint([set, instance]);
    expect(diagnostics.every(({ scenario }) => scenario !== null)).toBe(true);
  });

  it('ends where stacks are given outputs of one another', async () => {
    const circle = (name: string, other: string): PlannedResource => ({
      ...stack(TEMPLATE(true), { parameters: {} }),
      address: `aws_cloudformation_stack.${name}`,
      expressions: { parameters: refers(`aws_cloudformation_stack.${other}.outputs["ProviderArn"]`) },
    });
    await expect(lint([circle('a', 'b'), circle('b', 'a')])).resolves.toBeDefined();
  });
});

describe('a resource of Cloud Control', () => {
  const properties = (template: ReturnType<typeof TEMPLATE>, name: 'Gateway' | 'Provider' | 'Target') =>
    template.Resources[name].Properties;

  const controlled = (name: string, type: string, desired: unknown, expressions = {}): PlannedResource => ({
    address: `aws_cloudcontrolapi_resource.${name}`,
    values: { type_name: type, ...(desired !== undefined && { desired_state: JSON.stringify(desired) }) },
    expressions,
  });

  const TYPE = 'AWS::BedrockAgentCore::';

  it('is checked by its desired state', async () => {
    const made = controlled('idp', `${TYPE}OAuth2CredentialProvider`, {
      ...properties(TEMPLATE(true), 'Provider'),
      CredentialProviderVendor: 'GithubOauth2',
    });
    expect(findings(await lint([made]))).toEqual([
      'provider-vendor-mismatch@aws_cloudcontrolapi_resource.idp',
    ]);
  });

  it('is unverified where its desired state refers to a provider that may not do', async () => {
    const wrong = provider(
      {},
      { custom_oauth2_provider_config: [{ ...customBlock, on_behalf_of_token_exchange_config: [] }] },
    );
    const made = controlled('tools', `${TYPE}GatewayTarget`, undefined, {
      desired_state: refers(
        'aws_bedrockagentcore_gateway.hr.gateway_id',
        `${PROVIDER}.credential_provider_arn`,
      ),
    });
    const report = await lint([wrong, gateway(), made]);
    expect(report.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
    expect(report.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('leads to providers by its own id', async () => {
    const idp = controlled('idp', `${TYPE}OAuth2CredentialProvider`, properties(TEMPLATE(false), 'Provider'));
    const asking = {
      ...target(),
      expressions: {
        gateway_identifier: refers('aws_bedrockagentcore_gateway.hr.gateway_id'),
        credential_provider_configuration: [
          { oauth: [{ provider_arn: refers('aws_cloudcontrolapi_resource.idp.id') }] },
        ],
      },
    };
    expect(findings(await lint([idp, gateway(), asking]))).toEqual([
      'token-exchange-without-config@aws_bedrockagentcore_gateway_target.hr',
    ]);
  });
});

describe('a resource of awscc', () => {
  const idp = (
    changes: Readonly<Record<string, unknown>> = {},
    vendor = 'CustomOauth2',
  ): PlannedResource => ({
    address: 'awscc_bedrockagentcore_o_auth_2_credential_provider.hr',
    values: {
      name: 'hr-api',
      credential_provider_vendor: vendor,
      oauth_2_provider_config_input: {
        custom_oauth_2_provider_config: {
          client_id: 'tools',
          oauth_discovery: { discovery_url: 'https://idp.example.com/.well-known/openid-configuration' },
          on_behalf_of_token_exchange_config: {
            grant_type: 'TOKEN_EXCHANGE',
            token_exchange_grant_type_config: { actor_token_content: 'NONE', actor_token_scopes: null },
          },
          ...changes,
        },
        github_oauth_2_provider_config: null,
        google_oauth_2_provider_config: null,
      },
    },
    expressions: { name: constant('hr-api') },
  });

  const asking: PlannedResource = {
    ...target(),
    expressions: {
      gateway_identifier: refers('aws_bedrockagentcore_gateway.hr.gateway_id'),
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

  it('is a provider for targets of the other provider', async () => {
    const right = await lint([idp(), gateway(), asking]);
    expect(findings(right)).toEqual([]);
    expect(right.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
    const wrong = await lint([idp({ on_behalf_of_token_exchange_config: null }), gateway(), asking]);
    expect(findings(wrong)).toEqual(['token-exchange-without-config@aws_bedrockagentcore_gateway_target.hr']);
  });

  it('is told of by the names of awscc', async () => {
    const { diagnostics } = await lint([idp({}, 'GithubOauth2')]);
    expect(diagnostics[0]?.message).toContain('github_oauth_2_provider_config');
    expect(diagnostics[0]?.message).toContain('custom_oauth_2_provider_config');
  });
});

describe('a state', () => {
  const ARN =
    'arn:aws:bedrock-agentcore:eu-central-1:111122223333:token-vault/default/oauth2credentialprovider/hr-api';

  const applied = (exchange: boolean): PlannedResource[] =>
    [
      provider(
        { credential_provider_arn: ARN },
        {
          custom_oauth2_provider_config: [
            { ...customBlock, ...(!exchange && { on_behalf_of_token_exchange_config: [] }) },
          ],
        },
      ),
      gateway({
        gateway_id: 'hr-abc123',
        gateway_arn: 'arn:aws:bedrock-agentcore:eu-central-1:111122223333:gateway/hr-abc123',
      }),
      {
        ...target({
          oauth: [
            {
              provider_arn: ARN,
              grant_type: 'TOKEN_EXCHANGE',
              scopes: [],
              custom_parameters: null,
              default_return_url: null,
            },
          ],
        }),
      },
    ].map((resource, index) =>
      index === 2
        ? { ...resource, values: { ...resource.values, gateway_identifier: 'hr-abc123' } }
        : resource,
    );

  it('is checked as a plan is', async () => {
    const right = await lintTexts({ 'state.json': state(applied(true)) });
    expect(findings(right)).toEqual([]);
    expect(right.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
    const wrong = await lintTexts({ 'state.json': state(applied(false)) });
    expect(findings(wrong)).toEqual(['token-exchange-without-config@aws_bedrockagentcore_gateway_target.hr']);
  });

  it('decides what a template leaves open', async () => {
    const template = TEMPLATE(true);
    const { Provider: _, ...resources } = template.Resources;
    const oauth = resources.Target.Properties.CredentialProviderConfigurations[0]?.CredentialProvider
      .OauthCredentialProvider as Record<string, unknown>;
    oauth.ProviderArn = ARN;
    const report = await lintTexts({
      'state.json': state(applied(false).slice(0, 1)),
      'template.json': { ...template, Resources: resources, Outputs: {} },
    });
    expect(findings(report)).toEqual(['token-exchange-without-config@Target']);
  });
});

describe('secrets of a plan', () => {
  const SECRET = 't0p-S3cret-Valu3';

  /** A plan whose vendor, which the report tells, is the secret, and what says that it is one. */
  const telling = (
    changes: (document: Record<string, unknown>) => void,
    client = {},
  ): Record<string, unknown> => {
    const document = plan([
      provider(
        { credential_provider_vendor: SECRET },
        { custom_oauth2_provider_config: [{ ...customBlock, ...client }] },
      ),
      gateway(),
      target(),
    ]);
    changes(document);
    return document;
  };

  it('would be told if nobody said that they are secret', async () => {
    const document = telling(() => undefined);
    expect(JSON.stringify(await lintTexts({ 'tfplan.json': document }))).toContain('S3cret');
  });

  const resourceOf = (document: unknown) =>
    ['planned_values', 'root_module', 'resources', 0].reduce(own, document) as Record<string, unknown>;
  const changeOf = (document: unknown) =>
    ['resource_changes', 0, 'change'].reduce(own, document) as Record<string, unknown>;

  it.each<[string, Record<string, unknown>]>([
    ['a client secret', telling(() => undefined, { client_secret: SECRET })],
    [
      'a value that is marked',
      telling((document) => {
        resourceOf(document).sensitive_values = { credential_provider_vendor: true };
      }),
    ],
    [
      'a value that was marked before',
      telling((document) => {
        const change = changeOf(document);
        change.before = { tags: { note: [SECRET] } };
        change.before_sensitive = { tags: { note: true } };
      }),
    ],
    [
      'a sensitive variable',
      telling((document) => {
        document.variables = { vendor: { value: SECRET } };
        const root = own(document.configuration, 'root_module') as Record<string, unknown>;
        root.variables = { vendor: { sensitive: true } };
      }),
    ],
    [
      'a sensitive output',
      telling((document) => {
        (document.planned_values as Record<string, unknown>).outputs = {
          vendor: { sensitive: true, value: SECRET },
        };
      }),
    ],
  ])('are told in no report: %s', async (_, document) => {
    expect(JSON.stringify(await lintTexts({ 'tfplan.json': document }))).not.toContain('S3cret');
  });
});

import fc from 'fast-check';
import { FUZZ_ROOT, type ParsedFile } from './corpus.js';
import { condition, conditionName, expression } from './expressions.js';

/*
 * Random templates that are deployed together: they nest each other and themselves, import each other's exports, read
 * each other's SSM parameters, and hold consumers and providers whose every property is a random expression.
 */

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const templateName = fc.constantFrom('a.template', 'b.template', 'c.template');
const or = <Value>(usual: Value): fc.Arbitrary<Value | unknown> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: expression });

const parameter = fc.record({
  Type: fc.constantFrom(
    'String',
    'String',
    'Number',
    'CommaDelimitedList',
    'AWS::SSM::Parameter::Value<String>',
    'List<String>',
  ),
  Default: maybe(
    fc.constantFrom<unknown>(
      'a',
      'b',
      'TOKEN_EXCHANGE',
      '/ssm/0',
      '/ssm/1',
      '{{resolve:ssm:/ssm/0}}',
      'a,b',
      './b.template',
      1,
      null,
    ),
  ),
  AllowedValues: maybe(fc.subarray(['a', 'b', 'TOKEN_EXCHANGE', '', './a.template'])),
  AllowedPattern: maybe(fc.constantFrom('^(a|b)$', '(a+)+$', '[', '', '^(?:TOKEN_EXCHANGE|a)$')),
  NoEcho: maybe(fc.constantFrom<unknown>(true, 'true', 'x')),
});

const nestedStack = fc.record({
  Type: fc.constant('AWS::CloudFormation::Stack'),
  Condition: maybe(conditionName),
  Properties: fc.record({
    TemplateURL: fc.oneof(
      { weight: 3, arbitrary: templateName.map((name) => `./${name}`) },
      {
        weight: 1,
        arbitrary: templateName.map((name) => ({ 'Fn::Sub': `https://\${AWS::Region}.example.com/${name}` })),
      },
      { weight: 1, arbitrary: expression },
    ),
    Parameters: fc.dictionary(fc.constantFrom('P0', 'P1', 'P2', 'P3'), expression, { maxKeys: 3 }),
  }),
});

const ssmParameter = fc.record({
  Type: fc.constant('AWS::SSM::Parameter'),
  Condition: maybe(conditionName),
  Properties: fc.record({
    Name: fc.oneof(fc.constantFrom('/ssm/0', '/ssm/1'), expression),
    Value: expression,
  }),
});

const onBehalfOf = fc.record({
  GrantType: or('TOKEN_EXCHANGE'),
  TokenExchangeGrantTypeConfig: maybe(fc.oneof(expression, fc.constant({ ActorTokenContent: 'NONE' }))),
});

const provider = fc.record({
  Type: fc.constant('AWS::BedrockAgentCore::OAuth2CredentialProvider'),
  Condition: maybe(conditionName),
  Properties: fc.record({
    Name: or('provider'),
    CredentialProviderVendor: or('CustomOauth2'),
    Oauth2ProviderConfigInput: fc.oneof(
      { weight: 1, arbitrary: expression },
      {
        weight: 3,
        arbitrary: fc.record({
          CustomOauth2ProviderConfig: fc.oneof(
            { weight: 1, arbitrary: expression },
            {
              weight: 3,
              arbitrary: fc.record({
                OauthDiscovery: or({
                  DiscoveryUrl: 'https://idp.example.com/.well-known/openid-configuration',
                }),
                ClientId: or('client'),
                ClientSecret: expression,
                OnBehalfOfTokenExchangeConfig: maybe(fc.oneof(expression, onBehalfOf)),
              }),
            },
          ),
        }),
      },
    ),
  }),
});

const oauth = fc.record({
  ProviderArn: fc.oneof(
    { weight: 2, arbitrary: fc.constant({ 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] }) },
    { weight: 3, arbitrary: expression },
  ),
  GrantType: or('TOKEN_EXCHANGE'),
  Scopes: maybe(expression),
  CustomParameters: maybe(expression),
});

const target = fc.record({
  Type: fc.constant('AWS::BedrockAgentCore::GatewayTarget'),
  Condition: maybe(conditionName),
  Properties: fc.record({
    GatewayIdentifier: or({ 'Fn::GetAtt': ['Gateway', 'GatewayIdentifier'] }),
    TargetConfiguration: or({ Mcp: { McpServer: { Endpoint: 'https://mcp.example.com' } } }),
    CredentialProviderConfigurations: fc.oneof(
      { weight: 1, arbitrary: expression },
      {
        weight: 3,
        arbitrary: fc.array(
          fc.record({
            CredentialProviderType: or('OAUTH'),
            CredentialProvider: fc.oneof(
              expression,
              oauth.map((block) => ({ OauthCredentialProvider: block })),
            ),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      },
    ),
  }),
});

const harness = fc.record({
  Type: fc.constant('AWS::BedrockAgentCore::Harness'),
  Properties: fc.record({
    Tools: fc.oneof(
      expression,
      fc
        .record({
          GatewayArn: expression,
          OutboundAuth: fc.oneof(
            expression,
            oauth.map((block) => ({ Oauth: block })),
          ),
        })
        .map((gateway) => [{ Config: { AgentCoreGateway: gateway } }]),
    ),
  }),
});

const gateway = fc.record({
  Type: fc.constant('AWS::BedrockAgentCore::Gateway'),
  Condition: maybe(conditionName),
  Properties: fc.record({
    Name: or('gateway'),
    AuthorizerType: or('CUSTOM_JWT'),
    RoleArn: or({ 'Fn::GetAtt': ['Role', 'Arn'] }),
  }),
});

const statement = fc.oneof(
  expression,
  fc.record({
    Effect: or('Allow'),
    Action: fc.oneof(
      expression,
      fc.constantFrom('*', 'bedrock-agentcore:*', 'secretsmanager:GetSecretValue'),
    ),
    Resource: or('*'),
  }),
);
const policyDocument = fc.oneof(
  expression,
  fc.array(statement, { maxLength: 3 }).map((list) => ({ Statement: list })),
);
const role = fc.record({
  Type: fc.constant('AWS::IAM::Role'),
  Condition: maybe(conditionName),
  Properties: fc.record({
    RoleName: maybe(expression),
    Policies: maybe(
      fc.oneof(
        expression,
        policyDocument.map((document) => [{ PolicyName: 'p', PolicyDocument: document }]),
      ),
    ),
    ManagedPolicyArns: maybe(expression),
  }),
});
const policy = fc.record({
  Type: fc.constantFrom('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'),
  Properties: fc.record({
    Roles: maybe(expression),
    RoleName: maybe(expression),
    PolicyDocument: policyDocument,
  }),
});

/** A loop over the name of a resource, whose collection, identifier and body may be anything. */
const loop = fc.tuple(
  fc.constantFrom<unknown>('X', 'P0', 1),
  fc.oneof(expression, fc.constantFrom(['a', 'b'], ['${X}', '${X}${X}'])),
  fc.oneof(
    expression,
    fc
      .tuple(fc.constantFrom('Target${X}', 'Same', '&{X}', 'Fn::ForEach::Inner'), target)
      .map(([name, body]) => ({ [name]: body })),
  ),
);

const template = fc.record({
  Transform: maybe(
    fc.constantFrom<unknown>(
      'AWS::LanguageExtensions',
      ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'],
      'Custom',
    ),
  ),
  Parameters: fc.dictionary(fc.constantFrom('P0', 'P1', 'P2', 'P3'), parameter, { maxKeys: 4 }),
  Conditions: fc.dictionary(fc.constantFrom('C0', 'C1', 'C2', 'C3'), condition, { maxKeys: 4 }),
  Mappings: fc.record({
    M0: fc.dictionary(
      fc.constantFrom('a', 'b', 'x', '__proto__'),
      fc.dictionary(fc.constantFrom('a', 'b', 'TOKEN_EXCHANGE'), expression, { maxKeys: 2 }),
      {
        maxKeys: 2,
      },
    ),
  }),
  Rules: maybe(
    fc.record({
      R0: fc.record({
        RuleCondition: maybe(condition),
        Assertions: fc.array(
          condition.map((so) => ({ Assert: so })),
          { maxLength: 2 },
        ),
      }),
    }),
  ),
  Resources: fc.record(
    {
      Provider: provider,
      Target: target,
      Gateway: gateway,
      Role: role,
      Policy: policy,
      Harness: harness,
      N0: nestedStack,
      N1: nestedStack,
      Ssm0: ssmParameter,
      Ssm1: ssmParameter,
      'Fn::ForEach::Loop': loop,
    },
    { requiredKeys: ['Target', 'Provider'] },
  ),
  Outputs: fc.dictionary(
    fc.constantFrom('O0', 'O1', 'O2'),
    fc.record({
      Value: expression,
      Export: maybe(fc.record({ Name: fc.oneof(fc.constantFrom('export-0', 'export-1'), expression) })),
    }),
    { maxKeys: 3 },
  ),
});

/** One to three templates that are linted together. */
export const graph: fc.Arbitrary<ParsedFile[]> = fc
  .array(template, { minLength: 1, maxLength: 3 })
  .map((templates) =>
    templates.map((value, index) => ({
      name: `${FUZZ_ROOT}/${'abc'[index]}.template`,
      // Entries that are left out are no entries with the value undefined.
      value: JSON.parse(JSON.stringify(value)) as unknown,
    })),
  );

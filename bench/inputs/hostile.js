/*
 * One input of each kind that has cost too much before, made anew. Each is a template or a side file under 1 MB, but for
 * the file that is larger than memory.
 */

const repeated = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const json = (value) => JSON.stringify(value);

/** A target in a template that a linter of token exchange has to look at. */
const target = (oauth = {}) => ({
  Type: 'AWS::BedrockAgentCore::GatewayTarget',
  Properties: {
    Name: 'orders',
    GatewayIdentifier: 'tools-abcdefghij',
    TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://orders.example.com/mcp' } } },
    CredentialProviderConfigurations: [
      {
        CredentialProviderType: 'OAUTH',
        CredentialProvider: {
          OauthCredentialProvider: {
            ProviderArn:
              'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/orders',
            Scopes: ['orders.read'],
            GrantType: 'TOKEN_EXCHANGE',
            ...oauth,
          },
        },
      },
    ],
  },
});
const template = (rest, resources = {}) =>
  json({ Transform: 'AWS::LanguageExtensions', ...rest, Resources: { Target: target(), ...resources } });
const small = { 'template.json': template({}) };
const config = (value) => ({ ...small, 'cfn-tx-lint.config.json': json(value) });

/** @type {Readonly<Record<string, { files: object, sizes?: object, args?: string[] }>>} */
export const HOSTILE_INPUTS = {
  'placeholders that nobody closes, 400 KB, in a secret': {
    files: {
      'template.json': template(
        {},
        {
          Provider: {
            Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
            Properties: {
              Name: 'orders',
              CredentialProviderVendor: 'CustomOauth2',
              Oauth2ProviderConfigInput: {
                CustomOauth2ProviderConfig: { ClientSecret: { 'Fn::Sub': '${'.repeat(200_000) } },
              },
            },
          },
        },
      ),
    },
  },
  'the same in the body of a loop': {
    files: {
      'template.json': template(
        {},
        {
          'Fn::ForEach::All': [
            'X',
            ['a', 'b'],
            { 'Target${X}': target({ GrantType: '${'.repeat(200_000) }) },
          ],
        },
      ),
    },
  },
  'a loop of 5,000 turns in one of 5,000, with nothing in it': {
    files: {
      'template.json': template(
        {},
        {
          'Fn::ForEach::Outer': [
            'X',
            repeated(5000, (index) => `x${index}`),
            { 'Fn::ForEach::Inner': ['Y', repeated(5000, (index) => `y${index}`), {}] },
          ],
        },
      ),
    },
  },
  'a glob of many stars in the configuration': {
    files: {
      ...config({ files: ['*a*a*a*a*a*a*a*a*a*a*b'] }),
      [`${'a'.repeat(200)}.json`]: small['template.json'],
    },
    args: [],
  },
  'braces that expand to a million globs': {
    files: config({ files: [`${'{a,b}'.repeat(20)}.json`] }),
    args: [],
  },
  'braces with a range of ten thousand millions': {
    files: config({ context: ['{1..100000}{1..100000}.json'] }),
    args: [],
  },
  '20,000 lines of an ignore file': {
    files: { ...small, '.gitignore': repeated(20_000, (index) => `**/a*b*${index}/**/*c`).join('\n') },
    args: [],
  },
  'a package.json of 1.5 GB': {
    files: { ...small, 'package.json': '{' },
    sizes: { 'package.json': 1_500_000_000 },
  },
  'a parameter with 50,000 allowed values that a condition asks for': {
    files: {
      'template.json': template({
        Parameters: { Mode: { Type: 'String', AllowedValues: repeated(50_000, (index) => `mode-${index}`) } },
        Conditions: Object.fromEntries(
          repeated(200, (index) => [`C${index}`, { 'Fn::Equals': [{ Ref: 'Mode' }, `mode-${index}`] }]),
        ),
      }),
    },
  },
  '300 targets, each of which 16 conditions choose': {
    files: {
      'template.json': template(
        {
          Parameters: Object.fromEntries(
            repeated(16, (index) => [`P${index}`, { Type: 'String', AllowedValues: ['yes', 'no'] }]),
          ),
          Conditions: Object.fromEntries(
            repeated(16, (index) => [`C${index}`, { 'Fn::Equals': [{ Ref: `P${index}` }, 'yes'] }]),
          ),
        },
        Object.fromEntries(
          repeated(300, (index) => [
            `Target${index}`,
            target({
              GrantType: {
                'Fn::Join': ['', repeated(16, (bit) => ({ 'Fn::If': [`C${bit}`, 'TOKEN_', 'EXCHANGE'] }))],
              },
            }),
          ]),
        ),
      ),
    },
  },
  '10,000 secrets in 900 KB': {
    files: {
      'template.json': template(
        {
          Parameters: Object.fromEntries(
            repeated(10_000, (index) => [
              `Secret${index}`,
              { Type: 'String', NoEcho: true, Default: `s3cr3t-${index}-${'x'.repeat(20)}` },
            ]),
          ),
        },
        {},
      ),
    },
  },
  'aliases of YAML that expand to a thousand millions': {
    files: {
      'template.yaml': [
        'Resources:',
        '  Target: { Type: AWS::BedrockAgentCore::GatewayTarget }',
        'Metadata:',
        '  a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
        ...repeated(
          9,
          (index) => `  a${index + 1}: &a${index + 1} [${repeated(10, () => `*a${index}`).join(', ')}]`,
        ),
        '',
      ].join('\n'),
    },
    args: ['template.yaml'],
  },
  '900 KB of YAML with a fault in each line': {
    files: { 'template.yaml': `Resources:\n${'  AWS::BedrockAgentCore: [}\n'.repeat(32_000)}` },
    args: ['template.yaml'],
  },
  '200,000 brackets in each other': {
    files: { 'template.json': `{"AWS::BedrockAgentCore::Gateway":${'['.repeat(200_000)}` },
  },
};

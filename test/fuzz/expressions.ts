import fc from 'fast-check';

/*
 * Random expressions of the template language over a small graph of names, so that they refer to each other, to
 * themselves and in cycles.
 */

const NO_VALUE = { Ref: 'AWS::NoValue' };

const number = fc.integer({ min: 0, max: 3 });
export const parameterName = number.map((index) => `P${index}`);
export const conditionName = number.map((index) => `C${index}`);
const outputName = number.map((index) => `O${index}`);
const nestedName = fc.integer({ min: 0, max: 1 }).map((index) => `N${index}`);
const resourceName = fc.constantFrom(
  'Provider',
  'Target',
  'Gateway',
  'Role',
  'Ssm0',
  'Ssm1',
  'Missing',
  '__proto__',
);

/** Texts that mean something somewhere in a template. */
const word = fc.constantFrom(
  ...[
    'TOKEN_EXCHANGE',
    'CLIENT_CREDENTIALS',
    'TOKEN_EXCHANG',
    'CustomOauth2',
    'MicrosoftOauth2',
    'CUSTOM_JWT',
    'AWS_IAM',
  ],
  ...[
    'a',
    'b',
    'M0',
    'x',
    '',
    '0',
    '1',
    'a,b',
    'provider',
    '/ssm/0',
    '/ssm/1',
    'export-0',
    'export-1',
    './b.template',
  ],
  ...[
    '{{resolve:ssm:/ssm/0}}',
    '{{resolve:ssm:/ssm/1:3}}',
    '{{resolve:secretsmanager:s}}',
    '{{resolve:ssm:}}',
  ],
  ...[
    'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/provider',
    'true',
    'false',
  ],
  ...[
    '${P0}',
    '${P1}-${P2}',
    '${Provider.CredentialProviderArn}',
    '${N0.Outputs.O0}',
    '${',
    '${!x}',
    '${ }',
    '##[error]x',
    '\n::error::x',
    '<b>&"',
    '\u001b[2J',
  ],
);

const pseudo = fc.constantFrom(
  'AWS::Region',
  'AWS::AccountId',
  'AWS::StackName',
  'AWS::Partition',
  'AWS::Unknown',
  'AWS::NoValue',
);

const sub = fc
  .array(
    fc.oneof(
      word,
      parameterName.map((name) => `\${${name}}`),
      fc.constant('/'),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

export const { expression } = fc.letrec<{ expression: unknown; list: unknown }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    word,
    fc.oneof(parameterName, resourceName, pseudo).map((name) => ({ Ref: name })),
    fc
      .tuple(resourceName, fc.constantFrom('CredentialProviderArn', 'Arn', 'Value', 'Nothing'))
      .map((pair) => ({ 'Fn::GetAtt': pair })),
    fc
      .tuple(nestedName, outputName)
      .map(([stack, output]) => ({ 'Fn::GetAtt': [stack, `Outputs.${output}`] })),
    fc
      .tuple(nestedName, outputName)
      .map(([stack, output]) => ({ 'Fn::GetAtt': `${stack}.Outputs.${output}` })),
    sub.map((text) => ({ 'Fn::Sub': text })),
    fc.constantFrom<unknown>(
      NO_VALUE,
      null,
      7,
      true,
      [],
      {},
      [[]],
      { 'Fn::Transform': { Name: 'x' } },
      { 'Fn::Never': 1 },
    ),
    fc
      .tuple(sub, parameterName, tie('expression'))
      .map(([text, name, value]) => ({ 'Fn::Sub': [text, { [name]: value }] })),
    fc.tuple(fc.constantFrom('', '-', ','), tie('list')).map((pair) => ({ 'Fn::Join': pair })),
    fc.tuple(conditionName, tie('expression'), tie('expression')).map((three) => ({ 'Fn::If': three })),
    fc.tuple(fc.oneof(fc.nat(3), tie('expression')), tie('list')).map((pair) => ({ 'Fn::Select': pair })),
    fc.tuple(fc.constantFrom(',', '/', ':'), tie('expression')).map((pair) => ({ 'Fn::Split': pair })),
    fc
      .tuple(fc.oneof(fc.constant('M0'), tie('expression')), tie('expression'), tie('expression'))
      .map((three) => ({ 'Fn::FindInMap': three })),
    fc
      .tuple(
        fc.constant('M0'),
        tie('expression'),
        tie('expression'),
        tie('expression').map((value) => ({ DefaultValue: value })),
      )
      .map((four) => ({ 'Fn::FindInMap': four })),
    tie('expression').map((name) => ({ 'Fn::ImportValue': name })),
    tie('expression').map((name) => ({ 'Fn::GetStackOutput': { StackName: name, OutputName: 'O0' } })),
    tie('list').map((list) => ({ 'Fn::Length': list })),
    tie('expression').map((value) => ({ 'Fn::ToJsonString': { value } })),
    tie('expression').map((value) => ({ 'Fn::Base64': value })),
    tie('expression').map((value) => ({ Ref: value })),
    tie('list'),
  ),
  list: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.array(tie('expression'), { maxLength: 3 }),
    parameterName.map((name) => ({ Ref: name })),
    fc
      .tuple(conditionName, fc.array(word, { maxLength: 2 }), fc.array(word, { maxLength: 2 }))
      .map((three) => ({ 'Fn::If': three })),
  ),
}));

/** Conditions, which may refer to any other and to themselves. */
export const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    conditionName.map((name) => ({ Condition: name })),
    fc.tuple(parameterName, word).map(([name, value]) => ({ 'Fn::Equals': [{ Ref: name }, value] })),
    fc.tuple(expression, expression).map((pair) => ({ 'Fn::Equals': pair })),
    fc.array(tie('condition'), { maxLength: 3 }).map((parts) => ({ 'Fn::And': parts })),
    fc.array(tie('condition'), { maxLength: 3 }).map((parts) => ({ 'Fn::Or': parts })),
    tie('condition').map((inner) => ({ 'Fn::Not': [inner] })),
    fc.tuple(expression, expression).map((pair) => ({ 'Fn::Contains': pair })),
    fc.tuple(expression, expression).map((pair) => ({ 'Fn::EachMemberIn': pair })),
    expression,
  ),
}));

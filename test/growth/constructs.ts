import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConsumerKind } from '../../src/agentcore/facts/consumer-kinds.js';
import type { DecidedFunction } from '../../src/evaluate/conditions.js';
import type { FollowedFunction } from '../../src/evaluate/functions.js';
import { RUNTIME_CODE_TYPE } from '../../src/frontends/front-end.js';
import { map, range, resources, target } from '../limits/templates.js';

/*
 * An input of any size for each construct. The tables are keyed by the code's own declarations: the compiler asks for a
 * generator of each new function, consumer or front end.
 */

/** The files of an input, by name: a text, or a value that is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** A construct of some language that the program reads, and an input with so many of it. */
export interface Construct {
  readonly name: string;
  /** Takes long while steps are counted, and is left to `npm run test:real`. */
  readonly isHeavy?: boolean;
  make(count: number): Files;
}

const parameter = (index: number) => ({ Ref: `P${index}` });

/** A use of each function whose value is followed; `index` tells one use from the next. */
const FUNCTIONS: Readonly<Record<FollowedFunction, (index: number) => unknown>> = {
  Ref: parameter,
  'Fn::GetAtt': () => ({ 'Fn::GetAtt': ['Provider', 'Name'] }),
  'Fn::If': (index) => ({ 'Fn::If': [`C${index}`, 'TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS'] }),
  'Fn::Sub': (index) => ({ 'Fn::Sub': `\${P${index}}-\${AWS::Region}` }),
  'Fn::Join': (index) => ({ 'Fn::Join': ['-', ['a', parameter(index)]] }),
  'Fn::Select': (index) => ({ 'Fn::Select': [0, [parameter(index), 'b']] }),
  'Fn::Split': (index) => ({ 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Sub': `x-\${P${index}}` }] }] }),
  'Fn::FindInMap': (index) => ({ 'Fn::FindInMap': ['Rows', `R${index}`, 'grant'] }),
  'Fn::ImportValue': (index) => ({ 'Fn::ImportValue': `export-${index}` }),
  'Fn::GetStackOutput': (index) => ({ 'Fn::GetStackOutput': { StackName: `s${index}`, OutputName: 'o' } }),
  'Fn::Length': (index) => ({ 'Fn::Length': ['a', parameter(index)] }),
  'Fn::ToJsonString': (index) => ({ 'Fn::ToJsonString': { a: parameter(index) } }),
};

/** A use of each function of conditions. */
const CONDITIONS: Readonly<Record<DecidedFunction, (index: number) => unknown>> = {
  'Fn::Equals': (index) => ({ 'Fn::Equals': [parameter(index), 'a'] }),
  'Fn::Not': (index) => ({ 'Fn::Not': [{ 'Fn::Equals': [parameter(index), 'a'] }] }),
  'Fn::And': (index) => ({
    'Fn::And': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Equals': [parameter(index), 'a'] }],
  }),
  'Fn::Or': (index) => ({
    'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Equals': [parameter(index), 'a'] }],
  }),
  'Fn::Contains': (index) => ({ 'Fn::Contains': [['x', 'y'], parameter(index)] }),
  'Fn::EachMemberIn': (index) => ({ 'Fn::EachMemberIn': [['a'], ['a', parameter(index)]] }),
  'Fn::EachMemberEquals': (index) => ({ 'Fn::EachMemberEquals': [['a'], parameter(index)] }),
};

const providerArn = { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] };

/** A consumer of each kind. */
const CONSUMERS: Readonly<Record<ConsumerKind, unknown>> = {
  'gateway-target': target(),
  harness: {
    Type: 'AWS::BedrockAgentCore::Harness',
    Properties: {
      Tools: [
        {
          Type: 'agentcore_gateway',
          Config: {
            AgentCoreGateway: {
              GatewayArn: { 'Fn::GetAtt': ['Gateway', 'GatewayArn'] },
              OutboundAuth: {
                Oauth: { ProviderArn: providerArn, Scopes: [], GrantType: 'CLIENT_CREDENTIALS' },
              },
            },
          },
        },
      ],
    },
  },
  'registry-record': {
    Type: 'AWS::AgentRegistry::RegistryRecord',
    Properties: {
      CredentialProviderConfigurations: [
        {
          CredentialProviderType: 'OAUTH',
          CredentialProvider: {
            OauthCredentialProvider: { ProviderArn: providerArn, GrantType: 'CLIENT_CREDENTIALS' },
          },
        },
      ],
    },
  },
  'runtime-code': { Type: RUNTIME_CODE_TYPE, Properties: { Oauth: { ProviderArn: providerArn } } },
};

/** Parameters, a mapping and conditions that the uses above refer to. */
function template(count: number, more: Readonly<Record<string, unknown>>, rest: object = {}): Files {
  return {
    'a.json': {
      Transform: 'AWS::LanguageExtensions',
      Parameters: map(count, (index) => [`P${index}`, { Type: 'String', Default: 'b' }] as const),
      Mappings: { Rows: map(count, (index) => [`R${index}`, { grant: 'TOKEN_EXCHANGE' }] as const) },
      Conditions: map(count, (index) => [`C${index}`, { 'Fn::Equals': [parameter(index), 'a'] }] as const),
      Resources: resources(more),
      ...rest,
    },
  };
}

/** So many targets that use a function once each, and one whose scopes use it as often. */
const used =
  (use: (index: number) => unknown) =>
  (count: number): Files =>
    template(count, {
      ...map(count, (index) => [`Target${index}`, target({ GrantType: use(index) })] as const),
      Long: target({ Scopes: range(count, use), GrantType: use(0) }),
    });

/** So many conditions, each with a target. */
const decided =
  (use: (index: number) => unknown) =>
  (count: number): Files =>
    template(
      count,
      map(count, (index) => [`Target${index}`, { ...target(), Condition: `D${index}` }] as const),
      { Conditions: map(count, (index) => [`D${index}`, use(index)] as const) },
    );

/** A rule with so many assertions, and one target. */
const asserted =
  (use: (index: number) => unknown) =>
  (count: number): Files =>
    template(
      count,
      {},
      { Rules: { All: { Assertions: range(count, (index) => ({ Assert: { 'Fn::Not': [use(index)] } })) } } },
    );

const bench = path.join(import.meta.dirname, '../../bench/inputs/other-inputs.js');
const {
  OTHER_INPUTS,
}: { OTHER_INPUTS: Readonly<Record<string, { file: string; text(bytes: number): string }>> } = await import(
  pathToFileURL(bench).href
);

/** What neither a function nor an input of its own stands for, and has grown too fast before. */
const TEXTS: readonly Construct[] = [
  {
    name: 'placeholders that nobody closes',
    make: (count) => template(1, { Target: target({ GrantType: { 'Fn::Sub': '${'.repeat(count * 10) } }) }),
  },
  {
    name: 'dynamic references in one text',
    make: (count) => template(1, { Target: target({ GrantType: '{{resolve:ssm:/a}}-'.repeat(count) }) }),
  },
  { name: 'lines of YAML', make: (count) => ({ 'a.yaml': yaml(count) }) },
  {
    name: 'comments that suppress',
    make: (count) => ({
      'a.yaml': `${range(count, () => '# cfn-tx-lint-disable invalid-grant-type\n').join('')}${yaml(1)}`,
    }),
  },
  {
    name: 'faults of YAML',
    make: (count) => ({ 'a.yaml': `${yaml(1)}${range(count, () => '  - : }\n').join('')}` }),
  },
  {
    name: 'secrets',
    make: (count) =>
      template(
        count,
        map(
          count,
          (index) =>
            [
              `S${index}`,
              {
                Type: 'A::B::C',
                Properties: { ClientSecret: `plumOrchard-${index}-01`, Again: `plumOrchard-${index}-01` },
              },
            ] as const,
        ),
      ),
  },
  {
    name: 'loops',
    make: (count) =>
      template(1, {
        'Fn::ForEach::L': ['X', range(count, (index) => `N${index}`), { 'Target${X}': target() }],
      }),
  },
  {
    name: 'nested stacks',
    make: (count) => ({
      ...template(
        1,
        map(
          count,
          (index) =>
            [
              `N${index}`,
              { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `n${index}.json` } },
            ] as const,
        ),
      ),
      ...map(count, (index) => [`n${index}.json`, { Resources: resources() }] as const),
    }),
  },
  {
    name: 'faults of one consumer',
    make: (count) => template(1, { Target: target(map(count, (index) => [`Unknown${index}`, 1] as const)) }),
  },
];

function yaml(count: number): string {
  const one = (index: number) =>
    `  Gateway${index}:\n    Type: AWS::BedrockAgentCore::Gateway\n    Properties: { Name: 'g-${index}', AuthorizerType: NONE }\n`;
  return `Resources:\n${range(count, one).join('')}`;
}

/** Every construct that the program knows of. */
export const CONSTRUCTS: readonly Construct[] = [
  ...Object.entries(FUNCTIONS).map(([name, use]) => ({ name, make: used(use) })),
  ...Object.entries(CONDITIONS).map(([name, use]) => ({ name, make: decided(use) })),
  ...Object.entries(CONDITIONS).map(([name, use]) => ({
    name: `${name} in rules`,
    isHeavy: true,
    make: asserted(use),
  })),
  ...Object.entries(CONSUMERS).map(([name, consumer]) => ({
    name: `consumers: ${name}`,
    make: (count: number) =>
      template(
        1,
        map(count, (index) => [`Consumer${index}`, consumer] as const),
      ),
  })),
  ...Object.entries(OTHER_INPUTS).map(([name, { file, text }]) => {
    // The smallest such input is of one gateway with its targets.
    const least = text(1).length;
    return {
      name: `input: ${name}`,
      isHeavy: true,
      make: (count: number) => ({ [file]: text(count * least) }),
    };
  }),
  ...TEXTS,
];

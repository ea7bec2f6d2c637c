import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../config/temporary.js';
import { OUTPUTS, type Output } from './outputs.js';

/*
 * The ways on which a secret gets from where it is declared to where a report would quote it: as the grant of a target
 * and of a provider, which are told in full. Each has a secret of its own. Nothing here is a real credential.
 */

interface Flow {
  /** The text of the parameter `Foo`, which is secret. */
  readonly declared: string;
  /** What the grants are. */
  readonly grant: string;
  /** The value of the parameter, where it is given with the call. */
  readonly given?: string;
  /** Further sections of the template. */
  readonly more?: string;
  /** What is to be seen nowhere. */
  readonly secret: string;
}

/** A parameter whose default is a secret of two parts, `<name>Plum` and `orchardOf<name>`. */
const declared = (name: string, noEcho = 'true'): string =>
  `{ Type: String, NoEcho: ${noEcho}, Default: ${whole(name)} }`;
const whole = (name: string): string => `${name}Plum/orchardOf${name}`;
const OPEN = '{ Type: String, NoEcho: true }';
const FIRST = '!Select [0, !Split ["/", !Ref Foo]]';

/** More places at which texts are taken apart than a run looks for one by one. */
const manySplits = Array.from(
  { length: 60 },
  (_, at) => `!Split ["${String.fromCharCode(0x400 + at)}", x]`,
).join(', ');

const FLOWS: Readonly<Record<string, Flow>> = {
  Ref: { declared: declared('Aa'), grant: '!Ref Foo', secret: whole('Aa') },
  Sub: { declared: declared('Bb'), grant: '!Sub "x${Foo}y"', secret: whole('Bb') },
  Join: { declared: declared('Cc'), grant: '!Join ["", ["a", !Ref Foo]]', secret: whole('Cc') },
  Select: { declared: declared('Dd'), grant: FIRST, secret: 'DdPlum' },
  SelectOfSub: {
    declared: declared('Ee'),
    grant: '!Select [1, !Split ["/", !Sub "${Foo}/z"]]',
    secret: 'orchardOfEe',
  },
  SplitTwice: { declared: declared('Ff'), grant: `!Select [0, !Split ["l", ${FIRST}]]`, secret: "'FfP'" },
  Base64: {
    declared: declared('Gg'),
    grant: '!Base64 { Ref: Foo }',
    secret: Buffer.from(whole('Gg')).toString('base64'),
  },
  ItemOfList: {
    declared: '{ Type: CommaDelimitedList, NoEcho: true, Default: "HhFirstPlum,HhSecondPlum" }',
    grant: '!Select [1, !Ref Foo]',
    secret: 'HhSecondPlum',
  },
  Branch: {
    declared: declared('Ii'),
    grant: '!If [C, !Ref Foo, TOKEN_EXCHANGE]',
    more: 'Conditions: { C: !Equals [!Ref AWS::Region, eu-west-1] }',
    secret: whole('Ii'),
  },
  Compared: {
    declared: OPEN,
    grant: '!If [C, JjComparedPlum, TOKEN_EXCHANGE]',
    more: 'Conditions: { C: !Equals [!Ref Foo, JjComparedPlum] }',
    secret: 'JjComparedPlum',
  },
  PartCompared: {
    declared: OPEN,
    grant: '!If [C, NO_SUCH_GRANT, TOKEN_EXCHANGE]',
    more: `Conditions: { C: !Equals [${FIRST}, KkPartPlum] }`,
    secret: 'KkPartPlum',
  },
  NameOfMapping: {
    declared: declared('Ll'),
    grant: '!FindInMap [Rows, !Ref Foo, key]',
    more: `Mappings: { Rows: { ${whole('Ll')}: { key: NO_SUCH_GRANT } } }`,
    secret: whole('Ll'),
  },
  Given: { declared: OPEN, grant: '!Ref Foo', given: 'MmGivenPlum', secret: 'MmGivenPlum' },
  PartGiven: { declared: OPEN, grant: FIRST, given: 'NnGivenPlum/rest', secret: 'NnGivenPlum' },
  Allowed: {
    declared: '{ Type: String, NoEcho: true, AllowedValues: [OoAllowedPlum, b] }',
    grant: '!Ref Foo',
    secret: 'OoAllowedPlum',
  },
  TrueInCapitals: { declared: declared('Pp', '"True"'), grant: '!Ref Foo', secret: whole('Pp') },
  Yes: { declared: declared('Qq', 'yes'), grant: '!Ref Foo', secret: whole('Qq') },
  Short: { declared: '{ Type: String, NoEcho: true, Default: q7 }', grant: '!Ref Foo', secret: 'q7' },
  WordOfTheRules: {
    declared: '{ Type: String, NoEcho: true, Default: gateway }',
    grant: '!Ref Foo',
    secret: "'gateway'",
  },
  ShortPart: {
    declared: '{ Type: String, NoEcho: true, Default: "z9/x8" }',
    grant: FIRST,
    secret: "'z9'",
  },
};

function template(name: string, { declared: parameter, grant, more = '' }: Flow): string {
  return `Transform: AWS::LanguageExtensions
Parameters:
  Foo: ${parameter}
${more}
Resources:
  Provider${name}:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: provider-${name}
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          OauthDiscovery: { DiscoveryUrl: https://idp.example.com/.well-known/openid-configuration }
          ClientId: client
          ClientSecret: '{{resolve:secretsmanager:client}}'
          OnBehalfOfTokenExchangeConfig: { GrantType: ${grant} }
  Target${name}:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      GatewayIdentifier: gateway-0123456789
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://mcp.example.com } } }
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              GrantType: ${grant}
              ProviderArn: !GetAtt Provider${name}.CredentialProviderArn
  Lost${name}:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      GatewayIdentifier: gateway-0123456789
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: https://mcp.example.com } } }
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider: { GrantType: TOKEN_EXCHANGE, ProviderArn: ${grant} }
`;
}

/** The text that a run over all of the flows leaves, and those of them whose secret stands in it. */
async function leak({ read }: Output, flows: Readonly<Record<string, Flow>>) {
  const all = Object.entries(flows);
  const cwd = temporaryDirectory(
    Object.fromEntries(all.map(([name, flow]) => [`${name}.yaml`, template(name, flow)])),
  );
  const given = all.flatMap(([name, flow]) =>
    flow.given === undefined ? [] : ['--parameters', `${name}.yaml:Foo=${flow.given}`],
  );
  const text = await read(cwd, [...all.map(([name]) => `${name}.yaml`), ...given]);
  return { text, told: all.flatMap(([name, { secret }]) => (text.includes(secret) ? [name] : [])) };
}

describe('no secret gets out on its way', () => {
  it.each(OUTPUTS)('into $name', async (output) => {
    const { text, told } = await leak(output, FLOWS);
    expect(text).not.toBe('');
    expect(told).toEqual([]);
    // A mask as long as its secret would tell the length.
    expect(text).not.toMatch(/\*{5,}/);
  });

  it.each(OUTPUTS)('where texts are taken apart everywhere, into $name', async (output) => {
    const flows = {
      Long: {
        declared: '{ Type: String, NoEcho: true, Default: "vk4/defghi" }',
        grant: FIRST,
        secret: 'vk4',
      },
      Short: {
        declared: '{ Type: String, NoEcho: true, Default: "w5/defghi" }',
        grant: FIRST,
        secret: "'w5'",
      },
    };
    const more = `Metadata: { Splits: [${manySplits}] }`;
    const { told } = await leak(output, { ...flows, Long: { ...flows.Long, more } });
    expect(told).toEqual([]);
  });
});

import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { MAX_LOOPED_MODULES } from '../../src/frontends/local-modules.js';
import { MAX_PART_DEPTH } from '../../src/frontends/packaging.js';
import { MAX_INSTANCES } from '../../src/graph/nested-stacks.js';
import type { Report } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';
import { tree } from '../discover/tree.js';

const PROVIDER = `Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
Properties:
  Name: idp
  CredentialProviderVendor: CustomOauth2
  Oauth2ProviderConfigInput:
    CustomOauth2ProviderConfig:
      ClientId: c
      ClientSecret: '{{resolve:secretsmanager:x}}'
      OauthDiscovery: { DiscoveryUrl: 'https://id.example.com/.well-known/openid-configuration' }
`;
const SET_UP = '{ GrantType: TOKEN_EXCHANGE, TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE } }';

const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));
const provider = (block = '') => `  Idp:\n${indented(PROVIDER, 4)}${block && `          ${block}\n`}`;
const target = (arn = '!GetAtt Idp.CredentialProviderArn', grant = 'TOKEN_EXCHANGE') => `  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties:
      Name: tools
      RoleArn: arn:aws:iam::111122223333:role/tools
      AuthorizerType: CUSTOM_JWT
      AuthorizerConfiguration:
        CustomJWTAuthorizer:
          DiscoveryUrl: https://id.example.com/.well-known/openid-configuration
          AllowedAudience: [tools]
  Crm:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: crm
      GatewayIdentifier: !Ref Gateway
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://crm.example.com/mcp' } } }
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider: { ProviderArn: ${arn}, Scopes: [a], GrantType: ${grant} }
`;
const template = (...resources: string[]) => `Resources:\n${resources.join('')}`;

async function lintIn(cwd: string, ...files: string[]): Promise<Report> {
  const { report, internalErrors } = await run({ cwd, files }, { rules: builtInRules, url: ruleUrl });
  expect(internalErrors).toEqual([]);
  return report;
}

/** Lints `a.yaml` of a project. */
const lint = (files: Readonly<Record<string, string>>) => lintIn(tree({ '.git/': '', ...files }), 'a.yaml');

const outcomeOf = ({ summary: { tokenExchange } }: Report) =>
  Object.entries(tokenExchange).flatMap(([outcome, count]) => (count > 0 ? [outcome] : []));
const placesOf = ({ diagnostics }: Report, rule: string) =>
  diagnostics.filter(({ ruleId }) => ruleId === rule).map(({ file, range }) => [file, range.start.line]);

const include = (location: string) => `{ Name: AWS::Include, Parameters: { Location: ${location} } }`;
const OBO = `OnBehalfOfTokenExchangeConfig: ${SET_UP}\n`;

describe('a part that a tool puts into a template', () => {
  it.each<[string, string, Record<string, string>]>([
    [
      'AWS::Include among resources',
      template(`  Fn::Transform: ${include('./parts/idp.yaml')}\n`, target()),
      { 'parts/idp.yaml': `Idp:\n${indented(PROVIDER, 2)}        ${OBO}` },
    ],
    [
      'AWS::Include at the top, as a macro',
      `Transform: ${include('idp.yaml')}\n${template(target())}`,
      { 'idp.yaml': template(provider(OBO)) },
    ],
    [
      'AWS::Include at the top, among other macros',
      `Transform: [AWS::LanguageExtensions, ${include('idp.yaml')}]\n${template(target())}`,
      { 'idp.yaml': template(provider(OBO)) },
    ],
    [
      'AWS::Include at the top, as a section',
      `Fn::Transform: ${include('idp.json')}\n${template(target())}`,
      { 'idp.json': '{ "Parameters": { "Unused": { "Type": "String" } } }', 'b.yaml': '' },
    ],
    [
      'AWS::Include among properties',
      template(provider(`Fn::Transform: ${include('obo.yaml')}`), target()),
      { 'obo.yaml': OBO },
    ],
    [
      'AWS::Include as a value',
      template(provider(`OnBehalfOfTokenExchangeConfig: !Transform ${include('obo.yaml')}`), target()),
      { 'obo.yaml': SET_UP },
    ],
    [
      '!Rain::Include as a value',
      template(provider('OnBehalfOfTokenExchangeConfig: !Rain::Include parts/obo.yaml'), target()),
      { 'parts/obo.yaml': SET_UP },
    ],
    [
      '!Rain::Include as a resource, which includes another from its own folder',
      template('  Idp: !Rain::Include parts/idp.yaml\n', target()),
      {
        'parts/idp.yaml': `${PROVIDER}      OnBehalfOfTokenExchangeConfig: !Rain::Include more/obo.json\n`,
        'parts/more/obo.json':
          '{ "GrantType": "TOKEN_EXCHANGE", "TokenExchangeGrantTypeConfig": { "ActorTokenContent": "NONE" } }',
      },
    ],
    [
      'Rain::Include as a map',
      template(provider('OnBehalfOfTokenExchangeConfig: { "Rain::Include": obo.yaml }'), target()),
      { 'obo.yaml': SET_UP },
    ],
    [
      '!Rain::Embed',
      template(provider(OBO), target(undefined, '!Rain::Embed grant.txt')),
      { 'grant.txt': 'TOKEN_EXCHANGE\n' },
    ],
    [
      '!Rain::Module',
      template(
        '  Part: { Type: !Rain::Module ./part.yaml, Properties: { Unused: x } }\n',
        target('!GetAtt PartIdp.CredentialProviderArn'),
      ),
      { 'part.yaml': template(provider(OBO)) },
    ],
    [
      'a resource of the type LocalModule',
      template(
        '  Part: { Type: LocalModule, Source: ./part.yaml }\n',
        target('!GetAtt PartIdp.CredentialProviderArn'),
      ),
      { 'part.yaml': template(provider(OBO)) },
    ],
    [
      'a module in a package',
      `Packages: { parts: { Source: ./folder } }\nModules: { Part: { Source: $parts/part.yaml } }\n${template(target('!Ref PartIdp'))}`,
      { 'folder/part.yaml': template(provider(OBO)) },
    ],
    [
      'a constant',
      `Constants: { Grant: TOKEN_EXCHANGE, Again: '\${Const::Grant}' }\n${template(
        provider(OBO),
        target(undefined, '!Ref Const::Again'),
      )}`,
      {},
    ],
  ])('is read where it is put: %s', async (_, text, parts) => {
    const report = await lint({ 'a.yaml': text, ...parts });
    const isEmpty = Object.values(parts).some((part) => part.includes('Unused'));
    expect(outcomeOf(report)).toEqual([isEmpty ? 'failed' : 'verified']);
    expect(report.notInView).toEqual([]);
    // The same without the exchange fails, so that nothing passes for verified that was not read.
    const without = Object.entries({ 'a.yaml': text, ...parts }).map(([name, content]) => [
      name,
      content
        .replaceAll('"TOKEN_EXCHANGE"', '"OTHER"')
        .replace('GrantType: TOKEN_EXCHANGE, T', 'GrantType: OTHER, T'),
    ]);
    expect(outcomeOf(await lint(Object.fromEntries(without)))).toEqual(['failed']);
  });

  it('has its findings in its own file, once for all that take it in', async () => {
    const cwd = tree({
      '.git/': '',
      'a.yaml': template(provider('OnBehalfOfTokenExchangeConfig: !Rain::Include obo.yaml'), target()),
      'b.yaml': template(provider('OnBehalfOfTokenExchangeConfig: !Rain::Include obo.yaml'), target()),
      'obo.yaml': 'GrantType: TOKEN_EXCHANGE\nTokenExchangeGrantTypeConfig:\n  ActorTokenContent: Nobody\n',
    });
    const report = await lintIn(cwd, 'a.yaml', 'b.yaml');
    expect(placesOf(report, 'malformed-token-exchange-grant-type-config')).toEqual([['obo.yaml', 3]]);
    expect(report.diagnostics[0]?.path).toEqual(['TokenExchangeGrantTypeConfig', 'ActorTokenContent']);
    expect(report.summary.tokenExchange.failed).toBe(2);
  });

  it('is told by its tag where it is a text, and offers no fix', async () => {
    const text = template(provider(OBO), target(undefined, '!Rain::Embed grant.txt'));
    const report = await lint({ 'a.yaml': text, 'grant.txt': 'token_exchange' });
    const line = text.split('\n').findIndex((one) => one.includes('Rain::Embed')) + 1;
    expect(placesOf(report, 'invalid-grant-type')).toEqual([['a.yaml', line]]);
    expect(report.diagnostics[0]?.fix).toBeNull();
  });
});

describe('a part that cannot be read', () => {
  const text = (location: string) =>
    template(provider(`OnBehalfOfTokenExchangeConfig: !Rain::Include ${location}`), target());
  const macro = (location: string) => template(`  Fn::Transform: ${include(location)}\n`, target());

  it.each([
    ['it is not there', text('nowhere.yaml')],
    ['it is not there, of AWS::Include', macro('nowhere.yaml')],
    ['it lies in S3', macro('s3://bucket/part.yaml')],
    ['it has a null character', macro('"a\\0b"')],
    ['it lies outside of the project', text('../outside.yaml')],
    ['a link leads out of the project', text('link.yaml')],
    ['it is no YAML', text('broken.yaml')],
    ['it is a folder', text('.git')],
    ['it takes itself in', text('circle.yaml')],
  ])('is told, and unknown at its place: %s', async (_, a) => {
    const outer = tree({
      'outside.yaml': SET_UP,
      'project/.git/HEAD': '',
      'project/a.yaml': a,
      'project/broken.yaml': 'a: [',
      'project/circle.yaml': '{ GrantType: !Rain::Include circle.yaml }',
    });
    const cwd = path.join(outer, 'project');
    symlinkSync(path.join(outer, 'outside.yaml'), path.join(cwd, 'link.yaml'));
    const report = await lintIn(cwd, 'a.yaml');
    expect(outcomeOf(report)).toEqual(['unverified']);
    expect(report.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(report.notInView).toHaveLength(1);
  });

  it('lies too deep, or comes too often', async () => {
    const chain = Array.from({ length: MAX_PART_DEPTH + 2 }, (_, index) => [
      `part${index}.yaml`,
      `!Rain::Include part${index + 1}.yaml`,
    ]);
    expect(outcomeOf(await lint({ 'a.yaml': text('part0.yaml'), ...Object.fromEntries(chain) }))).toEqual([
      'unverified',
    ]);
    const [one, two] = ['b', 'c'].map((name) => `[${`!Rain::Include ${name}.yaml, `.repeat(60)}x]`);
    const report = await lint({
      'a.yaml': text('list.yaml'),
      'list.yaml': `{ GrantType: ${one} }`,
      'b.yaml': `${two}`,
      'c.yaml': 'x',
    });
    expect(report.files.every(({ status }) => status === 'checked')).toBe(true);
  });
});

describe('a local module', () => {
  const modules = (module: string, arn: string) => `Modules:\n  Part: ${module}\n${template(target(arn))}`;
  const files = { 'part.yaml': `${template(provider())}Outputs: { Arn: { Value: !Ref Idp } }\n` };

  it('is overridden in parts, and a fault of these is told where they are written', async () => {
    const overriding = (block: string) =>
      modules(
        `{ Source: part.yaml, Overrides: { Idp: { Properties: { Oauth2ProviderConfigInput: { CustomOauth2ProviderConfig: { OnBehalfOfTokenExchangeConfig: ${block} } } } } } }`,
        '!GetAtt Part.Arn',
      );
    expect(outcomeOf(await lint({ ...files, 'a.yaml': overriding(SET_UP) }))).toEqual(['verified']);
    expect(outcomeOf(await lint({ ...files, 'a.yaml': overriding('!Ref AWS::NoValue') }))).toEqual([
      'failed',
    ]);
    expect(outcomeOf(await lint({ ...files, 'a.yaml': overriding('!If [A, b, c]') }))).toEqual([
      'unverified',
    ]);
    const report = await lint({ ...files, 'a.yaml': overriding('{ GrantType: token_exchange }') });
    expect(placesOf(report, 'malformed-on-behalf-of-config')).toEqual([['a.yaml', 2]]);
    expect(report.diagnostics.map(({ fix }) => fix)).toEqual(report.diagnostics.map(() => null));
  });

  it.each([
    ['ForEach: "crm, hr"', '!GetAtt Part1.Arn'],
    ['ForEach: [crm, hr]', '!GetAtt "Part[1].Arn"'],
    ['ForEach: !Ref Names', '!GetAtt "Part[hr].Arn"'],
    ['Map: !Ref Names', '!Ref Part1Idp'],
  ])('is made several times: %s', async (loop, arn) => {
    const text = modules(`{ Source: part.yaml, ${loop}, Properties: { Name: !Sub '$Identifier-idp' } }`, arn);
    const parameters = 'Parameters: { Names: { Type: CommaDelimitedList, Default: "crm,hr" } }\n';
    const report = await lint({ ...files, 'a.yaml': parameters + text });
    expect(outcomeOf(report)).toEqual(['failed']);
    expect(report.notInView).toEqual([]);
  });

  it.each([
    ['as often as a template is looked at', MAX_INSTANCES, 'verified'],
    ['more often', 2 * MAX_INSTANCES, 'unverified'],
    ['more often than loops are unrolled', MAX_LOOPED_MODULES + 1, 'unverified'],
  ])('is made to the limits: %s', async (_, count, outcome) => {
    const items = Array.from({ length: count }, (_, index) => `m${index}`).join(',');
    const report = await lint({
      'part.yaml': `${template(provider(`OnBehalfOfTokenExchangeConfig: ${SET_UP}`))}Outputs: { Arn: { Value: !Ref Idp } }\n`,
      'a.yaml': modules(`{ Source: part.yaml, ForEach: "${items}" }`, '!GetAtt "Part[7].Arn"'),
    });
    expect(outcomeOf(report)).toEqual([outcome]);
  });

  it('is not in view where nobody knows how often it is made', async () => {
    const report = await lint({
      ...files,
      'a.yaml': modules('{ Source: part.yaml, ForEach: !Ref Names }', '!GetAtt "Part[0].Arn"'),
    });
    expect(outcomeOf(report)).toEqual(['unverified']);
    expect(report.notInView).toMatchObject([{ resource: 'Part', reference: 'part.yaml' }]);
  });
});

import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { LintOptions } from '../../src/index.js';
import type { Report } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';
import { tree } from '../discover/tree.js';

const provider = (exchange: boolean, grant = 'TOKEN_EXCHANGE') => ({
  Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
  Properties: {
    Name: 'idp',
    CredentialProviderVendor: 'CustomOauth2',
    Oauth2ProviderConfigInput: {
      CustomOauth2ProviderConfig: {
        ClientId: 'c',
        ClientSecret: '{{resolve:secretsmanager:x}}',
        OauthDiscovery: { DiscoveryUrl: 'https://id.example.com/.well-known/openid-configuration' },
        ...(exchange && {
          OnBehalfOfTokenExchangeConfig: {
            GrantType: grant,
            TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
          },
        }),
      },
    },
  },
});

const target = (providerArn: unknown, grant: unknown = 'TOKEN_EXCHANGE') => ({
  Type: 'AWS::BedrockAgentCore::GatewayTarget',
  Properties: {
    Name: 'crm',
    GatewayIdentifier: 'tools-abcdefghij',
    TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://crm.example.com/mcp' } } },
    CredentialProviderConfigurations: [
      {
        CredentialProviderType: 'OAUTH',
        CredentialProvider: {
          OauthCredentialProvider: { ProviderArn: providerArn, Scopes: ['a'], GrantType: grant },
        },
      },
    ],
  },
});

const ARN = { 'Fn::GetAtt': ['Idp', 'CredentialProviderArn'] };
const pair = (exchange: boolean, grant?: unknown) => ({
  Resources: { Idp: provider(exchange), Crm: target(ARN, grant) },
});
const stack = (TemplateURL: unknown, Parameters?: object) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL, ...(Parameters && { Parameters }) },
});

async function lint(files: Record<string, string | object>, options: LintOptions): Promise<Report> {
  const { report, internalErrors } = await run(
    { cwd: tree(files), ...options },
    { rules: builtInRules, url: ruleUrl },
  );
  expect(internalErrors).toEqual([]);
  return report;
}

const faults = ({ diagnostics }: Report) =>
  diagnostics
    .filter(({ severity }) => severity !== 'info')
    .map(({ ruleId, file, resource }) => [ruleId, file, resource]);
const checked = ({ files }: Report) =>
  files.filter(({ status }) => status === 'checked').map(({ path }) => path);
const FAULT = 'token-exchange-without-config';

describe('what a template deploys', () => {
  it('is read through several stacks, and told where it stands', async () => {
    const report = await lint(
      {
        'parent.json': { Resources: { Middle: stack('nested/middle.json') } },
        'nested/middle.json': { Resources: { Leaf: stack('./leaf.json') } },
        'nested/leaf.json': pair(false),
        'other.json': pair(false),
      },
      { files: ['parent.json'] },
    );
    expect(faults(report)).toEqual([[FAULT, 'nested/leaf.json', 'Crm']]);
    expect(checked(report)).toEqual(['nested/leaf.json', 'nested/middle.json', 'parent.json']);
    expect(report.notInView).toEqual([]);
  });

  it('ends where templates deploy each other', async () => {
    const report = await lint(
      {
        'a.json': { Resources: { B: stack('b.json') } },
        'b.json': { Resources: { ...pair(false).Resources, A: stack('a.json') } },
      },
      { files: ['a.json'] },
    );
    expect(faults(report)).toEqual([[FAULT, 'b.json', 'Crm']]);
  });

  it('is not reported on where the user hands it over as context', async () => {
    const files = { 'parent.json': { Resources: { A: stack('leaf.json') } }, 'leaf.json': pair(false) };
    expect(faults(await lint(files, { files: ['parent.json'] }))).toHaveLength(1);
    expect(faults(await lint(files, { files: ['parent.json'], context: ['leaf.json'] }))).toEqual([]);
  });

  it('lies beside a packaged template, named like the end of its URL', async () => {
    const report = await lint(
      {
        'packaged.json': {
          Resources: {
            A: stack('https://s3.us-east-1.amazonaws.com/bucket/prefix/0123abcd.template?versionId=7'),
          },
        },
        '0123abcd.template': JSON.stringify(pair(false)),
      },
      { files: ['packaged.json'] },
    );
    expect(faults(report)).toEqual([[FAULT, '0123abcd.template', 'Crm']]);
  });

  it('is told with the deployments that have the fault, where others have not', async () => {
    const child = {
      Parameters: { Grant: { Type: 'String' } },
      Conditions: { Exchanges: { 'Fn::Equals': [{ Ref: 'Grant' }, 'TOKEN_EXCHANGE'] } },
      Resources: {
        Idp: provider(false),
        Crm: target(ARN, { 'Fn::If': ['Exchanges', 'TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS'] }),
      },
    };
    const places = async (one: string, other: string) => {
      const Resources = { One: stack('a.json', { Grant: one }), Other: stack('a.json', { Grant: other }) };
      const report = await lint(
        { 'parent.json': { Resources }, 'a.json': child },
        { files: ['parent.json'] },
      );
      expect(faults(report)).toEqual([[FAULT, 'a.json', 'Crm']]);
      const [finding] = report.diagnostics.filter(({ ruleId }) => ruleId === FAULT);
      return finding?.related.filter(({ file }) => file === 'parent.json').map(({ resource }) => resource);
    };
    expect(await places('CLIENT_CREDENTIALS', 'TOKEN_EXCHANGE')).toEqual(['Other']);
    expect(await places('TOKEN_EXCHANGE', 'TOKEN_EXCHANGE')).toEqual([]);
  });

  it('never lies outside of the project', async () => {
    const cwd = tree({
      'outside.json': pair(false),
      'project/.git/': '',
      'project/a.json': { Resources: { A: stack('../outside.json') } },
    });
    const { report } = await run(
      { cwd: `${cwd}/project`, files: ['a.json'] },
      { rules: builtInRules, url: ruleUrl },
    );
    expect(faults(report)).toEqual([]);
    expect(report.notInView).toMatchObject([{ file: 'a.json', resource: 'A', reference: '../outside.json' }]);
    expect(report.summary.notInView).toBe(1);
  });

  it('is told as far as its name is known', async () => {
    const given = { 'Fn::GetAtt': ['Maker', 'Url'] };
    const inPart = { 'Fn::Sub': 'https://bucket/${Maker.Url}/a.json?version=1' };
    const Maker = { Type: 'Custom::Maker', Properties: { ServiceToken: 'arn' } };
    const report = await lint(
      { 'a.json': { Resources: { Maker, A: stack(given), B: stack(inPart), C: stack({ Ref: 'Url' }) } } },
      { files: ['a.json'] },
    );
    expect(report.notInView.map(({ reference, reason }) => [reference, reason])).toEqual([
      [
        'what its TemplateURL names',
        'the custom resource Maker (Custom::Maker) gives it only when it is deployed',
      ],
      ['https://bucket/${?}/a.json', 'it is no file of this project'],
      ['${Url}', 'it is no file of this project'],
    ]);
  });

  it('is told at the resource that takes it in, or at the transform of the template', async () => {
    const include = (Location: string) => ({
      'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location } },
    });
    const report = await lint(
      {
        'a.json': {
          Resources: {
            ...pair(true).Resources,
            ...include('s3://b/resources.yaml'),
            Own: {
              Type: 'AWS::BedrockAgentCore::Gateway',
              Properties: { Name: 'own', ...include('s3://b/own.yaml') },
            },
          },
          Outputs: include('s3://b/outputs.yaml'),
        },
      },
      { files: ['a.json'] },
    );
    expect(report.notInView.map(({ resource, reference }) => [reference, resource]).sort()).toEqual([
      ['s3://b/outputs.yaml', 'Transform'],
      ['s3://b/own.yaml', 'Own'],
      ['s3://b/resources.yaml', 'Transform'],
    ]);
  });

  it('is told without what signs a URL', async () => {
    const url = 'https://bucket.s3.amazonaws.com/a.json?X-Amz-Signature=0123456789abcdef';
    const report = await lint({ 'a.json': { Resources: { A: stack(url) } } }, { files: ['a.json'] });
    expect(report.notInView).toMatchObject([{ reference: 'https://bucket.s3.amazonaws.com/a.json' }]);
    expect(JSON.stringify(report)).not.toContain('0123456789abcdef');
  });
});

describe('a stack set', () => {
  const set = (Properties: object) => ({
    Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties } },
  });
  const body = { Parameters: { Grant: { Type: 'String' } }, ...pair(false, { Ref: 'Grant' }) };
  const passed = (grant: string) => [{ ParameterKey: 'Grant', ParameterValue: grant }];

  it('passes its parameters to the template that it holds', async () => {
    for (const [grant, count] of [
      ['TOKEN_EXCHANGE', 1],
      ['CLIENT_CREDENTIALS', 0],
    ] as const) {
      for (const template of [{ TemplateBody: JSON.stringify(body) }, { TemplateURL: 'body.json' }]) {
        const report = await lint(
          { 'set.json': set({ ...template, Parameters: passed(grant) }), 'body.json': body },
          { files: ['set.json'] },
        );
        expect(faults(report), grant).toHaveLength(count);
      }
    }
  });

  it.each<[string, (text: string) => unknown, string]>([
    ['a text', (text) => text.replace('@', 'x'), 'failed'],
    [
      'joined',
      (text) => ({
        'Fn::Join': ['', [text.replace(/@.*/s, ''), { Ref: 'AWS::Region' }, text.replace(/.*@/s, '')]],
      }),
      'failed',
    ],
    [
      'joined by line breaks, which YAML needs',
      (text) => ({
        'Fn::Join': [
          '\n',
          [
            'Resources:',
            ...Object.entries(JSON.parse(text).Resources).map(([id, of]) => `  ${id}: ${JSON.stringify(of)}`),
          ],
        ],
      }),
      'failed',
    ],
    ['filled in', (text) => ({ 'Fn::Sub': text.replace('@', '${AWS::AccountId}') }), 'failed'],
    [
      'filled in with a known value',
      (text) => ({
        'Fn::Sub': [text.replace('"TOKEN_EXCHANGE"', '"${Grant}"'), { Grant: 'CLIENT_CREDENTIALS' }],
      }),
      '',
    ],
    [
      'filled in with an unknown grant',
      (text) => ({ 'Fn::Sub': text.replace('"TOKEN_EXCHANGE"', '"${AWS::StackName}"') }),
      'unverified',
    ],
    ['in one of two ways', (text) => ({ 'Fn::If': ['Is', text, { 'Fn::Join': ['', [text]] }] }), 'failed'],
    ['put together otherwise', (text) => ({ 'Fn::Select': [0, { 'Fn::Split': ['|', text] }] }), ''],
  ])('holds a template as a text, however that is put together: %s', async (_, write, outcome) => {
    const inner = pair(false);
    inner.Resources.Crm.Properties.Name = 'crm-@';
    const template = {
      Conditions: { Is: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] } },
      ...set({ TemplateBody: write(JSON.stringify(inner)) }),
    };
    const { summary, consumers } = await lint({ 'set.json': template }, { files: ['set.json'] });
    expect(
      Object.entries(summary.tokenExchange)
        .filter(([, count]) => count > 0)
        .map(([name]) => name),
    ).toEqual(outcome === '' ? [] : [outcome]);
    expect(consumers.map(({ file }) => file)).toEqual(consumers.map(() => 'set.json'));
  });

  it('gives the parameters of a group of its deployments other values', async () => {
    const group = (more: object) => ({ Regions: ['us-east-1'], DeploymentTargets: {}, ...more });
    const overriding = (grant: string) => group({ ParameterOverrides: passed(grant) });
    for (const [groups, count] of [
      [[overriding('TOKEN_EXCHANGE'), group({})], 1],
      [[overriding('CLIENT_CREDENTIALS'), group({})], 0],
      [[overriding('CLIENT_CREDENTIALS'), overriding('TOKEN_EXCHANGE')], 1],
      [[group({ ParameterOverrides: [{ ParameterKey: 'Other', ParameterValue: 'x' }] })], 0],
    ] as const) {
      const report = await lint(
        {
          'set.json': set({
            TemplateURL: 'body.json',
            Parameters: passed('CLIENT_CREDENTIALS'),
            StackInstancesGroup: groups,
          }),
          'body.json': body,
        },
        { files: ['set.json'] },
      );
      expect(faults(report), JSON.stringify(groups)).toHaveLength(count);
    }
  });

  it('holds the findings of its body, and offers no fix for them', async () => {
    const text = JSON.stringify(pair(true, 'token_exchange'));
    const report = await lint({ 'set.json': set({ TemplateBody: text }) }, { files: ['set.json'] });
    const [finding] = report.diagnostics.filter(({ severity }) => severity === 'error');
    expect(finding).toMatchObject({
      ruleId: 'invalid-grant-type',
      file: 'set.json',
      resource: 'Crm',
      fix: null,
    });
    expect(finding?.path.slice(0, 4)).toEqual(['Resources', 'Set', 'Properties', 'TemplateBody']);
    expect(checked(report)).toEqual(['set.json']);
  });
});

describe('a template that was uploaded', () => {
  const report = (files: Record<string, object>) =>
    lint(
      {
        'app/parent.json': {
          Resources: { Child: stack('https://b.s3.amazonaws.com/live/nested/child.json') },
        },
        ...files,
      },
      { files: ['.'] },
    );

  it('is the one file whose path ends like its URL', async () => {
    const { notInView } = await report({
      'templates/nested/child.json': pair(true),
      'templates/other.json': pair(true),
    });
    expect(notInView).toEqual([]);
  });

  it('is the one whose path ends most like it', async () => {
    const found = await report({ 'x/nested/child.json': pair(true), 'y/child.json': pair(true) });
    expect(found.notInView).toEqual([]);
  });

  it('is not in view where several end like it', async () => {
    const found = await report({ 'x/nested/child.json': pair(true), 'y/nested/child.json': pair(true) });
    expect(found.notInView).toHaveLength(1);
  });

  it('is not in view where none does', async () => {
    expect((await report({ 'templates/other.json': pair(true) })).notInView).toHaveLength(1);
  });
});

describe('a module with a local source', () => {
  const files = (exchange: boolean, more: object = {}) => ({
    'template.json': {
      Modules: { Idp: { Source: './module.json', Properties: { Name: 'crm' }, ...more } },
      Resources: {
        Crm: target({ 'Fn::GetAtt': ['IdpProvider', 'CredentialProviderArn'] }),
        Hr: target({ 'Fn::GetAtt': ['Idp', 'Arn'] }),
      },
    },
    'module.json': {
      Parameters: { Name: { Type: 'String' } },
      Resources: { Provider: provider(exchange) },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] } } },
    },
  });

  it('is followed by the ids that its resources get, and by its outputs', async () => {
    const report = await lint(files(false), { files: ['template.json'] });
    expect(faults(report)).toEqual([
      [FAULT, 'template.json', 'Crm'],
      [FAULT, 'template.json', 'Hr'],
    ]);
    expect(faults(await lint(files(true), { files: ['template.json'] }))).toEqual([]);
  });

  it('is not in view where it is changed, or lies elsewhere', async () => {
    for (const more of [{ ForEach: { Ref: 'Unknown' } }, { Source: 'https://example.com/elsewhere.json' }]) {
      const report = await lint(files(false, more), { files: ['template.json'] });
      expect(faults(report)).toEqual([]);
      expect(report.summary.tokenExchange.unverified).toBe(2);
      expect(report.notInView).toHaveLength(1);
    }
  });
});

describe('the answer of get-template', () => {
  it.each<[string, unknown]>([
    ['a map', pair(false)],
    ['a text in JSON', JSON.stringify(pair(false))],
    [
      'a text in YAML',
      `Resources:\n  Idp: ${JSON.stringify(provider(false))}\n  Crm: ${JSON.stringify(target(ARN))}\n`,
    ],
  ])('is read as the template that it holds: %s', async (_, TemplateBody) => {
    const report = await lint(
      { 'answer.json': { TemplateBody, StagesAvailable: ['Original'] } },
      { files: ['.'] },
    );
    expect(faults(report)).toEqual([[FAULT, 'answer.json', 'Crm']]);
    const [finding] = report.diagnostics;
    expect(finding?.path[0]).toBe('TemplateBody');
    expect(finding?.fix).toBeNull();
  });

  it('of another kind is none', async () => {
    for (const TemplateBody of ['AWS::BedrockAgentCore', 7, [], { a: 'AWS::BedrockAgentCore::Gateway' }]) {
      const report = await lint({ 'answer.json': { TemplateBody }, 'a.json': pair(true) }, { files: ['.'] });
      expect(report.files).toMatchObject([{ path: 'a.json' }, { path: 'answer.json', status: 'skipped' }]);
    }
  });
});

describe('a tag that CloudFormation does not know', () => {
  const text = (block: string) => `Resources:
  Idp:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: idp
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput: ${block}
  Crm: ${JSON.stringify(target(ARN))}
`;

  it.each(['!Rain::Include config.yaml', '!Rain::Embed x', '!Anything [a]', '!Anything { a: b }'])(
    'is unknown at its place: %s',
    async (block) => {
      const report = await lint({ 'a.yaml': text(block) }, { files: ['a.yaml'] });
      expect(faults(report)).toEqual([]);
      expect(report.summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 1 });
      expect(checked(report)).toEqual(['a.yaml']);
    },
  );

  it('may make any resource', async () => {
    const crm = JSON.stringify(target({ 'Fn::GetAtt': ['PartProvider', 'CredentialProviderArn'] }));
    for (const part of ['!Rain::Module part.yaml', '{ Type: !Rain::Module part.yaml }']) {
      const report = await lint(
        { 'a.yaml': `Resources:\n  Part: ${part}\n  Crm: ${crm}\n` },
        { files: ['a.yaml'] },
      );
      expect(faults(report)).toEqual([]);
    }
  });
});

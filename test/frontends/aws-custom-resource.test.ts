import { describe, expect, it } from 'vitest';
import { json, lint } from './report-on.js';

const IDP = 'https://idp.example.com/.well-known/openid-configuration';
const SERVICE_TOKEN = { 'Fn::GetAtt': ['Handler', 'Arn'] };

interface Call {
  readonly service?: string;
  readonly action?: string;
  readonly parameters?: object;
  readonly physicalResourceId?: object;
}

function providerCall({ parameters = {}, ...call }: Call = {}): object {
  return {
    service: '@aws-sdk/client-bedrock-agentcore-control',
    action: 'CreateOauth2CredentialProvider',
    parameters: {
      name: 'payroll',
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfigInput: {
        customOauth2ProviderConfig: {
          clientId: 'staff',
          clientSecret: '{{resolve:secretsmanager:idp:SecretString:::}}',
          oauthDiscovery: { discoveryUrl: IDP },
          onBehalfOfTokenExchangeConfig: {
            grantType: 'TOKEN_EXCHANGE',
            tokenExchangeGrantTypeConfig: { actorTokenContent: 'NONE' },
          },
          ...parameters,
        },
      },
    },
    physicalResourceId: { responsePath: 'credentialProviderArn' },
    ...call,
  };
}

function template(
  properties: object,
  providerArn: unknown = { 'Fn::GetAtt': ['Idp', 'credentialProviderArn'] },
  type = 'Custom::AWS',
): string {
  return json({
    Resources: {
      Idp: { Type: type, Properties: { ServiceToken: SERVICE_TOKEN, ...properties } },
      Gateway: {
        Type: 'AWS::BedrockAgentCore::Gateway',
        Properties: {
          Name: 'staff',
          AuthorizerType: 'CUSTOM_JWT',
          AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: IDP, AllowedAudience: ['staff'] } },
        },
      },
      Target: {
        Type: 'AWS::BedrockAgentCore::GatewayTarget',
        Properties: {
          Name: 'payroll',
          GatewayIdentifier: { Ref: 'Gateway' },
          TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://payroll.example.com/mcp' } } },
          CredentialProviderConfigurations: [
            {
              CredentialProviderType: 'OAUTH',
              CredentialProvider: {
                OauthCredentialProvider: {
                  ProviderArn: providerArn,
                  Scopes: ['a'],
                  GrantType: 'TOKEN_EXCHANGE',
                },
              },
            },
          ],
        },
      },
    },
  });
}

async function outcome(text: string): Promise<string> {
  const { diagnostics, summary } = await lint({ 'template.json': text });
  const loud = diagnostics.filter(({ severity }) => severity !== 'info');
  const { verified, failed, unverified } = summary.tokenExchange;
  return [
    ...loud.map(({ ruleId, resource }) => `${ruleId}@${resource}`),
    `${verified}/${failed}/${unverified}`,
  ].join(' ');
}

const withoutBlock = { onBehalfOfTokenExchangeConfig: undefined };

describe('an AwsCustomResource', () => {
  it('stands for the provider that it makes', async () => {
    expect(await outcome(template({ Create: JSON.stringify(providerCall()) }))).toBe('1/0/0');
    const without = JSON.stringify(providerCall({ parameters: withoutBlock }));
    expect(await outcome(template({ Create: without }))).toBe('token-exchange-without-config@Target 0/1/0');
  });

  it.each([
    { service: 'BedrockAgentCoreControl' },
    { service: 'bedrock-agentcore-control' },
    { service: 'bedrockagentcorecontrol' },
    { action: 'createOauth2CredentialProvider' },
    { action: 'CreateOauth2CredentialProviderCommand' },
  ])('names service and action as %j', async (call) => {
    const without = JSON.stringify(providerCall({ ...call, parameters: withoutBlock }));
    expect(await outcome(template({ Create: without }))).toBe('token-exchange-without-config@Target 0/1/0');
  });

  it('may call for updates only', async () => {
    const without = JSON.stringify(
      providerCall({ action: 'updateOauth2CredentialProvider', parameters: withoutBlock }),
    );
    expect(await outcome(template({ Update: without }))).toBe('token-exchange-without-config@Target 0/1/0');
  });

  it('makes what it updates later: both have to be right', async () => {
    const create = (call: Call = {}) => ({ Create: JSON.stringify(providerCall(call)) });
    const update = (call: Call = {}) => ({
      Update: JSON.stringify(providerCall({ action: 'updateOauth2CredentialProvider', ...call })),
    });
    const without = { parameters: withoutBlock };
    const failed = 'token-exchange-without-config@Target 0/1/0';
    expect(await outcome(template({ ...create(), ...update() }))).toBe('1/0/0');
    expect(await outcome(template({ ...create(), ...update(without) }))).toBe(failed);
    expect(await outcome(template({ ...create(without), ...update() }))).toBe(failed);
    const other = update({ ...without, action: 'getOauth2CredentialProvider' });
    expect(await outcome(template({ ...create(), ...other }))).toBe('1/0/0');
    const wrong = update({ parameters: { onBehalfOfTokenExchangeConfig: { grantType: 'EXCHANGE' } } });
    const { diagnostics } = await lint({ 'template.json': template({ ...create(), ...wrong }) });
    expect(diagnostics).toMatchObject([
      { ruleId: 'malformed-on-behalf-of-config', scenario: { 'Idp.Update': 'true' } },
    ]);
    expect(diagnostics[0]?.path.slice(0, 4)).toEqual(['Resources', 'Idp', 'Properties', 'Update']);
  });

  it('calls for nothing that is checked when it is deleted', async () => {
    const Delete = JSON.stringify(providerCall({ action: 'deleteOauth2CredentialProvider' }));
    expect(await outcome(template({ Delete }))).toBe('0/0/1');
    expect(await outcome(template({ Create: JSON.stringify(providerCall()), Delete }))).toBe('1/0/0');
  });

  it('may be a map, as older versions of the CDK write it, or the text of Fn::Sub', async () => {
    const call = providerCall({ parameters: withoutBlock });
    const failed = 'token-exchange-without-config@Target 0/1/0';
    expect(await outcome(template({ Create: call }))).toBe(failed);
    const text = JSON.stringify(call).replace('"payroll"', '"${AWS::StackName}-payroll"');
    expect(await outcome(template({ Create: { 'Fn::Sub': text } }))).toBe(failed);
    const named = text.replace('AWS::StackName', 'Prefix');
    const given = { Prefix: { Ref: 'AWS::StackName' } };
    expect(await outcome(template({ Create: { 'Fn::Sub': [named, given] } }))).toBe(failed);
    expect(await outcome(template({ Create: { 'Fn::ToJsonString': call } }))).toBe(failed);
    const wrong = providerCall({ parameters: { onBehalfOfTokenExchangeConfig: { grantType: 'EXCHANGE' } } });
    const { diagnostics } = await lint({ 'a.json': template({ Create: { 'Fn::ToJsonString': wrong } }) });
    expect(diagnostics[0]?.path.slice(3, 6)).toEqual(['Create', 'Fn::ToJsonString', 'parameters']);
  });

  it('takes the exchange in its place only', async () => {
    const { onBehalfOfTokenExchangeConfig, ...parameters } = {
      name: 'payroll',
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfigInput: {
        customOauth2ProviderConfig: {
          clientId: 'staff',
          clientSecret: '{{resolve:secretsmanager:idp:SecretString:::}}',
          oauthDiscovery: { discoveryUrl: IDP },
        },
      },
      onBehalfOfTokenExchangeConfig: { grantType: 'TOKEN_EXCHANGE' },
    };
    const Create = (more: object) =>
      JSON.stringify({ ...providerCall(), parameters: { ...parameters, ...more } });
    expect(await outcome(template({ Create: Create({ onBehalfOfTokenExchangeConfig }) }))).toBe(
      'malformed-on-behalf-of-config@Idp 0/1/0',
    );
  });

  it('may have a type of its own', async () => {
    const without = JSON.stringify(providerCall({ parameters: withoutBlock }));
    expect(await outcome(template({ Create: without }, undefined, 'Custom::Idp'))).toBe(
      'token-exchange-without-config@Target 0/1/0',
    );
  });

  it('is referred to by Ref, Fn::GetAtt and Fn::Sub', async () => {
    const Create = JSON.stringify(providerCall({ parameters: withoutBlock }));
    for (const reference of [
      { Ref: 'Idp' },
      { 'Fn::GetAtt': 'Idp.credentialProviderArn' },
      { 'Fn::Sub': '${Idp.credentialProviderArn}' },
    ]) {
      expect(await outcome(template({ Create }, reference))).toBe(
        'token-exchange-without-config@Target 0/1/0',
      );
    }
  });

  it('answers with fields of the API, which are told in its names', async () => {
    const Create = JSON.stringify(providerCall());
    for (const [field, told] of [
      ['CredentialProviderArn', 'CredentialProviderArn'],
      ['clientSecretArn.secretArn', 'clientSecretArn'],
    ]) {
      const reference = { 'Fn::GetAtt': ['Idp', field] };
      const { diagnostics } = await lint({ 'template.json': template({ Create }, reference) });
      expect(diagnostics).toMatchObject([
        {
          ruleId: 'invalid-provider-reference',
          message: `The ProviderArn of Target refers to the attribute ${told} of Idp; the ARN of the provider is its credentialProviderArn, so the deployment fails.`,
          help: 'Use !GetAtt Idp.credentialProviderArn.',
        },
      ]);
    }
  });

  it('has a physical id that can be the name of its provider', async () => {
    const physicalResourceId = { id: 'payroll' };
    const Create = JSON.stringify(providerCall({ physicalResourceId, parameters: withoutBlock }));
    const arn = 'arn:aws:bedrock-agentcore:${AWS::Region}:${AWS::AccountId}:token-vault/default/';
    const reference = { 'Fn::Sub': `${arn}oauth2credentialprovider/\${Idp}` };
    expect(await outcome(template({ Create }, reference))).toBe('token-exchange-without-config@Target 0/1/0');
  });

  it('has a physical id of its own, which is no ARN', async () => {
    const Create = JSON.stringify(providerCall({ physicalResourceId: { id: 'payroll' } }));
    expect(await outcome(template({ Create }, { Ref: 'Idp' }))).toBe(
      'invalid-provider-reference@Target 0/1/0',
    );
  });

  it('may have tokens in its text, within strings and around them', async () => {
    const [before, after] = JSON.stringify(
      providerCall({
        parameters: { oauthDiscovery: { discoveryUrl: 'https://HOST/.well-known/openid-configuration' } },
      }),
    ).split('HOST');
    const Create = { 'Fn::Join': ['', [before, { Ref: 'Host' }, after]] };
    expect(await outcome(template({ Create }))).toBe('1/0/0');
    const [head, tail] = JSON.stringify(
      providerCall({ parameters: { onBehalfOfTokenExchangeConfig: 'BLOCK' } }),
    ).split('"BLOCK"');
    const open = { 'Fn::Join': ['', [head, { 'Fn::GetAtt': ['Other', 'Block'] }, tail]] };
    expect(await outcome(template({ Create: open }))).toBe('0/0/1');
  });

  it('may look up a provider by its name', async () => {
    const lookUp = JSON.stringify({
      service: 'BedrockAgentCoreControl',
      action: 'getOauth2CredentialProvider',
      parameters: { name: 'crm' },
      physicalResourceId: { id: 'x' },
    });
    const saved = {
      name: 'crm',
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfigOutput: { customOauth2ProviderConfig: { oauthDiscovery: { discoveryUrl: IDP } } },
    };
    const byArn = lookUp.replace('{"id":"x"}', '{"responsePath":"credentialProviderArn"}');
    for (const text of [template({ Create: lookUp }), template({ Create: byArn }, { Ref: 'Idp' })]) {
      const { diagnostics } = await lint({ 'template.json': text, 'crm.json': json(saved) });
      expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual(['token-exchange-without-config']);
    }
  });

  it('is let be where its text is no call that is known', async () => {
    for (const Create of [
      '',
      '{',
      '[]',
      '{"service":"S3"}',
      '{"service":"BedrockAgentCoreControl","action":3}',
      {},
      3,
    ]) {
      expect(await outcome(template({ Create }))).toBe('0/0/1');
    }
  });

  it('keeps its secret out of the report, and is told that it has one', async () => {
    const secret = 'correct-horse-battery-staple';
    const Create = JSON.stringify(providerCall({ parameters: { clientSecret: secret } }));
    const report = await lint({ 'template.json': template({ Create }) });
    expect(report.diagnostics.map(({ ruleId, resource }) => `${ruleId}@${resource}`)).toContain(
      'plaintext-client-secret@Idp',
    );
    expect(JSON.stringify(report)).not.toContain(secret);
  });

  it('is reported at its text, in the words of the API, and never changed', async () => {
    const Create = JSON.stringify(providerCall({ parameters: { onBehalfOfTokenExchangeConfig: {} } }));
    const { diagnostics } = await lint({ 'template.json': template({ Create }) });
    expect(diagnostics).toMatchObject([
      {
        ruleId: 'malformed-on-behalf-of-config',
        resource: 'Idp',
        message: 'onBehalfOfTokenExchangeConfig of Idp has no grantType, so the call is refused.',
        path: [
          'Resources',
          'Idp',
          'Properties',
          'Create',
          'parameters',
          'oauth2ProviderConfigInput',
          'customOauth2ProviderConfig',
          'onBehalfOfTokenExchangeConfig',
        ],
        fix: null,
      },
    ]);
    expect(diagnostics[0]?.range.start.line).toBe(12);
  });
});

import { describe, expect, it } from 'vitest';
import { plaintextClientSecret } from '../../../rules/plaintext-client-secret.js';
import type { Diagnostic } from '../../../src/lint/result.js';
import {
  attribute,
  findingsOf,
  type Json,
  type JsonMap,
  NO_VALUE,
  provider,
  ref,
  sub,
  type TestTemplate,
} from '../templates.js';

const SECRET = 'correct-horse-battery';
const check = (
  of: TestTemplate | Record<string, TestTemplate>,
  parameters?: Record<string, string>,
): Promise<readonly Diagnostic[]> => findingsOf(plaintextClientSecret, of, parameters);

/** A template whose provider has this ClientSecret, with one parameter. */
const template = (
  secret: Json,
  parameter: JsonMap = {},
  sections: Omit<TestTemplate, 'Resources'> = {},
): TestTemplate => ({
  Parameters: {
    Secret: { Type: 'String', ...parameter },
    Stage: { Type: 'String', AllowedValues: ['dev', 'live'] },
  },
  ...sections,
  Resources: { Provider: provider({ ClientSecret: secret }), Vault: { Type: 'AWS::SecretsManager::Secret' } },
});

async function message(
  of: TestTemplate | Record<string, TestTemplate>,
  parameters?: Record<string, string>,
): Promise<string | undefined> {
  const found = await check(of, parameters);
  expect(found.length).toBeLessThan(2);
  expect(JSON.stringify(found)).not.toContain(SECRET);
  return found[0]?.message;
}

describe('a client secret in plain text', () => {
  it.each<[string, Json]>([
    ['a literal', SECRET],
    ['a number', 12345678],
    ['a Sub without anything to put in', { 'Fn::Sub': SECRET }],
    ['joined literals', { 'Fn::Join': ['-', ['correct', 'horse', 'battery']] }],
    ['a Select of literals', { 'Fn::Select': [0, [SECRET]] }],
  ])('is %s', async (_, secret) => {
    expect(await message(template(secret))).toBe(
      'The ClientSecret of Provider is written in plain text, so everybody who can read this file can read the secret.',
    );
  });

  it('is found in the block of any vendor, and beside another block', async () => {
    const blocks = { GoogleOauth2ProviderConfig: { ClientSecret: SECRET }, CustomOauth2ProviderConfig: {} };
    const Provider = {
      Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
      Properties: { Oauth2ProviderConfigInput: blocks },
    };
    expect(await message({ Resources: { Provider } })).toContain('is written in plain text');
  });

  it('is the default of a parameter, with NoEcho and without', async () => {
    const [found] = await check(template(ref('Secret'), { Default: SECRET }));
    expect(found?.message).toContain(
      'is the parameter Secret, whose Default is written in plain text, so everybody who can read this file can read the secret.',
    );
    expect(found?.related).toMatchObject([{ message: 'the parameter Secret is declared here' }]);
    expect(await message(template(ref('Secret'), { Default: SECRET, NoEcho: true }))).toContain(
      'NoEcho does not hide it',
    );
  });

  it('is the default of a parameter that another template exports', async () => {
    const other = {
      Parameters: { Origin: { Type: 'String', Default: SECRET, NoEcho: true } },
      Resources: {},
      Outputs: { Secret: { Value: ref('Origin'), Export: { Name: 'secret' } } },
    };
    const [found] = await check({
      'here.json': template({ 'Fn::ImportValue': 'secret' }),
      'other.json': other,
    });
    expect(found).toMatchObject({ file: 'here.json', scenario: null });
    expect(found?.related.at(-1)).toMatchObject({
      file: 'other.json',
      message: 'the parameter Origin is declared here',
    });
  });

  it('never stands in the scenario', async () => {
    const conditions = { Conditions: { Given: { 'Fn::Not': [{ 'Fn::Equals': [ref('Secret'), ''] }] } } };
    const found = await check(
      template({ 'Fn::If': ['Given', ref('Secret'), NO_VALUE] }, { Default: SECRET }, conditions),
    );
    expect(found).toMatchObject([{ scenario: null }]);
    const [allowed] = await check(template(ref('Secret'), { AllowedValues: [SECRET, 'other-horse'] }));
    expect(allowed?.scenario).toBeNull();
    const chosen = { Conditions: { Chosen: { 'Fn::Equals': [ref('Secret'), SECRET] } } };
    const [one] = await check(
      template(
        { 'Fn::If': ['Chosen', ref('Secret'), NO_VALUE] },
        { AllowedValues: [SECRET, 'other-horse'] },
        chosen,
      ),
    );
    expect(one?.scenario).toBeNull();
    expect(JSON.stringify([found, allowed, one])).not.toContain(SECRET);
  });

  it('is told with the scenario of anything else', async () => {
    const conditions = { Conditions: { Dev: { 'Fn::Equals': [ref('Stage'), 'dev'] } } };
    const [found] = await check(template({ 'Fn::If': ['Dev', SECRET, NO_VALUE] }, {}, conditions));
    expect(found).toMatchObject({ scenario: { Stage: 'dev' } });
  });
});

describe('a client secret that nobody can read in the template', () => {
  it.each<[string, Json, JsonMap?]>([
    ['missing', NO_VALUE],
    ['empty', ''],
    ['a list', [SECRET]],
    ['a NoEcho parameter without a default', ref('Secret'), { NoEcho: true }],
    ['a NoEcho parameter with an empty default', ref('Secret'), { Default: '', NoEcho: true }],
    ['a dynamic reference', '{{resolve:secretsmanager:idp:SecretString:secret}}'],
    [
      'a dynamic reference that is put together',
      { 'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('Vault'), '}}']] },
    ],
    ['an attribute', attribute('Vault', 'Value')],
    ['a parameter with something before it', sub('prefix-<Secret>')],
    [
      'a parameter of the Parameter Store',
      ref('Secret'),
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/idp/secret' },
    ],
    ['an import that is not in view', { 'Fn::ImportValue': 'secret' }],
  ])('is %s', async (_, secret, parameter = {}) => {
    expect(await message(template(secret, parameter))).toBeUndefined();
  });

  it('is a parameter whose default its condition rules out', async () => {
    const conditions = { Conditions: { None: { 'Fn::Equals': [ref('Secret'), 'NONE'] } } };
    const secret = { 'Fn::If': ['None', NO_VALUE, ref('Secret')] };
    expect(await message(template(secret, { Default: 'NONE' }, conditions))).toBeUndefined();
    expect(await message(template(secret, { Default: 'none' }, conditions))).toContain(
      'the parameter Secret',
    );
  });

  it('is a piece of the default of a parameter', async () => {
    const piece = (index: number) => ({
      'Fn::Select': [index, { 'Fn::Split': ['|', ref('Secret')] }],
    });
    const preset = { Default: `{{resolve:secretsmanager:idp}}||${SECRET}` };
    expect(await message(template(piece(0), preset))).toBeUndefined();
    expect(await message(template(piece(1), preset))).toBeUndefined();
    expect(await message(template(piece(2), preset))).toContain('the parameter Secret');
  });

  it('is what the user gives for a parameter', async () => {
    expect(
      await message(template(ref('Secret'), { Default: 'changeit' }), { Secret: SECRET }),
    ).toBeUndefined();
    expect(await message(template(sub('id:<Secret>')), { Secret: SECRET })).toBeUndefined();
    expect(await message(template(SECRET), { Secret: SECRET })).toContain('plain text');
  });

  it('is read from the Parameter Store, whoever wrote it there', async () => {
    const store = {
      Stored: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/idp/secret', Type: 'String', Value: SECRET },
      },
    };
    const of = template('{{resolve:ssm:/idp/secret}}');
    expect(await message({ ...of, Resources: { ...of.Resources, ...store } })).toBeUndefined();
  });
});

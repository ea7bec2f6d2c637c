import { describe, expect, it } from 'vitest';
import { identityProviderGrantMismatch } from '../../../rules/identity-provider-grant-mismatch.js';
import { missingExchangeParameter } from '../../../rules/missing-exchange-parameter.js';
import {
  attribute,
  findingsOf,
  gateway,
  type Json,
  type JsonMap,
  NO_VALUE,
  provider,
  ref,
  sub,
  type TestTemplate,
  target,
} from '../templates.js';

const ENTRA = 'https://login.microsoftonline.com/tenant/v2.0/.well-known/openid-configuration';
const OKTA = 'https://example.okta.com/.well-known/openid-configuration';
const JWT_GRANT = { OnBehalfOfTokenExchangeConfig: { GrantType: 'JWT_AUTHORIZATION_GRANT' } };
const Parameters = { Open: { Type: 'String' }, Preset: { Type: 'String', Default: ENTRA } };
const at = (discovery: JsonMap): JsonMap => ({ OauthDiscovery: discovery });

describe('identity-provider-grant-mismatch', () => {
  const check = async (discovery: JsonMap, block: JsonMap = {}): Promise<string[]> => {
    const Resources = {
      Provider: provider({ ...at(discovery), ...block }),
      Pool: { Type: 'AWS::Cognito::UserPool' },
    };
    const found = await findingsOf(identityProviderGrantMismatch, { Parameters, Resources });
    return found.map(({ message }) => message.replace(/^.*, but | behind it.*$/g, ''));
  };

  it.each<[string, Json, string]>([
    ['written', ENTRA, 'Microsoft Entra ID'],
    [
      'with an unknown tenant',
      sub('https://login.microsoftonline.com/<Open>/v2.0/.well-known/openid-configuration'),
      'Microsoft Entra ID',
    ],
    ['at its default', ref('Preset'), 'Microsoft Entra ID'],
    ['of a user pool', sub('<Pool.ProviderURL>/.well-known/openid-configuration'), 'Amazon Cognito'],
    [
      'of the name of a user pool',
      sub('https://<Pool.ProviderName>/.well-known/openid-configuration'),
      'Amazon Cognito',
    ],
    ['of any partition', sub('https://cognito-idp.<AWS::Region>.<AWS::URLSuffix>/<Pool>'), 'Amazon Cognito'],
  ])('knows the host of a URL %s', async (_, url, name) => {
    const unspoken = name === 'Amazon Cognito' ? JWT_GRANT : {};
    expect(await check({ DiscoveryUrl: url }, unspoken)).toEqual([name]);
  });

  it.each<[string, Json]>([
    ['that is a parameter', ref('Open')],
    ['whose host is a parameter', sub('https://<Open>/.well-known/openid-configuration')],
    ['whose host begins with a parameter', sub('https://<Open>login.microsoftonline.com/')],
    ['of another attribute of a user pool', attribute('Pool', 'Arn')],
    ['that is a list', [ENTRA]],
    ['that is none', 'not a url'],
  ])('knows nothing of a URL %s', async (_, url) => {
    expect(await check({ DiscoveryUrl: url })).toEqual([]);
  });

  it('reads the metadata where there is no discovery URL, the token endpoint first', async () => {
    const metadata = { TokenEndpoint: 'https://sts.windows.net/t/token', Issuer: OKTA };
    expect(await check({ DiscoveryUrl: NO_VALUE, AuthorizationServerMetadata: metadata })).toEqual([
      'Microsoft Entra ID',
    ]);
    expect(await check({ DiscoveryUrl: OKTA, AuthorizationServerMetadata: metadata })).toEqual([]);
  });

  it('lets pass the grant that the identity provider speaks', async () => {
    expect(await check({ DiscoveryUrl: ENTRA }, JWT_GRANT)).toEqual([]);
    expect(await check({ DiscoveryUrl: OKTA }, JWT_GRANT)).toEqual(['Okta']);
    expect(await check({ DiscoveryUrl: OKTA })).toEqual([]);
  });

  it('takes the exchange settings out with the switch to the JWT grant', async () => {
    const Resources = { Provider: provider(at({ DiscoveryUrl: ENTRA })) };
    const [found] = await findingsOf(identityProviderGrantMismatch, { Resources });
    expect(found?.help).toContain('JWT_AUTHORIZATION_GRANT, without a TokenExchangeGrantTypeConfig');
    expect(found?.fix).toMatchObject({
      safety: 'unsafe',
      title: 'Change the grant to JWT_AUTHORIZATION_GRANT',
    });
    const texts = found?.fix?.edits.map(({ text }) => text);
    expect(texts).toContain('"JWT_AUTHORIZATION_GRANT"');
    expect(texts).toContain('');
  });
});

describe('missing-exchange-parameter', () => {
  const entra = provider({ ...at({ DiscoveryUrl: ENTRA }), ...JWT_GRANT });
  const template = (custom: Json | undefined, of: JsonMap = entra): TestTemplate => ({
    Parameters,
    Resources: {
      Provider: of,
      Gateway: gateway(),
      Target: target(custom === undefined ? {} : { CustomParameters: custom }),
    },
  });
  const check = async (parameters: Json | undefined, of?: JsonMap): Promise<string[]> =>
    (await findingsOf(missingExchangeParameter, template(parameters, of))).map(({ path }) =>
      String(path.at(-1)),
    );

  it('finds the parameter missing, at the place to change', async () => {
    expect(await check(undefined)).toEqual(['GrantType']);
    expect(await check(NO_VALUE)).toEqual(['GrantType']);
    expect(await check({})).toEqual(['CustomParameters']);
    expect(await check({ requested_token_use: NO_VALUE })).toEqual(['CustomParameters']);
    expect(await check({ requested_token_use: 'on-behalf-of' })).toEqual(['requested_token_use']);
  });

  it('is silent where the parameter is there, or may be', async () => {
    expect(await check({ requested_token_use: 'on_behalf_of', resource: 'x' })).toEqual([]);
    expect(await check({ requested_token_use: ref('Open') })).toEqual([]);
    expect(await check(ref('Open'))).toEqual([]);
    expect(await check({ 'Fn::Transform': { Name: 'Parameters' } })).toEqual([]);
  });

  it('asks for what goes beside another parameter only where that is known', async () => {
    const auth0 = provider(
      at({ DiscoveryUrl: 'https://example.auth0.com/.well-known/openid-configuration' }),
    );
    const access = 'urn:ietf:params:oauth:token-type:access_token';
    const rest = { audience: 'https://api.example.com' };
    expect(await check({ ...rest, subject_token_type: access }, auth0)).toEqual(['CustomParameters']);
    expect(await check({ ...rest, subject_token_type: access, requested_token_type: access }, auth0)).toEqual(
      [],
    );
    expect(await check({ ...rest, subject_token_type: 'urn:own' }, auth0)).toEqual([]);
    expect(await check({ ...rest, subject_token_type: ref('Open') }, auth0)).toEqual([]);
  });

  it('asks for it at Entra only, and only of an exchange', async () => {
    expect(await check(undefined, provider(at({ DiscoveryUrl: OKTA })))).toEqual([]);
    expect(
      await check(
        undefined,
        provider({ ...at({ DiscoveryUrl: ENTRA }), OnBehalfOfTokenExchangeConfig: NO_VALUE }),
      ),
    ).toEqual([]);
  });

  it.each<[string, Json | undefined, string]>([
    ['the whole map', undefined, '"CustomParameters": {'],
    ['the entry', { resource: 'x' }, '"requested_token_use": "on_behalf_of"'],
    ['the value', { requested_token_use: 'obo' }, '"on_behalf_of"'],
  ])('offers to write %s', async (_, parameters, text) => {
    const [found] = await findingsOf(missingExchangeParameter, template(parameters));
    expect(found?.fix).toMatchObject({ safety: 'unsafe' });
    expect(found?.fix?.edits.map((edit) => edit.text).join('')).toContain(text);
  });
});

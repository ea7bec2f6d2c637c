import { describe, expect, it } from 'vitest';
import { identityProviderOf } from '../../../src/agentcore/facts/index.js';

const entra = 'Microsoft Entra ID';

describe('identityProviderOf', () => {
  it.each([
    ['https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration', entra],
    ['login.microsoftonline.com', entra],
    ['LOGIN.MicrosoftOnline.COM', entra],
    ['login.microsoftonline.com.', entra],
    ['https://login.microsoftonline.com:443/x', entra],
    ['https://login.microsoftonline.com', entra],
    ['https://login.microsoftonline.com/${TenantId}/v2.0/.well-known/openid-configuration', entra],
    ['login.microsoftonline.us', entra],
    ['login.microsoftonline.de', entra],
    ['login.partner.microsoftonline.cn', entra],
    ['sts.windows.net', entra],
    ['contoso.ciamlogin.com', entra],
    ['*.ciamlogin.com', entra],
    [
      'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc/.well-known/openid-configuration',
      'Amazon Cognito',
    ],
    ['https://cognito-idp.*.amazonaws.com/', 'Amazon Cognito'],
    ['shop.auth.eu-west-1.amazoncognito.com', 'Amazon Cognito'],
    ['dev-1.okta.com', 'Okta'],
    ['dev-1.oktapreview.com', 'Okta'],
    ['acme.okta-emea.com', 'Okta'],
    ['acme.eu.auth0.com', 'Auth0'],
    ['*.auth0.com', 'Auth0'],
  ])('recognises %s', (hostOrUrl, name) => {
    expect(identityProviderOf(hostOrUrl)?.name).toBe(name);
  });

  it.each([
    'idp.example.com',
    'https://login.microsoftonline.com.evil.example/common',
    'https://login.microsoftonline.com@evil.example/',
    'https://evil.example/login.microsoftonline.com',
    'https://evil.example?host=login.microsoftonline.com',
    'https://evil.example#.okta.com',
    'https://evil.example\\.okta.com',
    'notlogin.microsoftonline.com',
    'xlogin.microsoftonline.us',
    'okta.com',
    '.okta.com',
    'notokta.com',
    'cognito-idp.amazonaws.com',
    'cognito-idp.a.b.amazonaws.com',
    'cognito-identity.eu-west-1.amazonaws.com',
    '*.microsoftonline.com',
    'login.microsoftonline.*',
    '*',
    '',
    'https://',
    'ftp://login.microsoftonline.com/',
    'javascript:login.microsoftonline.com',
    'a b.okta.com',
  ])('does not take %j for one it knows', (hostOrUrl) => {
    expect(identityProviderOf(hostOrUrl)).toBeUndefined();
  });

  it('knows what each speaks', () => {
    expect(identityProviderOf('sts.windows.net')).toMatchObject({
      grants: ['JWT_AUTHORIZATION_GRANT'],
      requiredParameter: { name: 'requested_token_use', value: 'on_behalf_of' },
    });
    expect(identityProviderOf('cognito-idp.us-east-1.amazonaws.com')?.grants).toEqual([]);
    expect(identityProviderOf('a.okta.com')?.grants).toEqual(['TOKEN_EXCHANGE']);
    expect(identityProviderOf('a.auth0.com')?.grants).toEqual(['TOKEN_EXCHANGE']);
  });
});

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

  it.each([
    ['https://fs.example.com/adfs/.well-known/openid-configuration', 'AD FS'],
    ['https://fs.example.com/ADFS/oauth2/token', 'AD FS'],
    ['https://sso.example.com/realms/acme/.well-known/openid-configuration', 'Keycloak'],
    ['https://sso.example.com/auth/realms/acme/protocol/openid-connect/token', 'Keycloak'],
    ['https://*/realms/acme', 'Keycloak'],
    ['https://acme.b2clogin.com/acme.onmicrosoft.com/B2C_1/v2.0/', 'Azure AD B2C'],
    ['https://sts.googleapis.com/v1/token', 'Google Security Token Service'],
  ])('recognises %s', (url, name) => {
    expect(identityProviderOf(url)?.name).toBe(name);
  });

  it.each(['https://example.com/realms', 'https://example.com/x/realms/acme', 'https://adfs.example.com/'])(
    'does not take the path of %s for one it knows',
    (url) => expect(identityProviderOf(url)).toBeUndefined(),
  );

  it('knows what each speaks', () => {
    const grants = (url: string) => identityProviderOf(url)?.grants;
    expect(grants('sts.windows.net')).toEqual(['JWT_AUTHORIZATION_GRANT']);
    expect(grants('acme.b2clogin.com')).toEqual([]);
    for (const host of ['cognito-idp.us-east-1.amazonaws.com', 'a.okta.com', 'a.auth0.com'])
      expect(grants(host)).toEqual(['TOKEN_EXCHANGE']);
  });
});

import { describe, expect, it } from 'vitest';
import {
  authorizerOf,
  credentialTypeOf,
  foreignKeyOf,
  grantAliases,
  grantAliasOf,
  targetKindOf,
  vendorOf,
} from '../../../src/agentcore/facts/index.js';

describe('grantAliasOf', () => {
  it.each([
    ['urn:ietf:params:oauth:grant-type:token-exchange', 'TOKEN_EXCHANGE', 'TOKEN_EXCHANGE'],
    ['URN:IETF:params:oauth:grant-type:token-exchange', 'TOKEN_EXCHANGE', 'TOKEN_EXCHANGE'],
    ['token_exchange', 'TOKEN_EXCHANGE', 'TOKEN_EXCHANGE'],
    ['tokenExchange', 'TOKEN_EXCHANGE', 'TOKEN_EXCHANGE'],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'TOKEN_EXCHANGE', 'JWT_AUTHORIZATION_GRANT'],
    ['JWT_AUTHORIZATION_GRANT', 'TOKEN_EXCHANGE', 'JWT_AUTHORIZATION_GRANT'],
    ['jwtAuthorizationGrant', 'TOKEN_EXCHANGE', 'JWT_AUTHORIZATION_GRANT'],
    ['ON_BEHALF_OF_TOKEN_EXCHANGE', 'TOKEN_EXCHANGE', null],
    ['onBehalfOf', 'TOKEN_EXCHANGE', null],
    ['client_credentials', 'CLIENT_CREDENTIALS', null],
    ['USER_FEDERATION', 'AUTHORIZATION_CODE', null],
    ['JWT_PASSTHROUGH', null, null],
  ])('reads %s as %s of a consumer and %s of a provider', (written, consumerGrant, providerGrant) => {
    expect(grantAliasOf(written)).toMatchObject({ consumerGrant, providerGrant });
  });

  it.each(['', 'password', '__proto__', 'TOKEN_EXCHANGED', 'urn:ietf:params:oauth:grant-type:'])(
    'knows nothing of %j',
    (written) => {
      expect(grantAliasOf(written)).toBeUndefined();
    },
  );

  it('gives each alias back for its own spelling', () => {
    for (const row of grantAliases) expect(grantAliasOf(row.written)).toBe(row);
  });
});

describe('foreignKeyOf', () => {
  it.each(['SubjectToken', 'subjectToken', 'subject_token', 'ForwardInboundToken', 'requested-token-type'])(
    'knows %s',
    (key) => {
      expect(foreignKeyOf(key)?.instead).toMatch(/^Remove it/);
    },
  );

  it.each(['GrantType', 'ActorTokenScopes', 'constructor', ''])('does not know %j', (key) => {
    expect(foreignKeyOf(key)).toBeUndefined();
  });
});

describe('the exact look-ups', () => {
  it('find their rows', () => {
    expect(vendorOf('CustomOauth2')?.custom).toBe(true);
    expect(targetKindOf('Mcp', 'Lambda')?.tokenExchange).toBe('refused');
    expect(targetKindOf('Http', 'AgentcoreRuntime')).toMatchObject({
      tokenExchange: 'yes',
      jwtPassthrough: true,
    });
    expect(authorizerOf('AWS_IAM')?.exchange).toBe('fails');
    expect(authorizerOf('AUTHENTICATE_ONLY')?.exchange).toBe('disputed');
    expect(credentialTypeOf('GATEWAY_IAM_ROLE')).toMatchObject({
      block: 'IamCredentialProvider',
      requirement: 'optional',
    });
  });

  it('take no other case and no name that every object has', () => {
    expect(vendorOf('customoauth2')).toBeUndefined();
    expect(vendorOf('__proto__')).toBeUndefined();
    expect(targetKindOf('Http', 'Lambda')).toBeUndefined();
    expect(authorizerOf('constructor')).toBeUndefined();
    expect(credentialTypeOf('oauth')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { tokenExchangeWithoutConfig } from '../../../rules/token-exchange-without-config.js';
import { findingsOf, gateway, target } from '../templates.js';

/** The fix for a provider at an issuer that is not set up for the exchange. */
async function fixAt(host: string) {
  const [finding, ...others] = await findingsOf(tokenExchangeWithoutConfig, {
    Resources: {
      Provider: {
        Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
        Properties: {
          Name: 'idp',
          CredentialProviderVendor: 'CustomOauth2',
          Oauth2ProviderConfigInput: {
            CustomOauth2ProviderConfig: {
              ClientId: 'gateway',
              OauthDiscovery: { DiscoveryUrl: `https://${host}/.well-known/openid-configuration` },
            },
          },
        },
      },
      Gateway: gateway(),
      Target: target(),
    },
  });
  expect(others).toEqual([]);
  expect(finding?.ruleId).toBe('token-exchange-without-config');
  return finding?.fix;
}

describe('the fix that sets a provider up for the exchange', () => {
  it.each([
    ['idp.example.com', /"GrantType": *"TOKEN_EXCHANGE"/],
    ['example.okta.com', /"GrantType": *"TOKEN_EXCHANGE"/],
    ['login.microsoftonline.com/tenant/v2.0', /"GrantType": *"JWT_AUTHORIZATION_GRANT"/],
  ])('writes the grant that the identity provider speaks: %s', async (host, written) => {
    const fix = await fixAt(host);
    expect(fix?.safety).toBe('unsafe');
    expect(fix?.edits.map(({ text }) => text).join('')).toMatch(written);
  });

  it('is not offered where the identity provider exchanges no tokens', async () => {
    expect(await fixAt('example.b2clogin.com/tenant/v2.0')).toBeNull();
  });
});

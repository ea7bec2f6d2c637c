import { describe, expect, it } from 'vitest';
import { findings, lintTexts } from '../lint.js';

/*
 * A script in which everything is right, and one change to it for each rule that can fire on Python.
 */

const SCRIPT = `
import os

import boto3

control = boto3.client("bedrock-agentcore-control")
DISCOVERY = "https://idp.example.com/.well-known/openid-configuration"

EXCHANGE = {
    "grantType": "TOKEN_EXCHANGE",
    "tokenExchangeGrantTypeConfig": {"actorTokenContent": "NONE"},
}


def deploy(secret: str) -> None:
    provider = control.create_oauth2_credential_provider(
        name="hr-api",
        credentialProviderVendor="CustomOauth2",
        oauth2ProviderConfigInput={
            "customOauth2ProviderConfig": {
                "clientId": "tools",
                "clientSecret": secret,
                "oauthDiscovery": {"discoveryUrl": DISCOVERY},
                "onBehalfOfTokenExchangeConfig": EXCHANGE,
            }
        },
    )
    gateway = control.create_gateway(
        name="hr",
        roleArn=os.environ["ROLE_ARN"],
        protocolType="MCP",
        authorizerType="CUSTOM_JWT",
        authorizerConfiguration={"customJWTAuthorizer": {"discoveryUrl": DISCOVERY, "allowedAudience": ["tools"]}},
    )
    control.create_gateway_target(
        name="hr-tools",
        gatewayIdentifier=gateway["gatewayId"],
        targetConfiguration={"mcp": {"mcpServer": {"endpoint": "https://hr.example.com/mcp"}}},
        credentialProviderConfigurations=[
            {
                "credentialProviderType": "OAUTH",
                "credentialProvider": {
                    "oauthCredentialProvider": {
                        "providerArn": provider["credentialProviderArn"],
                        "scopes": ["hr.read"],
                        "grantType": "TOKEN_EXCHANGE",
                    }
                },
            }
        ],
    )


@requires_access_token(provider_name="hr-api", scopes=["hr.read"], auth_flow="ON_BEHALF_OF_TOKEN_EXCHANGE")
async def call_hr(*, access_token: str):
    return access_token
`;

/** The script with one text in place of another, which must be there. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((script, [from, to]) => {
    if (!script.includes(from)) throw new Error(`the script has no ${from}`);
    return script.replaceAll(from, to);
  }, SCRIPT);
}

const lint = (script: string) => lintTexts({ 'deploy.py': script });

const told: string[] = [];

// Its tests keep their order: the last of them holds what the others were told.
describe('a script', { shuffle: false }, () => {
  it('is verified where all is right', async () => {
    const report = await lint(SCRIPT);
    expect(findings(report)).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ verified: 2, failed: 0, unverified: 0 });
  });

  const GRANT = '"grantType": "TOKEN_EXCHANGE",\n                    }';

  it.each<[string, string, readonly (readonly [string, string])[]]>([
    [
      'token-exchange-without-config',
      'hr-tools',
      [['                "onBehalfOfTokenExchangeConfig": EXCHANGE,\n', '']],
    ],
    [
      'token-exchange-without-config',
      'call_hr',
      [['                "onBehalfOfTokenExchangeConfig": EXCHANGE,\n', '']],
    ],
    ['token-exchange-config-unused', 'hr-tools', [[GRANT, '}']]],
    ['token-exchange-config-unused', 'call_hr', [['ON_BEHALF_OF_TOKEN_EXCHANGE', 'M2M']]],
    ['invalid-grant-type', 'hr-tools', [[GRANT, GRANT.replace('EXCHANGE"', 'EXCHANG"')]]],
    ['invalid-grant-type', 'call_hr', [['"ON_BEHALF_OF_TOKEN_EXCHANGE"', '"ON_BEHALF_OF"']]],
    // The grants of targets are no flows.
    ['invalid-grant-type', 'call_hr', [['"ON_BEHALF_OF_TOKEN_EXCHANGE"', '"TOKEN_EXCHANGE"']]],
    ['invalid-grant-type', 'call_hr', [['"ON_BEHALF_OF_TOKEN_EXCHANGE"', '"CLIENT_CREDENTIALS"']]],
    ['unknown-oauth-property', 'hr-tools', [[GRANT, `"forwardInboundToken": True, ${GRANT}`]]],
    ['grant-unresolved', 'call_hr', [['"ON_BEHALF_OF_TOKEN_EXCHANGE"', 'FLOW']]],
    [
      'malformed-on-behalf-of-config',
      'hr-api',
      [['"onBehalfOfTokenExchangeConfig"', '"onBehalfOfTokenExchange"']],
    ],
    [
      'malformed-token-exchange-grant-type-config',
      'hr-api',
      [['"actorTokenContent": "NONE"', '"actorTokenContent": "none"']],
    ],
    [
      'actor-token-unspecified',
      'hr-api',
      [['    "tokenExchangeGrantTypeConfig": {"actorTokenContent": "NONE"},\n', '']],
    ],
    ['provider-vendor-mismatch', 'hr-api', [['"CustomOauth2"', '"GithubOauth2"']]],
    [
      'plaintext-client-secret',
      'hr-api',
      [['"clientSecret": secret', '"clientSecret": "not-a-secret-of-anybody"']],
    ],
    [
      'invalid-provider-reference',
      'hr-tools',
      [['provider["credentialProviderArn"]', 'gateway["gatewayArn"]']],
    ],
    ['invalid-provider-reference', 'hr-tools', [['provider["credentialProviderArn"]', '"hr-api"']]],
    [
      'token-exchange-without-inbound-jwt',
      'hr-tools',
      [['authorizerType="CUSTOM_JWT"', 'authorizerType="AWS_IAM"']],
    ],
    [
      'token-exchange-unsupported-target',
      'hr-tools',
      [['{"mcpServer": {"endpoint": "https://hr.example.com/mcp"}}', '{"smithyModel": {"s3": {}}}']],
    ],
    [
      'credential-type-mismatch',
      'hr-tools',
      [['"credentialProviderType": "OAUTH"', '"credentialProviderType": "API_KEY"']],
    ],
    [
      'identity-provider-grant-mismatch',
      'hr-api',
      [
        [
          'https://idp.example.com',
          'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0',
        ],
      ],
    ],
    [
      'authorization-code-without-return-url',
      'hr-tools',
      [[GRANT, GRANT.replace('TOKEN_EXCHANGE', 'AUTHORIZATION_CODE')]],
    ],
    ['provider-unresolved', 'call_hr', [['provider_name="hr-api"', 'provider_name="payroll-api"']]],
    ['provider-unresolved', 'call_hr', [['provider_name="hr-api"', 'provider_name=os.environ["PROVIDER"]']]],
  ])('has %s@%s', async (rule, resource, changes) => {
    const report = await lint(changed(...changes));
    told.push(
      ...report.diagnostics
        .filter(({ ruleId }) => ruleId === rule)
        .map(({ ruleId, message, help }) => `${ruleId}\n  ${message}\n  ${help}\n`),
    );
    expect(findings(report)).toContain(`${rule}@${resource}`);
  });

  it('is told of in the words of the API and the SDK', async () => {
    await expect([...new Set(told)].join('\n')).toMatchFileSnapshot('words.txt');
  });

  it.each([
    [
      'the grant is a variable that is bound twice',
      [
        [
          '"grantType": "TOKEN_EXCHANGE",\n                    }',
          '"grantType": GRANT,\n                    }',
        ],
        ['DISCOVERY =', 'GRANT = "A"\nGRANT = "B"\nDISCOVERY ='],
      ],
    ],
    [
      'the config is what a function gives',
      [['oauth2ProviderConfigInput={', 'oauth2ProviderConfigInput=config_for("hr") or {']],
    ],
    ['the vendor comes from outside', [['"CustomOauth2"', 'os.environ["VENDOR"]']]],
    ['the block is changed later', [['EXCHANGE = {', 'EXCHANGE = load() or {']]],
    [
      'the arguments are spread from elsewhere',
      [['    control.create_gateway_target(\n', '    control.create_gateway_target(\n        **more,\n']],
    ],
    [
      'the authorizer is chosen',
      [['authorizerType="CUSTOM_JWT"', 'authorizerType="AWS_IAM" if local else "CUSTOM_JWT"']],
    ],
  ] as const)('has no error and no warning where %s', async (_, changes) => {
    const report = await lint(changed(...changes));
    expect(report.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('asks for tokens by a decorator under another name as well', async () => {
    const ask = '(provider_name="hr-api", scopes=["a"], auth_flow="ON_BEHALF_OF_TOKEN_EXCHANGE")';
    for (const from of ['rat', '(IdentityClient, rat)']) {
      const names = from.replace('rat', 'requires_access_token as rat');
      const text = `from bedrock_agentcore.identity.auth import ${names}\n@rat${ask}\ndef call(token): pass\n`;
      const report = await lintTexts({ 'agent.py': text });
      expect(findings(report)).toEqual(['provider-unresolved@call']);
    }
  });

  it('leaves what an update does not say as it is', async () => {
    const report = await lint(`
control.update_gateway_target(gatewayIdentifier="g-1", targetId="t-1", name="hr-tools",
    targetConfiguration={"mcp": {"smithyModel": {}}})
`);
    expect(findings(report)).toEqual([]);
  });

  it('holds what code creates and updates for one thing, as it is in the end', async () => {
    const bare = changed(['                "onBehalfOfTokenExchangeConfig": EXCHANGE,\n', '']);
    const update = (config: string) => `${bare}
control.update_oauth2_credential_provider(name="hr-api", credentialProviderVendor="CustomOauth2",
    oauth2ProviderConfigInput={"customOauth2ProviderConfig": {"clientId": "tools", "clientSecret": read(),
        "oauthDiscovery": {"discoveryUrl": DISCOVERY}, ${config}}})
control.update_gateway_target(name="hr-tools", gatewayIdentifier=g, targetId=t, targetConfiguration={"mcp": {"mcpServer": {}}})
`;
    const right = await lint(update('"onBehalfOfTokenExchangeConfig": EXCHANGE'));
    expect(findings(right)).toEqual([]);
    expect(right.summary.tokenExchange).toEqual({ verified: 2, failed: 0, unverified: 0 });
    expect(findings(await lint(update('')))).toContain('token-exchange-without-config@hr-tools');
  });

  it('takes suppressions from comments', async () => {
    const bare = changed(['                "onBehalfOfTokenExchangeConfig": EXCHANGE,\n', '']);
    const report = await lint(
      bare.replace(
        '                        "grantType": "TOKEN_EXCHANGE"',
        '                        # cfn-tx-lint-disable-next-line token-exchange-without-config -- known\n$&',
      ),
    );
    expect(findings(report)).toEqual(['token-exchange-without-config@call_hr']);
  });
});

describe('secrets of a script', () => {
  it.each([
    ['a literal in the request', '"clientSecret": "t0p-S3cret-Valu3"', ''],
    ['a variable', '"clientSecret": SECRET', 'SECRET = "t0p-S3cret-Valu3"\n'],
    ['an f-string', '"clientSecret": f"t0p-S3cret-Valu3"', ''],
    [
      'a variable of another name beside it',
      '"clientSecret": secret',
      'client_secret = "t0p-S3cret-Valu3"\n',
    ],
    ['a map beside it', '"clientSecret": secret', 'OTHER = {"password": "t0p-S3cret-Valu3"}\n'],
    ['an argument beside it', '"clientSecret": secret', 'connect(api_token="t0p-S3cret-Valu3")\n'],
    ['an argument of a call with defaults', '"clientSecret": secret', 'get(url, token="t0p-S3cret-Valu3")\n'],
    ['a default', '"clientSecret": os.environ.get("SECRET", "t0p-S3cret-Valu3")', ''],
    ['a default by name', '"clientSecret": secret', 'token = get("TOKEN", default="t0p-S3cret-Valu3")\n'],
    ['what stands for nothing', '"clientSecret": (os.getenv("SECRET") or "t0p-S3cret-Valu3")', ''],
    ['one of two', '"clientSecret": secret if secret else "t0p-S3cret-Valu3"', ''],
  ])('are told in no report: %s', async (_, written, before) => {
    const script =
      before + changed(['"clientSecret": secret', written], ['"CustomOauth2"', '"t0p-S3cret-Valu3"']);
    expect(JSON.stringify(await lint(script))).not.toContain('S3cret');
  });
});

import { describe, expect, it } from 'vitest';
import { findings, lintTexts } from '../lint.js';
import {
  builtInClient,
  constant,
  customBlock,
  gateway,
  mcpServer,
  oauthBlock,
  type PlannedResource,
  plan,
  provider,
  refers,
  target,
} from './plan.js';

/*
 * A plan in which everything is right, and one change to it for each rule that can fire on Terraform.
 */

const lintPlan = (resources: readonly PlannedResource[]) => lintTexts({ 'tfplan.json': plan(resources) });

const TARGET = 'aws_bedrockagentcore_gateway_target.hr';
const PROVIDER = 'aws_bedrockagentcore_oauth2_credential_provider.hr';

const role = (statements: readonly unknown[]): PlannedResource[] => [
  {
    address: 'aws_iam_role.gateway',
    values: { name: 'gateway', permissions_boundary: null, inline_policy: [], managed_policy_arns: [] },
    expressions: { assume_role_policy: constant('{}'), name: constant('gateway') },
  },
  {
    address: 'aws_iam_role_policy.gateway',
    values: { role: 'gateway', policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) },
  },
];

const ALL = [{ Effect: 'Allow', Action: ['bedrock-agentcore:*', 'secretsmanager:*'], Resource: '*' }];

const valid = [provider(), gateway(), target(), ...role(ALL)];

const custom = (changes: Readonly<Record<string, unknown>>) =>
  provider({}, { custom_oauth2_provider_config: [{ ...customBlock, ...changes }] });

const oauth = (changes: Readonly<Record<string, unknown>>) =>
  target({ oauth: [{ ...oauthBlock, ...changes }] });

const told: string[] = [];

// Its tests keep their order: the last of them holds what the others were told.
describe('a plan', { shuffle: false }, () => {
  it('is verified where all is right', async () => {
    const report = await lintPlan(valid);
    expect(findings(report)).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
  });

  it.each<[string, string, PlannedResource[]]>([
    [
      'token-exchange-without-config',
      TARGET,
      [custom({ on_behalf_of_token_exchange_config: [] }), gateway(), target()],
    ],
    ['token-exchange-config-unused', TARGET, [provider(), gateway(), oauth({ grant_type: null })]],
    [
      'token-exchange-config-unused',
      TARGET,
      [provider(), gateway(), oauth({ grant_type: 'CLIENT_CREDENTIALS' })],
    ],
    [
      'token-exchange-on-built-in-vendor',
      TARGET,
      [
        provider(
          { credential_provider_vendor: 'SlackOauth2' },
          { slack_oauth2_provider_config: [builtInClient] },
        ),
        gateway(),
        target(),
      ],
    ],
    ['invalid-grant-type', TARGET, [provider(), gateway(), oauth({ grant_type: 'TOKEN_EXCHANG' })]],
    [
      'malformed-on-behalf-of-config',
      PROVIDER,
      [custom({ on_behalf_of_token_exchange_config: [{ grant_type: 'OBO' }] }), gateway(), target()],
    ],
    [
      'malformed-token-exchange-grant-type-config',
      PROVIDER,
      [
        custom({
          on_behalf_of_token_exchange_config: [
            {
              grant_type: 'TOKEN_EXCHANGE',
              token_exchange_grant_type_config: [{ actor_token_content: 'NONE', actor_token_scopes: ['a'] }],
            },
          ],
        }),
        gateway(),
        target(),
      ],
    ],
    [
      'actor-token-unspecified',
      PROVIDER,
      [
        custom({
          on_behalf_of_token_exchange_config: [
            { grant_type: 'TOKEN_EXCHANGE', token_exchange_grant_type_config: [] },
          ],
        }),
        gateway(),
        target(),
      ],
    ],
    [
      'provider-vendor-mismatch',
      PROVIDER,
      [provider({ credential_provider_vendor: 'GithubOauth2' }), gateway(), target()],
    ],
    [
      'invalid-provider-reference',
      TARGET,
      [
        gateway(),
        {
          address: 'aws_bedrockagentcore_api_key_credential_provider.hr',
          values: { name: 'key' },
          expressions: { name: constant('key') },
        },
        {
          ...target(),
          expressions: {
            gateway_identifier: refers('aws_bedrockagentcore_gateway.hr.gateway_id'),
            credential_provider_configuration: [
              {
                oauth: [
                  {
                    provider_arn: refers(
                      'aws_bedrockagentcore_api_key_credential_provider.hr.credential_provider_arn',
                    ),
                  },
                ],
              },
            ],
          },
        },
      ],
    ],
    [
      'token-exchange-without-inbound-jwt',
      TARGET,
      [provider(), gateway({ authorizer_type: 'AWS_IAM', authorizer_configuration: [] }), target()],
    ],
    [
      'token-exchange-unsupported-target',
      TARGET,
      [
        provider(),
        gateway(),
        target(undefined, {
          ...mcpServer,
          mcp: [{ ...mcpServer.mcp[0], mcp_server: [], smithy_model: [{ s3: [] }] }],
        }),
      ],
    ],
    ['jwt-passthrough-unsupported', TARGET, [gateway(), target({ jwt_passthrough: [{}] })]],
    [
      'authorization-code-without-return-url',
      TARGET,
      [
        custom({ on_behalf_of_token_exchange_config: [] }),
        gateway(),
        oauth({ grant_type: 'AUTHORIZATION_CODE' }),
      ],
    ],
    [
      'identity-provider-grant-mismatch',
      PROVIDER,
      [
        custom({
          oauth_discovery: [
            {
              discovery_url:
                'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0/.well-known/openid-configuration',
              authorization_server_metadata: [],
            },
          ],
        }),
        gateway(),
        target(),
      ],
    ],
    [
      'gateway-role-cannot-exchange',
      'aws_bedrockagentcore_gateway.hr',
      [
        provider(),
        gateway(),
        target(),
        ...role([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]),
      ],
    ],
  ])('has %s', async (rule, resource, resources) => {
    const report = await lintPlan(resources);
    told.push(
      ...report.diagnostics
        .filter(({ ruleId }) => ruleId === rule)
        .map(({ ruleId, message, help }) => `${ruleId}\n  ${message}\n  ${help}\n`),
    );
    expect(findings(report)).toContain(`${rule}@${resource}`);
  });

  it('is told of in the words of Terraform', async () => {
    await expect([...new Set(told)].join('\n')).toMatchFileSnapshot('words.txt');
  });
});

import { describe, expect, it } from 'vitest';
import { credentialTypeMismatch } from '../../../rules/credential-type-mismatch.js';
import { jwtPassthroughUnsupported } from '../../../rules/jwt-passthrough-unsupported.js';
import type { Diagnostic } from '../../../src/lint/result.js';
import type { AnyRule } from '../../../src/lint/rule.js';
import {
  configuredTarget,
  findingsOf,
  gateway,
  type Json,
  type JsonMap,
  NO_VALUE,
  ref,
} from '../templates.js';

const OAUTH = { ProviderArn: 'arn', Scopes: [], GrantType: 'TOKEN_EXCHANGE' };
const API_KEY = { ProviderArn: 'arn' };
const Parameters = { Open: { Type: 'String' }, Mode: { Type: 'String', AllowedValues: ['a', 'b'] } };
const Conditions = { A: { 'Fn::Equals': [ref('Mode'), 'a'] } };
const RUNTIME = { Http: { AgentcoreRuntime: { Arn: 'arn' } } };

async function check(
  rule: AnyRule,
  type: Json,
  block: Json,
  kind?: JsonMap,
  of: JsonMap = {},
): Promise<readonly Diagnostic[]> {
  const Target = configuredTarget({ CredentialProviderType: type, CredentialProvider: block }, kind);
  return findingsOf(rule, { Parameters, Conditions, Resources: { Gateway: gateway(of), Target } });
}

describe('credential-type-mismatch', () => {
  const places = async (type: Json, block: Json): Promise<string[]> =>
    (await check(credentialTypeMismatch, type, block)).map(({ path }) => String(path.at(-1)));

  it.each<[string, Json, Json, string]>([
    ['another block', 'API_KEY', { OauthCredentialProvider: OAUTH }, 'OauthCredentialProvider'],
    [
      'a second block',
      'OAUTH',
      { OauthCredentialProvider: OAUTH, ApiKeyCredentialProvider: API_KEY },
      'ApiKeyCredentialProvider',
    ],
    ['no block', 'OAUTH', {}, 'CredentialProviderType'],
    ['a block left out', 'OAUTH', { OauthCredentialProvider: NO_VALUE }, 'CredentialProviderType'],
    ['a block misspelled', 'OAUTH', { OAuthCredentialProvider: OAUTH }, 'OAuthCredentialProvider'],
  ])('finds %s', async (_, type, block, place) => {
    expect(await places(type, block)).toEqual([place]);
  });

  it.each<[string, Json, Json]>([
    ['the block of the type', 'API_KEY', { ApiKeyCredentialProvider: API_KEY }],
    ['a type that nobody knows', ref('Open'), { ApiKeyCredentialProvider: API_KEY }],
    ['a type that CloudFormation refuses', 'BEARER', { ApiKeyCredentialProvider: API_KEY }],
    ['a block that a macro makes', 'OAUTH', { 'Fn::Transform': { Name: 'Block' } }],
    ['a block that nobody knows', 'OAUTH', { 'Fn::FindInMap': ['Blocks', ref('Open'), 'x'] }],
    ['an optional block left out', 'GATEWAY_IAM_ROLE', NO_VALUE],
    [
      'two blocks that exclude each other',
      { 'Fn::If': ['A', 'OAUTH', 'API_KEY'] },
      {
        OauthCredentialProvider: { 'Fn::If': ['A', OAUTH, NO_VALUE] },
        ApiKeyCredentialProvider: { 'Fn::If': ['A', NO_VALUE, API_KEY] },
      },
    ],
  ])('lets pass %s', async (_, type, block) => {
    expect(await places(type, block)).toEqual([]);
  });

  it('offers the type that needs the block, and the right spelling', async () => {
    const [other] = await check(credentialTypeMismatch, 'GATEWAY_IAM_ROLE', {
      OauthCredentialProvider: OAUTH,
    });
    expect(other?.fix).toMatchObject({ safety: 'unsafe', title: 'Change CredentialProviderType to OAUTH' });
    const [misspelled] = await check(credentialTypeMismatch, 'OAUTH', { oauthCredentialProvider: OAUTH });
    expect(misspelled?.fix).toMatchObject({ safety: 'safe', title: 'Write OauthCredentialProvider' });
    const [ambiguous] = await check(credentialTypeMismatch, 'OAUTH', { IamCredentialProvider: {} });
    expect(ambiguous?.fix).toBeNull();
  });
});

describe('jwt-passthrough-unsupported', () => {
  const messages = async (block: Json, kind?: JsonMap, of?: JsonMap): Promise<string[]> =>
    (await check(jwtPassthroughUnsupported, 'JWT_PASSTHROUGH', block, kind, of)).map(
      ({ message }) => message,
    );

  it('finds each cause by itself', async () => {
    expect(await messages(NO_VALUE)).toEqual([expect.stringContaining('it is an MCP server')]);
    expect(await messages({ OauthCredentialProvider: OAUTH }, RUNTIME)).toEqual([
      expect.stringContaining('(OauthCredentialProvider) beside it'),
    ]);
    expect(await messages(NO_VALUE, RUNTIME, { AuthorizerType: 'AWS_IAM' })).toEqual([
      expect.stringContaining('AuthorizerType AWS_IAM'),
    ]);
  });

  it('lets pass a runtime behind a gateway that receives a user token', async () => {
    expect(await messages(NO_VALUE, RUNTIME)).toEqual([]);
    expect(
      await messages({ OauthCredentialProvider: NO_VALUE }, RUNTIME, { AuthorizerType: ref('Open') }),
    ).toEqual([]);
  });

  it('is no credential-type-mismatch as well', async () => {
    expect(
      await check(credentialTypeMismatch, 'JWT_PASSTHROUGH', { OauthCredentialProvider: OAUTH }, RUNTIME),
    ).toEqual([]);
  });
});

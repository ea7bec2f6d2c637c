import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partsRequire } from './agentcore-parts.js';
import { json, lint } from './report-on.js';

/*
 * Requests and answers of the real SDK, against a server of its own that keeps what it is sent, as the service would.
 */

const ISSUER = 'https://idp.example.com/.well-known/openid-configuration';
const ARN = 'arn:aws:bedrock-agentcore:us-east-1:111122223333';

type Value = Readonly<Record<string, unknown>>;
type Client = { send(command: object): Promise<Value> };
type Sdk = Readonly<Record<string, new (input: object) => Client & object>>;

/** What the server was sent, as it stood on the wire. */
const requests: { readonly path: string; readonly body: Value }[] = [];
const kept = new Map<string, Value>();

async function bodyOf(request: IncomingMessage): Promise<Value> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}

/** The service's answer: what it was sent, with what it adds, and without secrets. */
function answer(method: string, path: string, body: Value): Value | undefined {
  const times = {
    createdAt: '2026-09-21T11:55:39.000Z',
    updatedAt: '2026-09-21T11:55:39.000Z',
    status: 'READY',
  };
  if (path === '/identities/CreateOauth2CredentialProvider') {
    const { oauth2ProviderConfigInput, ...rest } = body;
    const config = JSON.parse(JSON.stringify(oauth2ProviderConfigInput), (key, value) =>
      key === 'clientSecret' ? undefined : value,
    );
    const made = {
      ...rest,
      credentialProviderArn: `${ARN}:token-vault/default/oauth2credentialprovider/${body.name}`,
      clientSecretArn: { secretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:hr' },
      oauth2ProviderConfigOutput: config,
      createdTime: 1758463200,
      lastUpdatedTime: 1758463200,
    };
    kept.set(`provider ${body.name}`, made);
    return made;
  }
  if (path === '/identities/GetOauth2CredentialProvider') return kept.get(`provider ${body.name}`);
  if (method === 'POST' && path === '/gateways/') {
    const gatewayId = `${body.name}-a1b2c3d4e5`;
    const made = { ...body, ...times, gatewayId, gatewayArn: `${ARN}:gateway/${gatewayId}` };
    kept.set(`/gateways/${gatewayId}/`, made);
    return made;
  }
  const [, gateway] = /^\/gateways\/([^/]+)\/targets\/$/.exec(path) ?? [];
  if (method === 'POST' && gateway !== undefined) {
    const made = { ...body, ...times, gatewayArn: `${ARN}:gateway/${gateway}`, targetId: 'ABCDEFGHIJ' };
    kept.set(`/gateways/${gateway}/targets/ABCDEFGHIJ/`, made);
    return made;
  }
  return kept.get(path);
}

let server: Server;
let sdk: Sdk;
let client: Client;

beforeAll(async () => {
  sdk = partsRequire('@aws-sdk/client-bedrock-agentcore-control');
  server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const body = await bodyOf(request);
    if (request.method === 'POST') requests.push({ path, body });
    const found = answer(request.method ?? '', path, body);
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  client = new (sdk.BedrockAgentCoreControlClient as Sdk[string])({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    maxAttempts: 1,
  });
}, 120_000);

afterAll(() => {
  server.close();
});

const call = (name: string, input: object) => client.send(new (sdk[`${name}Command`] as Sdk[string])(input));

/** Makes a provider, a gateway and a target, and saves what the get calls answer. */
async function account(exchange: object | undefined): Promise<{ answers: Value[]; sent: Value[] }> {
  kept.clear();
  requests.length = 0;
  const { credentialProviderArn: providerArn } = await call('CreateOauth2CredentialProvider', {
    name: 'HrApi',
    credentialProviderVendor: 'CustomOauth2',
    oauth2ProviderConfigInput: {
      customOauth2ProviderConfig: {
        clientId: 'portal',
        clientSecret: 'not-a-secret',
        oauthDiscovery: { discoveryUrl: ISSUER },
        onBehalfOfTokenExchangeConfig: exchange,
      },
    },
  });
  const { gatewayId: gatewayIdentifier } = await call('CreateGateway', {
    name: 'hr',
    roleArn: 'arn:aws:iam::111122223333:role/hr',
    authorizerType: 'CUSTOM_JWT',
    authorizerConfiguration: { customJWTAuthorizer: { discoveryUrl: ISSUER, allowedAudience: ['hr'] } },
  });
  const { targetId } = await call('CreateGatewayTarget', {
    gatewayIdentifier,
    name: 'hr-tools',
    targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://hr.example.com/mcp' } } },
    credentialProviderConfigurations: [
      {
        credentialProviderType: 'OAUTH',
        credentialProvider: {
          oauthCredentialProvider: {
            providerArn,
            scopes: ['hr.read'],
            grantType: 'TOKEN_EXCHANGE',
            customParameters: { audience: 'hr' },
          },
        },
      },
    ],
  });
  const answers = [
    await call('GetOauth2CredentialProvider', { name: 'HrApi' }),
    await call('GetGateway', { gatewayIdentifier }),
    await call('GetGatewayTarget', { gatewayIdentifier, targetId }),
  ].map(({ $metadata: _, ...one }) => one);
  const sent = requests
    .filter(({ path }) => !path.includes('Get'))
    // The gateway stands in the address of the request; the command line's input has it in the body.
    .map(({ path, body }) => (path.includes('/targets/') ? { gatewayIdentifier, ...body } : body));
  return { answers, sent };
}

const EXCHANGE = { grantType: 'TOKEN_EXCHANGE', tokenExchangeGrantTypeConfig: { actorTokenContent: 'NONE' } };

describe('what the real SDK answers', () => {
  it('is verified where all is right, however it is saved', async () => {
    const { answers } = await account(EXCHANGE);
    const [provider, gateway, target] = answers;
    const ways: readonly Readonly<Record<string, string>>[] = [
      { 'account.json': json(answers) },
      { 'account.json': json({ gateways: [gateway], targets: [target], credentialProviders: [provider] }) },
      { 'account.json': answers.map((one) => JSON.stringify(one)).join('\n') },
      { 'provider.json': json(provider), 'gateway.json': json(gateway), 'target.json': json(target) },
    ];
    for (const saved of ways) {
      const { diagnostics, summary } = await lint(saved);
      expect(diagnostics).toEqual([]);
      expect(summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 0 });
    }
  });

  it('shows the fault', async () => {
    const { answers } = await account(undefined);
    const { diagnostics } = await lint({ 'account.json': json(answers) });
    expect(diagnostics.map(({ ruleId, resource }) => `${ruleId}@${resource}`)).toEqual([
      'token-exchange-without-config@hr-tools',
    ]);
  });
});

describe('what the real SDK sends', () => {
  it('shows the same fault, and the secret that stands in it', async () => {
    const { sent } = await account(undefined);
    const { diagnostics } = await lint({ 'requests.json': json(sent) });
    expect(diagnostics.map(({ ruleId, resource }) => `${ruleId}@${resource}`).sort()).toEqual([
      'gateway-unresolved@hr-tools',
      'plaintext-client-secret@HrApi',
      'token-exchange-without-config@hr-tools',
    ]);
    expect(JSON.stringify(diagnostics)).not.toContain('not-a-secret');
  });
});

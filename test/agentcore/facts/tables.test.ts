import { describe, expect, it } from 'vitest';
import * as facts from '../../../src/agentcore/facts/index.js';
import { sourcePageOf } from '../../../src/agentcore/facts/source-pages.js';
import { allowedValues, propertyAt, resourceShape } from '../../../src/spec/index.js';

const provider = 'AWS::BedrockAgentCore::OAuth2CredentialProvider';
const target = 'AWS::BedrockAgentCore::GatewayTarget';
const gateway = 'AWS::BedrockAgentCore::Gateway';
const harness = 'AWS::BedrockAgentCore::Harness';
const onBehalfOf = [
  'Oauth2ProviderConfigInput',
  'CustomOauth2ProviderConfig',
  'OnBehalfOfTokenExchangeConfig',
];
const oauth = ['CredentialProviderConfigurations', 'CredentialProvider', 'OauthCredentialProvider'];

const sorted = (values: Iterable<string> | undefined) => [...(values ?? [])].sort();
const valuesAt = (type: string, ...route: string[]) => sorted(allowedValues(propertyAt(type, route)));
const keysOf = (type: string, definition: string) =>
  sorted(resourceShape(type)?.definition(definition)?.keys());

describe('the tables agree with the specification', () => {
  it('on vendors', () => {
    expect(sorted(facts.vendors.map((row) => row.vendor))).toEqual(
      valuesAt(provider, 'CredentialProviderVendor'),
    );
  });

  it('on the blocks of Oauth2ProviderConfigInput', () => {
    expect(sorted(facts.configBlocks)).toEqual(keysOf(provider, 'Oauth2ProviderConfigInput'));
  });

  it('on the block of each vendor: its own where there is one, else the included one', () => {
    const blocks = keysOf(provider, 'Oauth2ProviderConfigInput');
    for (const row of facts.vendors) {
      const own = `${row.vendor}ProviderConfig`;
      expect(row.configBlock, row.vendor).toBe(blocks.includes(own) ? own : 'IncludedOauth2ProviderConfig');
    }
  });

  it('on the only block that takes an on-behalf-of configuration', () => {
    for (const row of facts.vendors) {
      const takesIt = propertyAt(provider, [
        'Oauth2ProviderConfigInput',
        row.configBlock,
        'OnBehalfOfTokenExchangeConfig',
      ]);
      expect(row.custom, row.vendor).toBe(takesIt !== undefined);
    }
  });

  it('on the grants of consumers', () => {
    expect(sorted(facts.grantsOf('gateway-target'))).toEqual(valuesAt(target, ...oauth, 'GrantType'));
    expect(sorted(facts.grantsOf('harness'))).toEqual(
      valuesAt(harness, 'Tools', 'Config', 'AgentCoreGateway', 'OutboundAuth', 'Oauth', 'GrantType'),
    );
  });

  it('on the grants of providers', () => {
    expect(sorted(facts.providerGrants.map((row) => row.grant))).toEqual(
      valuesAt(provider, ...onBehalfOf, 'GrantType'),
    );
  });

  it('on the keys of the on-behalf-of blocks and which of them are required', () => {
    for (const [definition, rows] of [
      ['OnBehalfOfTokenExchangeConfig', facts.onBehalfOfKeys],
      ['TokenExchangeGrantTypeConfig', facts.tokenExchangeGrantTypeKeys],
    ] as const) {
      const specified = [...(resourceShape(provider)?.definition(definition) ?? [])];
      expect(rows.map((row) => [row.key, row.required]).sort()).toEqual(
        specified.map(([key, shape]) => [key, shape.required]).sort(),
      );
    }
  });

  it('on what an actor token can be', () => {
    expect(sorted(facts.actorTokenContents.map((row) => row.content))).toEqual(
      valuesAt(provider, ...onBehalfOf, 'TokenExchangeGrantTypeConfig', 'ActorTokenContent'),
    );
  });

  it('on target kinds', () => {
    const specified = keysOf(target, 'TargetConfiguration').flatMap((protocol) => {
      const shape = propertyAt(target, ['TargetConfiguration', protocol]);
      const definition = shape?.kind === 'definition' ? shape.definition : '';
      return keysOf(target, definition).map((key) => `${protocol}.${key}`);
    });
    expect(sorted(facts.targetKinds.map((row) => row.path.join('.')))).toEqual(sorted(specified));
  });

  it('on authorizers', () => {
    expect(sorted(facts.authorizers.map((row) => row.type))).toEqual(valuesAt(gateway, 'AuthorizerType'));
  });

  it('on credential types and their blocks', () => {
    expect(sorted(facts.credentialTypes.map((row) => row.type))).toEqual(
      valuesAt(target, 'CredentialProviderConfigurations', 'CredentialProviderType'),
    );
    expect(sorted(facts.credentialBlocks)).toEqual(keysOf(target, 'CredentialProvider'));
  });

  it('on foreign keys: none of them is known to CloudFormation in these blocks', () => {
    const known = [...facts.onBehalfOfKeys, ...facts.tokenExchangeGrantTypeKeys].map((row) => row.key);
    expect(facts.foreignKeys.filter((row) => known.includes(row.key))).toEqual([]);
  });
});

describe('what the developer guide says of targets', () => {
  const kindsThat = (test: (row: facts.TargetKindFact) => boolean) =>
    facts.targetKinds.filter(test).map((row) => row.kind);

  it('token exchange is for MCP servers, OpenAPI and two kinds over HTTP, and not for three others', () => {
    expect(kindsThat((row) => row.tokenExchange === 'yes')).toEqual([
      'McpServer',
      'OpenApiSchema',
      'AgentcoreRuntime',
      'Passthrough',
    ]);
    expect(kindsThat((row) => row.tokenExchange === 'refused')).toEqual(['Lambda']);
    expect(kindsThat((row) => row.tokenExchange === 'unlisted')).toEqual(['SmithyModel', 'ApiGateway']);
  });

  it('a token is passed on to AgentCore runtimes and HTTP passthrough only', () => {
    expect(kindsThat((row) => row.jwtPassthrough)).toEqual(['AgentcoreRuntime', 'Passthrough']);
  });
});

describe('every row', () => {
  const tables = Object.entries(facts).flatMap(([name, value]) =>
    Array.isArray(value) ? [[name, value as readonly unknown[]] as const] : [],
  );
  const rows = tables.flatMap(([name, values]) =>
    values.flatMap((row) =>
      typeof row === 'object' && row !== null ? [[name, row as facts.Fact] as const] : [],
    ),
  );

  it('is there', () => {
    expect(tables.map(([name]) => name)).toContain('identityProviders');
    expect(rows.length).toBeGreaterThan(60);
  });

  it('names its source as a URL', () => {
    for (const [name, row] of rows) expect(URL.canParse(row.source), name).toBe(true);
  });

  it('comes from a page that has a title and a day', () => {
    for (const [name, row] of rows) {
      expect(sourcePageOf(row.source), `${name}: ${row.source}`).toMatchObject({
        title: expect.stringMatching(/./),
        confirmed: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      });
    }
  });

  it('says in a sentence what is disputed about it', () => {
    for (const [name, row] of rows)
      if (row.disputed !== undefined) expect(row.disputed, name).toMatch(/^[A-Z].*\.$/);
  });

  it('is frozen, and so is its table', () => {
    for (const [name, values] of tables) expect(Object.isFrozen(values), name).toBe(true);
    for (const [name, row] of rows) expect(Object.isFrozen(row), name).toBe(true);
    expect(Object.isFrozen(facts.identityProviders[0]?.hosts[0])).toBe(true);
  });

  it('has clauses without a full stop and advice with one, as messages are built from them', () => {
    for (const [name, row] of rows) {
      const { explanation, instead } = row as { explanation?: string; instead?: string };
      if (explanation !== undefined) expect(explanation, name).toMatch(/^[a-z].*[^.]$/);
      if (instead !== undefined) expect(instead, name).toMatch(/^[A-Z].*\.$/);
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  allowedValues,
  definitionName,
  propertyAt,
  resourceShape,
  resourceTypes,
} from '../../src/spec/index.js';
import { readProperties } from '../../src/spec/shape.js';

const PROVIDER = 'AWS::BedrockAgentCore::OAuth2CredentialProvider';
const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';
const HARNESS = 'AWS::BedrockAgentCore::Harness';
const RECORD = 'AWS::AgentRegistry::RegistryRecord';

describe('resource shapes', () => {
  it('knows every AgentCore type and nothing else', () => {
    expect(resourceTypes()).toContain(PROVIDER);
    expect(resourceTypes().filter((type) => !type.startsWith('AWS::BedrockAgentCore::'))).toEqual([RECORD]);
    for (const type of ['AWS::S3::Bucket', '__proto__', 'constructor', 'toString', '']) {
      expect(resourceShape(type), type).toBeUndefined();
    }
  });

  it('says what Ref gives', () => {
    expect(resourceShape(PROVIDER)?.refAttribute).toBe('CredentialProviderArn');
    expect(resourceShape('AWS::BedrockAgentCore::Gateway')?.refAttribute).toBe('GatewayIdentifier');
    expect(resourceShape('AWS::BedrockAgentCore::WorkloadIdentity')?.refAttribute).toBe('Name');
    expect(resourceShape(TARGET)?.refAttribute, 'a joined identifier').toBeUndefined();
  });

  it('says what GetAtt takes, fields of object attributes included', () => {
    const attributes = resourceShape(PROVIDER)?.attributes;
    expect(attributes?.has('CredentialProviderArn')).toBe(true);
    expect(attributes?.has('ClientSecretArn.SecretArn')).toBe(true);
    expect(attributes?.has('Arn')).toBe(false);
    expect(resourceShape(HARNESS)?.attributes.has('Arn')).toBe(true);
  });

  it('keeps properties only of the types that rules look inside', () => {
    const withProperties = resourceTypes().filter((type) => resourceShape(type)?.properties !== undefined);
    expect(withProperties).toEqual([RECORD, 'AWS::BedrockAgentCore::Gateway', TARGET, HARNESS, PROVIDER]);
  });

  it('follows a route through lists and definitions', () => {
    const grant = [
      'CredentialProviderConfigurations',
      'CredentialProvider',
      'OauthCredentialProvider',
      'GrantType',
    ];
    expect(allowedValues(propertyAt(TARGET, grant))).toEqual([
      'CLIENT_CREDENTIALS',
      'AUTHORIZATION_CODE',
      'TOKEN_EXCHANGE',
    ]);
    const harnessGrant = ['Tools', 'Config', 'AgentCoreGateway', 'OutboundAuth', 'Oauth', 'GrantType'];
    expect(allowedValues(propertyAt(HARNESS, harnessGrant))).toEqual([
      'CLIENT_CREDENTIALS',
      'AUTHORIZATION_CODE',
    ]);
    expect(propertyAt(TARGET, ['CredentialProviderConfigurations', 'Nope', 'GrantType'])).toBeUndefined();
    expect(propertyAt(TARGET, ['__proto__'])).toBeUndefined();
    expect(propertyAt(TARGET, [])).toBeUndefined();
    expect(propertyAt('AWS::S3::Bucket', ['BucketName'])).toBeUndefined();
  });

  it('holds what the rules about the on-behalf-of block rest on', () => {
    const block = resourceShape(PROVIDER)?.definition('OnBehalfOfTokenExchangeConfig');
    expect([...(block?.keys() ?? [])]).toEqual(['GrantType', 'TokenExchangeGrantTypeConfig']);
    expect(block?.get('GrantType')).toEqual({
      kind: 'string',
      allowedValues: ['TOKEN_EXCHANGE', 'JWT_AUTHORIZATION_GRANT'],
      required: true,
    });
    const nested = block?.get('TokenExchangeGrantTypeConfig');
    expect(nested && definitionName(nested)).toBe('TokenExchangeGrantTypeConfig');
    expect(resourceShape(PROVIDER)?.definition('constructor')).toBeUndefined();
  });

  it('leads every property to a definition that is there', () => {
    for (const type of resourceTypes()) {
      const shape = resourceShape(type);
      const open = [...(shape?.properties?.values() ?? [])];
      const seen = new Set<string>();
      for (let property = open.pop(); property !== undefined; property = open.pop()) {
        const name = definitionName(property);
        if (name === undefined || seen.has(name)) continue;
        seen.add(name);
        const definition = shape?.definition(name);
        expect(definition, `${type} ${name}`).toBeDefined();
        open.push(...(definition?.values() ?? []));
      }
    }
  });
});

describe('the notation of the generated file', () => {
  it.each([
    ['string', { kind: 'string', allowedValues: undefined, required: false }],
    ['string A|B!', { kind: 'string', allowedValues: ['A', 'B'], required: true }],
    ['#Block!', { kind: 'definition', definition: 'Block', required: true }],
    [
      'list map #Block',
      {
        kind: 'list',
        element: { kind: 'map', element: { kind: 'definition', definition: 'Block' } },
        required: false,
      },
    ],
    [
      'number or string',
      {
        kind: 'union',
        types: [{ kind: 'number' }, { kind: 'string', allowedValues: undefined }],
        required: false,
      },
    ],
    ['boolean', { kind: 'boolean', required: false }],
    ['any!', { kind: 'any', required: true }],
  ])('%s', (text, shape) => {
    expect(readProperties({ P: text }).get('P')).toEqual(shape);
  });
});

it('the generated file stays small enough to be loaded on every run', () => {
  const file = new URL('../../src/spec/generated.ts', import.meta.url);
  expect(readFileSync(file).length).toBeLessThan(40_000);
});

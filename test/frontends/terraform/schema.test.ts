import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ATTACHING } from '../../../src/frontends/terraform/attachments.js';
import { awsccName, awsccTable } from '../../../src/frontends/terraform/awscc.js';
import { awsResources, type BlockTable, credentialBlocks } from '../../../src/frontends/terraform/blocks.js';
import { isMap, own } from '../../../src/plain/map.js';
import { definitionName, resourceShape } from '../../../src/spec/index.js';

/*
 * The tables of Terraform's names, held against the provider's schema (`scripts/terraform-schema.js`) on one side and
 * CloudFormation's specification on the other.
 */

const schema = JSON.parse(readFileSync(path.join(import.meta.dirname, 'schema.json'), 'utf8')) as {
  readonly resources: Readonly<Record<string, unknown>>;
};

/** The names in a table that a schema does not have. */
function unknownNames(table: BlockTable, of: unknown, at: string): string[] {
  return Object.entries(table).flatMap(([name, entry]) => {
    const known = own(of, name);
    const here = `${at}.${name}`;
    if (known === undefined) return [here];
    if (entry.kind === 'attribute')
      return isMap(known) ? [`${here} is a block`] : writeOnlyOf(entry.writeOnly, of, at);
    if (!isMap(known)) return [`${here} is no block`];
    if (entry.kind === 'block') return unknownNames(entry.of, known, here);
    const blocks = Object.entries(credentialBlocks);
    return blocks.flatMap(([block, { of: inner }]) =>
      isMap(known[block]) ? unknownNames(inner, known[block], `${here}.${block}`) : [`${here}.${block}`],
    );
  });
}

function writeOnlyOf(name: string | undefined, of: unknown, at: string): string[] {
  return name === undefined || own(of, name) !== undefined ? [] : [`${at}.${name}`];
}

describe('the schema of hashicorp/aws', () => {
  it.each(Object.entries(awsResources))('has all that is read of %s', (type, table) => {
    const known = schema.resources[type];
    expect(unknownNames(table.properties, known, type)).toEqual([]);
    const referred = [...Object.keys(table.attributes), ...table.identities];
    expect(referred.filter((name) => own(known, name) === undefined)).toEqual([]);
  });

  it('has every block of a union that is read', () => {
    const provider = schema.resources.aws_bedrockagentcore_oauth2_credential_provider;
    const blocks = Object.keys(own(provider, 'oauth2_provider_config') as object);
    const entry =
      awsResources.aws_bedrockagentcore_oauth2_credential_provider?.properties.oauth2_provider_config;
    expect(entry?.kind === 'block' && Object.keys(entry.of).sort()).toEqual(blocks);
    const target = schema.resources.aws_bedrockagentcore_gateway_target;
    expect(Object.keys(credentialBlocks).sort()).toEqual(
      Object.keys(own(target, 'credential_provider_configuration') as object),
    );
  });

  it.each([...ATTACHING])('has what attaches policies by %s', (type, { roles, policies }) => {
    expect(own(schema.resources[type], roles)).toBe(true);
    expect(own(schema.resources[type], policies)).toBe(true);
  });
});

describe('the specification of CloudFormation', () => {
  const agentCore = Object.entries(awsResources).filter(([, { type }]) => resourceShape(type)?.properties);

  it.each(agentCore)('has all that %s becomes', (_, { type, properties }) => {
    const shape = resourceShape(type);
    const missing = (table: BlockTable, name: string | undefined, at: string): string[] => {
      const known = name === undefined ? shape?.properties : shape?.definition(name);
      return Object.values(table).flatMap((entry) => {
        if (entry.kind === 'attribute' && entry.made === true) return [];
        const found = known?.get(entry.to);
        if (found === undefined) return [`${at}.${entry.to}`];
        return entry.kind === 'block' && Object.keys(entry.of).length > 0
          ? missing(entry.of, definitionName(found), `${at}.${entry.to}`)
          : [];
      });
    };
    expect(missing(properties, undefined, type)).toEqual([]);
  });
});

describe('the names of awscc', () => {
  it.each([
    ['OAuth2CredentialProvider', 'o_auth_2_credential_provider'],
    ['Oauth2ProviderConfigInput', 'oauth_2_provider_config_input'],
    ['CustomOauth2ProviderConfig', 'custom_oauth_2_provider_config'],
    ['CustomJWTAuthorizer', 'custom_jwt_authorizer'],
    ['OnBehalfOfTokenExchangeConfig', 'on_behalf_of_token_exchange_config'],
    ['GatewayArn', 'gateway_arn'],
  ])('%s is %s', (name, expected) => {
    expect(awsccName(name)).toBe(expected);
  });

  it('lead to the resources of CloudFormation', () => {
    expect(awsccTable('awscc_bedrockagentcore_o_auth_2_credential_provider')?.type).toBe(
      'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    );
    expect(awsccTable('awscc_bedrockagentcore_gateway')?.attributes).toMatchObject({
      gateway_identifier: 'Ref',
    });
    expect(awsccTable('awscc_bedrockagentcore_nothing')).toBeUndefined();
    expect(awsccTable('awscc_s3_bucket')).toBeUndefined();
  });
});

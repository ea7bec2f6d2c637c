import { describe, expect, it } from 'vitest';
import { invalidProviderReference } from '../../../rules/invalid-provider-reference.js';
import { tokenExchangeWithoutConfig } from '../../../rules/token-exchange-without-config.js';
import { parseProviderArn } from '../../../src/agentcore/consumer/provider-arn.js';
import { concatenate, type Part } from '../../../src/evaluate/value.js';
import { findingsOf, gateway, type Json, NO_VALUE, provider, sub, target } from '../templates.js';

async function found(arn: Json) {
  const Resources = { Provider: provider(), Gateway: gateway(), Target: target({ ProviderArn: arn }) };
  const diagnostics = await findingsOf(invalidProviderReference, { Resources });
  return diagnostics.map(({ messageKey }) => messageKey);
}

describe('what an ARN says of a provider', () => {
  const tail = ':token-vault/default/oauth2credentialprovider/idp';
  const symbol: Part = { kind: 'opaque', id: 'x', reason: 'it is open' };
  const parsed = (...parts: Part[]) => parseProviderArn(concatenate(parts));

  it('is its region and account where these are written with its name', () => {
    expect(parsed(`arn:aws:bedrock-agentcore:us-east-1:111122223333${tail}`)).toMatchObject({
      kind: 'oauth2-provider',
      region: 'us-east-1',
      account: '111122223333',
    });
    expect(parsed(`arn:aws:bedrock-agentcore::${tail}`)).toMatchObject({
      region: undefined,
      account: undefined,
    });
  });

  it('is its name alone where something before that is open', () => {
    expect(parsed('arn:aws:bedrock-agentcore:us-east-1:', symbol, tail)).toMatchObject({
      kind: 'oauth2-provider',
      region: undefined,
      account: undefined,
    });
  });
});

describe('the ARN of a provider', () => {
  it.each<[string, Json, string[]]>([
    [
      'of another service, in any partition',
      sub('arn:<AWS::Partition>:secretsmanager:us-east-1:111122223333:secret:idp'),
      ['otherArn'],
    ],
    ['of another service', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:idp', ['otherArn']],
    [
      'of this service, of which too little is known',
      sub('arn:<AWS::Partition>:bedrock-agentcore:<AWS::Region>'),
      [],
    ],
    ['of which the service is not known', sub('arn:<AWS::Partition>:<AWS::StackName>'), []],
    ['put together of a resource that is not there', sub('provider-<Nope>'), ['dangling']],
    ['that is none', sub('provider-<AWS::Region>'), ['noArn']],
  ])('%s', async (_, arn, keys) => {
    expect(await found(arn)).toEqual(keys);
  });
});

it('is found by the default of a parameter that stands in it, which is told', async () => {
  const ProviderArn = sub('arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default/<Kind>/idp');
  const [finding, ...others] = await findingsOf(tokenExchangeWithoutConfig, {
    Parameters: { Kind: { Type: 'String', Default: 'oauth2credentialprovider' } },
    Resources: {
      Provider: provider({ OnBehalfOfTokenExchangeConfig: NO_VALUE }),
      Gateway: gateway(),
      Target: target({ ProviderArn }),
    },
  });
  expect(others).toEqual([]);
  expect(finding?.messageKey).toBe('notConfigured');
  expect(finding?.related[0]?.message).toBe('the default of the parameter Kind is this ARN');
});

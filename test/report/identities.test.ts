import { describe, expect, it } from 'vitest';
import type { IdentityRow } from '../../src/lint/result.js';
import { renderIdentities } from '../../src/report/identities.js';
import { IDENTITY_FORMATS } from '../../src/report/identity-formats.js';
import { HOSTILE } from './sample.js';

function row(change: Partial<IdentityRow> = {}): IdentityRow {
  return {
    file: 'gateway.yaml',
    resource: 'Target',
    constructPath: null,
    kind: 'gateway-target',
    outcome: 'verified',
    calledAs: 'user',
    grant: 'TOKEN_EXCHANGE',
    provider: { file: 'gateway.yaml', resource: 'Provider' },
    gateway: { file: 'gateway.yaml', resource: 'Gateway' },
    identityProvider: 'login.example.com',
    scenario: { Mode: 'obo' },
    environments: ['prod'],
    rules: [],
    credentialType: 'OAUTH',
    authorizer: 'CUSTOM_JWT',
    ...change,
  };
}

describe.each(IDENTITY_FORMATS)('%s', (format) => {
  it('obeys nothing that a template says', () => {
    const hostile = row({
      resource: HOSTILE,
      provider: { file: HOSTILE, resource: HOSTILE },
      gateway: { file: HOSTILE, resource: HOSTILE },
      identityProvider: HOSTILE,
      scenario: { [HOSTILE]: HOSTILE },
      environments: [HOSTILE],
      authorizer: HOSTILE,
    });
    const text = renderIdentities([hostile], format);
    expect(text.replaceAll('\r\n', '\n')).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u2028-\u202e]/u);
    expect(text).not.toContain('##[');
  });

  it('names who calls whom as whom, and when', () => {
    const text = renderIdentities([row()], format);
    for (const name of ['Gateway', 'Target', 'Provider', 'login.example.com', 'user', 'verified', 'prod'])
      expect(text).toContain(name);
    expect(renderIdentities([], format)).toMatch(/\n$/);
  });
});

describe('csv', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '|cmd', '%x', '  =1+1'])('makes no formula of %j', (name) => {
    const [, line = ''] = renderIdentities([row({ gateway: { file: '', resource: name } })], 'csv').split(
      '\r\n',
    );
    expect(line.startsWith(`"'${name}"`)).toBe(true);
  });

  it('quotes what would end a cell', () => {
    const text = renderIdentities([row({ resource: 'a "b", c' })], 'csv');
    expect(text).toContain(',"a ""b"", c",');
  });
});

describe('json', () => {
  it('has the rows of the report, and no more', () => {
    const { credentialType, authorizer, ...told } = row();
    expect(JSON.parse(renderIdentities([row()], 'json'))).toEqual({ version: 1, consumers: [told] });
  });
});

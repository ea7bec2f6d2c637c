import { expect, it } from 'vitest';
import type { Change } from '../../src/fix/change.js';
import { constructLines } from '../../src/fix/construct-lines.js';

const block = ['Resources', 'Target', 'Properties', 'CredentialProviderConfigurations', 0];

it.each<[string, Change, readonly string[]]>([
  [
    'inserts',
    { kind: 'insert', path: block, key: 'GrantType', value: 'TOKEN_EXCHANGE' },
    ['+ CredentialProviderConfigurations.0.GrantType: "TOKEN_EXCHANGE"'],
  ],
  [
    'inserts into the properties themselves',
    { kind: 'insert', path: block.slice(0, 3), key: 'Config', value: { GrantType: 'TOKEN_EXCHANGE' } },
    ['+ Config: {"GrantType":"TOKEN_EXCHANGE"}'],
  ],
  [
    'replaces',
    { kind: 'replace', path: [...block, 'GrantType'], value: 'TOKEN_EXCHANGE' },
    ['+ CredentialProviderConfigurations.0.GrantType: "TOKEN_EXCHANGE"'],
  ],
  [
    'renames',
    { kind: 'rename', path: [...block, 'grantType'], key: 'GrantType' },
    ['- CredentialProviderConfigurations.0.grantType', '+ CredentialProviderConfigurations.0.GrantType'],
  ],
  [
    'removes',
    { kind: 'remove', path: [...block, 'GrantType'] },
    ['- CredentialProviderConfigurations.0.GrantType'],
  ],
  ['changes the resource', { kind: 'remove', path: ['Resources', 'Target', 'Condition'] }, ['- Condition']],
])('a fix that %s is said in properties', (_, change, lines) => {
  expect(constructLines([change])).toEqual(lines);
});

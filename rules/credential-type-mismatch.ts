import { credentialBlocksOf } from '../src/agentcore/credential-blocks.js';
import { credentialBlocks } from '../src/agentcore/facts/credential-types.js';
import { credentialTypeOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { textOf } from '../src/agentcore/read.js';
import { nearest } from '../src/agentcore/spelling.js';
import { defineRule } from '../src/lint/rule.js';

export const credentialTypeMismatch = defineRule({
  id: 'credential-type-mismatch',
  severity: 'error',
  on: 'consumer',
  summary: 'CredentialProviderType and the block in CredentialProvider disagree.',
  rationale:
    'CredentialProvider is a union: its one block must be that of the CredentialProviderType. OAUTH and API_KEY need their block, and a block of another type is refused or has no effect.',
  remedy: 'Make CredentialProviderType and the block in CredentialProvider say the same.',
  sources: [sources.targetAuthorization, sources.credentialProviderConfiguration],
  messages: {
    otherBlock: {
      message:
        '{target} has CredentialProviderType {type} with {found} in CredentialProvider, where {expected} belongs.',
      help: 'Change CredentialProviderType to the type that goes with {found}, or put {expected} in its place.',
    },
    severalBlocks: {
      message:
        '{target} has CredentialProviderType {type} with {found} beside {expected} in CredentialProvider, which takes one block.',
      help: 'Remove {found}.',
    },
    misspeltBlock: {
      message:
        '{target} has CredentialProviderType {type} with {found} in CredentialProvider, which is written {expected}.',
      help: 'Write {expected}.',
    },
    noBlock: {
      message: '{target} has CredentialProviderType {type} without {expected} in CredentialProvider.',
      help: 'Add {expected} to CredentialProvider, or change CredentialProviderType.',
    },
  },
  check: {
    credentialConfiguration(configuration, context) {
      for (const type of configuration.type()) {
        const fact = credentialTypeOf(textOf(type) ?? '');
        // A type that takes no block at all is the business of jwt-passthrough-unsupported.
        if (fact === undefined || fact.block === null) continue;
        const expected = fact.block;
        for (const { value: blocks, when } of credentialBlocksOf(
          context.world.evaluator,
          configuration,
          type.when,
        )) {
          if (blocks === undefined) continue;
          const common = { when, trail: type.trail };
          const data = { target: configuration.target.logicalId, type: fact.type, expected };
          const related = [{ message: `CredentialProviderType is ${fact.type} here`, at: type.at }];
          const matching = blocks.some(({ key }) => key === expected);
          const other = blocks.find(({ key }) => key !== expected && credentialBlocks.includes(key));
          const misspelt = blocks.find(({ key }) => nearest(key, credentialBlocks) === expected);
          if (other !== undefined) {
            const message = matching ? 'severalBlocks' : 'otherBlock';
            context.report({
              ...common,
              message,
              data: { ...data, found: other.key },
              at: other.at,
              part: 'key',
              related,
            });
          } else if (!matching && misspelt !== undefined) {
            context.report({
              ...common,
              message: 'misspeltBlock',
              data: { ...data, found: misspelt.key },
              at: misspelt.at,
              part: 'key',
              related,
              fix: {
                title: `Write ${expected}`,
                safety: 'safe',
                changes: [{ kind: 'rename', path: misspelt.at.path, key: expected }],
              },
            });
          } else if (!matching && fact.requirement === 'required') {
            context.report({ ...common, message: 'noBlock', data, at: type.at });
          }
        }
      }
    },
  },
});

import { type CredentialBlock, credentialBlocksOf } from '../src/agentcore/consumer/credential-blocks.js';
import { credentialBlocks, credentialTypes } from '../src/agentcore/facts/credential-types.js';
import { credentialTypeOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule, type RuleReport } from '../src/lint/rule.js';
import { nearest } from '../src/plain/did-you-mean.js';
import { replacement } from '../src/views/fixes.js';
import { textOf } from '../src/views/read.js';

const typeNames = credentialTypes.map(({ type }) => type);

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
    misspelledType: {
      consequence: 'deployment-fails',
      message:
        "The CredentialProviderType '{written}' of {target} is not one that CloudFormation knows, so the deployment fails; did you mean {type}?",
      help: 'Write {type}.',
    },
    otherBlock: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType {type} with {found} in CredentialProvider, where {expected} belongs, so the deployment fails.',
      help: 'Change CredentialProviderType to the type that goes with {found}, or put {expected} in its place.',
    },
    severalBlocks: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType {type} with {found} beside {expected} in CredentialProvider, which takes one block, so the deployment fails.',
      help: 'Remove {found}.',
    },
    misspelledBlock: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType {type} with {found} in CredentialProvider, which is written {expected}, so the deployment fails.',
      help: 'Write {expected}.',
    },
    noBlock: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType {type} without {expected} in CredentialProvider, so the deployment fails.',
      help: 'Add {expected} to CredentialProvider, or change CredentialProviderType.',
    },
  },
  check: {
    credentialConfiguration(configuration, context) {
      for (const type of configuration.type()) {
        const written = textOf(type) ?? '';
        const fact = credentialTypeOf(written);
        const meant = fact === undefined ? nearest(written, typeNames) : undefined;
        if (meant !== undefined) {
          const fix = replacement(type, meant);
          context.report({
            message: 'misspelledType',
            data: { target: configuration.target.name, written, type: meant },
            at: type.at,
            when: type.when,
            trace: type.trace,
            ...(fix === undefined ? {} : { fix }),
          });
        }
        // A type that takes no block at all is the business of jwt-passthrough-unsupported.
        if (fact === undefined || fact.block === null) continue;
        const expected = fact.block;
        const { evaluator } = context.graph;
        for (const { value: blocks, when } of credentialBlocksOf(evaluator, configuration, type.when)) {
          if (blocks === undefined) continue;
          const matching = blocks.some(({ key }) => key === expected);
          const other = blocks.find(({ key }) => key !== expected && credentialBlocks.includes(key));
          const misplaced =
            other ??
            (matching ? undefined : blocks.find(({ key }) => nearest(key, credentialBlocks) === expected));
          if (misplaced === undefined && matching) continue;
          const data = { target: configuration.target.name, type: fact.type, expected };
          if (misplaced !== undefined) {
            const fix =
              misplaced === other
                ? matching
                  ? undefined
                  : changeType(type.at, misplaced.key)
                : rename(misplaced, expected);
            context.report({
              message: misplaced !== other ? 'misspelledBlock' : matching ? 'severalBlocks' : 'otherBlock',
              data: { ...data, found: misplaced.key },
              at: misplaced.at,
              part: 'key',
              when,
              trace: type.trace,
              related: [{ message: `CredentialProviderType is ${fact.type} here`, at: type.at }],
              ...(fix === undefined ? {} : { fix }),
            });
          } else if (fact.requirement === 'required') {
            context.report({ message: 'noBlock', data, at: type.at, when, trace: type.trace });
          }
        }
      }
    },
  },
});

function rename({ at }: CredentialBlock, key: string): RuleReport['fix'] {
  return { title: `Write ${key}`, safety: 'safe', changes: [{ kind: 'rename', path: at.path, key }] };
}

/** Writes the type that needs the block, where the type is written in place. */
function changeType(at: RuleReport['at'], block: string): RuleReport['fix'] {
  const meant = credentialTypes.find((row) => row.block === block && row.requirement === 'required');
  if (meant === undefined || typeof at.raw !== 'string') return undefined;
  return {
    title: `Change CredentialProviderType to ${meant.type}`,
    safety: 'unsafe',
    changes: [{ kind: 'replace', path: at.path, value: meant.type }],
  };
}

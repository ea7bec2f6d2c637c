import type { Consumer } from '../src/agentcore/consumer/consumer.js';
import { foreignKeyOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { nearest } from '../src/plain/did-you-mean.js';
import { renaming } from '../src/views/fixes.js';

export const unknownOauthProperty = defineRule({
  id: 'unknown-oauth-property',
  severity: 'error',
  on: 'consumer',
  summary:
    'The OAuth block of a target, harness or registry record has a key that CloudFormation does not know.',
  rationale:
    'CloudFormation refuses a key that it does not know, and tells so only when it deploys. Most are slips of a known one, parameters of the request to the identity provider, which belong in CustomParameters, or a flag that never existed.',
  remedy:
    'The block takes ProviderArn, Scopes, GrantType, CustomParameters and DefaultReturnUrl. What the identity provider is to be sent goes into CustomParameters under the name of the request: audience, resource, requested_token_type.',
  sources: [
    sources.targetOauthCredentialProvider,
    sources.harnessOauthCredentialProvider,
    sources.registryRecordOauthCredentialProvider,
    sources.rfc8693,
    sources.tokenExchangeIssue,
  ],
  facts: ['on-behalf-of-keys'],
  messages: {
    misspelled: {
      consequence: 'deployment-fails',
      message:
        'The OAuth block of {consumer} has {key}, which CloudFormation does not know, so the deployment fails; did you mean {suggestion}?',
      help: 'Write {suggestion}.',
    },
    foreign: {
      consequence: 'deployment-fails',
      message:
        'The OAuth block of {consumer} has {key}, which {explanation}: CloudFormation does not know it, so the deployment fails.',
      help: '{instead}',
    },
    unknown: {
      consequence: 'deployment-fails',
      message:
        'The OAuth block of {consumer} has {key}, which CloudFormation does not know, so the deployment fails.',
      help: 'Remove {key}; the block takes {keys}.',
    },
  },
  check: {
    consumer(consumer, context) {
      const { takes, node } = consumer;
      const isTemplate = node.instance.template.input.dialectOf(node.logicalId).name === 'CloudFormation';
      for (const { key, entry, at } of consumer.unknownKeys()) {
        const slip = nearest(key, takes);
        const meant = slip !== undefined && isFree(consumer, slip) ? slip : undefined;
        const foreign = meant === undefined ? foreignKeyOf(key) : undefined;
        // What else another input says in the block is its own; a slip, and what exists nowhere, is one in each.
        if (!isTemplate && meant === undefined && foreign === undefined) continue;
        context.report({
          message: meant !== undefined ? 'misspelled' : foreign !== undefined ? 'foreign' : 'unknown',
          data: {
            consumer: node.name,
            key,
            suggestion: meant ?? '',
            explanation: foreign?.explanation ?? '',
            instead: foreign?.instead ?? '',
            keys: `${takes.slice(0, -1).join(', ')} and ${takes.at(-1)}`,
          },
          at,
          part: 'key',
          when: entry.when,
          trace: consumer.block.trace,
          ...(meant === undefined ? {} : { fix: renaming(at, meant) }),
        });
      }
    },
  },
});

/** Whether the block has no entry of the name: a slip of a key that is there as well is no slip. */
function isFree({ block }: Consumer, name: string): boolean {
  return block.value.kind === 'map' && !block.value.cursor.child(name).exists;
}

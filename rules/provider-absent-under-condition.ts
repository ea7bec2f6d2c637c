import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { nameFrom } from '../src/views/naming.js';

export const providerAbsentUnderCondition = defineRule({
  id: 'provider-absent-under-condition',
  severity: 'error',
  on: 'consumer',
  summary:
    'There is a scenario in which a target or harness exists, and the provider that it points at, or the export or output that it takes it from, does not.',
  rationale:
    'The provider has a condition that the target does not share, so some combination of parameter values deploys the one without the other: the deployment fails, in the environment where nobody tried it before.',
  remedy:
    "Give the target the provider's condition, or choose between providers with Fn::If so that every scenario has one.",
  sources: [
    sources.targetOauthCredentialProvider,
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html',
  ],
  messages: {
    absent: {
      consequence: 'deployment-fails',
      message:
        '{consumer} is created without its provider {provider}, which has the condition {condition}, so the deployment fails.',
      help: 'Put {consumer} under the condition {condition} too, or point it at a provider that exists without it.',
    },
    nestedAbsent: {
      consequence: 'deployment-fails',
      message:
        '{consumer} is created without its provider {provider}, whose stack is created under a condition, so the deployment fails.',
      help: 'Put {consumer} under the condition of that stack too, or point it at a provider that exists without it.',
    },
    notMade: {
      consequence: 'deployment-fails',
      message: '{consumer} is created where {reason}, so the deployment fails.',
      help: 'Make it in every scenario in which {consumer} is created, or point {consumer} at something else where it is not made.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const link of consumer.provider()) {
        if (link.value.kind === 'not-made') {
          const { reason, declared } = link.value;
          context.report({
            message: 'notMade',
            data: { consumer: consumer.node.name, reason },
            at: link.at,
            when: link.when,
            trace: [...link.trace, declared],
          });
          continue;
        }
        if (link.value.kind !== 'absent') continue;
        const { node } = link.value.provider;
        const condition = node.cursor.child('Condition');
        const named = typeof condition.raw === 'string';
        context.report({
          message: named ? 'absent' : 'nestedAbsent',
          data: {
            consumer: consumer.node.name,
            provider: nameFrom(node, consumer.node),
            condition: named ? String(condition.raw) : '',
          },
          at: link.at,
          when: link.when,
          trace: link.trace,
          related: [
            { message: 'the provider is declared here', at: node.cursor, part: 'key' },
            ...(named ? [{ message: 'it has this condition', at: condition } as const] : []),
          ],
          causes: [{ node, says: 'not created' }],
        });
      }
    },
  },
});

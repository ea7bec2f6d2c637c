import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const templateNotInView = defineRule({
  id: 'template-not-in-view',
  severity: 'info',
  strict: true,
  on: 'the deploying resource',
  summary: 'A template deploys another one, or takes in parts, that cannot be read here.',
  rationale:
    'What a deployment brings along is a part of it: a gateway target in a nested stack loses the identity of its user like any other. What lies in this project is read and reported on without being named. What lies elsewhere (a URL, a registry, a product of Service Catalog) is told once for each reference, so that nobody takes its silence for a proof; --strict makes it an error.',
  remedy:
    'Lint the other template in the same run, or in the project that it belongs to, and suppress the finding where it has nothing to do with AgentCore.',
  sources: [sources.nestedStacks],
  messages: {
    unseen: {
      consequence: null,
      message:
        '{resource} deploys {reference}, which cannot be read here ({why}), so nothing in it was checked.',
      help: 'Lint that template in the same run, or suppress this where it deploys nothing of AgentCore.',
    },
    included: {
      consequence: null,
      message:
        '{resource} takes in {reference}, which cannot be read here ({why}), so nothing in it was checked.',
      help: 'Lint the template as it is deployed, or suppress this where it takes in nothing of AgentCore.',
    },
  },
  check: {
    unseenTemplate({ node, at, when, reference, why, isPart }, context) {
      context.report({
        message: isPart ? 'included' : 'unseen',
        data: { resource: node.name === '' ? 'The template' : node.name, reference, why },
        at: at.exists ? at : node.cursor,
        part: at.exists ? 'value' : 'key',
        when,
      });
    },
  },
});

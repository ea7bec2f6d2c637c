import { grantsSaid } from '../src/agentcore/consumer/grant-parameter.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { nameFrom } from '../src/views/naming.js';
import { textOf } from '../src/views/read.js';

export const vendorWithoutClientCredentials = defineRule({
  id: 'vendor-without-client-credentials',
  severity: 'warning',
  on: 'consumer',
  summary:
    'A target or harness asks for CLIENT_CREDENTIALS, or for no grant at all, of a vendor that gives tokens only to users.',
  rationale:
    'Without a GrantType AgentCore asks for CLIENT_CREDENTIALS, a token for the client itself. GitHub and Google have no such grant: the template deploys, and no call gets a token. Constructs that write no GrantType at all are a common way to get here.',
  remedy: 'Ask for AUTHORIZATION_CODE with a DefaultReturnUrl, so that each user consents.',
  sources: [sources.githubOauth2, sources.googleOauth2, sources.targetOauthCredentialProvider],
  facts: ['vendors'],
  messages: {
    clientCredentials: {
      consequence: 'calls-fail',
      message:
        '{consumer} asks for CLIENT_CREDENTIALS of {provider}, whose vendor {vendor} gives tokens only to users, so its calls fail.',
      help: 'Ask for AUTHORIZATION_CODE, with a DefaultReturnUrl beside it.',
    },
    noGrant: {
      consequence: 'calls-fail',
      message:
        '{consumer} names no GrantType, which stands for CLIENT_CREDENTIALS, and the vendor {vendor} of its provider {provider} gives tokens only to users, so its calls fail.',
      help: 'Add GrantType: AUTHORIZATION_CODE, with a DefaultReturnUrl beside it.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of grantsSaid(context.graph.evaluator, consumer)) {
        const none = grant.value.kind === 'absent';
        if (!none && textOf(grant) !== 'CLIENT_CREDENTIALS') continue;
        // A slip of the key is the business of unknown-oauth-property.
        if (none && consumer.misspelled('GrantType') !== undefined) continue;
        for (const link of consumer.provider(grant.when)) {
          if (link.value.kind !== 'provider') continue;
          const { provider } = link.value;
          for (const { value: union, when } of provider.union(link.when)) {
            if (!('vendor' in union) || union.vendor.clientCredentials !== false) continue;
            context.report({
              message: none ? 'noGrant' : 'clientCredentials',
              data: {
                consumer: consumer.node.name,
                provider: nameFrom(provider.node, consumer.node),
                vendor: union.vendor.vendor,
              },
              at: none ? consumer.block.at : grant.at,
              part: none ? 'key' : 'value',
              when,
              trace: [...grant.trace, ...link.trace],
              related: [{ message: 'the provider is declared here', at: provider.node.cursor, part: 'key' }],
              causes: [{ node: provider.node, says: `${union.vendor.vendor} has no client credentials` }],
            });
          }
        }
      }
    },
  },
});

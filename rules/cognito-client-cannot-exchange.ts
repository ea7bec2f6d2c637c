import {
  cognitoExchangeFlows,
  cognitoPlansWithoutExchange,
} from '../src/agentcore/facts/identity-providers.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { userPoolClientsOf } from '../src/agentcore/provider/user-pool-client.js';
import { defineRule } from '../src/lint/rule.js';
import { readEntry, textOf, withDefault } from '../src/views/read.js';

export const cognitoClientCannotExchange = defineRule({
  id: 'cognito-client-cannot-exchange',
  severity: 'warning',
  on: 'provider',
  summary:
    'The user pool client with which a provider exchanges tokens is not allowed to, or its pool is on a plan that exchanges none.',
  rationale:
    'Cognito exchanges tokens on the Essentials and Plus plans, for clients that allow it in ExplicitAuthFlows: ALLOW_TOKEN_EXCHANGE_IMPERSONATION where no actor token is sent, ALLOW_TOKEN_EXCHANGE_DELEGATION with one. Otherwise each request fails, although the template deploys.',
  remedy:
    'Add the flow to ExplicitAuthFlows of the user pool client, beside those that it has, and use the plan ESSENTIALS or PLUS.',
  sources: [sources.cognitoTokenExchange, sources.cognitoPlans],
  facts: ['cognito'],
  messages: {
    flow: {
      consequence: 'calls-fail',
      message:
        '{provider} exchanges tokens as the user pool client {client}, which has no {flow} in its ExplicitAuthFlows, so each exchange fails.',
      help: 'Add {flow} to ExplicitAuthFlows of {client}.',
    },
    plan: {
      consequence: 'calls-fail',
      message:
        '{provider} exchanges tokens as a client of the user pool {pool}, which is on the plan {plan} that exchanges none, so each exchange fails.',
      help: 'Set UserPoolTier of {pool} to ESSENTIALS or PLUS.',
    },
  },
  check: {
    provider(provider, when, context) {
      const { evaluator } = context.graph;
      for (const setup of provider.exchange(when)) {
        if (setup.value.kind !== 'configured') continue;
        const { grant, exchangeConfig } = setup.value.onBehalfOf;
        if (grant === undefined || textOf(grant) !== 'TOKEN_EXCHANGE') continue;
        for (const client of userPoolClientsOf(context.graph, provider, setup.when)) {
          const { node, at, property } = client.value;
          const related = [{ message: 'the client is declared here', at: node.cursor, part: 'key' as const }];
          for (const pool of client.value.pools(client.when)) {
            for (const tier of pool.value.property('UserPoolTier', pool.when).flatMap(withDefault)) {
              const fact = cognitoPlansWithoutExchange.find((row) => row.plan === textOf(tier));
              if (fact === undefined) continue;
              context.report({
                message: 'plan',
                data: { provider: provider.name, pool: pool.value.node.name, plan: fact.plan },
                at,
                when: tier.when,
                trace: [...client.trace, ...pool.trace],
                related: [{ message: `the plan is ${fact.plan} here`, at: tier.at }],
              });
            }
          }
          const contents =
            exchangeConfig === undefined
              ? []
              : readEntry(evaluator, { ...exchangeConfig, when: client.when }, 'ActorTokenContent').flatMap(
                  withDefault,
                );
          for (const content of contents) {
            const written = content.value.kind === 'absent' ? 'NONE' : textOf(content);
            if (written === undefined) continue;
            const wanted = cognitoExchangeFlows.find((row) => row.actorToken === (written !== 'NONE'));
            if (wanted === undefined) continue;
            for (const flows of property('ExplicitAuthFlows', content.when)) {
              if (flows.value.kind !== 'absent' && flows.value.kind !== 'list') continue;
              for (const lacking of client.value.lacksItem(flows, wanted.flow)) {
                context.report({
                  message: 'flow',
                  data: { provider: provider.name, client: node.name, flow: wanted.flow },
                  at,
                  when: lacking,
                  trace: client.trace,
                  related,
                });
              }
            }
          }
        }
      }
    },
  },
});

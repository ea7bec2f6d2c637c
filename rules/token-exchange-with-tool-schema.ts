import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { targetOf } from '../src/agentcore/consumer/target.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { listings } from '../src/agentcore/facts/targets.js';
import { defineRule } from '../src/lint/rule.js';

const [SCHEMA] = listings.filter((row) => row.with === 'TOKEN_EXCHANGE');

export const tokenExchangeWithToolSchema = defineRule({
  id: 'token-exchange-with-tool-schema',
  severity: 'warning',
  on: 'target',
  summary: 'An MCP server target with an McpToolSchema of its own asks for TOKEN_EXCHANGE.',
  rationale:
    'The developer guide takes an McpToolSchema with AUTHORIZATION_CODE only and rules it out for the exchange; the API reference has no such limit. Whether such a target works has no source, so an exchange through it is not counted as verified.',
  remedy:
    'Take McpToolSchema out: with TOKEN_EXCHANGE a gateway asks the MCP server for its tools with the token of the caller.',
  sources: [sources.mcpServerTargets],
  facts: ['listing-modes'],
  messages: {
    disputed: {
      consequence: null,
      leavesUnverified: true,
      message:
        '{target} asks for TOKEN_EXCHANGE and has an McpToolSchema, which the developer guide rules out for the exchange and the API reference does not, so it may be refused.',
      help: 'Remove McpToolSchema.',
    },
  },
  check: {
    consumer(consumer, context) {
      if (consumer.kind !== 'gateway-target' || SCHEMA === undefined) return;
      const target = targetOf(context.graph, consumer.node);
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE')) {
        for (const kind of target.kind(grant.when)) {
          if (kind.value.kind !== 'known' || kind.value.fact.kind !== 'McpServer') continue;
          for (const schema of target.property(kind, SCHEMA.property)) {
            if (schema.value.kind === 'absent' || schema.value.kind === 'unknown') continue;
            context.report({
              message: 'disputed',
              data: { target: consumer.node.name },
              at: kind.value.key.child(SCHEMA.property),
              part: 'key',
              when: schema.when,
              trace: grant.trace,
              related: [{ message: 'the grant is TOKEN_EXCHANGE here', at: grant.at }],
            });
          }
        }
      }
    },
  },
});

import { asksFor } from '../src/agentcore/consumer/consumer.js';
import type { Target } from '../src/agentcore/consumer/target.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule, type RuleContext } from '../src/lint/rule.js';
import { readEntry, textOf, withDefault } from '../src/views/read.js';

type Key = 'authorizationCode' | 'semanticSearch';
type Mode = ReturnType<Target['property']>[number];

export const dynamicListingUnsupported = defineRule({
  id: 'dynamic-listing-unsupported',
  severity: 'warning',
  on: 'target',
  summary:
    'A target lists its tools dynamically, and asks for AUTHORIZATION_CODE or stands behind a gateway with semantic search.',
  rationale:
    'With ListingMode DYNAMIC a gateway asks the MCP server for its tools at each call, as the caller. AUTHORIZATION_CODE would need the consent of a user for that, and semantic search an index that is made beforehand: neither goes with it, says the developer guide.',
  remedy:
    'Leave ListingMode out, so that the tools are listed when the target is made, or take the other one out.',
  sources: [sources.mcpServerTargets],
  facts: ['listing-modes'],
  messages: {
    authorizationCode: {
      consequence: null,
      leavesUnverified: true,
      message:
        '{target} has ListingMode DYNAMIC and asks for AUTHORIZATION_CODE, which do not go together: its tools cannot be listed without the consent of a user.',
      help: 'Remove ListingMode, or ask for another grant.',
    },
    semanticSearch: {
      consequence: null,
      leavesUnverified: true,
      message:
        '{target} has ListingMode DYNAMIC behind {gateway}, which searches its tools by meaning (SearchType SEMANTIC): the search cannot find tools that are listed at each call.',
      help: 'Remove ListingMode, or SearchType from {gateway}.',
    },
  },
  check: {
    target(target, when, context) {
      for (const kind of target.kind(when)) {
        if (kind.value.kind !== 'known' || kind.value.fact.kind !== 'McpServer') continue;
        for (const mode of target.property(kind, 'ListingMode')) {
          if (textOf(mode) !== 'DYNAMIC') continue;
          // One finding for one ListingMode.
          if (!checkGrants(target, mode, context)) checkSearch(target, mode, context);
        }
      }
    },
  },
});

function checkGrants(target: Target, mode: Mode, context: RuleContext<Key>): boolean {
  let found = false;
  for (const consumer of target.consumers(mode.when)) {
    for (const grant of asksFor(consumer, 'AUTHORIZATION_CODE')) {
      const when = grant.when.join(mode.when);
      if (when === undefined) continue;
      found = true;
      context.report({
        message: 'authorizationCode',
        data: { target: target.node.name },
        at: mode.at,
        when,
        trace: [...mode.trace, ...grant.trace],
        related: [{ message: 'the grant is AUTHORIZATION_CODE here', at: grant.at }],
      });
    }
  }
  return found;
}

function checkSearch(target: Target, mode: Mode, context: RuleContext<Key>): void {
  for (const link of target.gateway(mode.when)) {
    if (link.value.kind !== 'gateway') continue;
    const { gateway } = link.value;
    for (const type of searchTypes(context, gateway.property('ProtocolConfiguration', link.when))) {
      if (textOf(type) !== 'SEMANTIC') continue;
      context.report({
        message: 'semanticSearch',
        data: { target: target.node.name, gateway: gateway.node.name },
        at: mode.at,
        when: type.when,
        trace: [...mode.trace, ...link.trace, ...type.trace],
        related: [{ message: 'SearchType is SEMANTIC here', at: type.at }],
      });
    }
  }
}

function searchTypes({ graph }: RuleContext<Key>, configurations: readonly Mode[]): Mode[] {
  return configurations
    .flatMap((configuration) => readEntry(graph.evaluator, configuration, 'Mcp'))
    .flatMap((mcp) => readEntry(graph.evaluator, mcp, 'SearchType'))
    .flatMap(withDefault);
}

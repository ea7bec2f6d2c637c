import { sources } from '../src/agentcore/facts/sources.js';
import { protocols } from '../src/agentcore/facts/targets.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf, withDefault } from '../src/views/read.js';

export const targetProtocolMismatch = defineRule({
  id: 'target-protocol-mismatch',
  severity: 'error',
  on: 'target',
  summary: 'A target over HTTP belongs to a gateway whose ProtocolType is MCP.',
  rationale:
    'A gateway with ProtocolType MCP makes one MCP server of all its targets and refuses one that is called over HTTP. Without ProtocolType it takes both. Constructs that write ProtocolType MCP by themselves are a common way to get here.',
  remedy:
    'Leave ProtocolType of the gateway out, or put the target behind a gateway of its own without ProtocolType. ProtocolType cannot be changed afterwards: the gateway is replaced.',
  sources: [sources.createGatewayApi, sources.httpRuntimeTargets, sources.liveReproductions],
  facts: ['protocols', 'target-kinds'],
  messages: {
    refused: {
      consequence: 'deployment-fails',
      message:
        '{target} is {kind}, and its gateway {gateway} has ProtocolType {protocol}, which takes no {family} target, so the deployment fails.',
      help: 'Remove ProtocolType from {gateway}, or use a gateway without it for {target}.',
    },
  },
  check: {
    target(target, when, context) {
      for (const kind of target.kind(when)) {
        if (kind.value.kind !== 'known') continue;
        const [family] = kind.value.fact.path;
        for (const link of target.gateway(kind.when)) {
          if (link.value.kind !== 'gateway') continue;
          const { gateway } = link.value;
          for (const protocol of gateway.property('ProtocolType', link.when).flatMap(withDefault)) {
            const written = textOf(protocol);
            const fact = protocols.find((row) => row.protocol === written);
            if (fact?.protocol == null || !fact.refuses.includes(family)) continue;
            context.report({
              message: 'refused',
              data: {
                target: target.node.name,
                kind: kind.value.fact.label,
                gateway: gateway.node.name,
                protocol: fact.protocol,
                family: family.toUpperCase(),
              },
              at: kind.value.key,
              part: 'key',
              when: protocol.when,
              trace: [...link.trace, ...protocol.trace],
              related: [{ message: `ProtocolType of the gateway is ${fact.protocol} here`, at: protocol.at }],
              causes: [{ node: gateway.node, says: `ProtocolType ${fact.protocol}` }],
            });
          }
        }
      }
    },
  },
});

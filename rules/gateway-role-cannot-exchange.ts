import { roleActions } from '../src/agentcore/facts/exchange-actions.js';
import { sources } from '../src/agentcore/facts/sources.js';
import type { LackingAction } from '../src/agentcore/role/role.js';
import { rolesOf } from '../src/agentcore/role/role-reference.js';
import { defineRule, type RuleReport } from '../src/lint/rule.js';

export const gatewayRoleCannotExchange = defineRule({
  id: 'gateway-role-cannot-exchange',
  severity: 'warning',
  on: 'gateway',
  summary:
    'A target of the gateway exchanges tokens, and the policies of the role of the gateway do not allow the calls.',
  rationale:
    "The gateway makes the exchange as its own role: it binds the user's token to its workload identity, asks the provider for the exchanged token, and reads the client secret. Without one of these actions each exchange fails with an access error inside AgentCore Identity.",
  remedy: 'Allow the actions in a policy of the role, and take them out of any Deny.',
  sources: [
    ...roleActions.slice(0, 3).map((row) => row.source),
    sources.gatewayPermissions,
    sources.iamPolicyEvaluation,
  ],
  messages: {
    lacks: {
      consequence: 'calls-fail',
      message: 'Targets of {gateway} exchange tokens, and its role {role} {faults}.',
      help: 'Allow {actions} in a policy of {role}{instead}.',
    },
  },
  check: {
    gateway(gateway, _when, context) {
      const reports: RuleReport<'lacks'>[] = [];
      const seen: RuleReport['when'][] = [];
      for (const { consumer, when } of context.exchangingConsumers(gateway)) {
        if (seen.some((scenario) => when.isWithin(scenario))) continue;
        seen.push(when);
        for (const { value: role, ...link } of rolesOf(context.graph, gateway, when)) {
          if (role === undefined) continue;
          const lacking = roleActions.slice(0, 3).flatMap(({ action }) => role.lacks(action, link.when));
          for (const { when: scenario } of lacking) {
            const here = lacking.filter((other) => scenario.isWithin(other.when));
            reports.push({
              message: 'lacks',
              data: { gateway: gateway.node.name, role: role.name, ...words(here) },
              at: link.at,
              when: scenario,
              trace: link.trace,
              related: [
                { message: 'the role is declared here', at: role.node.cursor, part: 'key' },
                { message: 'this target exchanges tokens', at: consumer.node.cursor, part: 'key' },
              ],
            });
          }
        }
      }
      // One finding for a gateway: what the role lacks in the simplest scenario, wherever it lacks the same.
      const [simplest] = reports.sort((a, b) => a.when.constraints.size - b.when.constraints.size);
      for (const report of reports) {
        if (JSON.stringify(report.data) === JSON.stringify(simplest?.data)) context.report(report);
      }
    },
  },
});

function words(lacking: readonly LackingAction[]): { faults: string; actions: string; instead: string } {
  const denied = lacking.filter((action) => action.denied);
  const missing = lacking.filter((action) => !action.denied);
  const faults = [
    ...(missing.length === 0 ? [] : [`lacks ${list(missing)}`]),
    ...(denied.length === 0 ? [] : [`is denied ${list(denied)}`]),
  ];
  return {
    faults: faults.join(' and '),
    actions: list(lacking),
    instead: denied.length === 0 ? '' : ', and take what is denied out of the Deny',
  };
}

function list(actions: readonly LackingAction[]): string {
  const names = [...new Set(actions.map(({ action }) => action))];
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

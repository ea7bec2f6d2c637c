import { roleActions } from '../src/agentcore/facts/exchange-actions.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { callsFor, type TokenCall } from '../src/agentcore/role/calls.js';
import type { LackingCall, Refusal, Role } from '../src/agentcore/role/role.js';
import { rolesOf } from '../src/agentcore/role/role-reference.js';
import { defineRule, type RuleContext, type RuleReport } from '../src/lint/rule.js';
import { compareText } from '../src/plain/compare-text.js';

type Lack = LackingCall<TokenCall>;
type Gateway = Parameters<RuleContext<'lacks'>['consumersOf']>[0];
type Behind = ReturnType<RuleContext<'lacks'>['consumersOf']>[number];

/** What a role lacks for a target in a scenario. */
interface Shortfall extends Pick<Behind, 'consumer'> {
  readonly role: Role;
  readonly at: RuleReport['at'];
  readonly trace: NonNullable<RuleReport['trace']>;
  readonly when: RuleReport['when'];
  readonly lacks: readonly Lack[];
}

export const gatewayRoleCannotExchange = defineRule({
  id: 'gateway-role-cannot-exchange',
  severity: 'warning',
  on: 'gateway',
  summary:
    'The policies of the role of a gateway do not allow the calls that it makes to get tokens for its targets.',
  rationale:
    "A gateway gets the tokens for its targets as its own role: it binds the user's token to its workload identity, asks the provider for the token, and reads the client secret or makes what stands for one. Without one of these calls, or for a provider or secret that no Resource names, each call of the tool fails with an access error inside AgentCore Identity.",
  remedy:
    'Allow the actions in a policy of the role, for the provider and its client secret; take them out of any Deny, and allow them in the permissions boundary.',
  sources: [
    ...new Set(roleActions.map((row) => row.source)),
    sources.gatewayPermissions,
    sources.iamPolicyEvaluation,
    sources.iamBoundaries,
  ],
  facts: ['role-actions', 'client-authentication'],
  messages: {
    lacks: {
      consequence: 'calls-fail',
      message: '{role}, the role of {gateway}, {faults}, so calls of {target} fail.',
      help: '{remedy}.',
    },
  },
  check: {
    gateway(gateway, _when, context) {
      const told: {
        readonly role: Role;
        readonly keys: readonly string[];
        readonly report: RuleReport<'lacks'>;
      }[] = [];
      for (const shortfall of shortfallsOf(gateway, context)) {
        const { role, consumer, when } = shortfall;
        const before = told.filter((one) => one.role === role);
        const fresh = shortfall.lacks.filter(
          (lack) => !before.some(({ keys }) => keys.includes(keyOf(lack))),
        );
        const [first] = shortfall.lacks;
        const same = before.find(({ keys }) => first !== undefined && keys.includes(keyOf(first)));
        if (fresh.length === 0 && same !== undefined) {
          context.report({ ...same.report, when, consumers: [consumer.node] });
          continue;
        }
        const report = reportOf(gateway, { ...shortfall, lacks: fresh });
        told.push({ role, keys: fresh.map(keyOf), report });
        context.report(report);
      }
    },
  },
});

/** What the role of a gateway lacks for its targets: what holds most often first, of that the most, then by names. */
function shortfallsOf(gateway: Gateway, context: RuleContext<'lacks'>): Shortfall[] {
  const found: Shortfall[] = [];
  for (const { consumer, when } of context.consumersOf(gateway)) {
    for (const { value: role, ...link } of rolesOf(context.graph, gateway, when)) {
      if (role === undefined) continue;
      for (const calls of callsFor(context.graph, consumer, link.when)) {
        const lacking = calls.value.flatMap((call) => role.lacks(call, calls.when));
        for (const scenario of new Set(lacking.map((lack) => lack.when))) {
          const lacks = lacking.filter((lack) => scenario.isWithin(lack.when));
          found.push({ consumer, role, at: link.at, trace: link.trace, when: scenario, lacks });
        }
      }
    }
  }
  return found.sort(
    (a, b) =>
      a.when.constraints.size - b.when.constraints.size ||
      b.lacks.length - a.lacks.length ||
      compareText(
        a.consumer.node.cursor.instance.template.file,
        b.consumer.node.cursor.instance.template.file,
      ) ||
      compareText(a.consumer.node.logicalId, b.consumer.node.logicalId) ||
      compareText(a.role.name, b.role.name),
  );
}

function keyOf({ call, refusal }: Lack): string {
  return JSON.stringify([call.action, refusal, refusal === 'other-resource' ? call.about : '']);
}

function reportOf(
  gateway: Gateway,
  { consumer, role, lacks, at, trace, when }: Shortfall,
): RuleReport<'lacks'> {
  return {
    message: 'lacks',
    data: {
      gateway: gateway.node.name,
      role: role.name,
      target: consumer.node.name,
      faults: joined(inOrder(lacks, FAULTS)),
      remedy: capitalised(
        joined(inOrder(lacks, REMEDIES).map((clause) => clause.replace('{role}', role.name))),
      ),
    },
    at,
    when,
    trace,
    related: [
      { message: 'the role is declared here', at: role.node.cursor, part: 'key' },
      { message: 'this target needs the calls', at: consumer.node.cursor, part: 'key' },
    ],
    causes: [{ node: role.node, says: joined(inOrder(lacks, FAULTS)) }],
    consumers: [consumer.node],
  };
}

/** How a message says what is wrong, and what to do about it, by why a call is refused. */
const FAULTS: Readonly<Record<Refusal, (actions: string, about: string) => string>> = {
  'not-allowed': (actions) => `lacks ${actions}`,
  'other-resource': (actions, about) => `is allowed ${actions} for other resources and not for ${about}`,
  denied: (actions) => `is denied ${actions}`,
  boundary: (actions) => `is kept from ${actions} by its permissions boundary`,
};
const REMEDIES: Readonly<Record<Refusal, (actions: string, about: string) => string>> = {
  'not-allowed': (actions) => `allow ${actions} in a policy of {role}`,
  'other-resource': (actions, about) =>
    `let the Resource of the statement that allows ${actions} match ${about}`,
  denied: (actions) => `take ${actions} out of the Deny`,
  boundary: (actions) => `allow ${actions} in the permissions boundary of {role}`,
};

function inOrder(lacks: readonly Lack[], clauses: typeof FAULTS): string[] {
  return (Object.keys(clauses) as Refusal[]).flatMap((refusal) => {
    const alike = lacks.filter((lack) => lack.refusal === refusal);
    // What is about different things is said of each.
    const abouts = refusal === 'other-resource' ? [...new Set(alike.map(({ call }) => call.about))] : [''];
    return abouts.flatMap((about) => {
      const of = alike.filter(({ call }) => refusal !== 'other-resource' || call.about === about);
      return of.length === 0
        ? []
        : [clauses[refusal](joined([...new Set(of.map(({ call }) => call.action))]), about)];
    });
  });
}

function joined(all: readonly string[]): string {
  return all.length < 3 ? all.join(' and ') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

function capitalised(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

import { askingsOf } from '../agentcore/consumer/asking.js';
import type { Consumer } from '../agentcore/consumer/consumer.js';
import { credentialConfigurations, targetGateway } from '../agentcore/consumer/credential-configuration.js';
import type { GatewayLink } from '../agentcore/consumer/gateway.js';
import { harnessTools } from '../agentcore/consumer/harness.js';
import { consumersOf } from '../agentcore/consumer/kinds.js';
import type { ProviderLink } from '../agentcore/consumer/provider-reference.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import type { Alternative } from '../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { isBesideDefault } from '../views/open-value.js';
import { existence, readProperty } from '../views/properties.js';
import { presentKeys, readItems, textOf } from '../views/read.js';
import type { Finding } from './finding.js';
import type { Outcomes } from './outcome.js';
import type { CalledAs, Outcome } from './result.js';

/** As whom a tool is called with a credential type that needs no OAuth provider. */
const BY_CREDENTIAL_TYPE: ReadonlyMap<string, CalledAs> = new Map<string, CalledAs>([
  ['GATEWAY_IAM_ROLE', 'gateway-role'],
  ['CALLER_IAM_CREDENTIALS', 'caller-role'],
  ['JWT_PASSTHROUGH', 'callers-token'],
  ['API_KEY', 'api-key'],
]);

/** The same for the outbound authorization of a tool of a harness, which calls its gateway with its own role. */
const BY_OUTBOUND_AUTH: ReadonlyMap<string, CalledAs> = new Map<string, CalledAs>([
  ['AwsIam', 'caller-role'],
  ['None', 'nobody'],
]);

/** One way in which a tool is called, in one scenario. */
export interface Way {
  /** `CredentialProviderType`, or the key of a harness's `OutboundAuth`; null where it is not known or there is none. */
  readonly credentialType: string | null;
  readonly calledAs: CalledAs;
  /** Where the reference to the gateway leads; undefined for what has no gateway. */
  readonly gateway: GatewayLink | undefined;
  readonly when: Scenario;
  /** For OAuth only. */
  readonly oauth?: {
    /** Null where `GrantType` says nothing, or nothing that is known. */
    readonly grant: string | null;
    /** Whether there is no `GrantType` at all. */
    readonly isWithoutGrant: boolean;
    readonly provider: ProviderLink;
    /** How the exchange ends that it asks for; null where it asks for none. */
    readonly outcome: Outcome | null;
    readonly consumer: Consumer;
  };
}

/**
 * The ways in which a tool is called: what the table of identities has rows for, and the picture of the graph edges. In
 * this order: without OAuth, then with it.
 *
 * @param node a resource of a kind that calls, or is called
 */
export function waysOf(graph: ResourceGraph, verdicts: Outcomes, node: ResourceNode): readonly Way[] {
  return new Ways(graph, verdicts).of(node);
}

/** What holds of a way: findings on the tool, and for OAuth on its provider and its gateway. */
export function findingsOfWay(verdicts: Outcomes, node: ResourceNode, { oauth, when }: Way): Finding[] {
  return oauth === undefined ? verdicts.on(node, when) : verdicts.findingsOf(oauth.consumer, when);
}

/** The ids of the rules by which these are told, in order. */
export function rulesOfWay(verdicts: Outcomes, node: ResourceNode, { oauth, when }: Way): string[] {
  const findings = oauth === undefined ? verdicts.on(node, when) : verdicts.kindsOf(oauth.consumer, when);
  return [...new Set(findings.map(({ rule }) => rule.id))].sort();
}

/** The answers to a question; none past the limit. */
export function askedOf<Answer>(graph: ResourceGraph, question: () => Answer[]): Answer[] {
  graph.evaluator.startQuestion();
  try {
    return question();
  } catch (error) {
    if (error instanceof PastLimit) return [];
    throw error;
  }
}

class Ways {
  constructor(
    private readonly graph: ResourceGraph,
    private readonly verdicts: Outcomes,
  ) {}

  of(node: ResourceNode): Way[] {
    const ways = [
      ...askedOf(this.graph, () => this.otherWays(node)),
      ...askedOf(this.graph, () => consumersOf(this.graph, node)).flatMap((consumer) =>
        askedOf(this.graph, () => this.oauthWays(consumer)),
      ),
    ];
    // What CloudFormation refuses to deploy calls nobody.
    if (ways.length > 0)
      return ways.filter(({ when }) => this.graph.deployments.permit([node.instance], when));
    // What is never created is never called; of anything else nobody knows how.
    const exists = askedOf(this.graph, () => existence(this.graph, node, Scenario.always));
    return exists.length > 0 && (node.type === TYPES.harness || !exists.some(({ value }) => value))
      ? []
      : [{ credentialType: null, calledAs: 'unknown', gateway: undefined, when: Scenario.always }];
  }

  private otherWays(node: ResourceNode): Way[] {
    if (node.type === TYPES.gatewayTarget) return this.targetWays(node);
    return node.type === TYPES.harness ? this.harnessWays(node) : [];
  }

  private targetWays(node: ResourceNode): Way[] {
    const { graph } = this;
    const gatewayOf = targetGateway(graph, node);
    const without = existence(graph, node, Scenario.always)
      .filter(({ value }) => value)
      .flatMap(({ when }) => readProperty(graph, node, 'CredentialProviderConfigurations', when))
      .flatMap((list): [CalledAs, Scenario][] => {
        if (list.value.kind === 'unknown') return [['unknown', list.when]];
        const isEmpty =
          list.value.kind === 'absent' ||
          (list.value.kind === 'list' && readItems(graph.evaluator, list).length === 0);
        return isEmpty ? [['nobody', list.when]] : [];
      });
    const typed = credentialConfigurations(graph, node, Scenario.always).flatMap((configuration) =>
      configuration
        .type()
        .filter((type) => textOf(type) !== 'OAUTH' && !isBesideDefault(type))
        .map((type): [CalledAs, Scenario, string | null] => {
          const written = textOf(type) ?? null;
          return [BY_CREDENTIAL_TYPE.get(written ?? '') ?? 'unknown', type.when, written];
        }),
    );
    return [...without, ...typed].flatMap(([calledAs, when, credentialType = null]) =>
      gatewayOf(when).map((link) => ({
        calledAs,
        credentialType,
        gateway: link.value,
        when: link.when,
      })),
    );
  }

  private harnessWays(node: ResourceNode): Way[] {
    const { graph } = this;
    return harnessTools(graph, node, Scenario.always).flatMap(({ auth, gateway }) => {
      const kinds = auth.value.kind === 'map' ? presentKeys(graph.evaluator, auth) : [];
      const ways: [CalledAs, Scenario, string | null][] =
        kinds.length === 0
          ? [['unknown', auth.when, null]]
          : kinds
              .filter(({ key }) => key !== 'Oauth')
              .map(({ key, entry }) => [BY_OUTBOUND_AUTH.get(key) ?? 'unknown', entry.when, key]);
      return ways.flatMap(([calledAs, when, credentialType]) =>
        gateway(when).map((link) => ({
          calledAs,
          credentialType,
          gateway: link.value,
          when: link.when,
        })),
      );
    });
  }

  private oauthWays(consumer: Consumer): Way[] {
    const { graph, verdicts } = this;
    const askings = askingsOf(graph, consumer);
    return consumer
      .grant()
      .filter((grant) => !isBesideDefault(grant))
      .flatMap((grant) => {
        const asking = askings.find((one) => one.grant === grant || one.when === grant.when);
        const written = textOf(grant) ?? null;
        return consumer.provider(grant.when).flatMap((link): Way[] => {
          const links: readonly { value?: GatewayLink; when: Scenario }[] = consumer.gateway(link.when);
          return (links.length === 0 ? [{ when: link.when }] : links).map(({ value, when }) => {
            const outcome = asking === undefined ? null : verdicts.of({ ...asking, when });
            return {
              credentialType: 'OAUTH',
              calledAs: calledAs(grant, outcome),
              gateway: value,
              when,
              oauth: {
                grant: written,
                isWithoutGrant: grant.value.kind === 'absent',
                provider: link.value,
                outcome,
                consumer,
              },
            };
          });
        });
      });
  }
}

/** As whom a token of a grant lets call: the user's own only where that is proven. */
function calledAs(grant: Alternative, outcome: Outcome | null): CalledAs {
  if (outcome !== null)
    return outcome === 'verified' && textOf(grant) === 'TOKEN_EXCHANGE' ? 'user' : 'unknown';
  if (grant.value.kind === 'absent') return 'shared-client';
  switch (textOf(grant)) {
    case 'CLIENT_CREDENTIALS':
      return 'shared-client';
    case 'AUTHORIZATION_CODE':
      return 'user';
    default:
      return 'unknown';
  }
}

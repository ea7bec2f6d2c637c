import { askingsOf } from '../agentcore/consumer/asking.js';
import type { Consumer } from '../agentcore/consumer/consumer.js';
import { credentialConfigurations, targetGateway } from '../agentcore/consumer/credential-configuration.js';
import type { Gateway, GatewayLink } from '../agentcore/consumer/gateway.js';
import { harnessTools } from '../agentcore/consumer/harness.js';
import { consumersOf } from '../agentcore/consumer/kinds.js';
import { consumerKindOfType } from '../agentcore/facts/consumer-kinds.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { identityHosts } from '../agentcore/provider/identity-host.js';
import type { Provider } from '../agentcore/provider/provider.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import { simplify } from '../evaluate/simplify.js';
import type { Alternative } from '../evaluate/value.js';
import { constructPath } from '../graph/construct-path.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import type { TemplateFile } from '../graph/store.js';
import { compareText } from '../plain/compare-text.js';
import { isBesideDefault } from '../views/open-value.js';
import { existence, readProperty } from '../views/properties.js';
import { presentKeys, readItems, textOf } from '../views/read.js';
import type { Outcomes } from './outcome.js';
import type { CalledAs, IdentityRow, ResourceName } from './result.js';
import { scenarioValues } from './wording.js';

/** What the rows of one environment are made of. */
export interface RowSource {
  readonly name: string | null;
  readonly graph: ResourceGraph;
  readonly verdicts: Outcomes;
  /** The resource that is looked at in place of another; undefined for one that is looked at elsewhere. */
  shown(node: ResourceNode): ResourceNode | undefined;
}

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

/**
 * Who calls whom as whom: a row for each way in which a tool is called, in the order of the files and of their resources.
 * What is the same in several environments is one row.
 */
export function consumerRows(runs: readonly RowSource[], files: readonly TemplateFile[]): IdentityRow[] {
  const merged = new Map<string, { row: IdentityRow; names: string[] }>();
  for (const run of runs) {
    for (const row of new Rows(run).of(files)) {
      const key = JSON.stringify(row);
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { row, names: [run.name ?? ''] });
      else known.names.push(run.name ?? '');
    }
  }
  return [...merged.values()]
    .map(({ row, names }) => (names.length === runs.length ? row : { ...row, environments: names }))
    .sort((a, b) => compareText(a.file, b.file));
}

/** One way in which a tool is called, in one scenario. */
interface Way {
  readonly credentialType: string | null;
  readonly calledAs: CalledAs;
  readonly gateway: Gateway | undefined;
  readonly when: Scenario;
  /** For OAuth only. */
  readonly oauth?: {
    readonly grant: string | null;
    readonly provider: Provider | undefined;
    readonly outcome: IdentityRow['outcome'];
    readonly consumer: Consumer;
  };
}

class Rows {
  constructor(private readonly run: RowSource) {}

  of(files: readonly TemplateFile[]): IdentityRow[] {
    const { graph } = this.run;
    return files.flatMap((file) => {
      const rows = new Map<string, { row: IdentityRow; scenarios: Scenario[] }>();
      for (const instance of graph.instances(file)) {
        for (const node of graph.resources(instance, (type) => consumerKindOfType(type) !== undefined)) {
          const shown = this.run.shown(node);
          if (shown === undefined) continue;
          for (const way of this.waysOf(node)) {
            const row = this.row(node, shown, way);
            const key = JSON.stringify(row);
            const known = rows.get(key);
            if (known === undefined) rows.set(key, { row, scenarios: [way.when] });
            else known.scenarios.push(way.when);
          }
        }
      }
      return [...rows.values()].map(({ row, scenarios }) => ({
        ...row,
        scenario: scenarioValues(simplify(scenarios)[0]),
      }));
    });
  }

  private row(node: ResourceNode, shown: ResourceNode, way: Way): IdentityRow {
    const { verdicts } = this.run;
    const { gateway, when, oauth, calledAs, credentialType } = way;
    const findings =
      oauth === undefined ? verdicts.on(node, when) : verdicts.findingsOf(oauth.consumer, when);
    const provider = oauth?.provider;
    return {
      file: shown.instance.template.file,
      resource: shown.name,
      constructPath: constructPath(node.instance, node.logicalId),
      kind: consumerKindOfType(node.type) ?? 'gateway-target',
      outcome: oauth?.outcome ?? null,
      calledAs,
      grant: oauth?.grant ?? null,
      provider: provider === undefined ? null : nameOf(provider.node),
      gateway: gateway === undefined ? null : nameOf(gateway.node),
      identityProvider:
        provider === undefined ? null : this.asked(() => identityHosts(provider, when)).join(' or ') || null,
      scenario: null,
      environments: null,
      rules: [...new Set(findings.map(({ rule }) => rule.id))].sort(),
      credentialType,
      authorizer:
        gateway === undefined
          ? null
          : [
              ...new Set(
                this.asked(() => gateway.authorizerType(when)).flatMap((type) => textOf(type) ?? []),
              ),
            ].join(' or ') || null,
    };
  }

  /** The answers to a question; none past the limit. */
  private asked<Answer>(question: () => Answer[]): Answer[] {
    this.run.graph.evaluator.startQuestion();
    try {
      return question();
    } catch (error) {
      if (error instanceof PastLimit) return [];
      throw error;
    }
  }

  private waysOf(node: ResourceNode): Way[] {
    const ways = [
      ...this.asked(() => this.otherWays(node)),
      ...this.asked(() => consumersOf(this.run.graph, node)).flatMap((consumer) =>
        this.asked(() => this.oauthWays(consumer)),
      ),
    ];
    if (ways.length > 0) return ways;
    // What is never created is never called; of anything else nobody knows how.
    const exists = this.asked(() => existence(this.run.graph, node, Scenario.always));
    return exists.length > 0 && (node.type === TYPES.harness || !exists.some(({ value }) => value))
      ? []
      : [{ credentialType: null, calledAs: 'unknown', gateway: undefined, when: Scenario.always }];
  }

  private otherWays(node: ResourceNode): Way[] {
    if (node.type === TYPES.gatewayTarget) return this.targetWays(node);
    return node.type === TYPES.harness ? this.harnessWays(node) : [];
  }

  private targetWays(node: ResourceNode): Way[] {
    const { graph } = this.run;
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
        gateway: gatewayIn(link),
        when: link.when,
      })),
    );
  }

  private harnessWays(node: ResourceNode): Way[] {
    const { graph } = this.run;
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
          gateway: gatewayIn(link),
          when: link.when,
        })),
      );
    });
  }

  private oauthWays(consumer: Consumer): Way[] {
    const { graph, verdicts } = this.run;
    const askings = askingsOf(graph, consumer);
    return consumer
      .grant()
      .filter((grant) => !isBesideDefault(grant))
      .flatMap((grant) => {
        const asking = askings.find((one) => one.grant === grant || one.when === grant.when);
        const written = textOf(grant) ?? null;
        return consumer.provider(grant.when).flatMap((link): Way[] => {
          const links: readonly { value?: GatewayLink; when: Scenario }[] = consumer.gateway(link.when);
          const provider = 'provider' in link.value ? link.value.provider : undefined;
          return (links.length === 0 ? [{ when: link.when }] : links).map(({ value, when }) => {
            const outcome = asking === undefined ? null : verdicts.of({ ...asking, when });
            return {
              credentialType: 'OAUTH',
              calledAs: calledAs(grant, outcome),
              gateway: value?.kind === 'gateway' ? value.gateway : undefined,
              when,
              oauth: { grant: written, provider, outcome, consumer },
            };
          });
        });
      });
  }
}

function gatewayIn({ value }: Alternative<GatewayLink>): Gateway | undefined {
  return value.kind === 'gateway' ? value.gateway : undefined;
}

function nameOf(node: ResourceNode): ResourceName {
  return { file: node.instance.template.file, resource: node.name };
}

/** As whom a token of a grant lets call: the user's own only where that is proven. */
function calledAs(grant: Alternative, outcome: IdentityRow['outcome']): CalledAs {
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

import type { Consumer } from '../agentcore/consumer/consumer.js';
import { type Gateway, gatewayOf } from '../agentcore/consumer/gateway.js';
import { consumersOf } from '../agentcore/consumer/kinds.js';
import { consumerKindOf, consumerKindOfType, isOfAgentCore } from '../agentcore/facts/consumer-kinds.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { hostsOf } from '../agentcore/provider/identity-host.js';
import { type Provider, providerOf } from '../agentcore/provider/provider.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import { simplify } from '../evaluate/simplify.js';
import type { StackInstance } from '../evaluate/stack-instance.js';
import { type Alternative, displayText, knownText } from '../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { consumerKey } from '../lint/outcome.js';
import type { Diagnostic, Outcome } from '../lint/result.js';
import type { CheckedRun } from '../lint/run.js';
import { scenarioWords } from '../lint/wording.js';
import type { Range } from '../source/types.js';
import { readRoute } from '../views/read.js';
import { besideEachOther } from './environments.js';
import { maskedPicture } from './masked.js';
import type { Picture, PictureEdge, PictureNode, PictureNodeKind } from './picture.js';

/** The graph of a run, from the inbound authorizers to the identity providers, with its findings. */
export function pictureOf(run: CheckedRun): Picture {
  const pictures = run.environments.map(({ name, graph, outcomes }) => {
    const painter = new Painter(graph, outcomes, name, run.result.report.diagnostics);
    for (const file of run.files) for (const instance of graph.instances(file)) painter.addInstance(instance);
    return painter.picture();
  });
  const picture = besideEachOther(pictures);
  const { masking } = run.result;
  return masking === undefined ? picture : maskedPicture(picture, masking.text);
}

type Edge = { -readonly [Key in keyof PictureEdge]: PictureEdge[Key] } & { scenarios: Scenario[] };

class Painter {
  private readonly stacks = new Map<string, Picture['stacks'][number]>();
  private readonly nodes = new Map<string, PictureNode>();
  private readonly edges = new Map<string, Edge>();
  private readonly byResource = new Map<string, number[]>();

  /**
   * @param environment its name; null in a run without environments
   * @param findings those of the whole run
   */
  constructor(
    private readonly graph: ResourceGraph,
    private readonly outcomes: ReadonlyMap<string, Outcome>,
    private readonly environment: string | null,
    private readonly findings: readonly Diagnostic[],
  ) {
    findings.forEach(({ file, resource, environments }, index) => {
      if (resource === null || environments?.includes(environment ?? '') === false) return;
      const key = consumerKey(file, resource);
      this.byResource.set(key, [...(this.byResource.get(key) ?? []), index]);
    });
  }

  picture(): Picture {
    const edges = [...this.edges.values()].map(({ scenarios, ...edge }): PictureEdge => {
      const words = scenarioWords(simplify(scenarios));
      return {
        ...edge,
        label: [edge.label, words].filter((part) => part !== undefined && part !== '').join(' '),
      };
    });
    return {
      version: 1,
      environments: this.environment === null ? [] : [this.environment],
      stacks: [...this.stacks.values()],
      nodes: [...this.nodes.values()],
      edges,
      findings: this.findings,
    };
  }

  addInstance(instance: StackInstance): void {
    const { graph } = this;
    for (const node of graph.resources(instance, isOfAgentCore)) {
      graph.evaluator.startQuestion();
      try {
        this.addResource(node);
      } catch (error) {
        // Past the limit the resource is drawn as far as it came.
        if (!(error instanceof PastLimit)) throw error;
      }
    }
  }

  private addResource(node: ResourceNode): void {
    const { graph } = this;
    switch (node.type) {
      case TYPES.gateway:
        this.gateway(gatewayOf(graph, node));
        return;
      case TYPES.provider:
        this.provider(providerOf(graph, node));
        return;
      default:
        for (const consumer of consumersOf(graph, node)) this.consumer(consumer);
    }
  }

  private consumer(consumer: Consumer): void {
    const row = consumerKindOf(consumer.kind);
    const kinds = consumer
      .targetKind()
      .flatMap(({ value }) => (value.kind === 'known' ? [value.fact.kind] : []));
    const id = this.resource(consumer.node, row.node, [...new Set(kinds)].join(' or '));
    const outcome = this.outcomes.get(this.key(consumer.node));
    const status = outcome ?? 'plain';
    for (const gateway of consumer.gateway()) {
      if (gateway.value.kind !== 'gateway') continue;
      const other = this.gateway(gateway.value.gateway);
      const [from, to] = row.gateway === 'behind' ? [id, other] : [other, id];
      this.edge(from, to, '', 'plain', gateway.when, []);
    }
    for (const grant of consumer.grant()) {
      const asked =
        grant.value.kind === 'absent'
          ? 'no grant'
          : grant.value.kind === 'text'
            ? displayText(grant.value)
            : '';
      for (const link of consumer.provider(grant.when)) {
        const { value } = link;
        const drawn = asked === 'TOKEN_EXCHANGE' ? status : 'plain';
        const findings = this.findingsOf(consumer.node);
        if (value.kind === 'provider' || value.kind === 'absent') {
          this.edge(id, this.provider(value.provider), asked, drawn, link.when, findings);
        } else {
          const label = value.kind === 'unresolved' ? value.reason : 'no provider';
          this.edge(id, this.open(consumer.node, label), asked, drawn, link.when, findings);
        }
      }
    }
  }

  private gateway(gateway: Gateway): string {
    const { node } = gateway;
    if (this.nodes.has(nodeId(node))) return nodeId(node);
    const types = gateway.authorizerType(Scenario.always);
    const id = this.resource(node, 'gateway', known(types).join(' or '));
    for (const type of types) {
      const label = knownText(type.value) ?? 'unknown authorizer';
      const url = readRoute(
        this.graph.evaluator,
        node.cursor,
        ['Properties', 'AuthorizerConfiguration', 'CustomJWTAuthorizer', 'DiscoveryUrl'],
        type.when,
      );
      const inbound = `${id}<${label}`;
      this.add(inbound, {
        kind: 'inbound-authorizer',
        label,
        detail: hostsOf(url).join(' or '),
        node,
      });
      this.edge(inbound, id, '', 'plain', type.when, []);
    }
    return id;
  }

  private provider(provider: Provider): string {
    const { node } = provider;
    if (this.nodes.has(nodeId(node))) return nodeId(node);
    const vendors = known(provider.property('CredentialProviderVendor', Scenario.always));
    const id = this.resource(node, 'provider', vendors.join(' or '));
    for (const union of provider.union(Scenario.always)) {
      const routes = [
        ['OauthDiscovery', 'DiscoveryUrl'],
        ['OauthDiscovery', 'AuthorizationServerMetadata', 'Issuer'],
        ['Issuer'],
      ];
      for (const host of new Set(
        routes.flatMap((route) => hostsOf(provider.blockProperty(union.value, route, union.when))),
      )) {
        const identity = `identity-provider ${host}`;
        this.nodes.set(identity, {
          id: identity,
          kind: 'identity-provider',
          label: host,
          detail: '',
          stack: null,
          file: null,
          range: null,
          outcome: null,
          outcomes: null,
          environments: null,
          findings: [],
        });
        this.edge(id, identity, '', 'plain', union.when, []);
      }
    }
    return id;
  }

  /** A reference that leads nowhere that is in view. */
  private open(node: ResourceNode, reason: string): string {
    const id = `${nodeId(node)}?${reason}`;
    this.add(id, { kind: 'unresolved', label: 'not in view', detail: reason, node });
    return id;
  }

  private resource(node: ResourceNode, kind: PictureNodeKind, detail: string): string {
    const id = nodeId(node);
    this.add(id, { kind, label: node.name, detail, node, findings: this.findingsOf(node) });
    return id;
  }

  private add(
    id: string,
    {
      kind,
      label,
      detail,
      node,
      findings = [],
    }: {
      kind: PictureNodeKind;
      label: string;
      detail: string;
      node: ResourceNode;
      findings?: readonly number[];
    },
  ): void {
    if (this.nodes.has(id)) return;
    const consumer = consumerKindOfType(node.type) !== undefined && kind !== 'unresolved';
    this.nodes.set(id, {
      id,
      kind,
      label,
      detail,
      stack: this.stack(node.instance),
      file: node.instance.template.file,
      range: kind === 'unresolved' ? null : this.range(node),
      outcome: consumer ? (this.outcomes.get(this.key(node)) ?? null) : null,
      outcomes: null,
      environments: null,
      findings,
    });
  }

  private edge(
    from: string,
    to: string,
    label: string,
    status: PictureEdge['status'],
    when: Scenario,
    findings: readonly number[],
  ): void {
    const key = JSON.stringify([from, to, label]);
    const known_ = this.edges.get(key);
    if (known_ === undefined)
      this.edges.set(key, {
        from,
        to,
        label,
        status,
        environments: null,
        findings,
        scenarios: [when],
      });
    else known_.scenarios.push(when);
  }

  private stack(instance: StackInstance): string {
    if (!this.stacks.has(instance.id)) {
      const parent = instance.parent === undefined ? null : this.stack(instance.parent.instance);
      this.stacks.set(instance.id, {
        id: instance.id,
        label: instance.parent?.logicalId ?? instance.stack?.label ?? instance.template.file,
        parent,
        file: instance.template.file,
      });
    }
    return instance.id;
  }

  private range(node: ResourceNode): Range | null {
    const { template } = node.instance;
    const source = this.graph.store.get(template.file)?.source();
    const location = source?.locate(template.sourcePath(node.cursor.path));
    return source === undefined || location === undefined
      ? null
      : source.range(location.key ?? location.value);
  }

  private key(node: ResourceNode): string {
    return consumerKey(node.instance.template.file, node.logicalId);
  }

  private findingsOf(node: ResourceNode): readonly number[] {
    return this.byResource.get(this.key(node)) ?? [];
  }
}

function nodeId(node: ResourceNode): string {
  return `${node.instance.id}#${node.logicalId}`;
}

function known(alternatives: readonly Alternative[]): string[] {
  return [...new Set(alternatives.flatMap(({ value }) => knownText(value) ?? []))];
}

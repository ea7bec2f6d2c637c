import { type Gateway, type GatewayLink, gatewayOf } from '../agentcore/consumer/gateway.js';
import type { ProviderLink } from '../agentcore/consumer/provider-reference.js';
import { consumerKindOf, consumerKindOfType, isOfAgentCore } from '../agentcore/facts/consumer-kinds.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { hostsOf, identityHosts } from '../agentcore/provider/identity-host.js';
import { type Provider, providerOf } from '../agentcore/provider/provider.js';
import { rolesOf } from '../agentcore/role/role-reference.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import type { StackInstance } from '../evaluate/stack-instance.js';
import { type Alternative, knownText } from '../evaluate/value.js';
import type { ResourceNode } from '../graph/resource-graph.js';
import { writtenPlace } from '../graph/written-place.js';
import { inWordsOf, speaksCloudFormation } from '../lint/dialect-words.js';
import type { EnvironmentRun } from '../lint/environment-run.js';
import { consequenceOf, type Finding, resourceAt } from '../lint/finding.js';
import { consumerKey, failsExchange } from '../lint/outcome.js';
import { rangeOf } from '../lint/place-range.js';
import type { Diagnostic } from '../lint/result.js';
import type { CheckedRun } from '../lint/run.js';
import { askedOf, findingsOfWay, type Way, waysOf } from '../lint/ways.js';
import type { Range } from '../source/types.js';
import { readRoute } from '../views/read.js';
import { Drafts, type SeenNode } from './drafts.js';
import { type Fact, gatewayFacts, grantWords, providerFacts, targetType, toolFacts } from './facts.js';
import { maskedPicture } from './masked.js';
import type { Picture, PictureEdge, PictureNodeKind } from './picture.js';

/** The graph of a run, from the inbound authorizers to the identity providers, with its findings. */
export function pictureOf(run: CheckedRun): Picture {
  const names = run.environments.flatMap(({ name }) => name ?? []);
  const findings = new FindingIndex(run.result.report.diagnostics);
  const drafts = new Drafts(names);
  const stacks = new Map<string, Picture['stacks'][number]>();
  for (const environment of run.environments) {
    const painter = new Painter(environment, drafts, stacks, findings);
    for (const file of run.files)
      for (const instance of environment.graph.instances(file)) painter.addInstance(instance);
    painter.markCauses();
  }
  const picture: Picture = {
    version: 1,
    environments: names,
    stacks: [...stacks.values()],
    ...drafts.finish(),
    findings: run.result.report.diagnostics,
  };
  const { masking } = run.result;
  return masking === undefined ? picture : maskedPicture(picture, masking.text);
}

/** The findings of a report by the resource that they are about. */
class FindingIndex {
  private readonly byResource = new Map<string, number[]>();

  constructor(private readonly findings: readonly Diagnostic[]) {
    findings.forEach(({ file, resource }, index) => {
      if (resource === null) return;
      const key = consumerKey(file, resource);
      const known = this.byResource.get(key);
      if (known === undefined) this.byResource.set(key, [index]);
      else known.push(index);
    });
  }

  /**
   * @param file as the report names it
   * @param rules only those of these rules; of all where it is left out
   */
  of(file: string, resource: string, rules?: ReadonlySet<string>): readonly number[] {
    const found = this.byResource.get(consumerKey(file, resource)) ?? [];
    return rules === undefined
      ? found
      : found.filter((index) => rules.has(this.findings[index]?.ruleId ?? ''));
  }
}

/** Adds what one environment has to the picture. */
class Painter {
  private readonly name: string;
  /** The files in which parts of a resource are written that something is found in. */
  private readonly filesOf = new Map<string, Set<string>>();

  constructor(
    private readonly run: EnvironmentRun,
    private readonly drafts: Drafts,
    private readonly stacks: Map<string, Picture['stacks'][number]>,
    private readonly findings: FindingIndex,
  ) {
    this.name = run.name ?? '';
    for (const finding of run.findings) {
      const node = this.toldOf(finding);
      if (node === undefined) continue;
      const { file } = writtenPlace(run.graph.store, finding.report.at);
      const known = this.filesOf.get(nodeId(node));
      if (known === undefined) this.filesOf.set(nodeId(node), new Set([file]));
      else known.add(file);
    }
  }

  addInstance(instance: StackInstance): void {
    const { graph } = this.run;
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
    const { graph } = this.run;
    // What is looked at elsewhere is drawn there.
    if (this.run.shown(node) === undefined) return;
    switch (node.type) {
      case TYPES.gateway:
        this.gateway(gatewayOf(graph, node));
        return;
      case TYPES.provider:
        this.provider(providerOf(graph, node));
        return;
      default:
        if (consumerKindOfType(node.type) !== undefined) this.tool(node);
    }
  }

  /** What calls or is called, with an edge for each way in which that is done. */
  private tool(node: ResourceNode): void {
    const { graph, verdicts } = this.run;
    const ways = waysOf(graph, verdicts, node);
    const kind = consumerKindOfType(node.type);
    if (ways.length === 0 || kind === undefined) return;
    const row = consumerKindOf(kind);
    const id = this.resource(node, row.node, targetType(graph, node), toolFacts(graph, node, ways));
    for (const way of ways) {
      const look = this.lookOf(node, way);
      if (way.gateway !== undefined) {
        const other = this.gatewayEnd(node, way.gateway);
        const [from, to] = row.gateway === 'behind' ? [id, other] : [other, id];
        this.drafts.addEdge({ ...look, from, to, label: '', calledAs: way.calledAs }, this.name);
      }
      if (way.oauth === undefined) continue;
      const to = this.providerEnd(node, way.oauth.provider);
      const calledAs = way.gateway === undefined ? way.calledAs : null;
      this.drafts.addEdge({ ...look, from: id, to, label: grantWords(way.oauth), calledAs }, this.name);
    }
  }

  /** How a way ends, and where: a fault that holds only in some scenarios is told of these. */
  private lookOf(
    node: ResourceNode,
    way: Way,
  ): Pick<PictureEdge, 'status' | 'lost' | 'findings'> & { readonly scenarios: readonly Scenario[] } {
    const holding = findingsOfWay(this.run.verdicts, node, way);
    const failing = holding.filter(failsExchange);
    const status = way.oauth?.outcome ?? (failing.length > 0 ? 'failed' : 'plain');
    const faults = failing.flatMap(({ scenarios }) => scenarios.flatMap((so) => so.join(way.when) ?? []));
    return {
      status,
      lost: failing.some(losesIdentity),
      findings: this.findingsOf(this.shown(node), new Set(holding.map(({ rule }) => rule.id))),
      scenarios: status === 'failed' && faults.length > 0 ? faults : [way.when],
    };
  }

  private gatewayEnd(from: ResourceNode, link: GatewayLink): string {
    return link.kind === 'gateway'
      ? this.gateway(link.gateway)
      : this.open(from, `${from.instance.id}?gateway ${link.reason}`, 'not in view', link.reason);
  }

  private providerEnd(from: ResourceNode, link: ProviderLink): string {
    if ('provider' in link) return this.provider(link.provider);
    const [label, reason] =
      link.kind === 'unresolved'
        ? [link.candidates === undefined ? 'not in view' : 'one of several', link.reason]
        : ['no provider', link.kind === 'not-made' ? link.reason : 'no provider'];
    return this.open(from, `${nodeId(from)}?${reason}`, label, reason);
  }

  private gateway(gateway: Gateway): string {
    const { graph } = this.run;
    const node = this.shown(gateway.node);
    if (this.drafts.isIn(nodeId(node), this.name)) return nodeId(node);
    const types = gateway.authorizerType(Scenario.always);
    const id = this.resource(node, 'gateway', known(types).join(' or '), gatewayFacts(graph, gateway));
    for (const type of types) {
      const label = knownText(type.value) ?? 'unknown authorizer';
      const url = readRoute(
        graph.evaluator,
        gateway.node.cursor,
        ['Properties', 'AuthorizerConfiguration', 'CustomJWTAuthorizer', 'DiscoveryUrl'],
        type.when,
      );
      const inbound = `${id}<${label}`;
      this.beside(inbound, 'inbound-authorizer', label, hostsOf(url).join(' or '), node);
      this.plainEdge(inbound, id, type.when);
    }
    for (const role of askedOf(graph, () => rolesOf(graph, gateway, Scenario.always))) {
      if (role.value === undefined) continue;
      this.plainEdge(this.resource(role.value.node, 'role', '', []), id, role.when);
    }
    return id;
  }

  private provider(provider: Provider): string {
    const { graph } = this.run;
    const { node } = provider;
    if (this.drafts.isIn(nodeId(node), this.name)) return nodeId(node);
    const vendors = known(provider.property('CredentialProviderVendor', Scenario.always));
    const id = this.resource(node, 'provider', vendors.join(' or '), providerFacts(graph, provider));
    for (const host of askedOf(graph, () => identityHosts(provider, Scenario.always))) {
      const identity = `identity-provider ${host}`;
      this.drafts.addNode(
        {
          id: identity,
          kind: 'identity-provider',
          label: host,
          detail: '',
          stack: null,
          file: null,
          range: null,
          outcome: undefined,
          facts: [],
          findings: [],
        },
        this.name,
      );
      this.plainEdge(id, identity, Scenario.always);
    }
    return id;
  }

  /** A reference that leads nowhere that is in view. */
  private open(node: ResourceNode, id: string, label: string, reason: string): string {
    this.beside(id, 'unresolved', label, reason, this.shown(node), null);
    return id;
  }

  private resource(of: ResourceNode, kind: PictureNodeKind, detail: string, facts: readonly Fact[]): string {
    const node = this.shown(of);
    const id = nodeId(node);
    const isConsumer = consumerKindOfType(node.type) !== undefined;
    this.add({
      id,
      kind,
      label: node.name,
      detail,
      ...this.placeOf(node),
      outcome: isConsumer
        ? this.run.outcomes.get(consumerKey(node.instance.template.file, node.logicalId))
        : undefined,
      facts,
      findings: this.findingsOf(node),
    });
    return id;
  }

  /** A node that is no resource, and stands in the stack of one. */
  private beside(
    id: string,
    kind: PictureNodeKind,
    label: string,
    detail: string,
    node: ResourceNode,
    range = this.range(node),
  ): void {
    const place = { ...this.placeOf(node), range };
    this.add({ id, kind, label, detail, ...place, outcome: undefined, facts: [], findings: [] });
  }

  private add(node: SeenNode): void {
    if (!this.drafts.isIn(node.id, this.name)) this.drafts.addNode(node, this.name);
  }

  private plainEdge(from: string, to: string, when: Scenario): void {
    const plain = { label: '', calledAs: null, status: 'plain', lost: false, findings: [] } as const;
    this.drafts.addEdge({ ...plain, from, to, scenarios: [when] }, this.name);
  }

  /** Marks what the failures come from; after all nodes. */
  markCauses(): void {
    for (const finding of this.run.findings) {
      if (!failsExchange(finding)) continue;
      const told = this.toldOf(finding);
      if (told === undefined) continue;
      const findings = this.findingsOf(told, new Set([finding.rule.id]));
      const causes = finding.causes ?? [{ node: told, says: finding.rule.id }];
      for (const { node, says } of causes) {
        const shown = this.shown(node);
        const dialect = shown.instance.template.input.dialectOf(shown.logicalId);
        this.drafts.addCause(
          nodeId(shown),
          {
            says: speaksCloudFormation(dialect) ? says : inWordsOf(dialect, says),
            lost: losesIdentity(finding),
            findings,
            scenarios: finding.scenarios,
          },
          this.name,
        );
      }
    }
  }

  /** The resource that a finding is about. */
  private toldOf({ report }: Finding): ResourceNode | undefined {
    const { instance, logicalId } = resourceAt(report.at);
    return logicalId === null ? undefined : this.run.graph.resource(instance, logicalId);
  }

  private findingsOf(node: ResourceNode, rules?: ReadonlySet<string>): readonly number[] {
    const others = this.filesOf.get(nodeId(node)) ?? [];
    const files = new Set([this.run.graph.fileOf(node.instance), ...others]);
    return [...files].flatMap((file) => this.findings.of(file, node.name, rules));
  }

  private shown(node: ResourceNode): ResourceNode {
    return this.run.shown(node) ?? node;
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

  private placeOf(node: ResourceNode): Pick<SeenNode, 'stack' | 'file' | 'range'> {
    return {
      stack: this.stack(node.instance),
      file: this.run.graph.fileOf(node.instance),
      range: this.range(node),
    };
  }

  private range({ cursor }: ResourceNode): Range | null {
    const { store } = this.run.graph;
    const { file, path } = writtenPlace(store, cursor);
    const source = store.get(file)?.source();
    return source === undefined ? null : rangeOf(source, path, 'key');
  }
}

function losesIdentity({ rule, report }: Finding): boolean {
  return consequenceOf(rule, report) === 'identity-lost';
}

function nodeId(node: ResourceNode): string {
  return `${node.instance.id}#${node.logicalId}`;
}

function known(alternatives: readonly Alternative[]): string[] {
  return [...new Set(alternatives.flatMap(({ value }) => knownText(value) ?? []))];
}

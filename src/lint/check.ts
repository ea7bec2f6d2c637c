import { type Asking, askingsOf } from '../agentcore/consumer/asking.js';
import type { Choice } from '../agentcore/consumer/candidate.js';
import {
  ambiguitiesOf,
  chooseFor,
  chooseForConfiguration,
  chooseForTarget,
  isAmbiguous,
} from '../agentcore/consumer/candidates.js';
import type { Consumer } from '../agentcore/consumer/consumer.js';
import { credentialConfigurations } from '../agentcore/consumer/credential-configuration.js';
import { type Gateway, gatewayOf } from '../agentcore/consumer/gateway.js';
import { consumersOf } from '../agentcore/consumer/kinds.js';
import { targetOf } from '../agentcore/consumer/target.js';
import { consumerKindOfType, isOfAgentCore } from '../agentcore/facts/consumer-kinds.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { providerOf } from '../agentcore/provider/provider.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import type { ResourceGraph, ResourceNode, UnseenTemplate } from '../graph/resource-graph.js';
import type { TemplateFile } from '../graph/store.js';
import { type Fault, Findings } from './finding.js';
import type { AnyRule, RuleContext, RuleReport, TriedReference } from './rule.js';
import type { Undecided } from './undecided.js';
import { unseenConsumers } from './unseen.js';

/** The budget of questions about a node of which one went past the limit, as a part of the usual one. */
const NEXT_SHARE = 1 / 20;

/** So many faults of one file are told; a rule that finds more of them leaves its resource undecided, which is said. */
export const MAX_REPORTS = 5_000;

/** Errors that are no fault of the rule in which they come up: a reader is not loaded yet, or the call is wrong. */
function isPassedOn({ name }: Error): boolean {
  return name.endsWith('NotPrepared') || name === 'UsageError';
}

/** What rules look at. */
type Looked = keyof AnyRule['check'];

/** The rules by what they look at, each with what it is called with. */
type Looking = Readonly<Record<Looked, readonly { rule: AnyRule; context: RuleContext }[]>>;

/** Runs rules over the resources of templates. */
export class Checker {
  readonly findings = new Findings();
  readonly askings: Asking[] = [];
  /** Nodes of templates that are not checked, and that were looked at since something leads to them. */
  private readonly referred = new Set<ResourceNode>();
  readonly undecided: Undecided[] = [];
  readonly internalErrors = new Map<string, string>();
  /** The nodes of which a question went past a limit. */
  private readonly large = new Set<ResourceNode>();
  /** The name of the file that is checked. */
  private file = '';
  /** What rules have reported of that file. */
  private reports = 0;
  private isSkipped: (node: ResourceNode) => boolean = () => false;
  private byGateway: ReadonlyMap<ResourceNode, { consumer: Consumer; when: Scenario }[]> | undefined;
  /** The resources with a reference that can lead to several places. */
  readonly ambiguous = new Set<ResourceNode>();
  private readonly looking: Looking;

  constructor(
    private readonly graph: ResourceGraph,
    private readonly rules: readonly AnyRule[],
    private readonly options: (rule: AnyRule, file: string) => Readonly<Record<string, unknown>>,
    /** Files whose resources are asked for consumers of a gateway. */
    private readonly files: () => readonly TemplateFile[],
  ) {
    this.looking = this.lookingInto(this.findings, (gateway) => this.consumersBehind(gateway));
  }

  /** The rules, reporting into some findings. */
  private lookingInto(findings: Findings, consumersOf: RuleContext['consumersOf']): Looking {
    const { graph } = this;
    const optionsNow = (rule: AnyRule) => this.options(rule, this.file);
    const all = this.rules.map((rule) => ({
      rule,
      context: {
        report: (report: RuleReport) => {
          if (findings === this.findings && ++this.reports > MAX_REPORTS)
            throw new PastLimit(
              `the template has more faults than are told (${MAX_REPORTS.toLocaleString('en')})`,
            );
          findings.add(rule, report);
        },
        get options() {
          return optionsNow(rule);
        },
        graph,
        consumersOf,
      },
    }));
    const looking = (at: Looked) => all.filter(({ rule }) => rule.check[at] !== undefined);
    return {
      consumer: looking('consumer'),
      credentialConfiguration: looking('credentialConfiguration'),
      target: looking('target'),
      provider: looking('provider'),
      gateway: looking('gateway'),
      unseenTemplate: looking('unseenTemplate'),
      triedReference: looking('triedReference'),
    };
  }

  /** Leaves out resources that are looked at elsewhere. */
  leaveOut(isSkipped: (node: ResourceNode) => boolean): void {
    this.isSkipped = isSkipped;
  }

  /** Checks all resources of a template, in all its deployments. */
  checkFile(file: TemplateFile): void {
    this.file = file.name;
    this.reports = 0;
    for (const instance of this.graph.instances(file)) {
      for (const node of this.graph.resources(instance, isOfAgentCore)) {
        if (!this.isSkipped(node)) this.checkNode(node);
      }
    }
    this.undecided.push(...unseenConsumers(this.graph, file));
  }

  /** Checks what some templates deploy and nobody can read. */
  checkUnseen(unseen: readonly UnseenTemplate[]): void {
    for (const one of unseen) {
      this.file = one.node.instance.template.file;
      this.visit(
        'unseenTemplate',
        one.node,
        () => [one],
        (rule, thing, context) => rule.check.unseenTemplate?.(thing, context),
      );
    }
  }

  /**
   * Checks the providers and gateways that exchanges lead to in templates that only serve as context: what is wrong
   * with them is not reported, and decides all the same how the exchanges end.
   * @param isChecked whether the template of a file is checked anyway
   */
  checkReferred(isChecked: (file: string) => boolean): void {
    for (const { consumer, when } of this.askings) {
      const nodes = this.decide(consumer.node, () => [
        ...referredBy(consumer, when),
        ...ambiguitiesOf(consumer, when).flatMap(({ key, candidates, when: so }) =>
          candidates.flatMap((_, index) => referredBy(chooseFor(consumer, { key, index }), so)),
        ),
      ]);
      for (const node of nodes ?? []) {
        if (isChecked(node.instance.template.file) || this.referred.has(node)) continue;
        this.referred.add(node);
        this.checkNode(node);
      }
    }
  }

  private checkNode(node: ResourceNode): void {
    switch (node.type) {
      case TYPES.gatewayTarget: {
        const target = targetOf(this.graph, node);
        const gateways = this.decide(node, () => this.existing(node).flatMap((when) => target.gateway(when)));
        if (isAmbiguous(gateways ?? [])) this.ambiguous.add(node);
        this.visit(
          'target',
          node,
          () => this.existing(node),
          (rule, when, context) => rule.check.target?.(target, when, context),
        );
        this.visit(
          'credentialConfiguration',
          node,
          () => credentialConfigurations(this.graph, node, Scenario.always),
          (rule, configuration, context) => rule.check.credentialConfiguration?.(configuration, context),
        );
        break;
      }
      case TYPES.provider: {
        const provider = providerOf(this.graph, node);
        this.visit(
          'provider',
          node,
          () => this.existing(node),
          (rule, when, context) => rule.check.provider?.(provider, when, context),
        );
        break;
      }
      case TYPES.gateway: {
        const gateway = gatewayOf(this.graph, node);
        this.visit(
          'gateway',
          node,
          () => this.existing(node),
          (rule, when, context) => rule.check.gateway?.(gateway, when, context),
        );
        break;
      }
      default:
    }
    if (consumerKindOfType(node.type) !== undefined) this.checkConsumers(node);
  }

  private checkConsumers(node: ResourceNode): void {
    const consumers = this.decide(node, () => consumersOf(this.graph, node)) ?? [];
    this.visit(
      'consumer',
      node,
      () => consumers,
      (rule, consumer, context) => rule.check.consumer?.(consumer, context),
    );
    const links = this.decide(node, () =>
      consumers.flatMap((consumer) => [...consumer.provider(), ...consumer.gateway()]),
    );
    if (isAmbiguous(links ?? [])) this.ambiguous.add(node);
    const asking = this.decide(node, () => consumers.flatMap((consumer) => askingsOf(this.graph, consumer)));
    // What CloudFormation refuses to deploy asks for nothing.
    for (const so of asking ?? [])
      if (this.graph.deployments.permit([node.instance], so.when)) this.askings.push(so);
  }

  /**
   * Asks the rules what they say of a resource if references of it lead to one of their candidates each.
   * @returns what they found, nothing of which is among the findings of the run
   */
  tryOut(node: ResourceNode, choices: readonly Choice[]): readonly Fault[] {
    const found = new Findings();
    const behind: { readonly gateway: ResourceNode; readonly consumer: Consumer; readonly when: Scenario }[] =
      [];
    const looking = this.lookingInto(found, (gateway) =>
      behind.filter((one) => one.gateway === gateway.node),
    );
    const { file } = this;
    this.file = node.instance.template.file;
    const consumers = (this.decide(node, () => consumersOf(this.graph, node)) ?? []).map((consumer) =>
      choices.reduce(chooseFor, consumer),
    );
    this.visit(
      'consumer',
      node,
      () => consumers,
      (rule, consumer, context) => rule.check.consumer?.(consumer, context),
      looking,
    );
    if (node.type === TYPES.gatewayTarget) this.tryTarget(node, choices, looking);
    for (const consumer of consumers) {
      for (const { value, when } of this.decide(node, () => consumer.gateway()) ?? []) {
        if (value.kind === 'gateway') behind.push({ gateway: value.gateway.node, consumer, when });
      }
    }
    for (const gateway of new Set(behind.map((one) => one.gateway))) {
      this.visit(
        'gateway',
        gateway,
        () => this.existing(gateway),
        (rule, when, context) => rule.check.gateway?.(gatewayOf(this.graph, gateway), when, context),
        looking,
      );
    }
    this.file = file;
    return found.all();
  }

  private tryTarget(node: ResourceNode, choices: readonly Choice[], looking: Looking): void {
    const target = choices.reduce(chooseForTarget, targetOf(this.graph, node));
    this.visit(
      'target',
      node,
      () => this.existing(node),
      (rule, when, context) => rule.check.target?.(target, when, context),
      looking,
    );
    this.visit(
      'credentialConfiguration',
      node,
      () =>
        credentialConfigurations(this.graph, node, Scenario.always).map((configuration) =>
          choices.reduce(chooseForConfiguration, configuration),
        ),
      (rule, configuration, context) => rule.check.credentialConfiguration?.(configuration, context),
      looking,
    );
  }

  /** Hands what came of trying all candidates of a reference to the rules that tell it. */
  tell(tried: TriedReference): void {
    this.file = tried.node.instance.template.file;
    this.visit(
      'triedReference',
      tried.node,
      () => [tried],
      (rule, thing, context) => rule.check.triedReference?.(thing, context),
    );
  }

  private existing(node: ResourceNode): Scenario[] {
    return this.graph.evaluator
      .exists(node.instance, node.logicalId, Scenario.always)
      .flatMap((exists) => (exists.value ? [exists.when] : []));
  }

  /** Hands each of some things to each rule that looks at such; what throws is told, and the rest goes on. */
  private visit<Thing>(
    what: Looked,
    node: ResourceNode,
    things: () => readonly Thing[],
    call: (rule: AnyRule, thing: Thing, context: RuleContext) => void,
    looking: Looking = this.looking,
  ): void {
    const found = this.decide(node, things) ?? [];
    for (const thing of found) {
      for (const { rule, context } of looking[what]) {
        this.startQuestion(node);
        try {
          call(rule, thing, context);
        } catch (error) {
          if (error instanceof PastLimit) this.undecide(node, error);
          else if (!(error instanceof Error) || isPassedOn(error)) throw error;
          else this.internalErrors.set(rule.id, error.message);
        }
      }
    }
  }

  /** Asks one question with a budget of its own; past it the node is undecided. */
  private decide<Answer>(node: ResourceNode, question: () => Answer): Answer | undefined {
    this.startQuestion(node);
    try {
      return question();
    } catch (error) {
      if (!(error instanceof PastLimit)) throw error;
      this.undecide(node, error);
      return undefined;
    }
  }

  private startQuestion(node: ResourceNode): void {
    this.graph.evaluator.startQuestion(this.large.has(node) ? NEXT_SHARE : 1);
  }

  private undecide(node: ResourceNode, { message }: PastLimit): void {
    this.large.add(node);
    this.undecided.push({ node, reason: message });
  }

  private consumersBehind(gateway: Gateway): readonly { consumer: Consumer; when: Scenario }[] {
    this.byGateway ??= this.indexByGateway();
    return this.byGateway.get(gateway.node) ?? [];
  }

  private indexByGateway(): ReadonlyMap<ResourceNode, { consumer: Consumer; when: Scenario }[]> {
    const index = new Map<ResourceNode, { consumer: Consumer; when: Scenario }[]>();
    for (const file of this.files()) {
      for (const instance of this.graph.instances(file)) {
        for (const node of this.graph.resources(instance, (type) => type === TYPES.gatewayTarget)) {
          if (this.isSkipped(node)) continue;
          this.decide(node, () => {
            for (const consumer of consumersOf(this.graph, node)) {
              for (const { value, when } of consumer.gateway()) {
                if (value.kind !== 'gateway') continue;
                const key = value.gateway.node;
                const behind = index.get(key) ?? [];
                behind.push({ consumer, when });
                index.set(key, behind);
              }
            }
          });
        }
      }
    }
    return index;
  }
}

/** The providers and gateways that a consumer leads to. */
function referredBy(consumer: Consumer, when: Scenario): ResourceNode[] {
  return [
    ...consumer
      .provider(when)
      .flatMap(({ value }) => (value.kind === 'provider' ? [value.provider.node] : [])),
    ...consumer.gateway(when).flatMap(({ value }) => (value.kind === 'gateway' ? [value.gateway.node] : [])),
  ];
}

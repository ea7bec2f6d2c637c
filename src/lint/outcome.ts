import type { Asking } from '../agentcore/consumer/asking.js';
import type { Choice } from '../agentcore/consumer/candidate.js';
import { ambiguitiesOf, choicesOf, chooseFor, isAmbiguous } from '../agentcore/consumer/candidates.js';
import type { Consumer } from '../agentcore/consumer/consumer.js';
import { consumersOf } from '../agentcore/consumer/kinds.js';
import { consumerKindOf } from '../agentcore/facts/consumer-kinds.js';
import { authorizerOf } from '../agentcore/facts/look-up.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import type { ExchangeSetup } from '../agentcore/provider/provider.js';
import { PastLimit } from '../evaluate/limits.js';
import type { Scenario } from '../evaluate/scenario.js';
import type { StackInstance } from '../evaluate/stack-instance.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { gather } from '../plain/gather.js';
import type { Path } from '../source/types.js';
import { isBesideDefault } from '../views/open-value.js';
import { textOf } from '../views/read.js';
import type { Consequence } from './consequence.js';
import { consequenceOf, type Finding, messageOf, resourceAt } from './finding.js';
import { FindingsByConsumer } from './findings-by-consumer.js';
import type { Outcome } from './result.js';
import type { Undecided } from './undecided.js';

/** Tells consumers apart: by template and logical id, however often the template is deployed. */
export function consumerKey(file: string, logicalId: string): string {
  return `${file}\0${logicalId}`;
}

/** The file in a consumer's key; no name of a file has the character between it and the logical id. */
export function fileOfConsumer(key: string): string {
  return key.slice(0, key.indexOf('\0'));
}

function keyOf(node: ResourceNode): string {
  return consumerKey(node.instance.template.file, node.logicalId);
}

/** Outcomes from the worst to the best: what one resource does in several ways ends as the worst of them. */
const WORST_FIRST: readonly Outcome[] = ['failed', 'unverified', 'verified'];

/** The worse of two outcomes. */
export function worse(a: Outcome | undefined, b: Outcome): Outcome {
  return a === undefined || WORST_FIRST.indexOf(b) < WORST_FIRST.indexOf(a) ? b : a;
}

/** What outcomes are told from. All rules have run, whatever the user set them to. */
export interface OutcomeEvidence {
  readonly graph: ResourceGraph;
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
  /** Whether a rule threw: then what it would have said is not known. */
  readonly incomplete: boolean;
  /** What the rules find if references of a resource lead to candidates that are chosen. */
  readonly chosen?: (node: ResourceNode, choices: readonly Choice[]) => readonly Finding[];
}

/** How many ambiguous references of one consumer are followed, one within the other. */
const MAX_CHOICES = 2;

/** Consequences of findings with which an exchange has failed. A secret that can be read does not stop it. */
const FAILING: ReadonlySet<Consequence | null> = new Set<Consequence>([
  'deployment-fails',
  'calls-fail',
  'identity-lost',
]);

/**
 * How consumers that ask for `TOKEN_EXCHANGE` ended. Failed: a finding that is no info by default says so, of the
 * consumer, or of its provider, its gateway or the role of that, in a scenario in which it asks. Verified: in all these
 * scenarios what an exchange needs is in view and right. Unverified: everything else.
 *
 * What the user sets changes nothing about it: severities, suppressions, baselines.
 */
export class Outcomes {
  /** By the id of a deployment and the logical id. */
  private readonly byResource = new Map<string, Finding[]>();
  private readonly byNode = new Map<ResourceNode, FindingsByConsumer>();
  private readonly undecided: ReadonlySet<string>;

  constructor(private readonly evidence: OutcomeEvidence) {
    for (const finding of evidence.findings) {
      const { logicalId } = resourceAt(finding.report.at);
      if (logicalId === null) continue;
      for (const [id, scenarios] of finding.byDeployment)
        gather(this.byResource, `${id} ${logicalId}`, { ...finding, scenarios });
    }
    this.undecided = new Set(evidence.undecided.map(({ node }) => keyOf(node)));
  }

  /** The outcome of each consumer, by its key: the worst of all its ways to ask. */
  all(askings: readonly Asking[]): ReadonlyMap<string, Outcome> {
    const ended = new Map<string, Outcome>();
    for (const asking of askings) {
      const key = keyOf(asking.consumer.node);
      const before = ended.get(key);
      if (before !== 'failed' && this.canBe(asking)) ended.set(key, worse(before, this.of(asking)));
    }
    for (const { node } of this.evidence.undecided) {
      // Providers and gateways count with their consumers.
      if (node.type === TYPES.provider || node.type === TYPES.gateway) continue;
      ended.set(keyOf(node), worse(ended.get(keyOf(node)), 'unverified'));
    }
    return ended;
  }

  /** Whether a way to ask ever takes place: CloudFormation may refuse to deploy the scenario. */
  private canBe({ consumer, when }: Asking): boolean {
    return this.evidence.graph.deployments.permit([consumer.node.instance], when);
  }

  /** How one way to ask ended. */
  of(asking: Asking): Outcome {
    const { consumer, when, how } = asking;
    if (how === 'means') return 'failed';
    const { graph, incomplete } = this.evidence;
    graph.evaluator.startQuestion();
    try {
      const findings = this.kindsOf(consumer, when);
      if (findings.some(failsExchange)) return 'failed';
      const among = this.amongCandidates(asking);
      if (among !== undefined) return among;
      const proof = this.prove(consumer, when);
      if (proof === 'failed' && how === 'asks') return 'failed';
      const doubtful = incomplete || findings.some(leavesUnverified);
      return doubtful || proof !== 'verified' || this.isUndecided(consumer, when) ? 'unverified' : 'verified';
    } catch (error) {
      if (error instanceof PastLimit) return 'unverified';
      throw error;
    }
  }

  /**
   * How a way to ask ends whose provider or gateway can be one of several: each is tried. As long as one may work and
   * another may not, nobody knows.
   * @returns undefined where nothing is ambiguous
   */
  private amongCandidates(asking: Asking): Outcome | undefined {
    const { consumer, when } = asking;
    const of = isAmbiguous(consumer.provider(when)) ? 'provider' : 'gateway';
    const links: readonly { readonly when: Scenario }[] = consumer[of](when);
    const open = ambiguitiesOf(consumer, when).filter(({ what }) => what === of);
    if (open.length === 0) return undefined;
    if (choicesOf(consumer).length >= MAX_CHOICES) return 'unverified';
    let ended: Outcome | undefined;
    for (const link of links) {
      const within = { ...asking, when: link.when };
      if (!this.canBe(within)) continue;
      const ambiguity = open.find((one) => one.when === link.when);
      if (ambiguity === undefined) {
        // Every other reference has one meaning here.
        if (links.length > 1) ended = worse(ended, this.of(within));
        continue;
      }
      const { key, candidates } = ambiguity;
      const ends = candidates.map((_, index) =>
        this.of({ ...within, consumer: chooseFor(consumer, { key, index }) }),
      );
      const [first] = ends;
      ended = worse(ended, ends.every((end) => end === first) && first !== undefined ? first : 'unverified');
    }
    return ended ?? 'unverified';
  }

  /** What holds of a consumer in a scenario: findings on it, on its provider and on its gateway. */
  findingsOf(consumer: Consumer, when: Scenario): Finding[] {
    return this.told(consumer, when, (findings, block) => findings.of(block));
  }

  /** The same, as far as their rules and messages go: one can stand for others of the same message. */
  kindsOf(consumer: Consumer, when: Scenario): Finding[] {
    return this.told(consumer, when, (findings, block) => findings.kindsOf(block));
  }

  private told(
    consumer: Consumer,
    when: Scenario,
    ofConsumer: (findings: FindingsByConsumer, block: Path) => Finding[],
  ): Finding[] {
    const choices = choicesOf(consumer);
    const tried = choices.length === 0 ? [] : (this.evidence.chosen?.(consumer.node, choices) ?? []);
    const block = blockOf(consumer);
    const told = this.byConsumer(consumer.node);
    const { instance } = consumer.node;
    const own = this.holding(
      [...ofConsumer(told, block), ...tried.filter((finding) => told.isAbout(finding, block))],
      when,
      [instance],
    );
    const around = this.neighbours(consumer, when).flatMap(({ node, when: within }) =>
      this.holding(
        this.toldOf(node).filter(({ consumers }) => consumers?.includes(consumer.node) ?? true),
        within,
        [instance, node.instance],
      ),
    );
    return [...new Set([...own, ...around])];
  }

  /** Those of some findings that hold somewhere within a scenario, in deployments that CloudFormation does not refuse. */
  private holding(findings: readonly Finding[], when: Scenario, stacks: readonly StackInstance[]): Finding[] {
    const { deployments } = this.evidence.graph;
    return findings.filter(({ scenarios }) =>
      mayHold(scenarios, when, (both) => deployments.permit(stacks, both)),
    );
  }

  /** The findings on a resource, as far as they are about the deployment of the template that it is in. */
  private toldOf({ instance, logicalId }: ResourceNode): readonly Finding[] {
    return this.byResource.get(`${instance.id} ${logicalId}`) ?? [];
  }

  private byConsumer(node: ResourceNode): FindingsByConsumer {
    let told = this.byNode.get(node);
    if (told === undefined) {
      told = new FindingsByConsumer(
        this.toldOf(node),
        consumersOf(this.evidence.graph, node).map(blockOf),
        // Where one part of a resource is refused, all of it is.
        ({ rule, report }) => consequenceOf(rule, report) === 'deployment-fails',
      );
      this.byNode.set(node, told);
    }
    return told;
  }

  /** What holds of a resource in a scenario. */
  on(node: ResourceNode, when: Scenario): Finding[] {
    return this.holding(this.toldOf(node), when, [node.instance]);
  }

  /** The providers and gateways that a consumer leads to. */
  private neighbours(consumer: Consumer, when: Scenario): { node: ResourceNode; when: Scenario }[] {
    return [
      ...consumer
        .provider(when)
        .flatMap(({ value, when: so }) =>
          value.kind === 'provider' ? [{ node: value.provider.node, when: so }] : [],
        ),
      ...consumer
        .gateway(when)
        .flatMap(({ value, when: so }) =>
          value.kind === 'gateway' ? [{ node: value.gateway.node, when: so }] : [],
        ),
    ];
  }

  private isUndecided(consumer: Consumer, when: Scenario): boolean {
    return this.neighbours(consumer, when).some(({ node }) => this.undecided.has(keyOf(node)));
  }

  /**
   * Whether all that an exchange needs is in view: what is wrong with it is told by findings. This does not ask them, so
   * that what no rule speaks of does not pass for verified.
   */
  private prove(consumer: Consumer, when: Scenario): Outcome {
    let proof: Outcome = 'verified';
    for (const { outcome, when: so, stacks } of [
      ...proveProvider(consumer, when),
      ...proveGateway(consumer, when),
      ...proveTarget(consumer, when),
    ]) {
      if (worse(proof, outcome) === proof) continue;
      if (this.evidence.graph.deployments.permit(stacks, so)) proof = outcome;
    }
    return proof;
  }
}

/** How a part of an exchange ended, in one scenario. */
interface Proof {
  readonly outcome: Outcome;
  readonly when: Scenario;
  /** The stacks that take part in it. */
  readonly stacks: readonly StackInstance[];
}

/** How an exchange ends by how its provider is set up. A built-in vendor that exchanges no tokens is told by a finding. */
const BY_SETUP: Readonly<Record<ExchangeSetup['kind'], Outcome>> = {
  configured: 'verified',
  'built-in': 'verified',
  unknown: 'unverified',
  'not-configured': 'failed',
  faulty: 'failed',
};

function proveProvider(consumer: Consumer, when: Scenario): Proof[] {
  return consumer.provider(when).flatMap((link): Proof[] => {
    const { value, when: linked } = link;
    const stacks = [consumer.node.instance];
    if (value.kind !== 'provider') {
      return [{ outcome: value.kind === 'unresolved' ? 'unverified' : 'failed', when: linked, stacks }];
    }
    stacks.push(value.provider.node.instance);
    return value.provider
      .exchange(linked)
      .map(({ value: { kind }, when: so }) => ({ outcome: BY_SETUP[kind], when: so, stacks }));
  });
}

function proveGateway(consumer: Consumer, when: Scenario): Proof[] {
  if (consumerKindOf(consumer.kind).gateway === null) return [];
  return consumer.gateway(when).flatMap(({ value, when: linked }): Proof[] => {
    const stacks = [consumer.node.instance];
    if (value.kind !== 'gateway') return [{ outcome: 'unverified', when: linked, stacks }];
    stacks.push(value.gateway.node.instance);
    return value.gateway
      .authorizerType(linked)
      .filter((type) => !isBesideDefault(type))
      .map((type): Proof => {
        const works = authorizerOf(textOf(type) ?? '')?.exchange === 'works';
        return { outcome: works ? 'verified' : 'unverified', when: type.when, stacks };
      });
  });
}

function proveTarget(consumer: Consumer, when: Scenario): Proof[] {
  if (consumerKindOf(consumer.kind).gateway !== 'before') return [];
  return consumer.targetKind(when).map(({ value, when: so }) => ({
    outcome: value.kind === 'known' && value.fact.tokenExchange === 'yes' ? 'verified' : 'unverified',
    when: so,
    stacks: [consumer.node.instance],
  }));
}

/** Whether a finding, if it holds, means that the exchange does not work. */
export function failsExchange({ rule, report }: Finding): boolean {
  return (report.severity ?? rule.severity) !== 'info' && FAILING.has(consequenceOf(rule, report));
}

export function leavesUnverified({ rule, report }: Finding): boolean {
  return messageOf(rule, report).leavesUnverified === true;
}

/** Where the OAuth block of a consumer is written. */
function blockOf({ block }: Consumer): Path {
  return block.value.kind === 'map' ? block.value.cursor.path : block.at.path;
}

/** How many scenarios of a finding are tried one by one; of more, one is taken to hold. */
const MAX_TRIED = 1_000;

/**
 * Whether one of some scenarios can hold within another.
 * @param permitted whether CloudFormation deploys what both hold in
 */
export function mayHold(
  scenarios: readonly Scenario[],
  when: Scenario,
  permitted: (both: Scenario) => boolean = () => true,
): boolean {
  if (scenarios.length > MAX_TRIED) return true;
  return scenarios.some((so) => {
    const both = so.join(when);
    return both !== undefined && permitted(both);
  });
}

import type { Choice } from '../agentcore/consumer/candidate.js';
import {
  type Ambiguity,
  ambiguitiesAmong,
  ambiguitiesOf,
  chooseFor,
} from '../agentcore/consumer/candidates.js';
import { asksFor, type Consumer } from '../agentcore/consumer/consumer.js';
import { targetGateway } from '../agentcore/consumer/credential-configuration.js';
import { consumersOf } from '../agentcore/consumer/kinds.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import { nameFrom } from '../views/naming.js';
import { existence } from '../views/properties.js';
import type { Checker } from './check.js';
import { type Finding, faultKey } from './finding.js';
import { failsExchange, leavesUnverified, mayHold, Outcomes } from './outcome.js';
import { possibleFindings } from './possible.js';
import type { TriedCandidate } from './rule.js';

/** How many references of one resource are followed one within the other, each with all its candidates. */
const MAX_DEPTH = 2;

/** How many scenarios in which all candidates fail are told apart. */
const MAX_SCENARIOS = 100;

/** What comes of one candidate in a scenario. */
type End =
  | {
      readonly kind: 'fails';
      /** What says so: what is found of the reference first, and then of what the candidate is. */
      readonly by: readonly [Finding, ...Finding[]];
      /** Those of them that are found of the reference: what fails by itself is told where it is declared. */
      readonly own: readonly Finding[];
      /** The scenarios in which it fails. */
      readonly when: readonly Scenario[];
    }
  | { readonly kind: 'works' | 'unknown' };

/**
 * Tries each candidate of references that can lead to several places: each rule is asked what it would say if the
 * reference led there and nowhere else.
 */
export class Trials {
  private readonly known = new Map<ResourceNode, Map<string, readonly Finding[]>>();
  /** The scenarios in which something is told without a choice. */
  private readonly said = new Map<string, readonly Scenario[]>();
  /** What is told of the resources that the candidates are. */
  private readonly around: Outcomes;

  /** @param findings all that was found without a choice */
  constructor(
    private readonly graph: ResourceGraph,
    private readonly checker: Checker,
    findings: readonly Finding[],
  ) {
    for (const { rule, report, scenarios } of findings) {
      const key = faultKey(rule, report);
      this.said.set(key, [...(this.said.get(key) ?? []), ...scenarios]);
    }
    this.around = new Outcomes({ graph, findings, undecided: checker.undecided, incomplete: false });
  }

  /** What the rules find if references of a resource lead to the candidates that are chosen, and not otherwise. */
  findings(node: ResourceNode, choices: readonly Choice[]): readonly Finding[] {
    const ofNode = this.known.get(node) ?? new Map<string, readonly Finding[]>();
    this.known.set(node, ofNode);
    const key = JSON.stringify(choices);
    let found = ofNode.get(key);
    if (found === undefined) {
      found = possibleFindings(this.graph, this.checker.tryOut(node, choices)).filter(
        (finding) => !this.isSaid(finding),
      );
      ofNode.set(key, found);
    }
    return found;
  }

  /** Whether a finding is told without a choice, in all of its scenarios. */
  private isSaid({ rule, report, scenarios }: Finding): boolean {
    const said = this.said.get(faultKey(rule, report)) ?? [];
    return scenarios.every((one) => said.some((other) => one.isWithin(other)));
  }

  /** Reports what came of the candidates: that all fail, or which. */
  report(): void {
    for (const node of this.checker.ambiguous) {
      this.graph.evaluator.startQuestion();
      try {
        for (const ambiguity of this.ambiguities(node)) this.reportOne(node, ambiguity);
      } catch (error) {
        if (!(error instanceof PastLimit)) throw error;
        this.checker.undecided.push({ node, reason: error.message });
      }
    }
  }

  /** The ambiguous references of a resource; the gateway of a target is one for all its credentials. */
  private ambiguities(node: ResourceNode): Ambiguity[] {
    const found = consumersOf(this.graph, node).flatMap((consumer) => ambiguitiesOf(consumer));
    if (node.type !== TYPES.gatewayTarget) return found;
    const own = existence(this.graph, node, Scenario.always)
      .filter(({ value }) => value)
      .flatMap(({ when }) => ambiguitiesAmong('gateway', targetGateway(this.graph, node)(when)));
    return [...found.filter(({ what }) => what === 'provider'), ...own];
  }

  private reportOne(node: ResourceNode, ambiguity: Ambiguity): void {
    const { when, candidates } = ambiguity;
    const consumers = consumersOf(this.graph, node);
    const ends = candidates.map((_, index) => this.end(node, consumers, ambiguity, index, []));
    const names = candidates.map((_, index) => this.nameOf(node, ambiguity, index));
    let joint: readonly Scenario[] = [when];
    for (const end of ends) {
      const failing = end.kind === 'fails' ? end.when : [];
      joint = joint
        .flatMap((one) => failing.flatMap((other) => one.join(other) ?? []))
        .slice(0, MAX_SCENARIOS);
      joint = widest(joint);
    }
    const own = ends.flatMap((end) => (end.kind === 'fails' ? end.own : []));
    for (const so of joint) {
      const speaker = own.find(({ scenarios }) => mayHold(scenarios, so));
      if (speaker === undefined) continue;
      const { fix, ...rest } = speaker.report;
      const among = `its ${ambiguity.what} can be ${listed(names)}, and none of them works`;
      const related = candidates.map(({ at }) => ({
        message: 'it can be this one',
        at,
        part: 'key' as const,
      }));
      this.checker.findings.add(speaker.rule, {
        ...rest,
        when: so,
        among,
        related: [...(rest.related ?? []), ...related],
      });
    }
    // Where all fail or all work, it does not matter which is meant.
    const open = ends.flatMap((end) => {
      if (end.kind !== 'fails') return end.kind === 'works' ? [] : [when];
      return end.when.flatMap((one) => outside(one.join(when), joint));
    });
    const [first] = open;
    if (first === undefined) return;
    const where = open.every((one) => one.isWithin(first)) ? first : when;
    const tried = candidates.map(
      ({ at }, index): TriedCandidate => ({
        name: names[index] ?? '',
        at,
        end: ends[index] === undefined ? 'unknown' : told(ends[index], where),
      }),
    );
    const asks = consumers.some((consumer) =>
      asksFor(consumer, 'TOKEN_EXCHANGE').some((grant) => grant.when.join(where) !== undefined),
    );
    this.checker.tell({ ...ambiguity, when: where, node, asks, candidates: tried });
  }

  /** What comes of a candidate beside what is told anyway. */
  private end(
    node: ResourceNode,
    consumers: readonly Consumer[],
    { key, when }: Ambiguity,
    index: number,
    before: readonly Choice[],
  ): End {
    const choice = { key, index };
    const choices = [...before, choice];
    const own = this.findings(node, choices).filter(({ scenarios }) => mayHold(scenarios, when));
    const chosen = consumers.map((consumer) => chooseFor(consumer, choice));
    const around = chosen.flatMap((consumer, at) => {
      const anyway = consumers[at] === undefined ? [] : this.around.findingsOf(consumers[at], when);
      return this.around.findingsOf(consumer, when).filter((finding) => !anyway.includes(finding));
    });
    const failing = own.filter(failsExchange);
    const [by, ...others] = [...failing, ...around.filter(failsExchange)];
    if (by !== undefined)
      return {
        kind: 'fails',
        by: [by, ...others],
        own: failing,
        when: [by, ...others].flatMap(({ scenarios }) => scenarios),
      };
    const open = chosen.flatMap((consumer) => ambiguitiesOf(consumer, when));
    for (const other of open) {
      if (choices.length >= MAX_DEPTH) return { kind: 'unknown' };
      const ends = other.candidates.map((_, at) => this.end(node, chosen, other, at, choices));
      const [first] = ends;
      if (first?.kind === 'fails' && ends.every(({ kind }) => kind === 'fails'))
        return { ...first, when: [when] };
      if (ends.some(({ kind }) => kind !== 'works')) return { kind: 'unknown' };
    }
    return { kind: [...own, ...around].some(leavesUnverified) ? 'unknown' : 'works' };
  }

  /** What a message calls a candidate: the provider or gateway that it leads to, or else where it stands. */
  private nameOf(node: ResourceNode, { what, candidates, when }: Ambiguity, index: number): string {
    const candidate = candidates[index];
    if (candidate === undefined) return '';
    for (const { value } of candidate.link(when)) {
      if (what === 'provider' && 'provider' in value) return nameFrom(value.provider.node, node);
      if (what === 'gateway' && 'gateway' in value) return nameFrom(value.gateway.node, node);
    }
    const [section, name] = candidate.at.path;
    const { file } = candidate.at.instance.template;
    return `${section === 'Outputs' ? 'the output ' : ''}${name} in ${file}`;
  }
}

/** What of a scenario lies in none of some others. */
function outside(scenario: Scenario | undefined, others: readonly Scenario[]): readonly Scenario[] {
  let left = scenario === undefined ? [] : [scenario];
  for (const other of others) left = left.flatMap((one) => one.without(other)).slice(0, MAX_SCENARIOS);
  return left;
}

/** Scenarios without those that lie within another one of them. */
function widest(scenarios: readonly Scenario[]): readonly Scenario[] {
  const kept: Scenario[] = [];
  for (const one of scenarios) {
    if (kept.some((other) => one.isWithin(other))) continue;
    kept.push(one);
  }
  return kept;
}

/** How a message says what comes of a candidate in a scenario: it names no rule that speaks of other scenarios only. */
function told(end: End, when: Scenario): TriedCandidate['end'] {
  if (end.kind !== 'fails') return end.kind;
  const by = end.by.find(({ scenarios }) => mayHold(scenarios, when));
  return by === undefined ? 'works' : { fails: by.rule.id };
}

function listed(names: readonly string[]): string {
  const all = [...new Set(names)];
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

import type { Consumer } from '../agentcore/consumer/consumer.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { PastLimit } from '../evaluate/limits.js';
import type { Scenario } from '../evaluate/scenario.js';
import type { ResourceGraph } from '../graph/resource-graph.js';
import type { CheckResult } from './check.js';
import { type Finding, placeOf } from './finding.js';
import type { Outcome } from './result.js';

/** Tells consumers apart: by template and logical id, however often the template is deployed. */
export function consumerKey(file: string, logicalId: string): string {
  return `${file}\0${logicalId}`;
}

/** The file in a consumer's key; no name of a file has the character between it and the logical id. */
export function fileOfConsumer(key: string): string {
  return key.slice(0, key.indexOf('\0'));
}

/**
 * How each consumer that asks for `TOKEN_EXCHANGE` ended: failed when something is wrong with it or with its
 * provider, unverified when part of what it refers to is not in view, else verified. Severities that the user sets
 * and suppressions change nothing about it.
 */
export function outcomes(
  graph: ResourceGraph,
  exchanging: CheckResult['exchanging'],
  findings: readonly Finding[],
  undecided: CheckResult['undecided'],
): ReadonlyMap<string, Outcome> {
  const byResource = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { instance, logicalId } = placeOf(finding.report.at);
    if (logicalId === null) continue;
    const key = consumerKey(instance.template.file, logicalId);
    byResource.set(key, [...(byResource.get(key) ?? []), finding]);
  }
  const ended = new Map<string, Outcome>();
  for (const { consumer, when } of exchanging) {
    const key = consumerKey(consumer.node.instance.template.file, consumer.node.logicalId);
    if (ended.get(key) === 'failed') continue;
    const own = (byResource.get(key) ?? []).filter(({ scenarios }) => mayHold(scenarios, when));
    const faulty = own.some(isFault) || leadsToFaultyProvider(graph, consumer, when);
    if (faulty === true) ended.set(key, 'failed');
    else if (faulty === 'unknown' || own.some(({ rule }) => rule.id === 'provider-unresolved'))
      ended.set(key, 'unverified');
    else if (!ended.has(key)) ended.set(key, 'verified');
  }
  for (const { node } of undecided) {
    if (node.type === TYPES.provider || node.type === TYPES.gateway) continue;
    const key = consumerKey(node.instance.template.file, node.logicalId);
    if (ended.get(key) !== 'failed') ended.set(key, 'unverified');
  }
  return ended;
}

/** How many scenarios of a finding are tried one by one; of more, one is taken to hold. */
const MAX_TRIED = 1_000;

/** Whether one of some scenarios can hold within another. */
function mayHold(scenarios: readonly Scenario[], when: Scenario): boolean {
  return scenarios.length > MAX_TRIED || scenarios.some((so) => so.join(when) !== undefined);
}

function isFault({ rule, report }: Finding): boolean {
  return (report.severity ?? rule.severity) === 'error';
}

function leadsToFaultyProvider(
  graph: ResourceGraph,
  consumer: Consumer,
  when: Scenario,
): boolean | 'unknown' {
  graph.evaluator.startQuestion();
  try {
    return consumer.provider(when).some(({ value, when: within }) => {
      if (value.kind !== 'provider') return false;
      const { provider } = value;
      const stacks = [consumer.node.instance, provider.node.instance];
      return provider
        .exchange(within)
        .some((setup) => setup.value.kind === 'faulty' && graph.deployments.permit(stacks, setup.when));
    });
  } catch (error) {
    if (error instanceof PastLimit) return 'unknown';
    throw error;
  }
}

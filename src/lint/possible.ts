import type { Scenario } from '../evaluate/scenario.js';
import { simplify } from '../evaluate/simplify.js';
import type { StackInstance } from '../evaluate/stack-instance.js';
import type { ResourceGraph } from '../graph/resource-graph.js';
import type { Fault, Finding } from './finding.js';
import type { RuleReport } from './rule.js';

/** A fault of more reports than this asks for each of them with a part of the usual budget. */
const MANY_REPORTS = 10;

/**
 * The findings that some way to deploy the templates leads to, their scenarios simplified, the simplest first: what
 * takes place in stacks that CloudFormation refuses to deploy in the scenario is no fault.
 */
export function possibleFindings(graph: ResourceGraph, faults: readonly Fault[]): Finding[] {
  return faults.flatMap(({ rule, reports }) => {
    const share = Math.min(1, MANY_REPORTS / reports.length);
    const [report, ...others] = reports.filter((so) =>
      graph.deployments.permit(stacksIn(so), so.when, share),
    );
    if (report === undefined) return [];
    const all = [report, ...others];
    const scenarios: Scenario[] = all.map(({ when }) => when);
    const consumers = all.every((so) => so.consumers !== undefined)
      ? all.flatMap((so) => so.consumers ?? [])
      : undefined;
    const [simplest, ...more] = simplify(scenarios);
    const named = simplest === undefined ? [] : [withoutRefused(graph, stacksIn(report), simplest)];
    return [{ rule, report, scenarios: [...named, ...more], consumers }];
  });
}

/** How many values of one parameter are tried to name one that CloudFormation takes. */
const MAX_TRIED = 10;

/** A scenario without the values that would stand for it and that CloudFormation refuses. */
function withoutRefused(graph: ResourceGraph, stacks: Set<StackInstance>, scenario: Scenario): Scenario {
  let narrowed = scenario;
  let named = scenario;
  for (const variable of scenario.constraints.keys()) {
    for (let tried = 0; tried < MAX_TRIED; tried++) {
      const value = named.standIn(variable);
      const next = value === undefined ? undefined : named.assume(variable, value);
      if (value === undefined || next === undefined) break;
      if (graph.deployments.permit(stacks, next)) {
        named = next;
        break;
      }
      const without = narrowed.exclude(variable, value);
      if (without === undefined) break;
      narrowed = without;
      named = named.exclude(variable, value) ?? named;
    }
  }
  return narrowed;
}

/** The stacks that take part in a fault: the one it is in, and those that the way to it leads through. */
function stacksIn({ at, trace = [], related = [] }: RuleReport): Set<StackInstance> {
  return new Set([
    at.instance,
    ...trace.map(({ instance }) => instance),
    ...related.map((place) => place.at.instance),
  ]);
}

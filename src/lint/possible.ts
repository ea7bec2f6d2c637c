import { withoutImplied } from '../evaluate/partitions.js';
import type { Scenario } from '../evaluate/scenario.js';
import { simplify } from '../evaluate/simplify.js';
import { cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import type { ResourceGraph } from '../graph/resource-graph.js';
import { gather } from '../plain/gather.js';
import type { Fault, Finding } from './finding.js';
import type { Cause, RuleReport } from './rule.js';

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
    const all: readonly [RuleReport, ...RuleReport[]] = [report, ...others];
    const consumers = all.every((so) => so.consumers !== undefined)
      ? all.flatMap((so) => so.consumers ?? [])
      : undefined;
    const scenarios = scenariosOf(graph, all);
    const apart = new Map<string, RuleReport[]>();
    for (const so of all) gather(apart, so.at.instance.id, so);
    const byDeployment = new Map(
      [...apart].map(([id, some]) => [id, apart.size === 1 ? scenarios : scenariosOf(graph, some)]),
    );
    const told = withDeployments(graph, all);
    return [{ rule, report: told, scenarios, byDeployment, consumers, causes: causesIn(all) }];
  });
}

/** The scenarios of some reports of a fault, simplified. */
function scenariosOf(graph: ResourceGraph, reports: readonly RuleReport[]): readonly Scenario[] {
  const [simplest, ...more] = simplify(reports.map(({ when }) => withoutImplied(when)));
  const [report] = reports;
  if (simplest === undefined || report === undefined) return [];
  return [withoutRefused(graph, stacksIn(report), simplest), ...more];
}

/** What any of some reports of a fault comes from, each resource once. */
function causesIn(reports: readonly RuleReport[]): readonly Cause[] | undefined {
  const causes = reports.flatMap((so) => so.causes ?? []);
  return causes.length === 0 ? undefined : [...new Map(causes.map((cause) => [cause.node, cause])).values()];
}

/** How many of the deployments in which a fault holds are named. */
const MAX_DEPLOYMENTS = 5;

/** The first report of a fault; where the template is deployed without the fault, too, it names those with it. */
function withDeployments(graph: ResourceGraph, reports: readonly [RuleReport, ...RuleReport[]]): RuleReport {
  const [report] = reports;
  const faulty = new Set(reports.map(({ at }) => at.instance));
  const file = graph.store.get(report.at.instance.template.file);
  if (file === undefined || graph.instances(file).length <= faulty.size) return report;
  const places = [...faulty].flatMap(({ parent }) => {
    if (parent === undefined || told(report, parent)) return [];
    const at = cursorAt(parent.instance, parent.section, parent.logicalId);
    return {
      message: 'the template is deployed with the values of the fault here',
      at,
      part: 'key' as const,
    };
  });
  return { ...report, related: [...(report.related ?? []), ...places.slice(0, MAX_DEPLOYMENTS)] };
}

/** Whether a report leads through the resource that deploys a template, as where it passes a parameter. */
function told(
  { trace = [], related = [] }: RuleReport,
  parent: NonNullable<StackInstance['parent']>,
): boolean {
  return [...trace, ...related.map(({ at }) => at)].some(
    ({ instance, path: [section, logicalId] }) =>
      instance === parent.instance && section === parent.section && logicalId === parent.logicalId,
  );
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

import { PastLimit } from '../evaluate/limits.js';
import type { Scenario } from '../evaluate/scenario.js';
import { simplify } from '../evaluate/simplify.js';
import type { ResourceGraph } from '../graph/resource-graph.js';
import { type Finding, placeOf } from './finding.js';

/**
 * Whether the assertions of the `Rules` sections let a scenario pass: those of the template that it is about, and of
 * the templates whose parameters it speaks of.
 * @param share the part of the usual budget that the question is worth
 */
export function isPermitted(graph: ResourceGraph, file: string, scenario: Scenario, share = 1): boolean {
  const files = new Set([file]);
  for (const variable of scenario.constraints.keys())
    if (variable.file !== undefined) files.add(variable.file);
  for (const name of files) {
    const template = graph.store.get(name);
    if (template === undefined) continue;
    for (const instance of graph.instances(template)) {
      if (Object.keys(instance.template.section('Rules')).length === 0) continue;
      graph.evaluator.startQuestion(share);
      try {
        if (!graph.evaluator.conditions.permits(instance, scenario)) return false;
      } catch (error) {
        // Past the limit nothing is ruled out.
        if (!(error instanceof PastLimit)) throw error;
      }
    }
  }
  return true;
}

/** A finding that holds in more scenarios than this asks for each of them with a part of the usual budget. */
const MANY_SCENARIOS = 10;

/** The findings that some way to deploy the templates leads to, their scenarios simplified, the simplest first. */
export function possibleFindings(graph: ResourceGraph, findings: readonly Finding[]): Finding[] {
  return findings.flatMap((finding) => {
    const { file } = placeOf(finding.report.at).instance.template;
    const share = Math.min(1, MANY_SCENARIOS / finding.scenarios.length);
    const permitted = finding.scenarios.filter((scenario) => isPermitted(graph, file, scenario, share));
    return permitted.length === 0 ? [] : [{ ...finding, scenarios: simplify(permitted) }];
  });
}

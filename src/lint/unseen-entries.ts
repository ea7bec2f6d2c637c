import { compareText } from '../plain/compare-text.js';
import type { EnvironmentRun } from './environment-run.js';
import type { NotInView } from './result.js';

/** What the templates of a run deploy and nobody can read, in all environments; once for each reference. */
export function notInViewOf(environments: readonly EnvironmentRun[]): NotInView[] {
  const entries = new Map<string, NotInView>();
  const all = environments.flatMap(({ graph, unseen }) => unseen.map((one) => ({ ...one, graph })));
  for (const { graph, node, reference, why } of all) {
    const file = graph.fileOf(node.instance);
    // What a template takes in at its top is no resource.
    const resource = node.logicalId === '' ? 'Transform' : node.name;
    entries.set(JSON.stringify([file, resource, reference]), { file, resource, reference, reason: why });
  }
  return [...entries.values()].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      compareText(a.resource, b.resource) ||
      compareText(a.reference, b.reference),
  );
}

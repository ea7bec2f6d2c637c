import type { Evaluator } from '../../evaluate/evaluator.js';
import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { gather } from '../../plain/gather.js';
import { memoizeByNode } from '../../views/memoize-by-node.js';
import { memoizeByScenario } from '../../views/memoize-by-scenario.js';
import { readProperty } from '../../views/properties.js';
import { lacks, readEntry } from '../../views/read.js';
import { type TargetKindFact, targetKinds } from '../facts/targets.js';

/** What a gateway target is, and the key that says so. */
export type TargetKind =
  | { readonly kind: 'known'; readonly fact: TargetKindFact; readonly key: Cursor }
  | { readonly kind: 'unknown' };

/** What a gateway target is in each scenario. */
export const targetKind = memoizeByNode((graph, target) =>
  memoizeByScenario((when) => readTargetKind(graph, target, when)),
);

/** The kinds of targets by their first key: what stands under it is read once for all of them. */
const kindsByProtocol = new Map<string, TargetKindFact[]>();
for (const fact of targetKinds) {
  const [protocol] = fact.path;
  gather(kindsByProtocol, protocol, fact);
}

/** What is known of something that is no gateway target. */
export const UNKNOWN_KIND: TargetKind = { kind: 'unknown' };

/** What a target is: the keys below `TargetConfiguration` that are there in the scenario. */
function readTargetKind(
  graph: ResourceGraph,
  target: ResourceNode,
  when: Scenario,
): Alternative<TargetKind>[] {
  const { evaluator } = graph;
  const configuration = readProperty(graph, target, 'TargetConfiguration', when);
  return chain(configuration, (so) => {
    let found: Alternative<TargetKind>[] = [{ ...so, value: UNKNOWN_KIND }];
    if (so.value.kind !== 'map') return found;
    for (const [protocol, facts] of kindsByProtocol) {
      if (lacks(so.value, protocol)) continue;
      found = chain(found, (before) =>
        before.value.kind === 'known'
          ? [before]
          : chain(readEntry(evaluator, { ...so, when: before.when }, protocol), (block) =>
              kindIn(evaluator, block, facts, before),
            ),
      );
    }
    return found;
  });
}

/** What the keys in the block of a protocol say; `before` where they say nothing. */
function kindIn(
  evaluator: Evaluator,
  block: Alternative,
  facts: readonly TargetKindFact[],
  before: Alternative<TargetKind>,
): Alternative<TargetKind>[] {
  let found = [block.when === before.when ? before : { ...before, when: block.when }];
  if (block.value.kind !== 'map') return found;
  const { cursor } = block.value;
  for (const fact of facts) {
    const key = fact.path[1];
    if (lacks(block.value, key)) continue;
    found = chain(found, (so) =>
      so.value.kind === 'known'
        ? [so]
        : readEntry(evaluator, { ...block, when: so.when }, key).map(({ value, when }) => ({
            ...before,
            when,
            value:
              value.kind === 'absent' || value.kind === 'unknown'
                ? UNKNOWN_KIND
                : { kind: 'known', fact, key: cursor.child(key) },
          })),
    );
  }
  return found;
}

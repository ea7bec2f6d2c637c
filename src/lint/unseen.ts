import { consumersOf } from '../agentcore/consumer/kinds.js';
import { consumerKindOfType } from '../agentcore/facts/consumer-kinds.js';
import { TYPES } from '../agentcore/facts/resource-types.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import { cursorAt } from '../evaluate/stack-instance.js';
import { MAX_INSTANCES } from '../graph/nested-stacks.js';
import type { ResourceGraph, ResourceNode } from '../graph/resource-graph.js';
import type { TemplateFile } from '../graph/store.js';
import { isMap, own } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { isLoopOverSection } from '../template/loops.js';
import { existence, readProperty } from '../views/properties.js';
import { readEntry, readItems } from '../views/read.js';
import type { Undecided } from './undecided.js';

/**
 * What a run cannot see of a template, where consumers may be: loops that stay as they are written, and deployments
 * past the limit. Each is told, so that none of them passes for verified.
 */
export function unseenConsumers(graph: ResourceGraph, file: TemplateFile): Undecided[] {
  const instances = graph.instances(file);
  const [instance] = instances;
  if (instance === undefined) return [];
  // A loop that is unrolled in one deployment can stay as it is written in another.
  const loops = (
    instances.find(({ template }) => template.openLoops.length > 0) ?? instance
  ).template.openLoops
    .filter(({ path, body }) => path[0] === 'Resources' && isLoopOverSection(path) && makesConsumers(body))
    // A loop within another that stays as it is is told with that one.
    .filter(({ path }, _, all) => !all.some((other) => isWithin(path, other.path)))
    .map(({ path, reason }) => {
      const logicalId = String(path.at(-1));
      return {
        node: {
          instance,
          logicalId,
          name: logicalId,
          type: '',
          cursor: cursorAt(instance, ...path),
          views: [],
        },
        reason,
      };
    });
  const hidden = graph
    .resources(instance, (type) => type === TYPES.gatewayTarget)
    .filter(({ cursor }) => holdsMacro(cursor.at('Properties', CONFIGURATIONS).raw))
    .flatMap((node) => hiddenBlocks(graph, node));
  if (!graph.isCut(file)) return [...loops, ...hidden];
  const reason = `its template is deployed more than ${MAX_INSTANCES} times, and the others were not looked at`;
  const consumers = graph
    .resources(instance, (type) => consumerKindOfType(type) !== undefined)
    .filter((node) => mayConsume(graph, node));
  return [...loops, ...hidden, ...consumers.map((node) => ({ node, reason }))];
}

const CONFIGURATIONS = 'CredentialProviderConfigurations';

/** Why nobody knows whether a target has an OAuth block: a macro gives one of the blocks that hold it. */
function hiddenBlocks(graph: ResourceGraph, node: ResourceNode): Undecided[] {
  const { evaluator } = graph;
  evaluator.startQuestion();
  try {
    const lists = existence(graph, node, Scenario.always).flatMap((so) =>
      so.value ? readProperty(graph, node, CONFIGURATIONS, so.when) : [],
    );
    const entries = lists.flatMap((list) => readItems(evaluator, list));
    const providers = entries.flatMap((entry) => readEntry(evaluator, entry, 'CredentialProvider'));
    const blocks = providers.flatMap((block) => readEntry(evaluator, block, 'OauthCredentialProvider'));
    const unknown = [...lists, ...entries, ...providers, ...blocks].find(
      ({ value, at }) => value.kind === 'unknown' && holdsMacro(at.raw),
    );
    return unknown?.value.kind === 'unknown' ? [{ node, reason: unknown.value.reason }] : [];
  } catch (error) {
    if (error instanceof PastLimit) return [{ node, reason: error.message }];
    throw error;
  }
}

/** Whether a macro gives a plain value, or something in it. */
function holdsMacro(raw: unknown): boolean {
  if (Array.isArray(raw)) return raw.some(holdsMacro);
  if (!isMap(raw)) return false;
  return own(raw, 'Fn::Transform') !== undefined || Object.values(raw).some(holdsMacro);
}

function isWithin(path: Path, outer: Path): boolean {
  return path.length > outer.length && outer.every((step, index) => step === path[index]);
}

function mayConsume(graph: ResourceGraph, node: ResourceNode): boolean {
  graph.evaluator.startQuestion();
  try {
    return consumersOf(graph, node).length > 0;
  } catch (error) {
    if (error instanceof PastLimit) return true;
    throw error;
  }
}

/** Whether the body of a loop over resources, or a loop in it, has a type that can be a consumer. */
function makesConsumers(body: unknown): boolean {
  if (!isMap(body)) return false;
  return Object.values(body).some((entry) => {
    const type = own(entry, 'Type');
    return (
      (typeof type === 'string' && consumerKindOfType(type) !== undefined) || makesConsumers(own(entry, 2))
    );
  });
}

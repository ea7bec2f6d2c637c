import { asObject, asText, type JsonObject } from './manifest.js';

/** The end of the construct path of a nested stack's own resource: `/Stack/Name.NestedStack/Name.NestedStackResource`. */
const NESTED_STACK = /\.NestedStack\/[^/]+\.NestedStackResource$/;

/**
 * Logical id to construct path (`Stack/Construct/Resource`) from a stack's metadata, whose keys are construct paths
 * with entries such as `{ type: 'aws:cdk:logicalId', data: 'Target1A2B3C' }`.
 *
 * The metadata of a stack covers the stacks nested in it, and the CDK gives equal logical ids to equally named
 * constructs of both: what lies in a nested stack is left out.
 */
export function constructPathsOf(metadata: JsonObject): ReadonlyMap<string, string> {
  const nestedStacks = new Set<string>();
  for (const key of Object.keys(metadata)) {
    if (NESTED_STACK.test(key)) nestedStacks.add(key.replace(NESTED_STACK, ''));
  }
  const paths = new Map<string, string>();
  for (const [key, entries] of Object.entries(metadata)) {
    if (!Array.isArray(entries) || liesIn(nestedStacks, key)) continue;
    for (const entry of entries) {
      const item = asObject(entry);
      const logicalId = asText(item?.data);
      if (item?.type !== 'aws:cdk:logicalId' || logicalId === undefined) continue;
      paths.set(logicalId, key.replace(/^\//, ''));
    }
  }
  return paths;
}

/** Whether a construct path has one of the others above it. */
function liesIn(others: ReadonlySet<string>, key: string): boolean {
  if (others.size === 0) return false;
  for (let slash = key.lastIndexOf('/'); slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
    if (others.has(key.slice(0, slash))) return true;
  }
  return false;
}

import { constructPathKey } from './construct-path-key.js';
import { asObject, asText, type JsonObject } from './manifest.js';

/** The end of the construct path of a nested stack's own resource: `/Stack/Name.NestedStack/Name.NestedStackResource`. */
const NESTED_STACK = /\.NestedStack\/[^/]+\.NestedStackResource$/;

/**
 * Logical id to construct path (`Stack/Construct/Resource`) from a stack's metadata, whose keys are construct paths
 * with entries such as `{ type: 'aws:cdk:logicalId', data: 'Target1A2B3C' }`.
 *
 * The metadata of a stack covers the stacks nested in it, and the CDK gives equal logical ids to equally named
 * constructs of both: a resource of a nested stack has the logical ids of the nested stacks around it in front of its
 * own, see {@link constructPathKey}.
 */
export function constructPathsOf(metadata: JsonObject): ReadonlyMap<string, string> {
  /** Construct path of a nested stack to the logical id of the resource that it is. */
  const nestedStacks = new Map<string, string | undefined>();
  for (const [key, entries] of Object.entries(metadata)) {
    if (NESTED_STACK.test(key)) nestedStacks.set(key.replace(NESTED_STACK, ''), logicalIdsIn(entries)[0]);
  }
  const paths = new Map<string, string>();
  for (const [key, entries] of Object.entries(metadata)) {
    const around = nestedStacks.size === 0 ? [] : stacksAround(nestedStacks, key);
    if (around.includes(undefined)) continue;
    for (const logicalId of logicalIdsIn(entries)) {
      paths.set(
        constructPathKey(
          around.filter((id) => id !== undefined),
          logicalId,
        ),
        key.replace(/^\//, ''),
      );
    }
  }
  return paths;
}

function logicalIdsIn(entries: unknown): string[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry) => {
    const item = asObject(entry);
    return item?.type === 'aws:cdk:logicalId' ? (asText(item.data) ?? []) : [];
  });
}

/** The nested stacks that a construct lies in, from the outside in. */
function stacksAround(
  nestedStacks: ReadonlyMap<string, string | undefined>,
  key: string,
): (string | undefined)[] {
  const around: (string | undefined)[] = [];
  for (let end = key.indexOf('/', 1); end > 0; end = key.indexOf('/', end + 1)) {
    const outer = key.slice(0, end);
    if (nestedStacks.has(outer)) around.push(nestedStacks.get(outer));
  }
  return around;
}

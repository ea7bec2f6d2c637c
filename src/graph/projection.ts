import { isMap, own, type PlainMap } from '../plain/map.js';
import { memoize } from '../plain/memoize.js';
import { followedProperties } from '../template/followed-types.js';

/**
 * The template without what no reference leads to: the bodies of most resources. It is a small part of the whole, so
 * that thousands of templates fit into memory.
 * @param isShared whether somebody else needs the value as it is; else it is changed, which is quicker than a copy
 */
export function project(top: PlainMap, isShared: boolean): PlainMap {
  const written = own(top, 'Resources');
  if (!isMap(written)) return top;
  const resources: Record<string, unknown> = isShared ? { ...written } : written;
  // Plain maps inherit no keys.
  for (const logicalId in resources) {
    if (!logicalId.startsWith('Fn::')) resources[logicalId] = projectResource(resources[logicalId]);
  }
  return isShared ? { ...top, Resources: resources } : top;
}

function projectResource(resource: unknown): unknown {
  const type = own(resource, 'Type');
  if (typeof type !== 'string') return resource;
  const followed = followedProperties(type);
  if (followed === 'all') return resource;
  const condition = own(resource, 'Condition');
  if (followed === undefined)
    return condition === undefined ? outlineOf(type) : { Type: type, Condition: condition };
  const properties = own(resource, 'Properties');
  if (!isMap(properties) || own(properties, 'Fn::Transform') !== undefined) return resource;
  const kept: Record<string, unknown> = {};
  for (const name of followed) {
    const value = own(properties, name);
    if (value !== undefined) kept[name] = value;
  }
  return { Type: type, Condition: condition, Properties: kept };
}

/** What is left of a resource of which nothing but its type matters: one for all of them. */
const outlineOf = memoize((type) => Object.freeze({ Type: type }));

import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { type Overriding, unknownValue } from './front-end.js';

/** What a template that uses a module changes of it. */
export const overriding: Overriding = { merge: overridden, pathOf: overridingPath };

/**
 * A module's template with what the template around it overrides: maps are merged, lists grow, all else is replaced.
 * What refers to the template around it is not known here. Source: README of aws-cloudformation/rain, "Modules", which
 * the AWS CLI's `package` follows.
 *
 * @param overrides by logical id: what to merge into the resource
 */
function overridden(top: PlainMap, overrides: PlainMap): PlainMap {
  const resources = own(top, 'Resources');
  if (!isMap(resources)) return top;
  const changed: Record<string, unknown> = { ...resources };
  for (const [logicalId, override] of Object.entries(overrides)) {
    if (Object.hasOwn(resources, logicalId)) changed[logicalId] = merged(resources[logicalId], override);
  }
  return { ...top, Resources: changed };
}

/**
 * The way below the overrides of a module to what stands at a path of its template; undefined for what the module says
 * itself.
 */
function overridingPath(overrides: PlainMap, path: Path): Path | undefined {
  const [section, ...way] = path;
  let at: unknown = overrides;
  for (const [length, step] of way.entries()) {
    if (section !== 'Resources' || !isMap(at) || !Object.hasOwn(at, step)) return undefined;
    at = at[step];
    if (!isMap(at) || isCall(at)) return way.slice(0, length + 1);
  }
  return undefined;
}

function merged(value: unknown, override: unknown): unknown {
  if (refersOut(override)) return unknownValue('the template around the module overrides it');
  if (Array.isArray(value) && Array.isArray(override)) return [...value, ...override.map(fromOutside)];
  if (!isMap(value) || !isMap(override) || isCall(value)) return fromOutside(override);
  const entries: Record<string, unknown> = { ...value };
  for (const [key, entry] of Object.entries(override)) entries[key] = merged(own(value, key), entry);
  return entries;
}

function fromOutside(override: unknown): unknown {
  if (refersOut(override)) return unknownValue('the template around the module overrides it');
  if (Array.isArray(override)) return override.map(fromOutside);
  if (!isMap(override)) return override;
  return Object.fromEntries(Object.entries(override).map(([key, entry]) => [key, fromOutside(entry)]));
}

/** Whether a value is a function, which means something else in the template around the module. */
function refersOut(value: unknown): boolean {
  return isCall(value) && own(value, 'Ref') !== 'AWS::NoValue';
}

/** Whether a value is a function, or a tag: a map with one key of their kind. */
function isCall(value: unknown): boolean {
  if (!isMap(value)) return false;
  const [name = '', ...others] = Object.keys(value);
  return others.length === 0 && /^(?:Ref$|Fn::|Condition$)/.test(name);
}

import { type Cursor, cursorAt, type StackInstance } from '../evaluate/stack-instance.js';
import { isMap, own } from '../plain/map.js';
import { deployedElsewhere, nestingType, PRODUCT_PROPERTIES } from '../template/nested-stack-types.js';
import type { Template } from '../template/template.js';

/** A part of a deployment that no file of the project holds. */
export interface UnseenPart {
  readonly at: Cursor;
  /** The resource that deploys it; null for what a template includes at its top. */
  readonly logicalId: string | null;
  readonly reference: string;
  /** Why it cannot be read, as a clause. */
  readonly why: string;
  /** Whether it is put into the template itself, and is no template of its own. */
  readonly isPart: boolean;
}

/** Whether a template deploys others, or takes parts from elsewhere. */
export function deploysOthers(template: Template): boolean {
  for (const type of template.followed.keys()) {
    if (nestingType(type) !== undefined || deployedElsewhere(type) !== undefined) return true;
  }
  return Object.keys(template.section('Modules')).length > 0 || includesOf(template).length > 0;
}

/** What a template deploys that lies in a registry or catalogue, and what it includes from elsewhere. */
export function unseenParts(instance: StackInstance): UnseenPart[] {
  const { template } = instance;
  const resources = template.section('Resources');
  const parts: UnseenPart[] = [];
  for (const logicalId of Object.keys(resources).sort()) {
    const type = own(resources[logicalId], 'Type');
    const at = cursorAt(instance, 'Resources', logicalId);
    switch (deployedElsewhere(type)) {
      case 'module':
        parts.push({
          at,
          logicalId,
          reference: String(type),
          why: 'only the registry knows the module',
          isPart: false,
        });
        break;
      case 'product':
        parts.push({
          at,
          logicalId,
          reference: productOf(own(resources[logicalId], 'Properties')),
          why: 'only Service Catalog knows the product',
          isPart: false,
        });
        break;
      default:
    }
  }
  for (const { path, location } of includesOf(template)) {
    const [section, id] = path;
    parts.push({
      at: cursorAt(instance, ...path),
      logicalId: section === 'Resources' && typeof id === 'string' && id !== 'Fn::Transform' ? id : null,
      reference: location,
      why: isLocal(location)
        ? 'there is no such file in this project'
        : 'what it includes is put in when it is deployed',
      isPart: true,
    });
  }
  return parts;
}

function productOf(properties: unknown): string {
  const name = PRODUCT_PROPERTIES.map((key) => own(properties, key)).find(
    (value) => typeof value === 'string',
  );
  return typeof name === 'string' ? name : 'a product of Service Catalog';
}

interface Include {
  readonly path: readonly (string | number)[];
  readonly location: string;
}

/** How deep includes are looked for: below that stand values of properties. */
const MAX_INCLUDE_DEPTH = 12;

/**
 * What a template takes in and no file of the project holds: an `AWS::Include`, among its macros at the top or wherever
 * `Fn::Transform` stands, and `!Rain::Include`.
 */
function includesOf(template: Template): Include[] {
  const { value } = template;
  const found: Include[] = [];
  const transform = own(value, 'Transform');
  const atTop = Array.isArray(transform) ? transform : [transform];
  for (const [index, macro] of atTop.entries()) {
    const path = Array.isArray(transform) ? ['Transform', index] : ['Transform'];
    if (isInclude(macro)) found.push({ path, location: locationOf(macro) });
  }
  // The path to the part that is looked at. Every map of every template is, so none of its own is made for each.
  const path: (string | number)[] = [];
  const visit = (step: string | number, entry: unknown): void => {
    if (typeof entry !== 'object' || entry === null) return;
    path.push(step);
    if (path.length <= MAX_INCLUDE_DEPTH) walk(entry);
    path.pop();
  };
  const walk = (part: object): void => {
    if (Array.isArray(part)) {
      for (let index = 0; index < part.length; index++) visit(index, part[index]);
      return;
    }
    for (const key in part) {
      const entry = own(part, key);
      if (key === 'Fn::Transform' && isInclude(entry))
        found.push({ path: [...path, key], location: locationOf(entry) });
      else if (key === 'Fn::Rain::Include' && typeof entry === 'string')
        found.push({ path: [...path, key], location: entry });
      else visit(key, entry);
    }
  };
  for (const section of Object.keys(value)) if (section !== 'Transform') visit(section, value[section]);
  return found;
}

/** Whether a location is a path, which the tool that uploads or inserts the file starts from the template. */
function isLocal(location: string): boolean {
  return location !== LATER && !/^[a-z][a-z0-9+.-]*:/i.test(location);
}

const LATER = 'a location that is known only when it is deployed';

function isInclude(macro: unknown): boolean {
  return isMap(macro) && own(macro, 'Name') === 'AWS::Include';
}

function locationOf(macro: unknown): string {
  const location = own(own(macro, 'Parameters'), 'Location');
  return typeof location === 'string' ? location.replace(/\?.*$/s, '') : LATER;
}

import { isMap, own, ownMap, type PlainMap } from '../../plain/map.js';
import type { Path, PathStep } from '../../source/types.js';
import { Configuration } from './configuration.js';

/** A managed resource of a plan or a state, with what Terraform knows of it. */
export interface TerraformResource {
  /** As seen from the root: `module.a[0].aws_x.y["k"]`. */
  readonly address: string;
  readonly type: string;
  /** The address of the module that it stands in; empty for the root. */
  readonly module: string;
  readonly values: PlainMap;
  /** Where it stands in the document. */
  readonly path: Path;
  /** What is written for it: attributes to expressions, blocks to lists of such maps. Undefined where nobody tells. */
  readonly expressions: PlainMap | undefined;
  /** The region of its provider, where that is written out. */
  readonly region: string | undefined;
  /** Whether the apply makes it anew. */
  readonly isCreated: boolean;
  /**
   * Whether an attribute that is null or missing is certainly not set. Without the marks of a plan it can be a value
   * that is known only after apply.
   * @param path of the attribute below `values`
   */
  isUnset(path: Path): boolean;
}

/** A plan or a state, as `terraform show -json` writes it. */
export interface TerraformDocument {
  readonly kind: 'plan' | 'state';
  /** In the order of the document, by their address. */
  readonly resources: ReadonlyMap<string, TerraformResource>;
  readonly configuration: Configuration;
}

/**
 * Reads the answer of `terraform show -json`, whose format HashiCorp documents under "JSON Output Format".
 * @returns undefined for anything else
 */
export function readDocument(value: unknown): TerraformDocument | undefined {
  if (!isMap(value) || typeof own(value, 'format_version') !== 'string') return undefined;
  const kind = isMap(own(value, 'planned_values')) ? 'plan' : 'state';
  const section = kind === 'plan' ? 'planned_values' : 'values';
  if (!isMap(own(value, section))) return undefined;
  const configuration = new Configuration(own(value, 'configuration'));
  const changes = changesOf(value);
  const resources = new Map<string, TerraformResource>();
  for (const { module, path, resource } of resourcesBelow(value, '', [section, 'root_module'])) {
    const address = own(resource, 'address');
    const type = own(resource, 'type');
    if (typeof address !== 'string' || typeof type !== 'string' || own(resource, 'mode') === 'data') continue;
    const values = ownMap(resource, 'values');
    const change = changes.get(address);
    resources.set(address, {
      address,
      type,
      module,
      values,
      path,
      expressions: configuration.expressionsOf(module, address),
      region: configuration.regionOf(module, address),
      isCreated: isCreation(change),
      isUnset:
        kind === 'state'
          ? (at) => entryAt(values, at) === null
          : (at) => change !== undefined && isUnset(change, at),
    });
  }
  return { kind, resources, configuration };
}

interface FoundResource {
  readonly module: string;
  readonly path: Path;
  readonly resource: unknown;
}

/** The resources of a module and of all modules in it. */
function* resourcesBelow(document: PlainMap, address: string, path: Path): Generator<FoundResource> {
  const module = entryAt(document, path);
  const resources = own(module, 'resources');
  if (Array.isArray(resources)) {
    for (const [index, resource] of resources.entries()) {
      yield { module: address, path: [...path, 'resources', index], resource };
    }
  }
  const children = own(module, 'child_modules');
  if (!Array.isArray(children)) return;
  for (const [index, child] of children.entries()) {
    const of = own(child, 'address');
    if (typeof of === 'string') yield* resourcesBelow(document, of, [...path, 'child_modules', index]);
  }
}

/** What a plan changes, by the address of the resource. */
function changesOf(document: PlainMap): ReadonlyMap<string, unknown> {
  const changes = new Map<string, unknown>();
  const listed = own(document, 'resource_changes');
  if (!Array.isArray(listed)) return changes;
  for (const entry of listed) {
    const address = own(entry, 'address');
    // A deposed object has an entry of its own, and says nothing of the one that stays.
    if (typeof address === 'string' && own(entry, 'deposed') === undefined)
      changes.set(address, own(entry, 'change'));
  }
  return changes;
}

function isCreation(change: unknown): boolean {
  const actions = own(change, 'actions');
  return Array.isArray(actions) && actions.includes('create');
}

/** Whether a plan says of an attribute that it is null after the apply, and that this is known already. */
function isUnset(change: unknown, path: Path): boolean {
  const unknown = own(change, 'after_unknown');
  if (!isMap(unknown) || entryAt(own(change, 'after'), path) !== null) return false;
  let mark: unknown = unknown;
  for (const step of path) {
    if (mark === true) return false;
    mark = own(mark, step);
  }
  return mark !== true;
}

/** What stands at a path of a plain value; undefined where it leads nowhere. */
export function entryAt(value: unknown, path: readonly PathStep[]): unknown {
  return path.reduce(own, value);
}

import { PastLimit } from '../../evaluate/limits.js';
import { Scenario } from '../../evaluate/scenario.js';
import type { StackInstance } from '../../evaluate/stack-instance.js';
import { type Alternative, knownText, onlySymbol } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { readProperty } from '../../views/properties.js';
import { readItems } from '../../views/read.js';

/** The policy types that name the roles they belong to, and the property in which they do. */
const ATTACHING: ReadonlyMap<string, string> = new Map([
  ['AWS::IAM::Policy', 'Roles'],
  ['AWS::IAM::ManagedPolicy', 'Roles'],
  ['AWS::IAM::RolePolicy', 'RoleName'],
]);

/** A policy that may belong to a role, and where it says so. */
export interface AttachedPolicy {
  readonly node: ResourceNode;
  /** The property that names one role, or a list of them. */
  readonly rolesProperty: string;
}

/** The policies of all templates by the roles that they can name; every policy is looked at once. */
class AttachedPolicies {
  private readonly byResource = new Map<string, AttachedPolicy[]>();
  private readonly byName = new Map<string, AttachedPolicy[]>();
  /** Policies whose roles are not all known by resource or by a literal name. */
  private readonly open: AttachedPolicy[] = [];

  constructor(private readonly graph: ResourceGraph) {
    for (const file of [...graph.store.all()]) {
      if (!file.mentions.iam) continue;
      for (const instance of graph.instances(file)) {
        for (const node of graph.resources(instance, (type) => ATTACHING.has(type))) this.add(node);
      }
    }
  }

  /** The policies that can belong to a role. */
  candidates(
    { instance, logicalId }: ResourceNode,
    names: () => readonly (string | undefined)[],
  ): readonly AttachedPolicy[] {
    const referring = this.byResource.get(resourceKey(instance, logicalId)) ?? [];
    const naming = this.byName.size === 0 ? [] : names().flatMap((name) => this.byName.get(name ?? '') ?? []);
    return [...new Set([...referring, ...naming, ...this.open])];
  }

  private add(node: ResourceNode): void {
    const policy = { node, rolesProperty: ATTACHING.get(node.type) as string };
    const keys = this.keysOf(policy);
    if (keys === undefined) {
      this.open.push(policy);
      return;
    }
    for (const { resource, name } of keys) {
      const [index, key] = resource === undefined ? [this.byName, name] : [this.byResource, resource];
      const known = index.get(key);
      if (known === undefined) index.set(key, [policy]);
      else if (known.at(-1) !== policy) known.push(policy);
    }
  }

  /** What the policy names in any scenario; undefined when some of it is not known. */
  private keysOf(policy: AttachedPolicy): RoleKey[] | undefined {
    try {
      // Each policy is a question of its own, whatever question led to this index.
      const roles = this.graph.evaluator.apart(() => attachedRoles(this.graph, policy, Scenario.always));
      const keys = roles.flatMap(keyOf);
      return keys.every((key) => key !== undefined) ? keys : undefined;
    } catch (error) {
      if (error instanceof PastLimit) return undefined;
      throw error;
    }
  }
}

/** What a policy's property names, item by item. */
function attachedRoles(
  graph: ResourceGraph,
  { node, rolesProperty }: AttachedPolicy,
  when: Scenario,
): Alternative[] {
  return readProperty(graph, node, rolesProperty, when).flatMap((roles) =>
    roles.value.kind === 'list' ? readItems(graph.evaluator, roles) : [roles],
  );
}

/** How a policy names a role: by its resource, or by its name. */
type RoleKey =
  | { readonly resource: string; readonly name?: undefined }
  | { readonly resource?: undefined; readonly name: string };

function keyOf({ value }: Alternative): (RoleKey | undefined)[] {
  if (value.kind === 'absent') return [];
  const symbol = onlySymbol(value);
  if (symbol?.kind === 'attribute') return [{ resource: resourceKey(symbol.instance, symbol.logicalId) }];
  const name = knownText(value);
  return [name === undefined ? undefined : { name }];
}

const resourceKey = (instance: StackInstance, logicalId: string): string =>
  JSON.stringify([instance.id, logicalId]);

const indexes = new WeakMap<ResourceGraph, AttachedPolicies>();

/**
 * The policies, in all templates in view, that can belong to a role.
 * @param names the names that the role can have, as far as they are known; asked for only where a policy has one
 */
export function policiesFor(
  graph: ResourceGraph,
  role: ResourceNode,
  names: () => readonly (string | undefined)[],
): readonly AttachedPolicy[] {
  let index = indexes.get(graph);
  if (index === undefined) {
    index = new AttachedPolicies(graph);
    indexes.set(graph, index);
  }
  return index.candidates(role, names);
}

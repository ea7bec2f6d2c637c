import type { Instance } from '../evaluate/instance.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import { type Alternative, knownText, onlyAtom } from '../evaluate/value.js';
import type { ResourceNode, World } from '../graph/world.js';
import { readProperty } from './properties.js';
import { readItems } from './read.js';

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
  private readonly byKey = new Map<string, AttachedPolicy[]>();
  /** Policies whose roles are not all known by resource or by a literal name. */
  private readonly open: AttachedPolicy[] = [];

  constructor(private readonly world: World) {
    for (const file of [...world.store.all()]) {
      if (!file.mentions.iam) continue;
      for (const instance of world.instances(file)) {
        for (const node of world.resources(instance, (type) => ATTACHING.has(type))) this.add(node);
      }
    }
  }

  /** The policies that can belong to a role. */
  candidates(role: ResourceNode, names: readonly (string | undefined)[]): readonly AttachedPolicy[] {
    const keys = [
      resourceKey(role.instance, role.logicalId),
      ...names.flatMap((name) => (name === undefined ? [] : [nameKey(name)])),
    ];
    return [...new Set([...keys.flatMap((key) => this.byKey.get(key) ?? []), ...this.open])];
  }

  private add(node: ResourceNode): void {
    const policy = { node, rolesProperty: ATTACHING.get(node.type) as string };
    const keys = this.keysOf(policy);
    if (keys === undefined) {
      this.open.push(policy);
      return;
    }
    for (const key of new Set(keys)) {
      const known = this.byKey.get(key);
      if (known === undefined) this.byKey.set(key, [policy]);
      else known.push(policy);
    }
  }

  /** What the policy names in any scenario; undefined when some of it is not known. */
  private keysOf(policy: AttachedPolicy): string[] | undefined {
    try {
      // Each policy is a question of its own, whatever question led to this index.
      const roles = this.world.evaluator.apart(() => attachedRoles(this.world, policy, Scenario.always));
      const keys = roles.flatMap(keyOf);
      return keys.every((key) => key !== undefined) ? keys : undefined;
    } catch (error) {
      if (error instanceof PastLimit) return undefined;
      throw error;
    }
  }
}

/** What a policy's property names, item by item. */
function attachedRoles(world: World, { node, rolesProperty }: AttachedPolicy, when: Scenario): Alternative[] {
  return readProperty(world, node, rolesProperty, when).flatMap((roles) =>
    roles.value.kind === 'list' ? readItems(world.evaluator, roles) : [roles],
  );
}

function keyOf({ value }: Alternative): (string | undefined)[] {
  if (value.kind === 'absent') return [];
  const atom = onlyAtom(value);
  if (atom?.kind === 'attribute') return [resourceKey(atom.instance, atom.logicalId)];
  const name = knownText(value);
  return [name === undefined ? undefined : nameKey(name)];
}

const resourceKey = (instance: Instance, logicalId: string): string =>
  JSON.stringify([instance.id, logicalId]);
const nameKey = (name: string): string => JSON.stringify([name]);

const indexes = new WeakMap<World, AttachedPolicies>();

/**
 * The policies, in all templates in view, that can belong to a role.
 * @param names the names that the role can have, as far as they are known
 */
export function policiesFor(
  world: World,
  role: ResourceNode,
  names: readonly (string | undefined)[],
): readonly AttachedPolicy[] {
  let index = indexes.get(world);
  if (index === undefined) {
    index = new AttachedPolicies(world);
    indexes.set(world, index);
  }
  return index.candidates(role, names);
}

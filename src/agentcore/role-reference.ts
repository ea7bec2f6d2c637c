import type { Scenario } from '../evaluate/scenario.js';
import { type Alternative, concatenate, onlyAtom, type TextValue } from '../evaluate/value.js';
import type { DeployedInstance } from '../graph/deployment.js';
import type { ResourceNode, World } from '../graph/world.js';
import type { Gateway } from './gateway.js';
import { existence } from './properties.js';
import { type Role, roleOf } from './role.js';
import { TYPES } from './types.js';

/** The role that a gateway runs as; undefined where it is not in view. */
export function rolesOf(world: World, gateway: Gateway, when: Scenario): Alternative<Role | undefined>[] {
  return gateway.property('RoleArn', when).flatMap((arn) =>
    roleNodes(world, arn).flatMap(({ value: node, ...so }) =>
      node === undefined
        ? [{ ...so, value: undefined }]
        : existence(world, node, so.when).map((exists) => ({
            ...so,
            when: exists.when,
            value: exists.value ? roleOf(world, node) : undefined,
          })),
    ),
  );
}

function roleNodes(world: World, arn: Alternative): Alternative<ResourceNode | undefined>[] {
  const unresolved = [{ ...arn, value: undefined }];
  const asRole = (instance: DeployedInstance, logicalId: string): ResourceNode | undefined => {
    const node = world.resource(instance, logicalId);
    return node?.type === TYPES.role ? node : undefined;
  };
  const atom = onlyAtom(arn.value);
  if (atom !== undefined) {
    return atom.kind === 'attribute' && atom.attribute === 'Arn'
      ? [{ ...arn, value: asRole(atom.instance as DeployedInstance, atom.logicalId) }]
      : unresolved;
  }
  const name = arn.value.kind === 'text' ? roleName(arn.value) : undefined;
  if (name === undefined) return unresolved;
  const reference = onlyAtom(name);
  if (reference?.kind === 'attribute') {
    return [
      {
        ...arn,
        value:
          reference.attribute === 'Ref'
            ? asRole(reference.instance as DeployedInstance, reference.logicalId)
            : undefined,
      },
    ];
  }
  const lookup = world.byName(TYPES.role, 'RoleName', name, arn.at.instance, arn.when, {
    account: arn.at.instance.account,
    region: undefined, // a role belongs to no region
  });
  if (lookup.kind !== 'found') return unresolved;
  return lookup.matches.map(({ entry, when }) => ({
    ...arn,
    when,
    value: asRole(entry.instance as DeployedInstance, String(entry.target.path[1])),
  }));
}

const NAME_MARKER = ':role/';

/** The role's name in an ARN that is put together, without the path before it. */
function roleName(arn: TextValue): TextValue | undefined {
  const index = arn.parts.findIndex((part) => typeof part === 'string' && part.includes(NAME_MARKER));
  const part = arn.parts[index];
  if (typeof part !== 'string') return undefined;
  const rest = [part.slice(part.indexOf(NAME_MARKER) + NAME_MARKER.length), ...arn.parts.slice(index + 1)];
  const slash = rest.findLastIndex((piece) => typeof piece === 'string' && piece.includes('/'));
  const last = rest[slash];
  if (typeof last !== 'string') return concatenate(rest);
  return concatenate([last.slice(last.lastIndexOf('/') + 1), ...rest.slice(slash + 1)]);
}

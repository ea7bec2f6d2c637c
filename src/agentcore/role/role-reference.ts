import type { Scenario } from '../../evaluate/scenario.js';
import type { StackInstance } from '../../evaluate/stack-instance.js';
import { type Alternative, concatenate, onlySymbol, type TextValue } from '../../evaluate/value.js';
import type { ResourceGraph, ResourceNode } from '../../graph/resource-graph.js';
import { existence } from '../../views/properties.js';
import type { Gateway } from '../consumer/gateway.js';
import { TYPES } from '../facts/resource-types.js';
import { type Role, roleOf } from './role.js';

/** The role that a gateway runs as; undefined where it is not in view. */
export function rolesOf(
  graph: ResourceGraph,
  gateway: Gateway,
  when: Scenario,
): Alternative<Role | undefined>[] {
  return gateway.property('RoleArn', when).flatMap((arn) =>
    roleNodes(graph, arn).flatMap(({ value: node, ...so }) =>
      node === undefined
        ? [{ ...so, value: undefined }]
        : existence(graph, node, so.when).map((exists) => ({
            ...so,
            when: exists.when,
            value: exists.value ? roleOf(graph, node) : undefined,
          })),
    ),
  );
}

function roleNodes(graph: ResourceGraph, arn: Alternative): Alternative<ResourceNode | undefined>[] {
  const unresolved = [{ ...arn, value: undefined }];
  const asRole = (instance: StackInstance, logicalId: string): ResourceNode | undefined => {
    const node = graph.resource(instance, logicalId);
    return node?.type === TYPES.role ? node : undefined;
  };
  const symbol = onlySymbol(arn.value);
  if (symbol !== undefined) {
    return symbol.kind === 'attribute' && symbol.attribute === 'Arn'
      ? [{ ...arn, value: asRole(symbol.instance, symbol.logicalId) }]
      : unresolved;
  }
  const name = arn.value.kind === 'text' ? roleName(arn.value) : undefined;
  if (name === undefined) return unresolved;
  const reference = onlySymbol(name);
  if (reference?.kind === 'attribute') {
    return [
      {
        ...arn,
        value: reference.attribute === 'Ref' ? asRole(reference.instance, reference.logicalId) : undefined,
      },
    ];
  }
  const answers = graph.byName(TYPES.role, 'RoleName', name, arn.at.instance, arn.when, {
    account: arn.at.instance.account,
    region: undefined, // a role belongs to no region
  });
  return answers.map((answer) => ({
    ...arn,
    when: answer.when,
    value:
      answer.kind === 'found'
        ? asRole(answer.entry.instance, String(answer.entry.target.path[1]))
        : undefined,
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

import { own, ownMap, type PlainMap } from '../../plain/map.js';
import { unknownValue } from '../front-end.js';
import type { TerraformDocument, TerraformResource } from './document.js';
import type { References } from './references.js';

/** Resources that attach policies to roles, and the attributes in which they name both. */
export const ATTACHING: ReadonlyMap<string, { readonly roles: string; readonly policies: string }> = new Map([
  ['aws_iam_role_policy_attachment', { roles: 'role', policies: 'policy_arn' }],
  ['aws_iam_policy_attachment', { roles: 'roles', policies: 'policy_arn' }],
  ['aws_iam_role_policy_attachments_exclusive', { roles: 'role_name', policies: 'policy_arns' }],
]);

/** Resources that give a role policies which are not read here. */
const UNREAD = /^awscc_iam_policy$/;

const ROLE = 'AWS::IAM::Role';

/** A role of the template that is made. */
interface Role {
  readonly reference: string;
  readonly name: unknown;
  readonly policies: unknown[];
}

/**
 * Adds to the roles of a template the policies that are attached to them by resources of their own, which
 * CloudFormation lists with the role.
 * @returns the resources, with such roles replaced
 */
export function withAttachments(
  document: TerraformDocument,
  references: References,
  resources: ReadonlyMap<string, PlainMap>,
): ReadonlyMap<string, PlainMap> {
  const roles = new Map<string, Role>();
  for (const [address, resource] of resources) {
    if (resource.Type !== ROLE) continue;
    const name = own(resource.Properties, 'RoleName');
    roles.set(address, { reference: JSON.stringify({ Ref: address }), name, policies: [] });
  }
  if (roles.size === 0) return resources;
  for (const resource of document.resources.values()) {
    const attaching = ATTACHING.get(resource.type);
    if (attaching === undefined && !UNREAD.test(resource.type)) continue;
    const valuesOf = (name: string): unknown[] => namesIn(resource, name, references);
    const open = unknownValue(`what ${resource.address} allows is not read`);
    const named = attaching === undefined ? [open] : valuesOf(attaching.roles);
    const policies = attaching === undefined ? [open] : valuesOf(attaching.policies);
    for (const role of roles.values()) {
      if (named.some((value) => mayBe(role, value))) role.policies.push(...policies);
    }
  }
  return new Map(
    [...resources].map(([address, resource]) => {
      const added = roles.get(address)?.policies ?? [];
      return [address, added.length === 0 ? resource : withPolicies(resource, added)];
    }),
  );
}

/** Whether a value names a role, or could name any. */
function mayBe(role: Role, value: unknown): boolean {
  if (typeof value === 'string') return value === role.name || typeof role.name !== 'string';
  const reference = JSON.stringify(value);
  return reference === role.reference || own(value, 'Ref') === undefined;
}

function withPolicies(role: PlainMap, added: readonly unknown[]): PlainMap {
  const properties = ownMap(role, 'Properties');
  const listed = own(properties, 'ManagedPolicyArns');
  // What is not known as a whole stays so.
  if (listed !== undefined && !Array.isArray(listed)) return role;
  return { ...role, Properties: { ...properties, ManagedPolicyArns: [...(listed ?? []), ...added] } };
}

/** The values of an attribute that holds one or several names or ARNs. */
function namesIn(resource: TerraformResource, name: string, references: References): unknown[] {
  const value = own(resource.values, name);
  const open = unknownValue(`${name} of ${resource.address} is known only after apply`);
  if (value === undefined || value === null) {
    const written = own(resource.expressions, name);
    const followed = written === undefined ? undefined : references.follow(written, resource.module);
    return [followed?.kind === 'value' ? followed.value : open];
  }
  return (Array.isArray(value) ? value : [value]).map((item) =>
    typeof item === 'string' ? (references.named(item) ?? item) : open,
  );
}

import { isMap, own, ownMap, type PlainMap } from '../../plain/map.js';
import { parseSource } from '../../source/parse.js';
import type { Path } from '../../source/types.js';
import { unknownValue } from '../front-end.js';
import type { Step } from './address.js';
import type { TerraformDocument, TerraformResource } from './document.js';
import { withGivenSecrets } from './embedded.js';
import { canMove, type MovedStack, moveStack } from './move-stack.js';
import type { References } from './references.js';

const STACK = 'aws_cloudformation_stack';
const STACK_SET = 'aws_cloudformation_stack_set';

/** Whether a type of resource deploys a template of CloudFormation. */
export function deploysTemplate(type: string): boolean {
  return type === STACK || type === STACK_SET;
}

/** What a resource deploys that has a template of CloudFormation's in it. */
export interface DeployedStack {
  readonly resource: TerraformResource;
  /** Undefined where the template is elsewhere, or known only after apply, or something rewrites it. */
  readonly moved: MovedStack | undefined;
  /** Why the template that stands in the plan cannot be read, as a clause. */
  readonly why?: string;
  /** Where the template stands in the document. */
  readonly origin: Path;
}

/**
 * Reads the template of a stack or a stack set.
 * @throws YamlNotPrepared when it is YAML and the YAML half has not been loaded
 */
export function readStack(
  resource: TerraformResource,
  document: TerraformDocument,
  references: References,
): DeployedStack {
  const { address, path, values } = resource;
  const origin: Path = [...path, 'values', 'template_body'];
  const text = own(values, 'template_body');
  const parsed = typeof text === 'string' ? parseSource(address, text) : undefined;
  const template =
    parsed?.ok === true
      ? withGivenSecrets(parsed.source.value, own(resource.expressions, 'template_body'))
      : undefined;
  if (parsed?.ok === false)
    return { resource, moved: undefined, origin, why: 'its text is neither JSON nor YAML' };
  if (!isMap(template)) return { resource, moved: undefined, origin };
  if (!canMove(template))
    return { resource, moved: undefined, origin, why: 'a macro or a loop changes it when it is deployed' };
  const name = own(values, 'name');
  const overridden = resource.type === STACK_SET ? overrides(document, name) : undefined;
  const moved = moveStack({
    address,
    template,
    // Every account that a stack set deploys to has a name of its own for the stack.
    stackName: resource.type === STACK && typeof name === 'string' ? name : undefined,
    parameter: (parameter) =>
      overridden?.(parameter) === true
        ? unknownValue(`the parameter ${parameter} of ${address} differs from instance to instance`)
        : argument(resource, template, parameter, references),
  });
  return { resource, moved, origin };
}

/** What a stack is given for a parameter; undefined where it is given nothing. */
function argument(
  { address, module, values, expressions }: TerraformResource,
  template: PlainMap,
  name: string,
  references: References,
): unknown {
  const given = own(values, 'parameters');
  const value = own(given, name);
  if (typeof value === 'string') return references.named(value) ?? value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const written = own(expressions, 'parameters');
  if (written === undefined) return isMap(given) && value === undefined ? undefined : open(address, name);
  // The plan tells what the map refers to as a whole: with one value open and one reference, that one is it.
  const declared = Object.keys(ownMap(template, 'Parameters'));
  const missing = declared.filter(
    (one) =>
      own(given, one) === undefined && own(own(ownMap(template, 'Parameters'), one), 'Default') === undefined,
  );
  const followed = references.follow(written, module);
  if (missing.length === 1 && missing[0] === name && followed.kind === 'value' && isMap(followed.value)) {
    return followed.value;
  }
  return open(address, name);
}

function open(address: string, name: string): unknown {
  return unknownValue(`the parameter ${name} of ${address} is known only after apply`);
}

/** The parameters of a stack set to which its instances give values of their own. */
function overrides(document: TerraformDocument, name: unknown): (parameter: string) => boolean {
  const names = new Set<string>();
  let isOpen = false;
  for (const { type, values } of document.resources.values()) {
    if (type !== 'aws_cloudformation_stack_set_instance' && type !== 'aws_cloudformation_stack_instances')
      continue;
    const of = own(values, 'stack_set_name');
    if (typeof of === 'string' && typeof name === 'string' && of !== name) continue;
    const overridden = own(values, 'parameter_overrides');
    if (isMap(overridden)) for (const parameter of Object.keys(overridden)) names.add(parameter);
    else if (overridden !== null) isOpen = true;
  }
  return (parameter) => isOpen || names.has(parameter);
}

/** What an attribute of a stack gives: only its outputs are anything that a template tells. */
export function stackAttribute(stack: () => DeployedStack, path: readonly Step[]): unknown {
  const [attribute, output] = path;
  if (
    attribute === undefined ||
    !('name' in attribute) ||
    attribute.name !== 'outputs' ||
    output === undefined
  ) {
    return undefined;
  }
  return stack().moved?.output('name' in output ? output.name : String(output.key));
}

/** A stack whose template cannot be read: the graph tells of it as of any other. */
export function unreadStack({
  resource: { address, type, values },
  why = `template_body of ${address} is known only after apply`,
}: DeployedStack): PlainMap {
  const url = own(values, 'template_url');
  return {
    Type: type === STACK ? 'AWS::CloudFormation::Stack' : 'AWS::CloudFormation::StackSet',
    Properties: {
      TemplateURL: typeof url === 'string' ? url : unknownValue(why),
    },
  };
}

import { own } from '../plain/map.js';

/** How a type of resource deploys another template. */
export interface NestingType {
  /** The property that names the template. */
  readonly template: string;
  /** The property that may hold the template itself, as a text. */
  readonly body?: string;
  /** How the property `Parameters` passes values: by name, or as a list of `ParameterKey` and `ParameterValue`. */
  readonly parameters: 'map' | 'list';
  /** Whether `Outputs.NAME` is an attribute. */
  readonly outputs: boolean;
  /** Whether it is deployed where the stack around it is. */
  readonly inPlace: boolean;
  /** The property that lists groups of deployments, and the one of a group that gives other values to parameters. */
  readonly groups?: { readonly list: string; readonly overrides: string };
}

/**
 * Resource types that deploy another template.
 * Source: the CloudFormation and SAM resource references.
 */
const NESTING_TYPES: ReadonlyMap<string, NestingType> = new Map([
  [
    'AWS::CloudFormation::Stack',
    { template: 'TemplateURL', parameters: 'map', outputs: true, inPlace: true },
  ],
  ['AWS::Serverless::Application', { template: 'Location', parameters: 'map', outputs: true, inPlace: true }],
  [
    'AWS::CloudFormation::StackSet',
    {
      template: 'TemplateURL',
      body: 'TemplateBody',
      parameters: 'list',
      outputs: false,
      inPlace: false,
      groups: { list: 'StackInstancesGroup', overrides: 'ParameterOverrides' },
    },
  ],
]);

/** How a type deploys another template; undefined for one that deploys none. */
export function nestingType(type: unknown): NestingType | undefined {
  return typeof type === 'string' ? NESTING_TYPES.get(type) : undefined;
}

/**
 * Which of a resource's groups of deployments give values of their own to parameters: their indices, and undefined for
 * the deployments that take the values of the resource. A template that is deployed in one way only has one entry.
 */
export function deploymentGroups(resource: unknown): readonly (number | undefined)[] {
  const groups = nestingType(own(resource, 'Type'))?.groups;
  const list = groups === undefined ? undefined : own(own(resource, 'Properties'), groups.list);
  if (groups === undefined || !Array.isArray(list) || list.length === 0) return [undefined];
  const overriding = list.flatMap((group, index) =>
    own(group, groups.overrides) === undefined ? [] : [index],
  );
  return overriding.length === list.length ? overriding : [undefined, ...overriding];
}

/** The types that deploy another template. */
export function nestedStackTypes(): readonly string[] {
  return [...NESTING_TYPES.keys()];
}

/** A registered module: what it holds is known to the registry alone. Source: CloudFormation user guide, modules. */
const MODULE_TYPE = /^\w+::\w+::\w+::MODULE$/;

export const PRODUCT = 'AWS::ServiceCatalog::CloudFormationProvisionedProduct';

/** The properties that say which product is meant, the clearest first. */
export const PRODUCT_PROPERTIES = ['ProductName', 'ProductId'];

/** What a type deploys that no file of a project holds; undefined for any other type. */
export function deployedElsewhere(type: unknown): 'module' | 'product' | undefined {
  if (type === PRODUCT) return 'product';
  return typeof type === 'string' && MODULE_TYPE.test(type) ? 'module' : undefined;
}

/** Words of which one stands in every template that deploys others, or takes parts from elsewhere. */
export const DEPLOYING_WORDS: readonly string[] = [
  ...NESTING_TYPES.keys(),
  PRODUCT,
  '::MODULE',
  'AWS::Include',
  'Modules',
];

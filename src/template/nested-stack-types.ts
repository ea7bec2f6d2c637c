/**
 * Resource types that deploy another template, and the property that names it. Both pass `Parameters` and give
 * `Outputs.NAME` back.
 * Source: the CloudFormation and SAM resource references.
 */
const NESTED_STACK_TYPES: ReadonlyMap<string, string> = new Map([
  ['AWS::CloudFormation::Stack', 'TemplateURL'],
  ['AWS::Serverless::Application', 'Location'],
]);

/** The property that names the nested template; undefined for a type that nests none. */
export function nestedTemplateProperty(type: unknown): string | undefined {
  return typeof type === 'string' ? NESTED_STACK_TYPES.get(type) : undefined;
}

/** The types that deploy another template. */
export function nestedStackTypes(): readonly string[] {
  return [...NESTED_STACK_TYPES.keys()];
}

/** A value that a parameter can have in a file. */
export type Scalar = string | number | boolean;
export type RawParameter = Scalar | readonly Scalar[];

/** CloudFormation's parameters are strings, and its lists are joined by commas. */
export function parameterText(value: RawParameter): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value);
}

/** The value as the text of a parameter; undefined for what no parameter can be: null, a map, a list of lists. */
export function asParameterText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.every(isScalar) ? parameterText(value) : undefined;
  return isScalar(value) ? String(value) : undefined;
}

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

import { unknownValue } from '../frontends/front-end.js';
import { isMap, type PlainMap } from '../plain/map.js';

/** What the CDK puts in front of the name of an SSM parameter that it has still to look up. */
const SSM_PLACEHOLDER = 'dummy-value-for-';

const UNKNOWN = unknownValue('the CDK has still to look it up: run cdk synth again when it has');

/**
 * A template of a first synthesis pass without the dummy values that stand in for what the CDK looks up before the
 * second: what stands for an SSM parameter is a reference to it again, and all else is unknown.
 *
 * @param value the top of the template; it is left as it is
 * @param dummies as `missing` of the manifest has them
 */
export function withoutDummyValues(value: PlainMap, dummies: ReadonlySet<string>): PlainMap {
  // A name may begin with another.
  const parameters = [...dummies]
    .filter((dummy) => dummy.startsWith(SSM_PLACEHOLDER))
    .sort((a, b) => b.length - a.length);
  const replace = (part: unknown): unknown => {
    if (typeof part === 'string') {
      const dummy = parameters.find((one) => part.includes(one));
      if (dummy === undefined) return dummies.has(part) ? UNKNOWN : part;
      return part.replaceAll(dummy, () => `{{resolve:ssm:${dummy.slice(SSM_PLACEHOLDER.length)}}}`);
    }
    if (Array.isArray(part)) return part.map(replace);
    return isMap(part) ? mapValues(part, replace) : part;
  };
  return mapValues(value, replace);
}

/** Keys are data: `__proto__` stays an own property like any other. */
function mapValues(map: PlainMap, change: (value: unknown) => unknown): PlainMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

import { isMap } from '../plain/map.js';
import { booleanOf } from '../source/yaml-plain.js';

/**
 * The key that a reference by a boolean means. Unquoted, `On` is a name where a key stands and a boolean where a value
 * stands, so a reference to the condition `On` comes as `true`. Undefined where no key, or more than one, is such a
 * word.
 * @param map the section or mapping that holds what is referred to
 * @param value the boolean, or the text that CloudFormation makes of it
 */
export function keyOfBoolean(map: unknown, value: unknown): string | undefined {
  const text = String(value);
  if ((text !== 'true' && text !== 'false') || !isMap(map)) return undefined;
  const keys = Object.keys(map).filter((key) => String(booleanOf(key)) === text);
  return keys.length === 1 ? keys[0] : undefined;
}

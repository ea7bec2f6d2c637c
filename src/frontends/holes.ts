import { isMap, own } from '../plain/map.js';
import { HOLE_END, HOLE_START, unknownValue } from './front-end.js';

const HOLE = new RegExp(`${HOLE_START}(\\d+)${HOLE_END}`);

/**
 * A template's value in which what stands for stretches of text that are not known is unknown.
 * @param holes why each is not known, as a clause
 */
export function withHoles(value: unknown, holes: readonly string[]): unknown {
  if (typeof value === 'string') return HOLE.test(value) ? joined(value, holes) : value;
  if (Array.isArray(value)) return value.map((item) => withHoles(item, holes));
  if (!isMap(value)) return value;
  const text = own(value, 'Fn::Sub');
  if (typeof text === 'string' && HOLE.test(text)) return substituted(text, holes);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withHoles(entry, holes)]));
}

function joined(text: string, holes: readonly string[]): unknown {
  const parts = text.split(HOLE).map((part, index) => (index % 2 === 0 ? part : reasonFor(part, holes)));
  const written = parts.filter((part) => part !== '');
  return written.length === 1 ? written[0] : { 'Fn::Join': ['', written] };
}

function substituted(text: string, holes: readonly string[]): unknown {
  const given: Record<string, unknown> = {};
  const filled = text.replaceAll(new RegExp(HOLE, 'g'), (_, index: string) => {
    given[`Hole${index}`] = reasonFor(index, holes);
    return `\${Hole${index}}`;
  });
  return { 'Fn::Sub': [filled, given] };
}

function reasonFor(index: string, holes: readonly string[]): unknown {
  return unknownValue(holes[Number(index)] ?? 'it is not known');
}

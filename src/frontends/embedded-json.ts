import { MAX_NESTING_DEPTH } from '../source/limits.js';

/** The value of a JSON text within a document; undefined where it is none, or is nested past what anybody walks. */
export function embeddedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return depthOf(value, MAX_NESTING_DEPTH) > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How many values a value holds, itself among them. */
export function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, item) => sum + sizeOf(item), 1);
}

/** How many levels are left of those allowed below a value. */
function depthOf(value: unknown, left: number): number {
  if (typeof value !== 'object' || value === null || left <= 0) return left;
  let least = left - 1;
  for (const item of Object.values(value)) least = Math.min(least, depthOf(item, left - 1));
  return least;
}

import type { Span } from './types.js';

/** Spans from their starts and ends, one after the other. */
export function spansOf(numbers: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    spans.push({ start: numbers[index] ?? 0, end: numbers[index + 1] ?? 0 });
  }
  return spans;
}

import type { Growth } from './growth.js';

/** A row of the table in docs/fuzzing.md. */
export function rowOf(name: string, { steps, factor }: Growth): string {
  const cells = [name, ...steps.slice(1).map((count) => count.toLocaleString('en')), factor.toFixed(2)];
  return `| ${cells.join(' | ')} |`;
}

import type { Outcome } from './icons.js';
import type { Picture } from './picture.js';
import { counted } from './text.js';

/** How many consumers of the picture ended in each way. A template that is deployed twice counts once, as in reports. */
export function countOutcomes(picture: Picture): Readonly<Record<Outcome, number>> {
  const counts = { verified: 0, failed: 0, unverified: 0 };
  const told = new Set<string>();
  const templates = new Map(picture.stacks.map(({ id, file }) => [id, file]));
  for (const { outcome, stack, label } of picture.nodes) {
    const key = JSON.stringify([stack === null ? null : templates.get(stack), label]);
    if (outcome === null || told.has(key)) continue;
    told.add(key);
    counts[outcome] += 1;
  }
  return counts;
}

/** The picture in one sentence, for those who do not see it. */
export function summarize(picture: Picture): string {
  const { verified, failed, unverified } = countOutcomes(picture);
  const stacks = counted(picture.stacks.length, 'stack');
  const nodes = counted(picture.nodes.length, 'node');
  const findings = counted(picture.findings.length, 'finding');
  const { environments } = picture;
  const where = environments.length > 1 ? `, in the environments ${environments.join(', ')}` : '';
  return `Token exchange: ${verified} verified, ${failed} failed, ${unverified} unverified; ${nodes} in ${stacks}, ${findings}${where}.`;
}

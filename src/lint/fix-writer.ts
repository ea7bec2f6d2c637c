import type { ProposedFix } from '../fix/change.js';
import { toTextEdits } from '../fix/edits.js';
import { maskSecrets } from '../mask/mask.js';
import type { Source } from '../source/types.js';
import type { Fix } from './result.js';

/** The fix as text edits; null when the file's way of writing leaves no safe way to make it. */
export function writeFix(source: Source, fix: ProposedFix): Fix | null {
  const edits = toTextEdits(source, fix.changes);
  // An edit is put into reports as it is: one that would carry a secret along is not offered.
  if (edits === undefined || edits.some(({ text }) => holdsSecret(text))) return null;
  return {
    title: fix.title,
    safety: fix.safety,
    edits: edits.map(({ span, text }) => ({ file: source.file, range: source.range(span), text })),
  };
}

/** The last text that was looked at: many fixes of a run write the same. */
let last = { text: '', holdsSecret: false };

function holdsSecret(text: string): boolean {
  if (last.text !== text) last = { text, holdsSecret: maskSecrets(text) !== text };
  return last.holdsSecret;
}

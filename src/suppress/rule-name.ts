import type { KnownRules } from './suppression.js';

/** The words that a name from a template is shown with: quoted, on one line, and not endless. */
export function quoted(name: string): string {
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return JSON.stringify(shown);
}

/**
 * Says what is wrong with a rule id that a suppression names; undefined when it is a known one.
 * @param what it is that names the rule
 * @returns one sentence, with the nearest known id where one is near.
 */
export function complaintAboutRule(
  name: string,
  knownRules: KnownRules,
  what = 'suppression',
): string | undefined {
  if (knownRules.has(name)) return undefined;
  const near = knownRules.meantBy(name);
  const hint = near === undefined ? '' : `; did you mean ${quoted(near)}?`;
  return `This ${what} names the rule ${quoted(name)}, which does not exist${hint}${hint === '' ? '.' : ''}`;
}

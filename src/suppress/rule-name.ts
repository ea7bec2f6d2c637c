import { closest, distance } from 'fastest-levenshtein';

/** At most this share of a name's letters may differ for another name to be a likely spelling of it. */
const LIKELY_SHARE = 0.4;

/** The words that a name from a template is shown with: quoted, on one line, and not endless. */
export function quoted(name: string): string {
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return JSON.stringify(shown);
}

/** The candidate that was most likely meant by `name`, or undefined when none is near. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  if (all.length === 0 || name.length > 200) return undefined;
  const best = closest(name.toLowerCase(), all);
  return distance(name.toLowerCase(), best) <= best.length * LIKELY_SHARE ? best : undefined;
}

/**
 * Says what is wrong with a rule id that a suppression names; undefined when it is a known one.
 * The result is one sentence, with the nearest known id where one is near.
 */
export function complaintAboutRule(name: string, knownRules: ReadonlySet<string>): string | undefined {
  if (knownRules.has(name)) return undefined;
  const near = nearest(name, knownRules);
  const hint = near === undefined ? '' : `; did you mean ${quoted(near)}?`;
  return `This suppression names the rule ${quoted(name)}, which does not exist${hint}${hint === '' ? '.' : ''}`;
}

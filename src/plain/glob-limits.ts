/*
 * Globs come from configurations and ignore files, which may be hostile: a matcher that backtracks tries every way in
 * which the stars of a pattern can share a name, and a list of alternatives is written out before anything is matched.
 * What people write stays far below these limits.
 */

/** Longest glob, in UTF-16 units. */
const MAX_LENGTH = 1_000;
/** `*` within one name: four of them share a name of 255 characters in millions of ways. */
const MAX_STARS_IN_NAME = 3;
/** `**` in one glob: they share the folders of a path. */
const MAX_GLOBSTARS = 4;
/** What the braces of a glob may be written out to. */
const MAX_ALTERNATIVES = 1_000;

/** Why a glob is not matched, as a clause that follows its name; undefined for one within the limits. */
export function pastGlobLimits(glob: string): string | undefined {
  if (glob.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  const names = glob.split('/');
  if (names.filter((name) => name.includes('**')).length > MAX_GLOBSTARS)
    return `has more than ${MAX_GLOBSTARS} times **`;
  // Braces can hold separators, so that the stars of a name are not all of a part.
  if (names.some((name) => stars(name) > MAX_STARS_IN_NAME))
    return `has more than ${MAX_STARS_IN_NAME} times * in one name`;
  if (/[+*?@!]\(/.test(glob) && (/[+*]\(/.test(glob) || glob.split('(').length > 3))
    return 'repeats parts of a name with parentheses';
  return alternatives(glob) > MAX_ALTERNATIVES
    ? `stands for more than ${MAX_ALTERNATIVES.toLocaleString('en')} patterns`
    : undefined;
}

function stars(name: string): number {
  return name.replace(/\*+/g, '*').split('*').length - 1;
}

/** How many patterns the braces of a glob are written out to, counted without writing them. */
function alternatives(glob: string): number {
  // What each open brace holds: the patterns of its alternatives before the last comma, and those of the last so far.
  const open: { sum: number; product: number; start: number }[] = [{ sum: 0, product: 1, start: 0 }];
  for (let at = 0; at < glob.length; at++) {
    const inner = open[open.length - 1] as { sum: number; product: number; start: number };
    if (glob[at] === '\\') at++;
    else if (glob[at] === '{') open.push({ sum: 0, product: 1, start: at + 1 });
    else if (glob[at] === ',' && open.length > 1) {
      inner.sum += inner.product;
      inner.product = 1;
    } else if (glob[at] === '}' && open.length > 1) {
      open.pop();
      const around = open[open.length - 1] as { product: number };
      around.product *= Math.max(inner.sum + inner.product, rangeSize(glob.slice(inner.start, at)));
    }
  }
  return open.reduce((product, level) => product * Math.max(1, level.sum + level.product), 1);
}

/** `1..100` stands for a hundred patterns. */
function rangeSize(text: string): number {
  const [from, to, step = '1', ...others] = text.length > 60 ? [] : text.split('..');
  if (from === undefined || to === undefined || others.length > 0) return 1;
  const [first, last] = [position(from), position(to)];
  if (first === undefined || last === undefined) return 1;
  return Math.floor(Math.abs(last - first) / Math.max(1, Math.abs(Number(step)) || 1)) + 1;
}

function position(end: string): number | undefined {
  if (/^-?\d+$/.test(end)) return Number(end);
  return end.length === 1 ? end.charCodeAt(0) : undefined;
}

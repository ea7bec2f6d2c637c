import type { Path } from '../source/types.js';
import type { Change } from './change.js';
import type { Editor } from './editor.js';
import { startsWith, valueAt } from './plain-value.js';
import { prop, walkYaml, type YamlNode } from './yaml-tree.js';

/** A place that shows the content of an anchor which stands elsewhere. */
interface Use {
  readonly user: Path;
  readonly anchor: Path;
}

/** More uses of one anchored value than this are not followed: the change is refused. */
const MAX_USES = 100;

/**
 * Makes the `echoes` of an editor for YAML.
 *
 * Content behind an anchor can only be changed for all who show it. That is right where all others are the same
 * property of a resource of the same type: they have the same fault. It is wrong anywhere else, as where the target
 * and its provider share one grant.
 */
export function yamlEchoes(text: string, top: YamlNode): Editor['echoes'] {
  const uses = /&\S/.test(text) && /\*\S/.test(text) ? usesOf(top) : [];
  return (value, change) => (uses.length === 0 ? [] : echoesOf(uses, value, change));
}

function echoesOf(uses: readonly Use[], value: unknown, change: Change): readonly Change[] | undefined {
  const last = change.path.slice(-1);
  const isOfEntry = change.kind === 'rename' || change.kind === 'remove';
  const touched = isOfEntry ? change.path.slice(0, -1) : change.path;

  const found: Path[] = [touched];
  for (const place of found) {
    for (const { user, anchor } of uses) {
      if (!startsWith(place, anchor)) continue;
      const shown = [...user, ...place.slice(anchor.length)];
      if (found.some((known) => known.length === shown.length && startsWith(known, shown))) continue;
      if (found.length > MAX_USES || !isSameProperty(value, touched, shown)) return undefined;
      found.push(shown);
    }
  }
  return found.slice(1).map((path) => ({ ...change, path: isOfEntry ? [...path, ...last] : path }));
}

function usesOf(top: YamlNode): readonly Use[] {
  const anchors = new Map<string, Path>();
  const uses: Use[] = [];
  walkYaml(top, (path, { props, value }) => {
    const name = prop(props, 'anchor')?.source.slice(1);
    if (name !== undefined) anchors.set(name, path);
    if (value?.type !== 'alias') return;
    const anchor = anchors.get(value.source.slice(1));
    if (anchor === undefined) return;
    // A merge key shows the entries of the anchor's map in the map that holds it: `<<: *a`, `<<: [*a, *b]`.
    const merge = path.lastIndexOf('<<');
    const isMerge =
      merge >= 0 &&
      path.length - merge <= 2 &&
      path.slice(merge + 1).every((step) => typeof step === 'number');
    uses.push({ user: isMerge ? path.slice(0, merge) : path, anchor });
  });
  return uses;
}

/** Whether two paths lead to the same property of two resources of one type (or of one resource). */
function isSameProperty(value: unknown, a: Path, b: Path): boolean {
  if (a.length !== b.length || a.length < 3 || a[0] !== 'Resources' || b[0] !== 'Resources') return false;
  const sameSteps = a.every((step, index) => {
    const other = b[index];
    return index === 1 || step === other || (typeof step === 'number' && typeof other === 'number');
  });
  const type = valueAt(value, [...a.slice(0, 2), 'Type'])?.value;
  return sameSteps && typeof type === 'string' && type === valueAt(value, [...b.slice(0, 2), 'Type'])?.value;
}

import type { Cursor, StackInstance } from '../evaluate/stack-instance.js';
import type { Path } from '../source/types.js';
import type { TemplateStore } from './store.js';

/** Where something is written: the name of a file of the run, and the path in its text. */
export interface WrittenPlace {
  readonly file: string;
  readonly path: Path;
}

/**
 * Where a place of a template is written. A part of a template may stand in another file, and a template that another
 * holds as a text is no file of its own: its places lie in the text, in the file around it.
 */
export function writtenPlace(
  store: TemplateStore,
  { instance, path }: Pick<Cursor, 'instance' | 'path'>,
): WrittenPlace {
  return (
    instance.template.elsewhere(path) ??
    aroundTexts(store, { file: instance.template.file, path: instance.template.sourcePath(path) })
  );
}

/** The file that a deployment's template is written in: for one that another holds as a text, that of the other. */
export function writtenFile(store: TemplateStore, { template }: StackInstance): string {
  return aroundTexts(store, { file: template.file, path: [] }).file;
}

/** A place in a text that a template holds is one in that template. */
function aroundTexts(store: TemplateStore, place: WrittenPlace): WrittenPlace {
  const held = store.get(place.file)?.file.within;
  if (held === undefined) return place;
  return aroundTexts(store, { file: held.file, path: [...held.path, ...place.path] });
}

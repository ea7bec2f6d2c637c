import type { ConstructNotes } from '../discover/construct-notes.js';
import { constructPathKey } from '../discover/construct-path-key.js';
import type { StackInstance } from '../evaluate/stack-instance.js';
import { isMap, own } from '../plain/map.js';

/** The construct path of a resource: from its own metadata, else from the assembly's manifest; null when unknown. */
export function constructPath(instance: StackInstance, logicalId: string): string | null {
  const resource = own(instance.template.section('Resources'), logicalId);
  const metadata = own(resource, 'Metadata');
  const written = isMap(metadata) ? own(metadata, 'aws:cdk:path') : undefined;
  if (typeof written === 'string') return written;
  return pathInManifest(instance, logicalId) ?? null;
}

/** What the CDK wrote down of the construct that a resource comes from; undefined outside of cloud assemblies. */
export function constructNotes(instance: StackInstance, logicalId: string): ConstructNotes | undefined {
  const path = constructPath(instance, logicalId);
  if (path === null || instance.stack === undefined) return undefined;
  const notes = instance.stack.constructNotes(path);
  if (notes.source !== undefined) return notes;
  // A template may bear another path than the manifest: one that an author wrote, or one of a copy.
  const inManifest = pathInManifest(instance, logicalId);
  return inManifest === undefined || inManifest === path ? notes : instance.stack.constructNotes(inManifest);
}

function pathInManifest(instance: StackInstance, logicalId: string): string | undefined {
  return instance.stack?.constructPaths.get(constructPathKey(stacksAround(instance), logicalId));
}

/** The logical ids of the nested stacks that an instance lies in, from the outside in. */
function stacksAround({ parent }: StackInstance): string[] {
  return parent === undefined ? [] : [...stacksAround(parent.instance), parent.logicalId];
}

import { constructPathKey } from '../discover/construct-path-key.js';
import type { StackInstance } from '../evaluate/stack-instance.js';
import { isMap, own } from '../plain/map.js';

/** The construct path of a resource: from its own metadata, else from the assembly's manifest; null when unknown. */
export function constructPath(instance: StackInstance, logicalId: string): string | null {
  const resource = own(instance.template.section('Resources'), logicalId);
  const metadata = own(resource, 'Metadata');
  const written = isMap(metadata) ? own(metadata, 'aws:cdk:path') : undefined;
  if (typeof written === 'string') return written;
  if (instance.stack === undefined) return null;
  return instance.stack.constructPaths.get(constructPathKey(stacksAround(instance), logicalId)) ?? null;
}

/** The logical ids of the nested stacks that an instance lies in, from the outside in. */
function stacksAround({ parent }: StackInstance): string[] {
  return parent === undefined ? [] : [...stacksAround(parent.instance), parent.logicalId];
}

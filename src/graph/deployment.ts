import { constructPathKey } from '../discover/construct-path-key.js';
import type { StackInfo } from '../discover/types.js';
import type { Instance } from '../evaluate/instance.js';
import { isMap, own } from '../template/own.js';

/** An instance and what its cloud assembly says of it; nested stacks take it from their outermost stack. */
export interface DeployedInstance extends Instance {
  readonly stack: StackInfo | undefined;
  /** How many stacks deep the instance lies; 0 for a stack of its own. */
  readonly depth: number;
}

/** The construct path of a resource: from its own metadata, else from the assembly's manifest; null when unknown. */
export function constructPath(instance: DeployedInstance, logicalId: string): string | null {
  const resource = own(instance.template.section('Resources'), logicalId);
  const metadata = own(resource, 'Metadata');
  const written = isMap(metadata) ? own(metadata, 'aws:cdk:path') : undefined;
  if (typeof written === 'string') return written;
  if (instance.stack === undefined) return null;
  return instance.stack.constructPaths.get(constructPathKey(stacksAround(instance), logicalId)) ?? null;
}

/** The logical ids of the nested stacks that an instance lies in, from the outside in. */
function stacksAround({ parent }: Instance): string[] {
  return parent === undefined ? [] : [...stacksAround(parent.instance), parent.logicalId];
}

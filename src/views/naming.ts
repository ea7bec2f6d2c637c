import type { ResourceNode } from '../graph/resource-graph.js';

/**
 * What a message calls a resource: its name, and its file where that is not the one the message is about.
 * @param from the resource that the message is about
 */
export function nameFrom(resource: ResourceNode, from: ResourceNode): string {
  const { file } = resource.instance.template;
  return file === from.instance.template.file ? resource.name : `${resource.name} in ${file}`;
}

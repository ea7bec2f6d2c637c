import type { Picture } from './picture.js';

/**
 * The part of a picture around some nodes: these, all that leads to them and all that they lead to, with the stacks
 * around it. The findings stay as they are, so that indices into them hold.
 */
export function selectAround(picture: Picture, seeds: ReadonlySet<string>): Picture {
  const forwards = new Map<string, string[]>();
  const backwards = new Map<string, string[]>();
  for (const { from, to } of picture.edges) {
    append(forwards, from, to);
    append(backwards, to, from);
  }
  const kept = new Set([...reach(seeds, forwards), ...reach(seeds, backwards)]);
  return {
    ...picture,
    nodes: picture.nodes.filter((node) => kept.has(node.id)),
    // An edge between two kept nodes may still belong to another way through them.
    edges: picture.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to)),
  };
}

function reach(
  seeds: ReadonlySet<string>,
  next: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const reached = new Set(seeds);
  const open = [...seeds];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const other of next.get(id) ?? []) {
      if (reached.has(other)) continue;
      reached.add(other);
      open.push(other);
    }
  }
  return reached;
}

function append(groups: Map<string, string[]>, key: string, value: string): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

import type { Picture } from './picture.js';

/**
 * The picture without secrets in its names. An id with a secret in it gets another one that is as unique.
 * @param mask hides the secrets of a text
 */
export function maskedPicture(picture: Picture, mask: (text: string) => string): Picture {
  const ids = new Map<string, string>();
  const masked = (id: string): string => {
    let known = ids.get(id);
    if (known === undefined) {
      const shown = mask(id);
      known = shown === id ? id : `${shown} (${ids.size})`;
      ids.set(id, known);
    }
    return known;
  };
  return {
    ...picture,
    stacks: picture.stacks.map((stack) => ({
      ...stack,
      id: masked(stack.id),
      label: mask(stack.label),
      parent: stack.parent === null ? null : masked(stack.parent),
    })),
    nodes: picture.nodes.map((node) => ({
      ...node,
      id: masked(node.id),
      label: mask(node.label),
      detail: mask(node.detail),
      ...(node.lines !== undefined && { lines: node.lines.map(mask) }),
      causes: node.causes.map((cause) => ({
        ...cause,
        says: mask(cause.says),
        scenario: cause.scenario === null ? null : mask(cause.scenario),
      })),
      facts: node.facts.map((fact) => ({ ...fact, value: mask(fact.value) })),
      stack: node.stack === null ? null : masked(node.stack),
    })),
    edges: picture.edges.map((edge) => ({
      ...edge,
      from: masked(edge.from),
      to: masked(edge.to),
      label: mask(edge.label),
      scenario: edge.scenario === null ? null : mask(edge.scenario),
    })),
  };
}

import type { Picture, PictureNode } from './picture.js';

/** What of a picture there is in one environment: as a run of that environment alone would draw it. */
export function inEnvironment(picture: Picture, name: string): Picture {
  const holds = ({ environments }: { readonly environments: readonly string[] | null }): boolean =>
    environments === null || environments.includes(name);
  const told = (indices: readonly number[]): readonly number[] =>
    indices.filter((index) => {
      const finding = picture.findings[index];
      return finding !== undefined && holds(finding);
    });
  return {
    ...picture,
    nodes: picture.nodes.filter(holds).map(
      (node): PictureNode => ({
        ...node,
        environments: null,
        outcome: node.outcomes === null ? node.outcome : outcomeIn(node.outcomes, name),
        causes: node.causes
          .filter(holds)
          .map((cause) => ({ ...cause, environments: null, findings: told(cause.findings) })),
        facts: node.facts.filter(holds),
        findings: told(node.findings),
      }),
    ),
    edges: picture.edges
      .filter(holds)
      .map((edge) => ({ ...edge, environments: null, findings: told(edge.findings) })),
  };
}

function outcomeIn(outcomes: NonNullable<PictureNode['outcomes']>, name: string): PictureNode['outcome'] {
  return Object.hasOwn(outcomes, name) ? (outcomes[name] ?? null) : null;
}

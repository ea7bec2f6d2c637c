import type { Outcome } from '../lint/result.js';
import type { Picture, PictureEdge, PictureNode } from './picture.js';

const GRAVITY: Readonly<Record<Outcome, number>> = { verified: 0, unverified: 1, failed: 2 };

/**
 * The pictures of the environments of a run as one: what stands in several is drawn once, and says in which it stands.
 * An exchange that ends differently in two environments is an edge for each way in which it ends.
 *
 * @param pictures one for each environment, of which each is named; or the only one of a run without environments
 */
export function besideEachOther(pictures: readonly Picture[]): Picture {
  const [first, ...others] = pictures;
  if (first === undefined) throw new Error('a run has at least one picture');
  if (others.length === 0) return first;
  const names = pictures.flatMap(({ environments }) => environments);
  const nodes = new Gathering<PictureNode>();
  const edges = new Gathering<PictureEdge>();
  for (const picture of pictures) {
    const name = picture.environments[0] ?? '';
    for (const node of picture.nodes) nodes.add(node.id, name, node);
    for (const edge of picture.edges) {
      edges.add(JSON.stringify([edge.from, edge.to, edge.label, edge.status]), name, edge);
    }
  }
  const inAll = (own: readonly string[]): readonly string[] | null =>
    own.length === names.length ? null : own;
  return {
    ...first,
    environments: names,
    stacks: [...new Map(pictures.flatMap(({ stacks }) => stacks).map((stack) => [stack.id, stack])).values()],
    nodes: nodes.all().map((own) => ({ ...joinedNode(own), environments: inAll([...own.keys()]) })),
    edges: edges.all().map((own) => ({
      ...firstOf(own),
      findings: findingsOf(own),
      environments: inAll([...own.keys()]),
    })),
  };
}

/** What stands in several environments, by its key, and in each by the environment's name. */
class Gathering<Part> {
  private readonly parts = new Map<string, Map<string, Part>>();

  add(key: string, environment: string, part: Part): void {
    const known = this.parts.get(key);
    if (known === undefined) this.parts.set(key, new Map([[environment, part]]));
    else known.set(environment, part);
  }

  all(): readonly ReadonlyMap<string, Part>[] {
    return [...this.parts.values()];
  }
}

function joinedNode(own: ReadonlyMap<string, PictureNode>): PictureNode {
  const nodes = [...own.values()];
  const ended = [...own].flatMap(([name, { outcome }]) =>
    outcome === null ? [] : [[name, outcome] as const],
  );
  const worst = ended.reduce<Outcome | null>(
    (so, [, outcome]) => (so === null || GRAVITY[outcome] > GRAVITY[so] ? outcome : so),
    null,
  );
  const isSame = ended.length === own.size && ended.every(([, outcome]) => outcome === worst);
  return {
    ...firstOf(own),
    detail: [...new Set(nodes.map(({ detail }) => detail).filter((detail) => detail !== ''))].join(' or '),
    outcome: worst,
    outcomes: ended.length === 0 || isSame ? null : Object.fromEntries(ended),
    findings: findingsOf(own),
  };
}

function firstOf<Part>(own: ReadonlyMap<string, Part>): Part {
  const [first] = own.values();
  if (first === undefined) throw new Error('what is gathered stands in an environment');
  return first;
}

function findingsOf(own: ReadonlyMap<string, PictureNode | PictureEdge>): readonly number[] {
  return [...new Set([...own.values()].flatMap(({ findings }) => findings))].sort((a, b) => a - b);
}

/** A node's second line, with the environments that it stands in, or ends differently in; empty when there is none. */
export function nodeDetail({ detail, outcomes, environments }: PictureNode): string {
  const ended = Object.entries(outcomes ?? {});
  const ways = [...new Set(ended.map(([, outcome]) => outcome))].map((way) =>
    [way, environmentWords(ended.flatMap(([name, outcome]) => (outcome === way ? name : [])))].join(' '),
  );
  const where = ways.length > 0 ? ways : [environmentWords(environments)];
  return [detail, ...where].filter((part) => part !== '').join(' · ');
}

/** What is written on an edge in one line: the grant, the scenario, the environments; empty when there is nothing to say. */
export function edgeText({ label, environments }: PictureEdge): string {
  return [label, environmentWords(environments)].filter((part) => part !== '').join(' ');
}

/** The environments as the end of a phrase: `in prod, qa`; empty for what holds in all of them. */
export function environmentWords(environments: readonly string[] | null): string {
  return environments === null ? '' : `in ${environments.join(', ')}`;
}

import { findingMarkup, placeMarkup } from '../finding.js';
import { KIND_NAMES } from '../icons.js';
import { isTool } from '../look.js';
import type { Look, Picture, PictureEdge, PictureNode } from '../picture.js';
import { counted, escapeMarkup } from '../text.js';
import { CALLED_AS, conditionLines, detailLines, edgeLines, LOST } from '../words.js';

/** Gives a node that a button leads to a number; the button bears it as `data-go`. */
export type Refer = (node: PictureNode) => number;

/** What the details are told from. */
export interface Known {
  /** What is drawn, groups and all. */
  readonly picture: Picture;
  readonly looks: ReadonlyMap<string, Look>;
  /** The findings to show with a node, by its id. */
  readonly findingsOf: ReadonlyMap<string, readonly number[]>;
  readonly refer: Refer;
}

/** What is known about a node, as HTML with all text escaped. `members` are the nodes of a group, or none. */
export function nodeDetails(known: Known, node: PictureNode, members: readonly PictureNode[]): string {
  const { picture } = known;
  const look = known.looks.get(node.id);
  const incoming = picture.edges.filter((edge) => edge.to === node.id);
  const outgoing = picture.edges.filter((edge) => edge.from === node.id);
  const calls = [...incoming, ...outgoing].filter(({ calledAs }) => calledAs !== null);
  return [
    heading(KIND_NAMES[node.kind], node.label),
    outcomeLine(isTool(node) ? look : undefined, node.outcome !== null),
    causes(known, node),
    facts([
      ...(isTool(node) && members.length === 0
        ? [['Called', escapeMarkup([...new Set(calls.map(calledLine))].join('; '))] as const]
        : []),
      ...(members.length > 0 || node.facts.length === 0
        ? detailLines(node).map((line) => ['', escapeMarkup(line)] as const)
        : node.facts.map((fact) => {
            const where = fact.environments === null ? '' : ` (in ${fact.environments.join(', ')})`;
            return [fact.name, escapeMarkup(`${fact.value}${where}`)] as const;
          })),
      ['Environments', escapeMarkup(node.environments?.join(', ') ?? '')],
      ['Stack', escapeMarkup(stackPath(picture, node.stack))],
      ['Place', node.file === null || members.length > 0 ? '' : placeMarkup(node.file, node.range)],
    ]),
    findingList(picture, known.findingsOf.get(node.id) ?? []),
    connections('Comes from', incoming, (edge) => edge.from, known),
    connections('Leads to', outgoing, (edge) => edge.to, known),
    members.length === 0
      ? ''
      : `<h3>${counted(members.length, 'node')} without findings</h3><p><button type="button" class="link" data-expand>Draw each by itself</button></p><ul class="links">${members.map((member) => `<li>${goButton(member, known.refer)}</li>`).join('')}</ul>`,
  ].join('');
}

/** What is known about an edge. */
export function edgeDetails(known: Known, edge: PictureEdge): string {
  const { picture, refer } = known;
  const ends = [edge.from, edge.to].map((id) => picture.nodes.find((node) => node.id === id));
  return [
    heading('Connection', ends.map((end) => end?.label ?? '').join(' → ')),
    outcomeLine(edge.status === 'plain' ? undefined : edge, edge.label === 'TOKEN_EXCHANGE'),
    facts([
      ['Called', edge.calledAs === null ? '' : escapeMarkup(CALLED_AS[edge.calledAs])],
      ['Grant', escapeMarkup(edge.label)],
      ['Holds', escapeMarkup(conditionLines(edge).join(', '))],
    ]),
    findingList(picture, edge.findings),
    `<h3>Between</h3><ul class="links">${ends.map((end) => (end === undefined ? '' : `<li>${goButton(end, refer)}</li>`)).join('')}</ul>`,
  ].join('');
}

function outcomeLine(look: Pick<Look, 'status' | 'lost'> | undefined, isExchange: boolean): string {
  if (look === undefined || (look.status === 'plain' && !look.lost)) return '';
  const status =
    look.status === 'plain' ? '' : isExchange ? `Token exchange ${look.status}` : capitalised(look.status);
  const words = [status, look.lost ? LOST : ''].filter((part) => part !== '').join(', ');
  return `<p class="outcome ${look.status}">${words}</p>`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function calledLine(edge: PictureEdge): string {
  const words = edge.calledAs === null ? '' : CALLED_AS[edge.calledAs];
  return [words, ...conditionLines(edge)].join(' ');
}

/** What fails because of a node, and who: the nodes that bear the findings of a cause. */
function causes({ picture, refer }: Known, node: PictureNode): string {
  return node.causes
    .map((cause) => {
      const affected = picture.nodes.filter(
        (other) => other.id !== node.id && other.findings.some((index) => cause.findings.includes(index)),
      );
      const when = conditionLines(cause).join(', ');
      const list = affected.map((other) => `<li>${goButton(other, refer)}</li>`).join('');
      return `<div class="because"><p><b>Cause:</b> ${escapeMarkup(cause.says)}${when === '' ? '' : `, ${escapeMarkup(when)}`}${cause.lost ? ` <span class="loss">${LOST}</span>` : ''}</p>${list === '' ? '' : `<p>Fails by it:</p><ul class="links">${list}</ul>`}</div>`;
    })
    .join('');
}

function heading(kind: string, name: string): string {
  return `<p class="kind">${escapeMarkup(kind)}</p><h2 tabindex="-1">${escapeMarkup(name)}</h2>`;
}

function facts(pairs: readonly (readonly [name: string, markup: string])[]): string {
  const shown = pairs.filter(([, markup]) => markup !== '');
  if (shown.length === 0) return '';
  return `<dl>${shown.map(([name, markup]) => `<dt>${escapeMarkup(name)}</dt><dd>${markup}</dd>`).join('')}</dl>`;
}

function findingList(picture: Picture, indices: readonly number[]): string {
  const found = indices.flatMap((index) => {
    const finding = picture.findings[index];
    return finding === undefined ? [] : [findingMarkup(finding, index, picture.fixLines?.[index] ?? null)];
  });
  return found.length === 0 ? '' : `<h3>${counted(found.length, 'finding')}</h3>${found.join('')}`;
}

function connections(
  title: string,
  edges: readonly PictureEdge[],
  otherEnd: (edge: PictureEdge) => string,
  { picture, refer }: Known,
): string {
  if (edges.length === 0) return '';
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  const items = edges.flatMap((edge) => {
    const other = nodes.get(otherEnd(edge));
    const words = edgeLines(edge).join(', ');
    const grant =
      words === ''
        ? ''
        : ` <span class="grant ${edge.status}${edge.lost ? ' lost' : ''}">${escapeMarkup(words)}</span>`;
    return other === undefined ? [] : [`<li>${goButton(other, refer)}${grant}</li>`];
  });
  return items.length === 0 ? '' : `<h3>${title}</h3><ul class="links">${items.join('')}</ul>`;
}

function goButton(node: PictureNode, refer: Refer): string {
  const outcome = node.outcome === null ? '' : `, ${node.outcome}`;
  return `<button type="button" data-go="${refer(node)}">${escapeMarkup(node.label)}</button><small>${KIND_NAMES[node.kind]}${outcome}</small>`;
}

function stackPath(picture: Picture, id: string | null): string {
  const stacks = new Map(picture.stacks.map((stack) => [stack.id, stack]));
  const names: string[] = [];
  const seen = new Set<string>();
  for (let current = id; current !== null && !seen.has(current); ) {
    seen.add(current);
    const stack = stacks.get(current);
    if (stack === undefined) break;
    names.unshift(stack.label);
    current = stack.parent;
  }
  return names.join(' › ');
}

import { edgeText, nodeDetail } from '../environments.js';
import { findingMarkup, placeMarkup } from '../finding.js';
import { KIND_NAMES } from '../icons.js';
import type { Picture, PictureEdge, PictureNode } from '../picture.js';
import { counted, escapeMarkup } from '../text.js';
import { findingsOf } from './view.js';

/** Gives a node that a button leads to a number; the button bears it as `data-go`. */
export type Refer = (node: PictureNode) => number;

/** What is known about a node, as HTML with all text escaped. `members` are the nodes of a group, or none. */
export function nodeDetails(
  picture: Picture,
  node: PictureNode,
  members: readonly PictureNode[],
  refer: Refer,
): string {
  const incoming = picture.edges.filter((edge) => edge.to === node.id);
  const outgoing = picture.edges.filter((edge) => edge.from === node.id);
  return [
    heading(KIND_NAMES[node.kind], node.label),
    node.outcome === null ? '' : `<p class="outcome ${node.outcome}">Token exchange ${node.outcome}</p>`,
    facts([
      ['Detail', escapeMarkup(nodeDetail(node))],
      ['Stack', escapeMarkup(stackPath(picture, node.stack))],
      ['Place', node.file === null || members.length > 0 ? '' : placeMarkup(node.file, node.range)],
    ]),
    findingList(picture, findingsOf(picture, node)),
    connections('Comes from', incoming, (edge) => edge.from, picture, refer),
    connections('Leads to', outgoing, (edge) => edge.to, picture, refer),
    members.length === 0
      ? ''
      : `<h3>${counted(members.length, 'node')} without findings</h3><ul class="links">${members.map((member) => `<li>${goButton(member, refer)}</li>`).join('')}</ul>`,
  ].join('');
}

/** What is known about an edge. */
export function edgeDetails(picture: Picture, edge: PictureEdge, refer: Refer): string {
  const ends = [edge.from, edge.to].map((id) => picture.nodes.find((node) => node.id === id));
  return [
    heading('Connection', ends.map((end) => end?.label ?? '').join(' → ')),
    edge.status === 'plain' ? '' : `<p class="outcome ${edge.status}">Token exchange ${edge.status}</p>`,
    facts([
      ['Grant', escapeMarkup(edge.label)],
      ['Environments', escapeMarkup((edge.environments ?? []).join(', '))],
    ]),
    findingList(picture, edge.findings),
    `<h3>Between</h3><ul class="links">${ends.map((end) => (end === undefined ? '' : `<li>${goButton(end, refer)}</li>`)).join('')}</ul>`,
  ].join('');
}

function heading(kind: string, name: string): string {
  return `<p class="kind">${escapeMarkup(kind)}</p><h2 tabindex="-1">${escapeMarkup(name)}</h2>`;
}

function facts(pairs: readonly (readonly [name: string, markup: string])[]): string {
  const shown = pairs.filter(([, markup]) => markup !== '');
  if (shown.length === 0) return '';
  return `<dl>${shown.map(([name, markup]) => `<dt>${name}</dt><dd>${markup}</dd>`).join('')}</dl>`;
}

function findingList(picture: Picture, indices: readonly number[]): string {
  const found = indices.flatMap((index) => {
    const finding = picture.findings[index];
    return finding === undefined ? [] : [findingMarkup(finding, index)];
  });
  return found.length === 0 ? '' : `<h3>${counted(found.length, 'finding')}</h3>${found.join('')}`;
}

function connections(
  title: string,
  edges: readonly PictureEdge[],
  otherEnd: (edge: PictureEdge) => string,
  picture: Picture,
  refer: Refer,
): string {
  const items = edges.flatMap((edge) => {
    const other = picture.nodes.find((node) => node.id === otherEnd(edge));
    const said = edgeText(edge);
    const grant = said === '' ? '' : ` <span class="grant ${edge.status}">${escapeMarkup(said)}</span>`;
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

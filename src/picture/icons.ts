import { type ConsumerNodeKind, consumerKinds } from '../agentcore/facts/consumer-kinds.js';
import type { PictureNodeKind } from './picture.js';

/** The entries of the kinds of consumers, from their table. */
export function ofConsumers<Value>(
  entry: (row: (typeof consumerKinds)[number]) => Value,
): Readonly<Record<ConsumerNodeKind, Value>> {
  return Object.fromEntries(consumerKinds.map((row) => [row.node, entry(row)])) as Record<
    ConsumerNodeKind,
    Value
  >;
}

/** Outlines in a square of 20 by 20, drawn with a stroke and no fill. */
export const KIND_ICONS: Readonly<Record<PictureNodeKind, string>> = {
  // A shield with a keyhole.
  'inbound-authorizer': 'M10 2.5 16.5 5v4.6c0 3.7-2.6 6.5-6.5 7.9-3.9-1.4-6.5-4.2-6.5-7.9V5ZM10 8.2v3.6',
  // A hat.
  role: 'M2.5 13.5c2 1.6 13 1.6 15 0M5 12.6V8.2c0-4 10-4 10 0v4.4M5 10.4c2.5 1 7.5 1 10 0',
  // A door with ways through it.
  gateway: 'M4 17V7a6 6 0 0 1 12 0v10M2.5 17h15M10 9.5v3M7 13.5v3.5M13 13.5v3.5',
  ...ofConsumers(({ icon }) => icon),
  // A key.
  provider: 'M6.8 9a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 1 0 0-7.6ZM9.6 10.4 16.8 3.2M13.6 6.4l2.6 2.6',
  // A badge with a head and shoulders.
  'identity-provider':
    'M4.5 3h11a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM10 6.6a2 2 0 1 0 0 4 2 2 0 1 0 0-4ZM6.2 14.6c.8-3 6.8-3 7.6 0',
  // A broken link.
  unresolved:
    'M8.5 5.5 10 4a3.9 3.9 0 0 1 5.6 5.6l-1.4 1.4M11.5 14.5 10 16a3.9 3.9 0 0 1-5.6-5.6L5.8 9M3.5 3.5l13 13',
};

/** The word for each kind, as it is read out. */
export const KIND_NAMES: Readonly<Record<PictureNodeKind, string>> = {
  'inbound-authorizer': 'Inbound authorizer',
  role: 'Role',
  gateway: 'Gateway',
  ...ofConsumers(({ label }) => label),
  provider: 'Credential provider',
  'identity-provider': 'Identity provider',
  unresolved: 'Unresolved reference',
};

export type Outcome = 'verified' | 'failed' | 'unverified';

/** What is marked: an outcome, or that the user's identity is lost. */
export type Mark = Outcome | 'lost';

/** Signs around a middle of 0,0, about 7 wide: a tick, a cross, a question mark, somebody crossed out. */
const MARKS: Readonly<Record<Mark, string>> = {
  verified: 'M-3.2 .3-1 2.6 3.3-2.2',
  failed: 'M-2.7-2.7 2.7 2.7M2.7-2.7-2.7 2.7',
  unverified: 'M-2-1.7a2 2 0 1 1 2.7 2C0 .7 0 .9 0 1.3M0 3.4v.1',
  lost: 'M0-4.2a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 1 0 0-3.4ZM-3.2 3.4c.5-3.2 5.9-3.2 6.4 0M-4.6 4.2 4.6-4.6',
};

/** A filled circle with the sign of an outcome, so that colour is never all that tells. */
export function outcomeMark(outcome: Mark, x: number, y: number, radius = 8): string {
  const scale = radius === 8 ? '' : ` scale(${radius / 8})`;
  return `<g class="mark ${outcome}" transform="translate(${x} ${y})${scale}"><circle r="8"/><path d="${MARKS[outcome]}"/></g>`;
}

/** The word for several of a kind, in small letters. */
export function pluralOf(kind: PictureNodeKind): string {
  const row = consumerKinds.find(({ node }) => node === kind);
  return row === undefined ? `${KIND_NAMES[kind].toLowerCase()}s` : pluralOfLabel(row.label);
}

function pluralOfLabel(label: string): string {
  return `${label.toLowerCase()}${label.endsWith('s') ? 'es' : 's'}`;
}

import { isTrue } from '../plain/is-true.js';
import type { Span } from '../source/types.js';
import { credentialSpans } from './credentials.js';
import { type Entry, outline } from './outline.js';
import { isSecretName } from './secret-names.js';

/** References: what they hold are names. */
const REFERENCES: ReadonlySet<string> = new Set([
  'Ref',
  'Condition',
  'Fn::GetAtt',
  'Fn::ImportValue',
  'Fn::FindInMap',
  'Fn::GetAZs',
  '!Ref',
  '!Condition',
  '!GetAtt',
  '!ImportValue',
  '!FindInMap',
  '!GetAZs',
]);
/** Maps that say in one entry what the other one holds: `{ Name: CLIENT_SECRET, Value: ... }`. */
const NAME_KEYS: ReadonlySet<string> = new Set(['Name', 'Key', 'ParameterKey', 'name', 'key']);
/** What holds the secret in such a map, in a parameter, or in any other map that is named like a secret. */
const VALUE_KEYS: ReadonlySet<string> = new Set([
  'Value',
  'value',
  'ParameterValue',
  'Default',
  'AllowedValues',
]);

const NO_SECRET = /^(?:true|false|null|none|yes|no|~|arn:.*)?$/is;
const DYNAMIC_REFERENCE = /\{\{resolve:(?:[^{}]|\$\{[^{}]*\})*\}\}/g;
const DYNAMIC_REFERENCE_OR_PLACEHOLDER = /\{\{resolve:(?:[^{}]|\$\{[^{}]*\})*\}\}|\$\{[^{}]*\}/g;

/**
 * A template's text with its secrets as asterisks: values of keys that are named like a secret, defaults and allowed
 * values of parameters that are `NoEcho` or named like a secret, and whatever looks like a credential.
 *
 * The result is as long as `text` in UTF-16 units and has the same lines, so every position holds. It works on the
 * text alone, JSON or YAML, whole or broken, and masks too much rather than too little. Dynamic references, intrinsic
 * functions that only refer to something, and ARNs stay.
 */
export function maskSecrets(text: string): string {
  return replaceSpans(text, [...namedSpans(text), ...credentialSpans(text)], (secret) =>
    secret.replace(
      /([^\S\r\n]*)([^\r\n]+)/g,
      (_, indent: string, rest: string) => indent + '*'.repeat(rest.length),
    ),
  );
}

/** A message with everything in it that looks like a credential as `****`, whatever its length. */
export function maskCredentials(message: string): string {
  return replaceSpans(message, credentialSpans(message), () => '****');
}

function* namedSpans(text: string): Generator<Span> {
  const entries = outline(text);
  const value = ({ scalar }: Entry) => (scalar === undefined ? '' : text.slice(scalar.start, scalar.end));
  const hidden = new Set<Entry>();
  for (const entry of entries) {
    if (entry.parent === undefined || entry.key === undefined) continue;
    if (entry.key === 'NoEcho' && isTrue(value(entry))) hidden.add(entry.parent);
    else if (NAME_KEYS.has(entry.key) && isSecretName(value(entry))) hidden.add(entry.parent);
  }

  const reaches = new Map<Entry, Reach>();
  for (const entry of entries) {
    const reach = reachOf(entry, hidden, reaches);
    if (reach === undefined) continue;
    reaches.set(entry, reach);
    if (entry.scalar !== undefined) yield* literalParts(text, entry.scalar, isSubstituted(entry));
  }
}

/** How far a secret goes down: to scalars and lists, or through all that an intrinsic function is built of. */
type Reach = 'value' | 'function';

/** Whether an entry holds a secret, given that of its parent. */
function reachOf(
  entry: Entry,
  hidden: ReadonlySet<Entry>,
  reaches: ReadonlyMap<Entry, Reach>,
): Reach | undefined {
  const { key, tag, parent } = entry;
  if ((key !== undefined && REFERENCES.has(key)) || (tag !== undefined && REFERENCES.has(tag)))
    return undefined;
  const outer = parent === undefined ? undefined : reaches.get(parent);
  const own = holdsSecret(entry, hidden);
  if (!own && outer === undefined) return undefined;
  if (tag?.startsWith('!') && !tag.startsWith('!!')) return 'function';
  if (own) return 'value';
  if (key === undefined) return isConditionName(entry) ? undefined : outer;
  return key.startsWith('Fn::') || outer === 'function' ? 'function' : undefined;
}

function holdsSecret({ key, parent }: Entry, hidden: ReadonlySet<Entry>): boolean {
  if (key === undefined) return false;
  if (isSecretName(key)) return true;
  if (parent === undefined) return false;
  return VALUE_KEYS.has(key) && (hidden.has(parent) || isSecretName(parent.key ?? ''));
}

/** The first argument of an `Fn::If`. */
function isConditionName({ parent, position }: Entry): boolean {
  return position === 0 && (parent?.key === 'Fn::If' || parent?.tag === '!If');
}

/** Whether `${...}` in an entry's text refers to something. */
function isSubstituted(entry: Entry): boolean {
  const isSub = (one: Entry | undefined) => one?.key === 'Fn::Sub' || one?.tag === '!Sub';
  return isSub(entry) || (entry.key === undefined && isSub(entry.parent));
}

/** The parts of a scalar that are written out, without its dynamic references. */
function* literalParts(text: string, { start, end }: Span, substituted: boolean): Generator<Span> {
  const scalar = text.slice(start, end);
  if (NO_SECRET.test(scalar.trim())) return;
  let from = 0;
  for (const match of scalar.matchAll(substituted ? DYNAMIC_REFERENCE_OR_PLACEHOLDER : DYNAMIC_REFERENCE)) {
    if (match.index > from) yield { start: start + from, end: start + match.index };
    from = match.index + match[0].length;
  }
  if (from < scalar.length) yield { start: start + from, end };
}

function replaceSpans(text: string, spans: Span[], replace: (part: string) => string): string {
  if (spans.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of spans.sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(at, start);
    parts.push(text.slice(at, from), replace(text.slice(from, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

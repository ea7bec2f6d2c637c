import fc from 'fast-check';
import type { FuzzFile, ParsedFile } from './corpus.js';
import { expression } from './expressions.js';

/** What is done to a text: its end is cut off, a stretch is replaced, or lines change places. */
export type TextEdit =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'replace'; readonly at: number; readonly remove: number; readonly insert: string }
  | { readonly kind: 'swap'; readonly at: number; readonly with: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly times: number };

/** A place in a text or tree of any size: a share of it. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const SNIPPETS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    "'",
    '\\',
    '-',
    '#',
    '&a ',
    '*a',
    '!Ref ',
    '!Sub ',
    '!If ',
    '<<: ',
    '|',
    '>',
    '?',
    '%',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\n---\n',
    '\n...\n',
    '\uFEFF',
    '\0',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    '😀',
    '\u0085',
  ],
  ...[
    '\\u0041',
    '${',
    '{{resolve:ssm:x}}',
    '__proto__',
    'constructor',
    '::error::x',
    '##[add-mask]x',
    '# cfn-tx-lint-disable ',
  ],
  ...[
    'AWS::BedrockAgentCore::',
    'Fn::ForEach::L',
    'null',
    '~',
    '1e400',
    '-0',
    '<script>',
    '# cfn-tx-lint-disable-next-line ',
  ],
];

export const textEdit: fc.Arbitrary<TextEdit> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({
    kind: fc.constant('replace' as const),
    at: place,
    remove: fc.nat(12),
    insert: fc.oneof(
      fc.constantFrom(...SNIPPETS),
      fc.string({ maxLength: 4, unit: 'binary' }),
      fc.constant(''),
    ),
  }),
  fc.record({ kind: fc.constant('swap' as const), at: place, with: place }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, times: fc.integer({ min: 2, max: 5 }) }),
);

/** One of the files with the edits made to its text. */
export function editText(files: readonly FuzzFile[], which: number, edits: readonly TextEdit[]): FuzzFile[] {
  const index = which % files.length;
  return files.map((file, at) =>
    at === index ? { ...file, text: edits.reduce(editOnce, file.text) } : file,
  );
}

function editOnce(text: string, edit: TextEdit): string {
  if (edit.kind === 'cut') return text.slice(0, Math.floor(edit.at * (text.length + 1)));
  if (edit.kind === 'replace') {
    const at = Math.floor(edit.at * (text.length + 1));
    return text.slice(0, at) + edit.insert + text.slice(at + edit.remove);
  }
  const lines = text.split('\n');
  const at = Math.floor(edit.at * lines.length);
  if (edit.kind === 'repeat') lines.splice(at, 0, ...Array<string>(edit.times).fill(lines[at] ?? ''));
  else {
    const other = Math.floor(edit.with * lines.length);
    [lines[at], lines[other]] = [lines[other] ?? '', lines[at] ?? ''];
  }
  return lines.join('\n');
}

/** What is done to a tree: at a place, or with two places. */
export interface TreeEdit {
  readonly kind: 'delete' | 'replace' | 'swap' | 'rename' | 'copy' | 'wrap' | 'nest';
  readonly at: number;
  readonly with: number;
  readonly value: unknown;
  readonly key: string;
}

export const treeEdit: fc.Arbitrary<TreeEdit> = fc.record({
  kind: fc.constantFrom('delete', 'replace', 'replace', 'swap', 'rename', 'copy', 'wrap', 'nest'),
  at: place,
  with: place,
  value: expression,
  key: fc.constantFrom(
    ...[
      '__proto__',
      'constructor',
      'toString',
      'Ref',
      'Fn::If',
      'Fn::GetAtt',
      'Fn::Sub',
      'Fn::Transform',
      'Fn::ForEach::X',
    ],
    ...[
      'Condition',
      'Properties',
      'Metadata',
      'cfn-tx-lint',
      'GrantType',
      'ProviderArn',
      'Type',
      'Name',
      '',
      'a.b',
      '\u001b[31m',
      '##[error]x',
      '\n::error::x',
      '<b a="',
      '\u202e',
    ],
  ),
});

/** The templates with the edits made to their trees, each edit anywhere in any of them. */
export function editTrees(files: readonly ParsedFile[], edits: readonly TreeEdit[]): ParsedFile[] {
  const top: Container = { files: files.map(({ value }) => structuredClone(value)) };
  for (const edit of edits) {
    const slots = slotsOf(top);
    const slot = slots[Math.floor(edit.at * slots.length)];
    const other = slots[Math.floor(edit.with * slots.length)];
    if (slot !== undefined && other !== undefined) editTree(slot, other, edit);
  }
  const values = top.files as unknown[];
  return files.map((file, index) => ({ ...file, value: values[index] }));
}

type Container = Record<string, unknown> | unknown[];

/** A place in a tree: an entry of a map or an item of a list. */
interface Slot {
  readonly container: Container;
  readonly key: string | number;
}

function slotsOf(top: Container): Slot[] {
  const slots: Slot[] = [];
  const open: Container[] = [top];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    const keys = Array.isArray(container) ? [...container.keys()] : Object.keys(container);
    for (const key of keys) {
      // The list of files stays as it is.
      if (container !== top) slots.push({ container, key });
      const entry = get({ container, key });
      if (typeof entry === 'object' && entry !== null) open.push(entry as Container);
    }
  }
  return slots;
}

function get({ container, key }: Slot): unknown {
  return (container as Record<string | number, unknown>)[key];
}

function set({ container, key }: Slot, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

function editTree(slot: Slot, other: Slot, edit: TreeEdit): void {
  const { container, key } = slot;
  const value = get(slot);
  const theirs = get(other);
  switch (edit.kind) {
    case 'delete':
      if (Array.isArray(container)) container.splice(Number(key), 1);
      else delete container[key];
      return;
    case 'replace':
      set(slot, structuredClone(edit.value));
      return;
    case 'swap':
      set(slot, structuredClone(theirs));
      set(other, structuredClone(value));
      return;
    case 'copy':
      set(slot, structuredClone(theirs));
      return;
    case 'rename':
      if (Array.isArray(container)) return;
      delete container[key];
      set({ container, key: edit.key }, value);
      return;
    case 'wrap':
      set(slot, { 'Fn::If': [edit.key, value, structuredClone(edit.value)] });
      return;
    case 'nest':
      set(slot, { [edit.key]: value });
      return;
  }
}

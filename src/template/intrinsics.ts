import { isMap } from '../plain/map.js';

/**
 * The keys that make a single-key map an intrinsic function where a value is expected.
 * `Condition` is one only inside conditions, so it is not here.
 */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'Ref',
  'Fn::Base64',
  'Fn::Cidr',
  'Fn::FindInMap',
  'Fn::GetAZs',
  'Fn::GetAtt',
  'Fn::GetStackOutput',
  'Fn::If',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Length',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
  'Fn::ToJsonString',
  'Fn::Transform',
  // What only conditions and rules may hold; elsewhere they are expressions that nobody can evaluate.
  'Fn::And',
  'Fn::Equals',
  'Fn::Not',
  'Fn::Or',
  'Fn::Contains',
  'Fn::EachMemberEquals',
  'Fn::EachMemberIn',
  'Fn::RefAll',
  'Fn::ValueOf',
  'Fn::ValueOfAll',
]);

/** Whether CloudFormation has an intrinsic function of this name. */
export function isFunction(name: string): boolean {
  return FUNCTIONS.has(name);
}

/** An intrinsic function as it stands in a template. */
export interface IntrinsicCall {
  readonly name: string;
  readonly argument: unknown;
}

/**
 * The intrinsic function that a plain value is, or undefined when it is a plain map, list or scalar.
 * A single key that begins with `Fn::` and is no known function counts as one that cannot be evaluated.
 */
export function intrinsicCall(value: unknown): IntrinsicCall | undefined {
  if (!isMap(value)) return undefined;
  let name: string | undefined;
  for (const key in value) {
    if (name !== undefined) return undefined;
    name = key;
  }
  if (name === undefined) return undefined;
  if (!FUNCTIONS.has(name) && !name.startsWith('Fn::')) return undefined;
  return { name, argument: value[name] };
}

/** Splits the short form of `Fn::GetAtt`: the logical id ends at the first dot. */
export function splitAttribute(text: string): { logicalId: string; attribute: string } | undefined {
  const dot = text.indexOf('.');
  if (dot <= 0 || dot === text.length - 1) return undefined;
  return { logicalId: text.slice(0, dot), attribute: text.slice(dot + 1) };
}

/** One stretch of a `Fn::Sub` text: literal text, or the name between `${` and `}`. */
export type SubPiece = { readonly literal: string } | { readonly name: string };

/** Cuts the text of `Fn::Sub`; `${!x}` is the literal `${x}`. */
export function subPieces(text: string): SubPiece[] {
  const pieces: SubPiece[] = [];
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf('${', from);
    const close = open < 0 ? -1 : text.indexOf('}', open);
    if (close < 0) break;
    const name = text.slice(open + 2, close);
    if (name.startsWith('!')) {
      pieces.push({ literal: `${text.slice(from, open)}\${${name.slice(1)}}` });
    } else {
      if (open > from) pieces.push({ literal: text.slice(from, open) });
      pieces.push({ name: name.trim() });
    }
    from = close + 1;
  }
  if (from < text.length) pieces.push({ literal: text.slice(from) });
  return pieces;
}

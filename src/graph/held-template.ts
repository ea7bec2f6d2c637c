import type { Evaluator } from '../evaluate/evaluator.js';
import { PastLimit } from '../evaluate/limits.js';
import { Scenario } from '../evaluate/scenario.js';
import type { Cursor } from '../evaluate/stack-instance.js';
import { type Alternative, knownText } from '../evaluate/value.js';
import { HOLE_END, HOLE_START } from '../frontends/front-end.js';
import { own } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { subPieces } from '../template/intrinsics.js';

/** Makes a text of a map: its places are those of the map. */
const JSON_STRING = 'Fn::ToJsonString';

/** A template that a property holds as a text. */
export interface HeldTemplate {
  /** The text, with a mark for each stretch that is not known, see `HOLE_START`. */
  readonly text: string;
  /** Why each of these is not known, as a clause. */
  readonly holes: readonly string[];
  /** Where in the template around what the text is made of is written. */
  readonly path: Path;
}

/**
 * The template that a property holds: as a text, or put together by `Fn::Join` or `Fn::Sub`, as the CDK does where a
 * stack's own values stand in it. Dynamic references in it are left to the stacks that it makes. Of `Fn::ToJsonString`
 * it is what that makes of its map, in which the template around resolves the functions.
 *
 * @param held what the property is in one scenario
 * @returns undefined for what is put together in another way
 */
export function heldTemplate({ at, value }: Alternative, evaluator: Evaluator): HeldTemplate | undefined {
  if (own(at.raw, JSON_STRING) !== undefined) {
    const made = jsonTemplate(value);
    return made && { ...made, path: at.instance.template.sourcePath([...at.path, JSON_STRING]) };
  }
  const pieces = piecesOf(at);
  if (pieces === undefined) return undefined;
  const holes: string[] = [];
  const text = pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      const known = textOf(piece, evaluator);
      if (known !== undefined) return known;
      holes.push('it is put into the template when that is deployed');
      return `${HOLE_START}${holes.length - 1}${HOLE_END}`;
    })
    .join('');
  return { text, holes, path: at.instance.template.sourcePath(at.path) };
}

/** The JSON that is made of a map: what is not known in it stands within a text, or for a whole value. */
function jsonTemplate(value: Alternative['value']): Omit<HeldTemplate, 'path'> | undefined {
  if (value.kind !== 'text') return undefined;
  const holes: string[] = [];
  let inText = false;
  const text = value.parts
    .map((part) => {
      if (typeof part !== 'string') {
        holes.push('it is put into the template when that is deployed');
        const hole = `${HOLE_START}${holes.length - 1}${HOLE_END}`;
        return inText ? hole : JSON.stringify(hole);
      }
      const quotes = part.replace(/\\./gs, '').split('"').length - 1;
      inText = inText !== (quotes % 2 === 1);
      return part;
    })
    .join('');
  return { text, holes };
}

/** The stretches of a text: literal ones, and the expressions between them. */
function piecesOf(at: Cursor): (string | Cursor)[] | undefined {
  if (typeof at.raw === 'string') return at.raw.includes(HOLE_START) ? undefined : [at.raw];
  const joined = at.child('Fn::Join');
  const list = joined.child(1);
  if (joined.exists && typeof own(joined.raw, 0) === 'string' && Array.isArray(list.raw)) {
    const delimiter = String(own(joined.raw, 0));
    const items = list.raw.map((item: unknown, index) =>
      typeof item === 'string' ? item : list.child(index),
    );
    return items.flatMap((item, index) => (index === 0 ? [item] : [delimiter, item]));
  }
  const filled = at.child('Fn::Sub');
  const text = typeof filled.raw === 'string' ? filled.raw : own(filled.raw, 0);
  if (typeof text !== 'string') return undefined;
  const given = filled.child(1);
  return subPieces(text).map((piece) => {
    if ('literal' in piece) return piece.literal;
    const { name } = piece;
    const named = given.child(name);
    if (named.exists) return named;
    const dot = name.indexOf('.');
    return at.holding(dot < 0 ? { Ref: name } : { 'Fn::GetAtt': [name.slice(0, dot), name.slice(dot + 1)] });
  });
}

/** The text of an expression that has one value in every scenario. */
function textOf(expression: Cursor, evaluator: Evaluator): string | undefined {
  try {
    const [only, ...others] = evaluator.evaluate(expression, Scenario.always);
    return only?.value.kind === 'text' && others.length === 0 ? knownText(only.value) : undefined;
  } catch (error) {
    if (error instanceof PastLimit) return undefined;
    throw error;
  }
}

import type { Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { binaryContent, tooLarge } from '../../source/decode.js';
import { characterAt, type Fault, failure } from '../../source/fault.js';
import { MAX_FILE_BYTES } from '../../source/limits.js';
import { BYTE_ORDER_MARK } from '../../source/position.js';
import { type Places, TextSource } from '../../source/text-source.js';
import type { Location, ParseResult, PathStep, Span } from '../../source/types.js';
import { CALL_NAMES, CALLS } from './calls.js';
import { PythonEvaluator } from './evaluate.js';
import { type FoundCall, type Names, readNames } from './scopes.js';
import { namedTexts } from './texts.js';
import { Entries } from './values.js';

/** What is known of a call beside its arguments. */
export interface CallFacts {
  /** Its number in the order of the text. */
  readonly number: number;
  /** The function in which it stands, or that it decorates. */
  readonly function: string | undefined;
}

const facts = new WeakMap<object, CallFacts>();

/** What is known of a call, by its arguments in the value of a source. */
export function factsOf(call: object): CallFacts | undefined {
  return facts.get(call);
}

/** The entry of a source's value that holds the texts to which names are bound: secrets are known by their names. */
export const TEXTS = 'texts';

/**
 * Reads a Python text.
 *
 * @returns a source whose value has, by the name of each call that is read, the arguments of every such call in the
 *   order of the text: `{ create_gateway_target: [{ name: 'hr' }] }`. A path into it leads to the place in the text.
 */
export function parsePython(file: string, text: string): ParseResult {
  const refused = text.length > MAX_FILE_BYTES ? tooLarge() : binaryContent(text);
  if (refused !== undefined) return failure(text, refused);
  const offset = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const code = text.slice(offset);
  const tree = treeOf(code);
  if (tree === undefined)
    return failure(text, { message: 'The code is nested too deep', span: { start: 0, end: 0 } });
  const names = readNames(tree, code, new Set(CALL_NAMES));
  const fault = faultOf(names, code);
  if (fault !== undefined) return failure(text, fault);

  const entries = new Entries();
  const byPlace = new Map(names.calls.map((call, index) => [placeOf(call), index]));
  const evaluator = new PythonEvaluator({
    text: code,
    offset,
    entries,
    attributes: names.attributes,
    shared: names.shared,
    callNumber: (node) => byPlace.get(`${node.from} ${node.to}`),
  });
  const value: Record<string, unknown> = {};
  names.calls.forEach((call, number) => {
    const read = argumentsOf(call, evaluator);
    if (read === undefined) return;
    facts.set(read, { number, function: call.decorated ?? call.scope.functionName });
    const name = call.called;
    const known = value[name];
    const list: unknown[] = Array.isArray(known) ? known : [];
    value[name] = list;
    const places = new Map(entries.of(list));
    places.set(list.length, { key: evaluator.span(call.name), value: evaluator.span(call.node) });
    list.push(read);
    entries.set(list, places);
  });
  const whole: Span = { start: offset, end: text.length };
  entries.set(
    value,
    new Map(Object.keys(value).map((name): [PathStep, Location] => [name, { key: undefined, value: whole }])),
  );
  value[TEXTS] = namedTexts(tree, code);
  return {
    ok: true,
    source: new TextSource(
      file,
      'python',
      text,
      value,
      new PythonPlaces(entries, whole, commentsOf(tree, offset)),
    ),
  };
}

class PythonPlaces implements Places {
  constructor(
    private readonly known: Entries,
    private readonly whole: Span,
    private readonly found: readonly Span[],
  ) {}

  root(): Span {
    return this.whole;
  }

  entries(container: object): ReadonlyMap<PathStep, Location> {
    return this.known.of(container);
  }

  comments(): readonly Span[] {
    return this.found;
  }
}

/** The arguments of a call; undefined for a function of the user's own that bears the same name. */
function argumentsOf(
  call: FoundCall,
  evaluator: PythonEvaluator,
): Readonly<Record<string, unknown>> | undefined {
  const kind = CALLS.get(call.called);
  const list = call.node.getChild('ArgList');
  // A method of a client, but for what is imported from the SDK by its name.
  const isMethod = call.node.firstChild?.name === 'MemberExpression' || call.node.name === 'Decorator';
  if (kind === undefined || list === null || (kind.does !== 'ask' && !isMethod)) return undefined;
  const read = evaluator.keywords(list, call.scope);
  const known: readonly string[] = kind.does === 'ask' ? [kind.names.provider, kind.names.flow] : kind.keys;
  const keys = Object.keys(read ?? {});
  const isApi =
    kind.does === 'ask'
      ? known.some((key) => keys.includes(key))
      : keys.every((key) => known.includes(key) || /^(?:Fn::|onBehalfOf)/.test(key));
  return isApi && keys.length > 0 ? read : undefined;
}

function placeOf({ node }: FoundCall): string {
  return `${node.from} ${node.to}`;
}

/** The syntax tree; undefined for a text that is nested too deep. */
function treeOf(code: string): Tree | undefined {
  try {
    return parser.parse(code);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Why a text cannot be trusted to have been read. Where it leaves the grammar far from the calls it is let be: newer
 * versions of Python write what the parser does not know yet.
 */
function faultOf({ fault, calls }: Names, code: string): Fault | undefined {
  if (fault === undefined) return undefined;
  const isHit = calls.some(({ node }) => hasError(node));
  const written = new RegExp(`(?<!def\\s+)\\b(?:${CALL_NAMES.join('|')})\\s*\\(`).test(code);
  if (!isHit && (calls.length > 0 || !written)) return undefined;
  return { message: 'The text leaves the grammar of Python here', span: characterAt(code, fault) };
}

function hasError(node: FoundCall['node']): boolean {
  let found = false;
  node.toTree().iterate({
    enter: ({ type }) => {
      found ||= type.isError;
      return !found;
    },
  });
  return found;
}

function commentsOf(tree: Tree, offset: number): Span[] {
  const spans: Span[] = [];
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (name === 'Comment') spans.push({ start: from + offset, end: to + offset });
    },
  });
  return spans;
}

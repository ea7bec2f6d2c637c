import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { unknownValue } from './front-end.js';

const SERVICE = /bedrock-?agentcore-?control/i;

const TO_JSON = 'Fn::ToJsonString';

/** A call, and where it stands among the resource's properties. */
export interface SdkCall {
  readonly action: string;
  readonly parameters: PlainMap;
  readonly physicalResourceId: unknown;
  readonly at: Path;
}

/**
 * The calls of the control-plane API that a custom resource makes when it is created and when it is updated. The CDK
 * makes the one of `Update` in both, where there is no other.
 */
export function callsOf(resource: unknown): readonly SdkCall[] {
  const type = own(resource, 'Type');
  if (typeof type !== 'string' || !/^(?:Custom::|AWS::CloudFormation::CustomResource$)/.test(type)) return [];
  return (['Create', 'Update'] as const).flatMap((property) => {
    const written = own(own(resource, 'Properties'), property);
    const call = parseCall(written);
    const service = own(call, 'service');
    const action = own(call, 'action');
    if (typeof service !== 'string' || typeof action !== 'string' || !SERVICE.test(service)) return [];
    const parameters = own(call, 'parameters');
    return {
      action: `${action.slice(0, 1).toLowerCase()}${action.slice(1).replace(/Command$/, '')}`,
      parameters: isMap(parameters) ? parameters : {},
      physicalResourceId: own(call, 'physicalResourceId'),
      at: isMap(own(written, TO_JSON)) ? [property, TO_JSON] : [property],
    };
  });
}

/** Stands for the token of an `Fn::Join` while the text around it is parsed. */
const TOKEN = /\u{F0000}(\d+)\u{F0001}/u;

/**
 * The JSON of a text, or of a text that `Fn::Join`, `Fn::Sub` or `Fn::ToJsonString` puts together: its tokens become values
 * again. Before version 1.80 the CDK wrote a map.
 */
function parseCall(written: unknown): unknown {
  if (own(written, 'service') !== undefined) return written;
  const asJson = own(written, TO_JSON);
  if (isMap(asJson)) return asJson;
  const parts = partsOf(written);
  if (parts === undefined) return undefined;
  let text = '';
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') text += part;
    // Outside of a JSON string a token stands for a whole value, of whatever type.
    else text += isWithinString(text) ? token(index) : OPEN_VALUE;
  }
  try {
    return withTokens(JSON.parse(text), parts);
  } catch {
    return undefined;
  }
}

/** The pieces of a text, and the tokens between them. */
function partsOf(written: unknown): readonly unknown[] | undefined {
  if (typeof written === 'string') return [written];
  const join = own(written, 'Fn::Join');
  const joined = own(join, 0) === '' ? own(join, 1) : undefined;
  if (Array.isArray(joined)) return joined;
  const sub = own(written, 'Fn::Sub');
  const [text, given] = Array.isArray(sub) ? sub : [sub];
  if (typeof text !== 'string') return undefined;
  // Every second piece is what stands between the braces.
  return text
    .split(/\$\{([A-Za-z0-9:.]+)\}/)
    .map((piece, index) =>
      index % 2 === 0 ? piece.replaceAll('${!', '${') : (own(given, piece) ?? referenceTo(piece)),
    );
}

function referenceTo(name: string): PlainMap {
  const dot = name.indexOf('.');
  return dot < 0 ? { Ref: name } : { 'Fn::GetAtt': [name.slice(0, dot), name.slice(dot + 1)] };
}

/** A value that nobody knows, as JSON. */
const OPEN_VALUE = JSON.stringify(unknownValue('a token of the CDK stands for it'));

function token(index: number): string {
  return `\u{F0000}${index}\u{F0001}`;
}

function isWithinString(text: string): boolean {
  let isWithin = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = at;
    while (text[slashes - 1] === '\\') slashes--;
    if ((at - slashes) % 2 === 0) isWithin = !isWithin;
  }
  return isWithin;
}

/** A value in which the tokens stand in the place of what they are. */
function withTokens(value: unknown, parts: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withTokens(item, parts));
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withTokens(entry, parts)]));
  }
  if (typeof value !== 'string' || !TOKEN.test(value)) return value;
  // Every second piece is the index of a token.
  const pieces = value.split(TOKEN).map((piece, index) => (index % 2 === 1 ? parts[Number(piece)] : piece));
  const told = pieces.filter((piece) => piece !== '');
  return told.length === 1 ? told[0] : { 'Fn::Join': ['', told] };
}

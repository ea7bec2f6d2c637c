import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { apiDialect, CALL_SAYINGS } from './api-dialect.js';
import { type ApiKind, apiResource, apiSpelling } from './api-shapes.js';
import { asItIs, cloudFormation } from './cloudformation.js';
import { type Dialect, type FrontEnd, providerArnOf, unknownValue } from './front-end.js';
import { plainOf } from './lowering.js';
import { Origins } from './origins.js';

/*
 * The CDK's `AwsCustomResource`: a resource of a type `Custom::...` whose `Create` and `Update` hold an API call as a
 * JSON text, `{ service, action, parameters, physicalResourceId }`
 * (aws-cdk-lib/custom-resources/lib/aws-custom-resource).
 */

/** What the calls make, by the action's name without `Command` and with a small first letter. */
const MAKES: Readonly<Record<string, ApiKind>> = {
  createGateway: 'gateway',
  updateGateway: 'gateway',
  createGatewayTarget: 'target',
  updateGatewayTarget: 'target',
  createOauth2CredentialProvider: 'provider',
  updateOauth2CredentialProvider: 'provider',
  createApiKeyCredentialProvider: 'api-key-provider',
  updateApiKeyCredentialProvider: 'api-key-provider',
  createHarness: 'harness',
  updateHarness: 'harness',
};

const SERVICE = /bedrock-?agentcore-?control/i;

/** The words of a call that the deployment makes. */
const callDialect: Dialect = { ...apiDialect, sayings: CALL_SAYINGS };

/** A call, and where it stands among the resource's properties. */
interface Call {
  readonly action: string;
  readonly parameters: PlainMap;
  readonly physicalResourceId: unknown;
  readonly property: string;
}

/** A template in which custom resources call the control-plane API: each call stands for the resource that it makes. */
export const awsCustomResource: FrontEnd = {
  id: 'aws-custom-resource',
  lower(source) {
    const template = cloudFormation.lower(source);
    const resources = own(template?.value, 'Resources');
    if (template === undefined || !isMap(resources)) return undefined;
    const calls = new Map<string, Call>();
    for (const [logicalId, resource] of Object.entries(resources)) {
      const call = callOf(resource);
      if (call !== undefined) calls.set(logicalId, call);
    }
    if (calls.size === 0) return template;
    const origins = new Origins();
    const made = new Map<string, unknown>();
    for (const [logicalId, call] of calls) {
      const path = ['Resources', logicalId, 'Properties'];
      const kind = MAKES[call.action];
      const written = kind === undefined ? undefined : apiResource(call.parameters, ['parameters'], kind);
      if (written === undefined) continue;
      const text: Path = [...path, call.property];
      origins.note(path, text, apiSpelling);
      const properties = plainOf(written.properties, path, (at, origin, spelling) =>
        origins.note(at, [...text, ...origin], spelling),
      );
      made.set(logicalId, {
        ...(own(resources, logicalId) as object),
        Type: written.type,
        Properties: properties,
      });
    }
    const references = new References(calls, made);
    const value = references.rewritten({
      ...template.value,
      Resources: Object.fromEntries(
        Object.entries(resources).map(([logicalId, resource]) => [
          logicalId,
          made.get(logicalId) ?? resource,
        ]),
      ),
    }) as PlainMap;
    return {
      ...asItIs(value),
      origin: (path) => (path[0] === 'Resources' && made.has(String(path[1])) ? origins.origin(path) : path),
      dialectOf: (logicalId) => (made.has(logicalId) ? callDialect : template.dialectOf(logicalId)),
    };
  },
};

/** The call that a custom resource makes when it is created, or, where it makes none then, when it is updated. */
function callOf(resource: unknown): Call | undefined {
  const type = own(resource, 'Type');
  if (typeof type !== 'string' || !/^(?:Custom::|AWS::CloudFormation::CustomResource$)/.test(type))
    return undefined;
  for (const property of ['Create', 'Update']) {
    const written = own(own(resource, 'Properties'), property);
    const call = parseCall(written);
    const service = own(call, 'service');
    const action = own(call, 'action');
    if (typeof service !== 'string' || typeof action !== 'string' || !SERVICE.test(service)) continue;
    const parameters = own(call, 'parameters');
    return {
      action: `${action.slice(0, 1).toLowerCase()}${action.slice(1).replace(/Command$/, '')}`,
      parameters: isMap(parameters) ? parameters : {},
      physicalResourceId: own(call, 'physicalResourceId'),
      property,
    };
  }
  return undefined;
}

/** Stands for the token of an `Fn::Join` while the text around it is parsed. */
const TOKEN = /\u{F0000}(\d+)\u{F0001}/u;

/** The JSON of a text, or of a text that `Fn::Join` puts together: its tokens become values again. */
function parseCall(written: unknown): unknown {
  const join = own(written, 'Fn::Join');
  const parts = typeof written === 'string' ? [written] : own(join, 0) === '' ? own(join, 1) : undefined;
  if (!Array.isArray(parts)) return undefined;
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

/** Lets references to the custom resources lead to what their calls make, or look up. */
class References {
  constructor(
    private readonly calls: ReadonlyMap<string, Call>,
    private readonly made: ReadonlyMap<string, unknown>,
  ) {}

  /** The value with its references rewritten; the same object where there are none. */
  rewritten(value: unknown): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item) => this.rewritten(item));
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    if (!isMap(value)) return value;
    const reference = this.reference(value);
    if (reference !== undefined) return reference;
    const entries = Object.entries(value).map(([key, entry]) => [key, this.rewritten(entry)] as const);
    return entries.some(([key, entry]) => entry !== value[key]) ? Object.fromEntries(entries) : value;
  }

  private reference(value: PlainMap): unknown {
    const ref = own(value, 'Ref');
    if (typeof ref === 'string') return this.physicalId(ref);
    const getAtt = own(value, 'Fn::GetAtt');
    if (typeof getAtt === 'string') {
      const dot = getAtt.indexOf('.');
      return this.attribute(getAtt.slice(0, dot), getAtt.slice(dot + 1));
    }
    if (Array.isArray(getAtt) && typeof getAtt[0] === 'string' && typeof getAtt[1] === 'string') {
      return this.attribute(getAtt[0], getAtt[1]);
    }
    const sub = own(value, 'Fn::Sub');
    const text = Array.isArray(sub) ? sub[0] : sub;
    if (typeof text !== 'string') return undefined;
    const told = text.replace(
      /\$\{([A-Za-z0-9]+)\.([A-Za-z0-9.]+)\}/g,
      (whole, logicalId: string, name: string) =>
        this.made.has(logicalId) ? `\${${logicalId}.${attributeName(name)}}` : whole,
    );
    return told === text
      ? undefined
      : { 'Fn::Sub': Array.isArray(sub) ? [told, this.rewritten(sub[1])] : told };
  }

  private attribute(logicalId: string, name: string): unknown {
    if (this.made.has(logicalId)) return { 'Fn::GetAtt': [logicalId, attributeName(name)] };
    const call = this.calls.get(logicalId);
    if (call?.action === 'getOauth2CredentialProvider' && name === 'credentialProviderArn') {
      return providerArnOf(own(call.parameters, 'name') ?? '');
    }
    if (call?.action === 'getGateway' && (name === 'gatewayId' || name === 'gatewayArn')) {
      return own(call.parameters, 'gatewayIdentifier');
    }
    return undefined;
  }

  /** What `Ref` gives: the physical id, which the call's author chooses. */
  private physicalId(logicalId: string): unknown {
    if (!this.made.has(logicalId)) return undefined;
    const id = this.calls.get(logicalId)?.physicalResourceId;
    const path = own(id, 'responsePath');
    if (typeof path === 'string') return { 'Fn::GetAtt': [logicalId, attributeName(path)] };
    return own(id, 'id') ?? unknownValue(`the physical id of ${logicalId} is known only when it is deployed`);
  }
}

/** CloudFormation's name of a field of the answer. */
function attributeName(field: string): string {
  const [name = ''] = field.split('.');
  return name === 'gatewayId' ? 'GatewayIdentifier' : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

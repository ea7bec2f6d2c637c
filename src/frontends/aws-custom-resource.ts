import { isMap, own, ownMap, type PlainMap } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { apiDialect, CALL_SAYINGS } from './api-dialect.js';
import { type ApiKind, apiResource, apiSpelling } from './api-shapes.js';
import { asItIs, cloudFormation } from './cloudformation.js';
import { type Dialect, type FrontEnd, providerArnOf, unknownValue } from './front-end.js';
import { plainOf } from './lowering.js';
import { Origins, type Spelling } from './origins.js';
import { callsOf, type SdkCall } from './sdk-calls.js';

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

/** The words of a call that the deployment makes. */
const callDialect: Dialect = {
  ...apiDialect,
  word: withOtherFirst,
  sayings: {
    ...CALL_SAYINGS,
    // What `Ref` gives is chosen by the author of the call.
    'invalid-provider-reference/otherAttribute': { help: 'Use !GetAtt {target}.{arn}.' },
  },
};

/** A template in which custom resources call the control-plane API: each call stands for the resource that it makes. */
export const awsCustomResource: FrontEnd = {
  id: 'aws-custom-resource',
  lower(source) {
    const template = cloudFormation.lower(source);
    const resources = own(template?.value, 'Resources');
    if (template === undefined || !isMap(resources)) return undefined;
    const calls = new Map<string, SdkCall>();
    const made = new Map<string, unknown>();
    const conditions: Record<string, unknown> = {};
    const origins = new Origins();
    for (const [logicalId, resource] of Object.entries(resources)) {
      const [call, later] = callsOf(resource);
      if (call === undefined) continue;
      calls.set(logicalId, call);
      const first = madeBy(call);
      if (first === undefined) continue;
      const condition = `${logicalId}.Update`;
      const changes = new Changes(first, later && madeBy(later), condition);
      if (!changes.isEmpty) conditions[condition] = { 'Fn::Equals': [UPDATES, 'true'] };
      changes.noteIn(origins, ['Resources', logicalId, 'Properties']);
      made.set(logicalId, { ...(resource as object), Type: first.type, Properties: changes.properties() });
    }
    if (calls.size === 0) return template;
    const references = new References(calls, made);
    const value = references.rewritten({
      ...template.value,
      Conditions: { ...ownMap(template.value, 'Conditions'), ...conditions },
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

/** Nobody knows whether a deployment makes a thing or finds it there. */
const UPDATES = unknownValue('it depends on what is deployed');

/** What a call makes, and where it is written. */
interface Made {
  readonly call: SdkCall;
  readonly type: string;
  readonly properties: PlainMap;
  /** Paths below the properties, and where they come from below the text of the call. */
  readonly notes: readonly { readonly at: Path; readonly origin: Path; readonly spelling?: Spelling }[];
}

function madeBy(call: SdkCall): Made | undefined {
  const kind = MAKES[call.action];
  const lowered = kind === undefined ? undefined : apiResource(call.parameters, ['parameters'], kind);
  if (lowered === undefined) return undefined;
  const notes: Made['notes'][number][] = [];
  const properties = plainOf(lowered.properties, [], (at, origin, spelling) =>
    notes.push({ at, origin, ...(spelling && { spelling }) }),
  );
  return { call, type: lowered.type, properties: properties as PlainMap, notes };
}

/** A thing that one call makes and another changes when what it is given changes: both have to be right. */
class Changes {
  private readonly changed: ReadonlySet<string>;

  /** @param condition holds when the deployment updates the thing */
  constructor(
    private readonly first: Made,
    private readonly later: Made | undefined,
    private readonly condition: string,
  ) {
    // What an update leaves out may stay as it was made.
    this.changed = new Set(
      later?.type !== first.type
        ? []
        : Object.keys(later.properties).filter(
            (name) => JSON.stringify(later.properties[name]) !== JSON.stringify(first.properties[name]),
          ),
    );
  }

  get isEmpty(): boolean {
    return this.changed.size === 0;
  }

  properties(): PlainMap {
    const properties: Record<string, unknown> = { ...this.first.properties };
    for (const name of this.changed) {
      const made = properties[name] ?? { Ref: 'AWS::NoValue' };
      properties[name] = { 'Fn::If': [this.condition, this.later?.properties[name], made] };
    }
    return properties;
  }

  /** Notes where the properties come from. */
  noteIn(origins: Origins, path: Path): void {
    const { first, later, changed } = this;
    origins.note(path, [...path, ...first.call.at], apiSpelling);
    const note = ({ call, notes }: Made, branch: number): void => {
      for (const { at, origin, spelling } of notes) {
        const [name = '', ...rest] = at;
        const isChanged = changed.has(String(name));
        if (branch === UPDATED && !isChanged) continue;
        const to = isChanged ? [name, 'Fn::If', branch, ...rest] : at;
        origins.note([...path, ...to], [...path, ...call.at, ...origin], spelling);
      }
    };
    note(first, MADE);
    if (later !== undefined) note(later, UPDATED);
  }
}

/** The branches of `Fn::If`. */
const UPDATED = 1;
const MADE = 2;

/** Lets references to the custom resources lead to what their calls make, or look up. */
class References {
  constructor(
    private readonly calls: ReadonlyMap<string, SdkCall>,
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
    return this.substituted(text, Array.isArray(sub) ? sub[1] : undefined);
  }

  /** A text of `Fn::Sub` whose references to the custom resources are values of its own. */
  private substituted(text: string, given: unknown): unknown {
    const told: Record<string, unknown> = {};
    const rewritten = text.replace(
      /\$\{([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?\}/g,
      (whole, id: string, name?: string) => {
        if (own(given, id) !== undefined) return whole;
        const value = name === undefined ? this.physicalId(id) : this.attribute(id, name);
        if (value === undefined) return whole;
        const key = `Call${Object.keys(told).length}`;
        told[key] = value;
        return `\${${key}}`;
      },
    );
    return rewritten === text
      ? undefined
      : { 'Fn::Sub': [rewritten, { ...(this.rewritten(given ?? {}) as object), ...told }] };
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
    const call = this.calls.get(logicalId);
    if (call === undefined) return undefined;
    const id = call.physicalResourceId;
    const path = own(id, 'responsePath');
    if (typeof path === 'string') return this.attribute(logicalId, path);
    if (!this.made.has(logicalId)) return own(id, 'id');
    return own(id, 'id') ?? unknownValue(`the physical id of ${logicalId} is known only when it is deployed`);
  }
}

/** CloudFormation's name of a field of the answer: a name with a capital first, which no field has, stays none there. */
function attributeName(field: string): string {
  const [name = ''] = field.split('.');
  return name === 'gatewayId' ? 'GatewayIdentifier' : withOtherFirst(name);
}

/** A word with a small first letter where it has a capital, and the other way round. */
function withOtherFirst(word: string): string {
  const [first = ''] = word;
  const small = first.toLowerCase();
  return `${first === small ? first.toUpperCase() : small}${word.slice(first.length)}`;
}

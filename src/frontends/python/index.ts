import { isMap, own } from '../../plain/map.js';
import type { Path, PathStep } from '../../source/types.js';
import { addApiObject, apiSpelling } from '../api-shapes.js';
import {
  type FrontEnd,
  type Lowered,
  providerArnOf,
  RUNTIME_CODE_TYPE,
  UNKNOWN_KEY,
  unknownValue,
} from '../front-end.js';
import { Lowering, written } from '../lowering.js';
import { type AskingNames, CALLS, type CallKind, grantOfFlow } from './calls.js';
import { askingDialect, pythonDialect } from './dialect.js';
import { UNREAD } from './evaluate.js';
import { factsOf, parsePython } from './parse.js';
import { CallResult, isUnknown, partsOfText } from './values.js';

/** Python that calls the API, or asks for tokens, with what stands in the text. */
export const python: FrontEnd = {
  id: 'python',
  parse: parsePython,
  lower(source): Lowered | undefined {
    if (source.format !== 'python' || !isMap(source.value)) return undefined;
    const calls = [...callsIn(source.value)];
    return calls.length === 0 ? undefined : new CodeLowering().lowered(calls);
  },
};

interface Call {
  readonly name: string;
  readonly kind: CallKind;
  readonly number: number;
  readonly function: string | undefined;
  readonly given: Readonly<Record<string, unknown>>;
  readonly origin: Path;
}

function* callsIn(value: Readonly<Record<string, unknown>>): Generator<Call> {
  for (const [name, kind] of CALLS) {
    const list = own(value, name);
    if (!Array.isArray(list)) continue;
    for (const [index, given] of list.entries()) {
      const facts = isMap(given) ? factsOf(given) : undefined;
      if (facts !== undefined) yield { name, kind, ...facts, given, origin: [name, index] };
    }
  }
}

/** What a call cannot be made without, and what an update leaves as it is. */
const OPEN_KEYS = {
  gateway: ['name', 'roleArn', 'authorizerType'],
  provider: ['name', 'credentialProviderVendor', 'oauth2ProviderConfigInput'],
  target: ['gatewayIdentifier', 'targetConfiguration'],
} as const;

/** What calls that make something are read before those that refer to it. */
const ORDER = ['gateway', 'provider', 'target'];

/** The answers of calls by what `Ref` gives, and those that `Fn::GetAtt` does. */
const ANSWERS: ReadonlyMap<string, string> = new Map([
  ['gatewayId', 'Ref'],
  ['gatewayArn', 'GatewayArn'],
  ['gatewayUrl', 'GatewayUrl'],
  ['credentialProviderArn', 'CredentialProviderArn'],
  ['callbackUrl', 'CallbackUrl'],
]);

class CodeLowering {
  private readonly lowering = new Lowering(pythonDialect, apiSpelling);
  /** The resources that calls make, by the number of the call. */
  private readonly made = new Map<number, string>();
  private readonly names = new Map<number, unknown>();

  lowered(calls: readonly Call[]): Lowered {
    const rank = ({ kind }: Call): number => (kind.does === 'ask' ? ORDER.length : ORDER.indexOf(kind.what));
    const inOrder = [...calls].sort((a, b) => rank(a) - rank(b) || a.number - b.number);
    for (const { last, calls: same } of distinct(inOrder)) {
      this.add(last);
      const id = this.made.get(last.number);
      for (const { number, given } of same) {
        this.names.set(number, own(given, 'name'));
        if (id !== undefined) this.made.set(number, id);
      }
    }
    return this.lowering.lowered();
  }

  private add(call: Call): void {
    const { kind, given, origin } = call;
    this.names.set(call.number, own(given, 'name'));
    if (kind.does === 'ask') {
      this.ask(call, kind.names);
      return;
    }
    const request: Record<string, unknown> = { ...(this.plain(given, call.name) as object) };
    const open = own(given, UNKNOWN_KEY);
    delete request[UNKNOWN_KEY];
    const missing =
      kind.does === 'update' || open !== undefined
        ? kind.keys
        : OPEN_KEYS[kind.what as keyof typeof OPEN_KEYS];
    for (const key of missing) {
      request[key] ??= unknownValue(
        typeof open === 'string'
          ? `${key} may be in what ${call.name} is given: ${open}`
          : kind.does === 'update'
            ? `${call.name} leaves ${key} as it is`
            : `${call.name} is not given ${key} here`,
      );
    }
    const id = addApiObject(this.lowering, request, origin, { name: this.nameOf(call) });
    if (id !== undefined) this.made.set(call.number, id);
  }

  private nameOf({ name, function: around, given }: Call): string {
    const own_ = own(given, 'name');
    return typeof own_ === 'string' && own_ !== '' ? own_ : (around ?? name);
  }

  /** Code that asks for a token: it names the provider, and calls the grants otherwise. */
  private ask(call: Call, names: AskingNames): void {
    const { given, origin } = call;
    const open = own(given, UNKNOWN_KEY);
    const missing = (key: string): unknown =>
      unknownValue(
        open === undefined
          ? `${call.name} is not given ${key}`
          : `${key} may be in what ${call.name} is given`,
      );
    const at = (key: string, value: unknown, spelling?: (step: PathStep) => PathStep): unknown =>
      written(value, [...origin, key], spelling);
    const argument = (key: string): unknown =>
      this.plain(own(given, key), key) ?? (open === undefined ? undefined : missing(key));
    const flow = own(given, names.flow) ?? missing(names.flow);
    const oauth = {
      ProviderArn: at(
        names.provider,
        this.providerNamed(own(given, names.provider) ?? missing(names.provider)),
      ),
      Scopes: at(names.scopes, argument(names.scopes)),
      GrantType: at(names.flow, typeof flow === 'string' ? grantOfFlow(flow) : this.plain(flow, names.flow)),
      CustomParameters: at(names.customParameters, this.parameters(call, names), AS_IT_IS),
      DefaultReturnUrl: at(
        names.returnUrl,
        argument(names.returnUrl) ?? unknownValue('the workload identity has return URLs of its own'),
      ),
    };
    this.lowering.add(
      RUNTIME_CODE_TYPE,
      call.function ?? call.name,
      origin,
      { Oauth: written(oauth, origin) },
      askingDialect(names),
    );
  }

  /** What is sent to the identity provider beside the grant: two of the parameters have arguments of their own. */
  private parameters({ given, name }: Call, names: AskingNames): unknown {
    const custom = this.plain(own(given, names.customParameters), names.customParameters);
    const open = own(given, UNKNOWN_KEY);
    if (custom === undefined && open !== undefined)
      return unknownValue(`${names.customParameters} may be in what ${name} is given`);
    const extra = [
      ['audience', own(given, names.audiences)],
      ['resource', own(given, names.resources)],
    ].flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [[key, firstOf(this.plain(value, name))]],
    );
    if (extra.length === 0) return custom ?? undefined;
    return isMap(custom) || custom === undefined || custom === null
      ? { ...(custom ?? {}), ...Object.fromEntries(extra) }
      : custom;
  }

  private providerNamed(name: unknown): unknown {
    if (name instanceof CallResult && name.entry === 'name') {
      return this.providerNamed(this.names.get(name.call) ?? this.reference(name));
    }
    if (typeof name === 'string') return providerArnOf(name);
    const parts = partsOfText(name);
    if (isUnknown(name) || parts === undefined) return this.plain(name, 'the name of the provider');
    const before = providerArnOf('');
    const [separator, arn] = before['Fn::Join'] as readonly [string, readonly unknown[]];
    return {
      'Fn::Join': [separator, [...arn, ...parts.map((part) => this.plain(part, 'the name of the provider'))]],
    };
  }

  /**
   * A value with the answers of calls as references to what they make.
   * @param name what the value is called
   */
  private plain(value: unknown, name: string): unknown {
    if (value === UNREAD) return unknownValue(`${name} is known only when the code runs`);
    if (value instanceof CallResult) return this.reference(value);
    if (Array.isArray(value)) return value.map((item) => this.plain(item, name));
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        key,
        this.plain(entry, key.startsWith('Fn::') ? name : key),
      ]),
    );
  }

  private reference({ call, entry }: CallResult): unknown {
    const id = this.made.get(call);
    const attribute = entry === undefined ? undefined : ANSWERS.get(entry);
    if (entry === 'name')
      return this.plain(this.names.get(call), 'name') ?? unknownValue('the call gives it when it runs');
    if (id === undefined || attribute === undefined)
      return unknownValue('a call gives it when the code runs');
    return attribute === 'Ref' ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
  }
}

/** Calls that make or change one thing, of which the last that says all holds. */
interface SameCalls {
  readonly last: Call;
  readonly calls: readonly Call[];
}

/**
 * Calls by what they make: code that creates a thing and updates it, or does one where the other fails, speaks of one
 * thing. What only an update says, the thing has; what it leaves open, it has from before.
 */
function distinct(calls: readonly Call[]): readonly SameCalls[] {
  const byName = new Map<unknown, { last: Call; calls: Call[] }>();
  for (const call of calls) {
    const { kind, given, number } = call;
    const name = own(given, 'name');
    const key = kind.does === 'ask' || typeof name !== 'string' ? number : `${kind.what} ${name}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, { last: call, calls: [call] });
    else if (kind.does === 'create') byName.set(number, { last: call, calls: [call] });
    else {
      known.calls.push(call);
      if (
        SETTINGS.every(
          (setting) => own(known.last.given, setting) === undefined || own(given, setting) !== undefined,
        )
      ) {
        known.last = call;
      }
    }
  }
  return [...byName.values()];
}

/** What the calls are read for. */
const SETTINGS = ['credentialProviderConfigurations', 'oauth2ProviderConfigInput', 'gatewayIdentifier'];

const AS_IT_IS = (step: PathStep): PathStep => step;

function firstOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value[0] ?? unknownValue('the list is empty');
}

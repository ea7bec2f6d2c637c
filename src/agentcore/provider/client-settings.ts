import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain, type Value } from '../../evaluate/value.js';
import { type MisspelledKey, misspelledKey } from '../../views/misspelled-key.js';
import { textOf, withDefault } from '../../views/read.js';
import {
  type ClientAuthenticationFact,
  clientAuthentications,
  defaultClientAuthentication,
} from '../facts/exchange-actions.js';
import type { Provider } from './provider.js';

/** Whether a setting is there; unknown where nobody knows before the deployment. */
export interface Setting {
  readonly is: 'present' | 'absent' | 'unknown';
  /** Where its key stands, or would. */
  readonly at: Cursor;
}

/** What a custom provider says of its client and of how that authenticates itself, in one scenario. */
export interface ClientSettings {
  /** The block, where a missing setting belongs. */
  readonly block: Cursor;
  /** `ClientAuthenticationMethod`, or what stands for it; without a fact where nobody knows. */
  readonly method: { readonly fact: ClientAuthenticationFact | undefined; readonly at: Cursor | undefined };
  /** `ClientSecretSource`: MANAGED where it is left out; undefined where nobody knows. */
  readonly source: { readonly value: string | undefined; readonly at: Cursor | undefined };
  readonly secret: Setting;
  readonly config: Setting;
  readonly privateKey: Setting;
  /** A setting under a slip of its name; undefined where there is none. */
  readonly slip: (MisspelledKey & { readonly key: string }) | undefined;
}

const SETTINGS = [
  'ClientAuthenticationMethod',
  'ClientSecretSource',
  'ClientSecret',
  'ClientSecretConfig',
  'PrivateKeyJwtConfig',
] as const;

function slipIn(block: Value): ClientSettings['slip'] {
  for (const key of SETTINGS) {
    const slip = misspelledKey(block, key, SETTINGS);
    if (slip !== undefined) return { ...slip, key };
  }
  return undefined;
}

/** The settings of a custom provider's client, in each scenario; none for built-in vendors. */
export function clientSettingsOf(provider: Provider, when: Scenario): Alternative<ClientSettings>[] {
  return chain(provider.union(when), (union) => {
    const { value } = union;
    if (!('vendor' in value) || !value.vendor.custom || value.block?.value.kind !== 'map') return [];
    const blockValue = value.block.value;
    const { cursor } = blockValue;
    const read = (name: string, within: Scenario): Alternative[] =>
      provider.blockProperty(value, [name], within);
    const setting = (name: string, found: Alternative): Setting => ({
      is: found.value.kind === 'absent' ? 'absent' : found.value.kind === 'unknown' ? 'unknown' : 'present',
      at: cursor.child(name),
    });
    return chain(chain(read('ClientAuthenticationMethod', union.when), withDefault), (method) =>
      chain(chain(read('ClientSecretSource', method.when), withDefault), (source) =>
        chain(read('ClientSecret', source.when), (secret) =>
          chain(read('ClientSecretConfig', secret.when), (config) =>
            chain(read('PrivateKeyJwtConfig', config.when), (key): Alternative<ClientSettings>[] => [
              {
                ...union,
                when: key.when,
                value: {
                  block: cursor,
                  method: { fact: methodOf(method), at: placeOf(method) },
                  source: {
                    value: source.value.kind === 'absent' ? 'MANAGED' : textOf(source),
                    at: placeOf(source),
                  },
                  secret: setting('ClientSecret', secret),
                  config: setting('ClientSecretConfig', config),
                  privateKey: setting('PrivateKeyJwtConfig', key),
                  slip: slipIn(blockValue),
                },
              },
            ]),
          ),
        ),
      ),
    );
  });
}

function methodOf(method: Alternative): ClientAuthenticationFact | undefined {
  const written = method.value.kind === 'absent' ? defaultClientAuthentication : textOf(method);
  return clientAuthentications.find((row) => row.method === written);
}

function placeOf({ value, at }: Alternative): Cursor | undefined {
  return value.kind === 'absent' ? undefined : at;
}

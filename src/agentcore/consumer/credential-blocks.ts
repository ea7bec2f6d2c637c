import type { Evaluator } from '../../evaluate/evaluator.js';
import type { Scenario } from '../../evaluate/scenario.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import { type Alternative, chain } from '../../evaluate/value.js';
import { isMap } from '../../plain/map.js';
import type { CredentialConfiguration } from './credential-configuration.js';

/** A key of `CredentialProvider`, and where it stands. */
export interface CredentialBlock {
  readonly key: string;
  readonly at: Cursor;
}

/** The keys that `CredentialProvider` has in a scenario; undefined where nobody knows them all. */
export function credentialBlocksOf(
  evaluator: Evaluator,
  configuration: CredentialConfiguration,
  when: Scenario,
): Alternative<readonly CredentialBlock[] | undefined>[] {
  return chain(configuration.provider(when), (provider) => blocksIn(evaluator, provider));
}

function blocksIn(
  evaluator: Evaluator,
  provider: Alternative,
): Alternative<readonly CredentialBlock[] | undefined>[] {
  const { value } = provider;
  if (value.kind === 'absent') return [{ ...provider, value: [] }];
  if (value.kind !== 'map' || value.open || !isMap(value.cursor.raw))
    return [{ ...provider, value: undefined }];
  let found: Alternative<readonly CredentialBlock[]>[] = [{ ...provider, value: [] }];
  for (const key of Object.keys(value.cursor.raw)) {
    const at = value.cursor.child(key);
    found = chain(found, (before) =>
      evaluator.evaluate(at, before.when).map((entry) => ({
        ...before,
        when: entry.when,
        value: entry.value.kind === 'absent' ? before.value : [...before.value, { key, at }],
      })),
    );
  }
  return found;
}

import type { Evaluator } from '../../evaluate/evaluator.js';
import type { Scenario } from '../../evaluate/scenario.js';
import { type Alternative, knownText } from '../../evaluate/value.js';
import type { ResourceNode } from '../../graph/resource-graph.js';
import { nearest } from '../../plain/did-you-mean.js';
import { replacement } from '../../views/fixes.js';
import { unprovenReason } from '../../views/open-value.js';
import { readEntry, withDefault } from '../../views/read.js';
import { providerGrants } from '../facts/grants.js';
import { grantAliasOf } from '../facts/look-up.js';
import { onBehalfOfKeys } from '../facts/on-behalf-of.js';
import type { VendorFact } from '../facts/vendors.js';
import { type BlockProblem, BlockProblems, kindName } from './block-problems.js';
import { ExchangeConfigCheck } from './exchange-config.js';
import { MisplacedBlocks } from './misplaced-blocks.js';
import { EXCHANGE_CONFIG, ON_BEHALF_OF } from './on-behalf-of-names.js';

/** What a provider's `OnBehalfOfTokenExchangeConfig` says in one scenario. */
export interface OnBehalfOf {
  /** The block; undefined when there is none. */
  readonly config: Alternative | undefined;
  /** The grant with its place; its value is unknown text where it is settled only at deployment. */
  readonly grant: Alternative | undefined;
  /** The nested `TokenExchangeGrantTypeConfig`, or where it would stand. */
  readonly exchangeConfig: Alternative | undefined;
  readonly problems: readonly BlockProblem[];
  /** Why nobody can tell whether there is a block. */
  readonly unknown: string | undefined;
}

const GRANTS = providerGrants.map((row) => row.grant as string);

/**
 * Reads and checks the on-behalf-of blocks of a provider.
 * @param block the provider's own block; undefined when it has none
 */
export function checkOnBehalfOf(
  evaluator: Evaluator,
  provider: ResourceNode,
  vendor: VendorFact,
  block: Alternative | undefined,
  when: Scenario,
): Alternative<OnBehalfOf>[] {
  const blocks = new BlockProblems(evaluator, provider);
  const misplaced = new MisplacedBlocks(blocks, vendor).find(block, when);
  if (!vendor.custom || block === undefined) {
    return [{ value: nothing(misplaced), when, at: provider.cursor, trace: [] }];
  }
  return readEntry(evaluator, { ...block, when }, ON_BEHALF_OF).flatMap((config) =>
    checkConfig(blocks, config, misplaced),
  );
}

function nothing(problems: readonly BlockProblem[], unknown?: string): OnBehalfOf {
  return { config: undefined, grant: undefined, exchangeConfig: undefined, problems, unknown };
}

function checkConfig(
  blocks: BlockProblems,
  config: Alternative,
  misplaced: readonly BlockProblem[],
): Alternative<OnBehalfOf>[] {
  const exchangeCheck = new ExchangeConfigCheck(blocks);
  const only = (value: OnBehalfOf): Alternative<OnBehalfOf>[] => [{ ...config, value }];
  const inPlay = misplaced.filter(({ problem }) => problem.when.join(config.when) !== undefined);
  switch (config.value.kind) {
    case 'absent':
      return only(nothing(inPlay));
    case 'unknown':
      return only(nothing(inPlay, config.value.reason));
    case 'map':
      break;
    default: {
      const type = kindName(config);
      return only({
        ...nothing([...inPlay, blocks.problem('onBehalfOf', 'wrongType', config, { type })]),
        config,
      });
    }
  }
  const keys = blocks.unknownKeys(config, onBehalfOfKeys, ON_BEHALF_OF);
  return readEntry(blocks.evaluator, config, 'GrantType')
    .flatMap(withDefault)
    .flatMap((grant) =>
      readEntry(blocks.evaluator, { ...config, when: grant.when }, EXCHANGE_CONFIG).flatMap((exchange) =>
        exchangeCheck.check(exchange, grant).map((nested) => ({
          ...nested,
          value: {
            config,
            grant,
            exchangeConfig: exchange,
            problems: [...inPlay, ...keys, ...grantProblems(blocks, config, grant, keys), ...nested.value],
            unknown: unprovenReason(grant),
          },
        })),
      ),
    );
}

function grantProblems(
  blocks: BlockProblems,
  config: Alternative,
  grant: Alternative,
  keys: readonly BlockProblem[],
): BlockProblem[] {
  if (grant.value.kind === 'unknown') return [];
  if (grant.value.kind === 'absent') {
    // A misspelled GrantType is told as such.
    const misspelled = keys.some(({ problem }) => problem.data.suggestion === 'GrantType');
    return misspelled ? [] : [blocks.lacking('onBehalfOf', 'noGrant', grant, config)];
  }
  if (grant.value.kind !== 'text')
    return [blocks.problem('onBehalfOf', 'grantWrongType', grant, { type: kindName(grant) })];
  const written = knownText(grant.value);
  if (written === undefined || GRANTS.includes(written)) return [];
  const alias = grantAliasOf(written);
  const meant = alias?.providerGrant ?? nearest(written, GRANTS);
  const data = {
    written,
    grants: GRANTS.join(' or '),
    explanation: alias?.explanation ?? '',
    suggestion: meant ?? '',
  };
  const message =
    alias !== undefined ? 'foreignGrant' : meant !== undefined ? 'misspelledGrant' : 'unknownGrant';
  return [blocks.problem('onBehalfOf', message, grant, data, 'value', replacement(grant, meant))];
}

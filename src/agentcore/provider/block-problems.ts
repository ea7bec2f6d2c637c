import type { Evaluator } from '../../evaluate/evaluator.js';
import type { Cursor } from '../../evaluate/stack-instance.js';
import type { Alternative } from '../../evaluate/value.js';
import type { ResourceNode } from '../../graph/resource-graph.js';
import { nearest } from '../../plain/did-you-mean.js';
import { isMap } from '../../plain/map.js';
import { renaming } from '../../views/fixes.js';
import { isLeftOut } from '../../views/missing.js';
import type { Problem } from '../../views/problem.js';
import { presentKeys } from '../../views/read.js';
import { foreignKeyOf } from '../facts/look-up.js';
import { onBehalfOfKeys, tokenExchangeGrantTypeKeys } from '../facts/on-behalf-of.js';
import { EXCHANGE_CONFIG, ON_BEHALF_OF } from './on-behalf-of-names.js';

/** The keys of the two blocks, `OnBehalfOfTokenExchangeConfig` and the one within it: each is written into the other. */
const OUTER_KEYS = onBehalfOfKeys.map(({ key }) => key);
const INNER_KEYS = tokenExchangeGrantTypeKeys.map(({ key }) => key);

/** What can be wrong with the keys of either block. */
type KeyProblem = 'misspelledKey' | 'foreignKey' | 'keyOfOtherBlock' | 'unknownKey';

/** What can be wrong, by what it is wrong with: each is put into words by a rule of its own. */
interface ProblemsAbout {
  /** `OnBehalfOfTokenExchangeConfig` */
  readonly onBehalfOf:
    | KeyProblem
    | 'misspelled'
    | 'misplaced'
    | 'wrongType'
    | 'noGrant'
    | 'grantWrongType'
    | 'foreignGrant'
    | 'misspelledGrant'
    | 'unknownGrant';
  /** `TokenExchangeGrantTypeConfig` */
  readonly exchangeConfig:
    | KeyProblem
    | 'misplaced'
    | 'besideJwtGrant'
    | 'wrongType'
    | 'noContent'
    | 'contentWrongType'
    | 'misspelledContent'
    | 'unknownContent'
    | 'scopesWithoutM2m'
    | 'scopesNoList'
    | 'scopeNoString';
  /** A block of a vendor that has no exchange to configure. */
  readonly builtInVendor: 'blockOnProvider';
}

type ProblemAbout<About extends keyof ProblemsAbout> = {
  readonly about: About;
  readonly problem: Problem<ProblemsAbout[About]>;
};

/** Something that is wrong with the on-behalf-of blocks of a provider. */
export type BlockProblem = { [About in keyof ProblemsAbout]: ProblemAbout<About> }[keyof ProblemsAbout];

/** Finds and places what is wrong with the on-behalf-of blocks of one provider. */
export class BlockProblems {
  constructor(
    readonly evaluator: Evaluator,
    readonly provider: ResourceNode,
  ) {}

  /** The keys of a block that CloudFormation does not know there. */
  unknownKeys(map: Alternative, known: readonly { readonly key: string }[], block: string): BlockProblem[] {
    if (map.value.kind !== 'map' || !isMap(map.value.cursor.raw)) return [];
    const { cursor } = map.value;
    const names = known.map(({ key }) => key);
    const about = block === ON_BEHALF_OF ? 'onBehalfOf' : 'exchangeConfig';
    return presentKeys(this.evaluator, map).flatMap(({ key, entry: { when } }): BlockProblem[] => {
      if (names.includes(key) || key.startsWith('Fn::')) return [];
      const entry = cursor.child(key);
      const place = { ...map, at: entry, when };
      const suggestion = nearest(key, names);
      if (suggestion !== undefined && !Object.hasOwn(cursor.raw as object, suggestion)) {
        const about_ = suggestion === EXCHANGE_CONFIG ? 'exchangeConfig' : about;
        return [
          this.problem(
            about_,
            'misspelledKey',
            place,
            { key, block, suggestion },
            'key',
            renaming(entry, suggestion),
          ),
        ];
      }
      const foreign = foreignKeyOf(key);
      if (foreign !== undefined) {
        return [
          this.problem(
            about,
            'foreignKey',
            place,
            { key, block, explanation: foreign.explanation, instead: foreign.instead },
            'key',
          ),
        ];
      }
      const belongs = nearest(key, block === ON_BEHALF_OF ? INNER_KEYS : OUTER_KEYS);
      if (belongs !== undefined) {
        return [this.problem(about, 'keyOfOtherBlock', place, { key, block, name: belongs }, 'key')];
      }
      return [this.problem(about, 'unknownKey', place, { key, block, keys: names.join(' and ') }, 'key')];
    });
  }

  /** Where the key of an entry stands: outside of the branches of `Fn::If` around its value. */
  keyCursor(entry: Alternative): Cursor {
    const { path } = entry.at;
    let end = path.length;
    while (path[end - 2] === 'Fn::If') end -= 2;
    const root = this.provider.cursor;
    return end === path.length ? entry.at : root.at(...path.slice(root.path.length, end));
  }

  /** The problem of an entry that a block lacks: where a function leaves it out, else at the key of the block. */
  lacking<About extends keyof ProblemsAbout, Key extends ProblemsAbout[About]>(
    about: About,
    message: Key,
    entry: Alternative,
    block: Alternative,
  ): { readonly about: About; readonly problem: Problem<Key> } {
    return isLeftOut(entry)
      ? this.problem(about, message, entry, {}, 'key')
      : this.problem(about, message, { ...block, when: entry.when }, {}, 'key');
  }

  /** A problem at a place: at its key, or at its value. */
  problem<About extends keyof ProblemsAbout, Key extends ProblemsAbout[About]>(
    about: About,
    message: Key,
    place: Alternative,
    data: Record<string, string>,
    part: 'key' | 'value' = 'value',
    fix?: Problem['fix'],
  ): { readonly about: About; readonly problem: Problem<Key> } {
    const at = part === 'key' ? this.keyCursor(place) : place.at;
    return {
      about,
      problem: {
        message,
        at,
        part,
        when: place.when,
        data: { provider: this.provider.name, ...data },
        trace: place.trace,
        ...(fix === undefined ? {} : { fix }),
      },
    };
  }
}

/** What a value is, as a message calls it. */
export function kindName(alternative: Alternative): string {
  const { value } = alternative;
  switch (value.kind) {
    case 'text':
      return value.scalar === 'string' ? 'a string' : `a ${value.scalar}`;
    case 'list':
      return 'a list';
    case 'map':
      return 'a map';
    case 'null':
      return 'null';
    default:
      return value.kind;
  }
}

import type { Evaluator } from '../evaluate/evaluator.js';
import type { Cursor } from '../evaluate/instance.js';
import type { Scenario } from '../evaluate/scenario.js';
import { type Alternative, knownText } from '../evaluate/value.js';
import type { ResourceNode } from '../graph/world.js';
import { isMap } from '../template/own.js';
import { providerGrants } from './facts/grants.js';
import { foreignKeyOf, grantAliasOf } from './facts/look-up.js';
import { actorTokenContents, onBehalfOfKeys, tokenExchangeGrantTypeKeys } from './facts/on-behalf-of.js';
import type { VendorFact } from './facts/vendors.js';
import type { Problem } from './problem.js';
import { presentKeys, readEntry, readItems, withDefault } from './read.js';
import { bareWord, nearest } from './spelling.js';

export const ON_BEHALF_OF = 'OnBehalfOfTokenExchangeConfig';
export const EXCHANGE_CONFIG = 'TokenExchangeGrantTypeConfig';

/** The rules that tell what is wrong with the blocks. */
type ProblemRule =
  | 'malformed-on-behalf-of-config'
  | 'malformed-token-exchange-grant-type-config'
  | 'token-exchange-on-built-in-vendor';

export interface RuledProblem {
  readonly rule: ProblemRule;
  readonly problem: Problem;
}

/** What a provider's `OnBehalfOfTokenExchangeConfig` says in one scenario. */
export interface OnBehalfOf {
  /** The block; undefined when there is none. */
  readonly config: Alternative | undefined;
  /** The grant with its place; its value is unknown text where it is settled only at deployment. */
  readonly grant: Alternative | undefined;
  /** The nested `TokenExchangeGrantTypeConfig`, or where it would stand. */
  readonly exchangeConfig: Alternative | undefined;
  readonly problems: readonly RuledProblem[];
  /** Why nobody can tell whether there is a block. */
  readonly unknown: string | undefined;
}

const GRANTS = providerGrants.map((row) => row.grant as string);
const CONTENTS = actorTokenContents.map((row) => row.content as string);

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
  const check = new Check(evaluator, provider, vendor);
  const stray = check.strayBlocks(block, when);
  if (!vendor.custom || block === undefined) {
    return [{ value: nothing(stray), when, at: provider.cursor, trail: [] }];
  }
  return readEntry(evaluator, { ...block, when }, ON_BEHALF_OF).flatMap((config) =>
    check.config(config, stray),
  );
}

function nothing(problems: readonly RuledProblem[], unknown?: string): OnBehalfOf {
  return { config: undefined, grant: undefined, exchangeConfig: undefined, problems, unknown };
}

class Check {
  constructor(
    private readonly evaluator: Evaluator,
    private readonly provider: ResourceNode,
    private readonly vendor: VendorFact,
  ) {}

  config(config: Alternative, stray: readonly RuledProblem[]): Alternative<OnBehalfOf>[] {
    const only = (value: OnBehalfOf): Alternative<OnBehalfOf>[] => [{ ...config, value }];
    const inPlay = stray.filter(({ problem }) => problem.when.join(config.when) !== undefined);
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
          ...nothing([
            ...inPlay,
            this.problem('malformed-on-behalf-of-config', 'wrongType', config, { type }),
          ]),
          config,
        });
      }
    }
    const keys = this.unknownKeys(config, onBehalfOfKeys, ON_BEHALF_OF);
    return readEntry(this.evaluator, config, 'GrantType')
      .flatMap(withDefault)
      .flatMap((grant) =>
        readEntry(this.evaluator, { ...config, when: grant.when }, EXCHANGE_CONFIG).flatMap((exchange) =>
          this.exchangeConfig(exchange, grant).map((nested) => ({
            ...nested,
            value: {
              config,
              grant,
              exchangeConfig: exchange,
              problems: [...inPlay, ...keys, ...this.grantProblems(config, grant, keys), ...nested.value],
              unknown: undefined,
            },
          })),
        ),
      );
  }

  private grantProblems(
    config: Alternative,
    grant: Alternative,
    keys: readonly RuledProblem[],
  ): RuledProblem[] {
    const rule = 'malformed-on-behalf-of-config';
    if (grant.value.kind === 'unknown') return [];
    if (grant.value.kind === 'absent') {
      // A mis-spelt GrantType is told as such.
      const misspelt = keys.some(({ problem }) => problem.data.suggestion === 'GrantType');
      return misspelt ? [] : [this.problem(rule, 'noGrant', { ...config, when: grant.when }, {}, 'key')];
    }
    if (grant.value.kind !== 'text')
      return [this.problem(rule, 'grantWrongType', grant, { type: kindName(grant) })];
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
    const code =
      alias !== undefined ? 'foreignGrant' : meant !== undefined ? 'misspeltGrant' : 'unknownGrant';
    return [this.problem(rule, code, grant, data, 'value', replacement(grant, meant))];
  }

  /** The problems of the nested block; its alternatives split where its own values do. */
  private exchangeConfig(exchange: Alternative, grant: Alternative): Alternative<readonly RuledProblem[]>[] {
    const rule = 'malformed-token-exchange-grant-type-config';
    const only = (...value: RuledProblem[]): Alternative<readonly RuledProblem[]>[] => [
      { ...exchange, value },
    ];
    if (exchange.value.kind === 'absent' || exchange.value.kind === 'unknown') return only();
    if (knownText(grant.value) === 'JWT_AUTHORIZATION_GRANT') {
      const fix = {
        title: `Remove ${EXCHANGE_CONFIG}`,
        safety: 'safe' as const,
        changes: [{ kind: 'remove' as const, path: this.keyCursor(exchange).path }],
      };
      return only(this.problem(rule, 'besideJwtGrant', exchange, {}, 'key', fix));
    }
    if (exchange.value.kind !== 'map')
      return only(this.problem(rule, 'wrongType', exchange, { type: kindName(exchange) }));
    const keys = this.unknownKeys(exchange, tokenExchangeGrantTypeKeys, EXCHANGE_CONFIG);
    return readEntry(this.evaluator, exchange, 'ActorTokenContent')
      .flatMap(withDefault)
      .flatMap((content) =>
        readEntry(this.evaluator, { ...exchange, when: content.when }, 'ActorTokenScopes').map((scopes) => ({
          ...scopes,
          value: [
            ...keys,
            ...this.contentProblems(exchange, content, keys),
            ...this.scopesProblems(content, scopes),
          ],
        })),
      );
  }

  private contentProblems(
    exchange: Alternative,
    content: Alternative,
    keys: readonly RuledProblem[],
  ): RuledProblem[] {
    const rule = 'malformed-token-exchange-grant-type-config';
    if (content.value.kind === 'unknown') return [];
    if (content.value.kind === 'absent') {
      const misspelt = keys.some(({ problem }) => problem.data.suggestion === 'ActorTokenContent');
      return misspelt
        ? []
        : [this.problem(rule, 'noContent', { ...exchange, when: content.when }, {}, 'key')];
    }
    if (content.value.kind !== 'text')
      return [this.problem(rule, 'contentWrongType', content, { type: kindName(content) })];
    const written = knownText(content.value);
    if (written === undefined || CONTENTS.includes(written)) return [];
    const meant = nearest(written, CONTENTS);
    const data = { written, contents: CONTENTS.join(', '), suggestion: meant ?? '' };
    const code = meant === undefined ? 'unknownContent' : 'misspeltContent';
    return [this.problem(rule, code, content, data, 'value', replacement(content, meant))];
  }

  private scopesProblems(content: Alternative, scopes: Alternative): RuledProblem[] {
    const rule = 'malformed-token-exchange-grant-type-config';
    if (scopes.value.kind === 'absent' || scopes.value.kind === 'unknown') return [];
    const written = knownText(content.value);
    const fact = actorTokenContents.find((row) => row.content === written);
    if (fact !== undefined && !fact.takesScopes) {
      const fix = {
        title: 'Remove ActorTokenScopes',
        safety: 'safe' as const,
        changes: [{ kind: 'remove' as const, path: this.keyCursor(scopes).path }],
      };
      return [
        this.problem(
          rule,
          'scopesWithoutM2m',
          scopes,
          { content: fact.content, meaning: fact.meaning },
          'key',
          fix,
        ),
      ];
    }
    if (content.value.kind === 'absent') return [];
    if (scopes.value.kind === 'list') {
      const wrong = readItems(this.evaluator, scopes).find(
        ({ value }) => value.kind !== 'text' && value.kind !== 'unknown',
      );
      return wrong === undefined
        ? []
        : [this.problem(rule, 'scopeNoString', wrong, { type: kindName(wrong) })];
    }
    // A text that a function gives may still become a list when it is deployed.
    if (scopes.value.kind === 'text' && isMap(scopes.at.raw)) return [];
    return [this.problem(rule, 'scopesNoList', scopes, { type: kindName(scopes) })];
  }

  private unknownKeys(
    map: Alternative,
    known: readonly { readonly key: string }[],
    block: string,
  ): RuledProblem[] {
    if (map.value.kind !== 'map' || !isMap(map.value.cursor.raw)) return [];
    const { cursor } = map.value;
    const names = known.map(({ key }) => key);
    const own_ =
      block === ON_BEHALF_OF ? 'malformed-on-behalf-of-config' : 'malformed-token-exchange-grant-type-config';
    return presentKeys(this.evaluator, map).flatMap(({ key, entry: { when } }): RuledProblem[] => {
      if (names.includes(key) || key.startsWith('Fn::')) return [];
      const entry = cursor.child(key);
      const place = { ...map, at: entry, when };
      const suggestion = nearest(key, names);
      if (suggestion !== undefined && !Object.hasOwn(cursor.raw as object, suggestion)) {
        const rule = suggestion === EXCHANGE_CONFIG ? 'malformed-token-exchange-grant-type-config' : own_;
        return [
          this.problem(
            rule,
            'misspeltKey',
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
            own_,
            'foreignKey',
            place,
            { key, block, explanation: foreign.explanation, instead: foreign.instead },
            'key',
          ),
        ];
      }
      return [this.problem(own_, 'unknownKey', place, { key, block, keys: names.join(' and ') }, 'key')];
    });
  }

  /** On-behalf-of blocks that stand where CloudFormation knows none, or under a name that it does not know. */
  strayBlocks(block: Alternative | undefined, when: Scenario): RuledProblem[] {
    const own_ = block?.value.kind === 'map' && this.vendor.custom ? block.value.cursor : undefined;
    const found: RuledProblem[] = [];
    const visit = (cursor: Cursor): void => {
      if (Array.isArray(cursor.raw)) {
        cursor.raw.forEach((_, index) => {
          visit(cursor.child(index));
        });
      }
      if (!isMap(cursor.raw)) return;
      const isOwn = own_ !== undefined && samePlace(cursor, own_);
      for (const key of Object.keys(cursor.raw)) {
        const entry = cursor.child(key);
        if (isOwn && key === ON_BEHALF_OF) continue;
        const problem = this.strayBlock(key, entry, isOwn, own_, when);
        if (problem === undefined) visit(entry);
        else found.push(...this.reachable(problem));
      }
    };
    visit(this.provider.cursor.child('Properties'));
    return found;
  }

  private strayBlock(
    key: string,
    entry: Cursor,
    isOwn: boolean,
    own_: Cursor | undefined,
    when: Scenario,
  ): RuledProblem | undefined {
    const place: Alternative = { value: { kind: 'absent' }, when, at: entry, trail: [] };
    if (isOnBehalfOfKey(key)) {
      if (isOwn) {
        if (Object.hasOwn(own_?.raw as object, ON_BEHALF_OF)) return undefined;
        return this.problem(
          'malformed-on-behalf-of-config',
          'misspelt',
          place,
          { key },
          'key',
          renaming(entry, ON_BEHALF_OF),
        );
      }
      if (!this.vendor.custom) {
        return this.problem(
          'token-exchange-on-built-in-vendor',
          'blockOnProvider',
          place,
          { key, vendor: this.vendor.vendor, block: this.vendor.configBlock },
          'key',
        );
      }
      return this.problem(
        'malformed-on-behalf-of-config',
        'misplaced',
        place,
        { key, parent: String(entry.path[entry.path.length - 2]) },
        'key',
      );
    }
    if (isExchangeConfigKey(key) && this.vendor.custom) {
      return this.problem(
        'malformed-token-exchange-grant-type-config',
        'misplaced',
        place,
        { key, parent: String(entry.path[entry.path.length - 2]) },
        'key',
      );
    }
    return undefined;
  }

  /** A stray block counts only in scenarios in which the branches of `Fn::If` around it are taken. */
  private reachable(found: RuledProblem): RuledProblem[] {
    const { problem } = found;
    const root = this.provider.cursor;
    let scenarios: Scenario[] = [problem.when];
    let cursor: Cursor = root;
    for (const step of problem.at.path.slice(root.path.length)) {
      if (step === 'Fn::If') {
        const name = cursor.at('Fn::If', 0).raw;
        const branch = problem.at.path[cursor.path.length + 1];
        if (typeof name === 'string') {
          scenarios = scenarios.flatMap((when) =>
            this.evaluator.conditions
              .named(root.instance, name, when)
              .flatMap((so) => (so.value === (branch === 1) ? [so.when] : [])),
          );
        }
      }
      cursor = cursor.child(step);
    }
    return scenarios
      .flatMap((when) => this.evaluator.evaluate(problem.at, when))
      .flatMap(({ value, when }) =>
        value.kind === 'absent' ? [] : [{ ...found, problem: { ...problem, when } }],
      );
  }

  /** Where the key of an entry stands: outside of the branches of `Fn::If` around its value. */
  private keyCursor(entry: Alternative): Cursor {
    const { path } = entry.at;
    let end = path.length;
    while (path[end - 2] === 'Fn::If') end -= 2;
    const root = this.provider.cursor;
    return end === path.length ? entry.at : root.at(...path.slice(root.path.length, end));
  }

  private problem(
    rule: ProblemRule,
    code: string,
    place: Alternative,
    data: Record<string, string>,
    part: 'key' | 'value' = 'value',
    fix?: Problem['fix'],
  ): RuledProblem {
    const at = part === 'key' ? this.keyCursor(place) : place.at;
    return {
      rule,
      problem: {
        code,
        at,
        part,
        when: place.when,
        data: { provider: this.provider.logicalId, ...data },
        trail: place.trail,
        ...(fix === undefined ? {} : { fix }),
      },
    };
  }
}

function samePlace(a: Cursor, b: Cursor): boolean {
  return a.path.length === b.path.length && a.path.every((step, index) => step === b.path[index]);
}

const BARE_ON_BEHALF_OF = bareWord(ON_BEHALF_OF);
const BARE_ON_BEHALF_OF_NAMES = new Set([
  'onbehalfofconfig',
  'onbehalfof',
  'onbehalfoftokenexchange',
  'onbehalfoftokenexchangeconfiguration',
  'obotokenexchangeconfig',
  'oboconfig',
]);

/** Whether a key is, or is a slip of, `OnBehalfOfTokenExchangeConfig`. */
export const isOnBehalfOfKey = perKey((key) => {
  const bare = bareWord(key);
  return (
    bare === BARE_ON_BEHALF_OF ||
    BARE_ON_BEHALF_OF_NAMES.has(bare) ||
    nearest(key, [ON_BEHALF_OF]) !== undefined
  );
});

const isExchangeConfigKey = perKey((key) => nearest(key, [EXCHANGE_CONFIG]) !== undefined);

/** Remembers the answers for the keys that come up in every template; there are few of them. */
function perKey(test: (key: string) => boolean): (key: string) => boolean {
  const answers = new Map<string, boolean>();
  return (key) => {
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = test(key);
      if (answers.size < 10_000) answers.set(key, answer);
    }
    return answer;
  };
}

function kindName(alternative: Alternative): string {
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

/** The fix that puts the right word where a wrong one is written; undefined when it comes from elsewhere. */
export function replacement(place: Alternative, word: string | undefined): Problem['fix'] | undefined {
  if (word === undefined || typeof place.at.raw !== 'string' || place.trail.length > 0) return undefined;
  return {
    title: `Write ${word}`,
    safety: 'safe',
    changes: [{ kind: 'replace', path: place.at.path, value: word }],
  };
}

function renaming(entry: Cursor, key: string): Problem['fix'] {
  return {
    title: `Rename it to ${key}`,
    safety: 'safe',
    changes: [{ kind: 'rename', path: entry.path, key }],
  };
}

import { type Alternative, knownText } from '../../evaluate/value.js';
import { nearest } from '../../plain/did-you-mean.js';
import { isMap } from '../../plain/map.js';
import { removal, replacement } from '../../views/fixes.js';
import { readEntry, readItems, withDefault } from '../../views/read.js';
import { actorTokenContents, tokenExchangeGrantTypeKeys } from '../facts/on-behalf-of.js';
import { type BlockProblem, type BlockProblems, kindName } from './block-problems.js';
import { EXCHANGE_CONFIG } from './on-behalf-of-names.js';

const CONTENTS = actorTokenContents.map((row) => row.content as string);

/** Checks `TokenExchangeGrantTypeConfig`. */
export class ExchangeConfigCheck {
  constructor(private readonly blocks: BlockProblems) {}

  /** The problems of the block; the alternatives split where its own values do. */
  check(exchange: Alternative, grant: Alternative): Alternative<readonly BlockProblem[]>[] {
    const only = (...value: BlockProblem[]): Alternative<readonly BlockProblem[]>[] => [
      { ...exchange, value },
    ];
    if (exchange.value.kind === 'absent' || exchange.value.kind === 'unknown') return only();
    if (knownText(grant.value) === 'JWT_AUTHORIZATION_GRANT') {
      const fix = removal(this.blocks.keyCursor(exchange), grant);
      return only(this.blocks.problem('exchangeConfig', 'besideJwtGrant', exchange, {}, 'key', fix));
    }
    if (exchange.value.kind !== 'map')
      return only(this.blocks.problem('exchangeConfig', 'wrongType', exchange, { type: kindName(exchange) }));
    const keys = this.blocks.unknownKeys(exchange, tokenExchangeGrantTypeKeys, EXCHANGE_CONFIG);
    return readEntry(this.blocks.evaluator, exchange, 'ActorTokenContent')
      .flatMap(withDefault)
      .flatMap((content) =>
        readEntry(this.blocks.evaluator, { ...exchange, when: content.when }, 'ActorTokenScopes').map(
          (scopes) => ({
            ...scopes,
            value: [
              ...keys,
              ...this.contentProblems(exchange, content, keys),
              ...this.scopesProblems(content, scopes),
            ],
          }),
        ),
      );
  }

  private contentProblems(
    exchange: Alternative,
    content: Alternative,
    keys: readonly BlockProblem[],
  ): BlockProblem[] {
    if (content.value.kind === 'unknown') return [];
    if (content.value.kind === 'absent') {
      const misspelled = keys.some(({ problem }) => problem.data.suggestion === 'ActorTokenContent');
      return misspelled ? [] : [this.blocks.lacking('exchangeConfig', 'noContent', content, exchange)];
    }
    if (content.value.kind !== 'text')
      return [
        this.blocks.problem('exchangeConfig', 'contentWrongType', content, { type: kindName(content) }),
      ];
    const written = knownText(content.value);
    if (written === undefined || CONTENTS.includes(written)) return [];
    const meant = nearest(written, CONTENTS);
    const data = { written, contents: CONTENTS.join(', '), suggestion: meant ?? '' };
    const message = meant === undefined ? 'unknownContent' : 'misspelledContent';
    return [
      this.blocks.problem('exchangeConfig', message, content, data, 'value', replacement(content, meant)),
    ];
  }

  private scopesProblems(content: Alternative, scopes: Alternative): BlockProblem[] {
    if (scopes.value.kind === 'absent' || scopes.value.kind === 'unknown') return [];
    const written = knownText(content.value);
    const fact = actorTokenContents.find((row) => row.content === written);
    if (fact !== undefined && !fact.takesScopes) {
      const fix = removal(this.blocks.keyCursor(scopes), content);
      return [
        this.blocks.problem(
          'exchangeConfig',
          'scopesWithoutM2m',
          scopes,
          { content: fact.content },
          'key',
          fix,
        ),
      ];
    }
    if (content.value.kind === 'absent') return [];
    if (scopes.value.kind === 'list') {
      const wrong = readItems(this.blocks.evaluator, scopes).find(
        ({ value }) => value.kind !== 'text' && value.kind !== 'unknown',
      );
      return wrong === undefined
        ? []
        : [this.blocks.problem('exchangeConfig', 'scopeNoString', wrong, { type: kindName(wrong) })];
    }
    // A text that a function gives may still become a list when it is deployed.
    if (scopes.value.kind === 'text' && isMap(scopes.at.raw)) return [];
    return [this.blocks.problem('exchangeConfig', 'scopesNoList', scopes, { type: kindName(scopes) })];
  }
}

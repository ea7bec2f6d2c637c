import { agentCoreCliFacts } from './agentcore-cli.js';
import { authorizers } from './authorizers.js';
import { consumerKinds } from './consumer-kinds.js';
import { credentialTypes } from './credential-types.js';
import { clientAuthentications, roleActions } from './exchange-actions.js';
import type { Fact } from './fact.js';
import { grantAliases, providerGrants } from './grants.js';
import {
  cognitoExchangeFlows,
  cognitoPlansWithoutExchange,
  type ExchangeParameterFact,
  identityProviders,
  sentByDefault,
} from './identity-providers.js';
import {
  actorTokenContents,
  foreignKeys,
  onBehalfOfKeys,
  tokenExchangeGrantTypeKeys,
} from './on-behalf-of.js';
import { sourcePageOf } from './source-pages.js';
import { FACT_TABLES, type FactTableName } from './table-names.js';
import { listings, protocols, signedByService, targetKinds, unsupportedCredentials } from './targets.js';
import { vendors } from './vendors.js';

/** A fact as people read it. */
export interface DescribedFact {
  readonly table: FactTableName;
  /** One sentence, without its full stop. */
  readonly fact: string;
  readonly source: { readonly title: string; readonly url: string };
  /** The day on which it was last confirmed, as `YYYY-MM-DD`. */
  readonly confirmed: string;
  /** What the sources disagree about, as a sentence; null where they agree. */
  readonly disputed: string | null;
}

interface Row {
  readonly says: string;
  readonly fact: Fact;
}

/** A table in words, by its name. */
const TABLES: Readonly<
  Record<FactTableName, { readonly title: string; readonly rows: () => readonly Row[] }>
> = {
  'identity-providers': {
    title: 'What identity providers speak, and whose tokens they redeem',
    rows: () =>
      identityProviders.flatMap((fact) => [
        { says: `${fact.name} ${spoken(fact.grants)}${redeemed(fact.redeems)}`, fact },
        ...fact.hosts.map((host) => ({
          says: `${[host.host === '*' ? 'any host' : host.host, ...host.path].join('/')} is ${fact.name}`,
          fact: host,
        })),
      ]),
  },
  'exchange-parameters': {
    title: 'What the request of an exchange has to send',
    rows: () => [
      ...sentByDefault.map((fact) => ({
        says: `AgentCore sends ${fact.name}=${fact.value} unless CustomParameters says otherwise`,
        fact,
      })),
      ...identityProviders.flatMap(({ name, request }) =>
        (request?.parameters ?? []).map((fact) => ({
          says: `${name} ${demand(fact)}${request?.ownTokensOnly === true ? ', for tokens of its own realm' : ''}: ${request?.severity}`,
          fact,
        })),
      ),
    ],
  },
  cognito: {
    title: 'What Cognito needs to exchange tokens',
    rows: () => [
      ...cognitoExchangeFlows.map((fact) => ({
        says: `a user pool client needs ${fact.flow} in ExplicitAuthFlows to exchange tokens ${fact.actorToken ? 'with' : 'without'} an actor token`,
        fact,
      })),
      ...cognitoPlansWithoutExchange.map((fact) => ({
        says: `a user pool on the plan ${fact.plan} exchanges no tokens`,
        fact,
      })),
    ],
  },
  authorizers: {
    title: 'What token comes in with each AuthorizerType of a gateway',
    rows: () =>
      authorizers.map((fact) => ({
        says: `a gateway with AuthorizerType ${fact.type} ${fact.explanation}: exchange ${fact.exchange}, passthrough ${fact.passthrough}, AUTHORIZATION_CODE ${fact.authorizationCode}, CALLER_IAM_CREDENTIALS ${fact.callerCredentials ? 'works' : 'fails'}, AuthorizerConfiguration ${fact.configuration ?? 'unknown'}`,
        fact,
      })),
  },
  'target-kinds': {
    title: 'Which kinds of targets take an exchanged or a passed-on token',
    rows: () =>
      targetKinds.map((fact) => ({
        says: `${fact.label} (${fact.path.join('.')}): TOKEN_EXCHANGE ${EXCHANGE_WORDS[fact.tokenExchange]}, JWT_PASSTHROUGH ${fact.jwtPassthrough ? 'works' : 'fails'}`,
        fact,
      })),
  },
  credentials: {
    title: 'Which credentials go with which kind of target',
    rows: () => [
      ...credentialTypes.map((fact) => ({
        says:
          fact.block === null
            ? `CredentialProviderType ${fact.type} takes no CredentialProvider`
            : `CredentialProviderType ${fact.type} goes with ${fact.block} (${fact.requirement})`,
        fact,
      })),
      ...unsupportedCredentials.map((fact) => ({
        says: `a ${fact.kinds.join(' or ')} target takes ${fact.takes}, and not ${fact.type}${fact.grant === null ? '' : ` with ${fact.grant}`}: ${fact.severity}`,
        fact,
      })),
      ...signedByService.map((fact) => ({
        says: `a ${fact.kind} target with GATEWAY_IAM_ROLE needs an IamCredentialProvider with Service`,
        fact,
      })),
    ],
  },
  'listing-modes': {
    title: 'What an MCP server target cannot have at the same time',
    rows: () =>
      listings.map((fact) => ({
        says: `${fact.property}${fact.value === null ? '' : ` ${fact.value}`} does not go with ${fact.with}`,
        fact,
      })),
  },
  protocols: {
    title: 'What the ProtocolType of a gateway takes',
    rows: () =>
      protocols.map((fact) => ({
        says: `a gateway ${fact.protocol === null ? 'without ProtocolType' : `with ProtocolType ${fact.protocol}`} ${fact.refuses.length === 0 ? 'takes MCP and HTTP targets' : `refuses ${fact.refuses.join(' and ')} targets`}`,
        fact,
      })),
  },
  'consumer-grants': {
    title: 'Which grants can be asked for',
    rows: () =>
      consumerKinds.map((fact) => ({ says: `a ${fact.noun} asks for ${fact.grants.join(', ')}`, fact })),
  },
  'provider-grants': {
    title: 'What the grants of OnBehalfOfTokenExchangeConfig are',
    rows: () =>
      providerGrants.map((fact) => ({
        says: `${fact.grant} is ${fact.specification}, grant_type ${fact.wireName}`,
        fact,
      })),
  },
  'grant-words': {
    title: 'Words that are written in the place of a grant',
    rows: () => grantAliases.map((fact) => ({ says: `${fact.written} ${fact.explanation}`, fact })),
  },
  'on-behalf-of-keys': {
    title: 'The keys of the on-behalf-of blocks, and keys that do not exist there',
    rows: () => [
      ...onBehalfOfKeys.map((fact) => ({
        says: `OnBehalfOfTokenExchangeConfig has ${fact.key}${fact.required ? ', which is required' : ''}`,
        fact,
      })),
      ...tokenExchangeGrantTypeKeys.map((fact) => ({
        says: `TokenExchangeGrantTypeConfig has ${fact.key}${fact.required ? ', which is required' : ''}`,
        fact,
      })),
      ...actorTokenContents.map((fact) => ({
        says: `ActorTokenContent ${fact.content}: ${fact.meaning}${fact.takesScopes ? ', with ActorTokenScopes' : ''}`,
        fact,
      })),
      ...foreignKeys.map((fact) => ({ says: `${fact.key} ${fact.explanation}`, fact })),
    ],
  },
  vendors: {
    title: 'The vendors of credential providers',
    rows: () =>
      vendors.map((fact) => ({
        says: `${fact.vendor} takes ${fact.configBlock}${fact.clientCredentials === false ? '; it has no client credentials' : ''}${fact.nativeExchange === null ? '' : `; it exchanges tokens by itself with ${fact.nativeExchange}`}`,
        fact,
      })),
  },
  'client-authentication': {
    title: 'How a client authenticates itself',
    rows: () =>
      clientAuthentications.map((fact) => ({
        says: `${fact.method} ${fact.secret ? 'needs a client secret' : 'has no client secret'}${fact.block === null ? '' : `, and needs ${fact.block}`}`,
        fact,
      })),
  },
  'role-actions': {
    title: 'What a gateway calls as its role to get a token',
    rows: () =>
      roleActions.map((fact) => ({
        says: `${fact.action} ${fact.purpose}: for ${fact.grants === 'every' ? 'every grant' : fact.grants}${fact.authentications === null ? '' : `, with ${fact.authentications.join(' or ')}`}${fact.resource === null ? '' : `, on the ${fact.resource}`}`,
        fact,
      })),
  },
  'agentcore-cli': {
    title: 'What the AgentCore CLI makes of agentcore.json',
    rows: () => agentCoreCliFacts.map((fact) => ({ says: `with ${fact.version}, ${fact.says}`, fact })),
  },
};

const EXCHANGE_WORDS = {
  yes: 'works',
  refused: 'is refused',
  unlisted: 'is not listed by the developer guide',
  allowed: 'is let pass',
} as const;

function spoken(grants: readonly string[]): string {
  return grants.length === 0 ? 'exchanges no tokens' : `speaks ${grants.join(' and ')}`;
}

function redeemed(redeems: (typeof identityProviders)[number]['redeems']): string {
  if (redeems === 'own-tenant') return ', and redeems tokens of the same tenant only';
  return redeems === 'own-organization'
    ? ', and redeems tokens of the same organization unless it trusts another'
    : '';
}

function demand({ name, grant, accepted, refused, required, beside }: ExchangeParameterFact): string {
  const parts = [
    ...(required ? [`asks for ${name}`] : []),
    ...(accepted === null ? [] : [`takes ${accepted.join(' or ')}`]),
    ...(refused.length === 0 ? [] : [`refuses ${name}=${refused.join(' and ')}`]),
  ].join(', ');
  const where =
    beside === undefined
      ? ''
      : `, where ${beside.name} is ${beside.not === true ? 'none' : 'one'} of ${beside.values.join(', ')}`;
  return `${parts} with ${grant}${where}`;
}

/** The title of a table. */
export function titleOf(table: FactTableName): string {
  return TABLES[table].title;
}

/**
 * The facts of some tables in words, in order.
 * @throws Error for a row whose source is no page that is known: a test holds that there is none
 */
export function describedFacts(tables: readonly FactTableName[] = FACT_TABLES): readonly DescribedFact[] {
  return tables.flatMap((table) =>
    TABLES[table].rows().map(({ says, fact }) => {
      const page = sourcePageOf(fact.source);
      if (page === undefined) throw new Error(`the source ${fact.source} has no page`);
      return {
        table,
        fact: says,
        source: { title: page.title, url: fact.source },
        confirmed: page.confirmed,
        disputed: fact.disputed ?? null,
      };
    }),
  );
}

/** The rows of a table of facts in Markdown, its head first. */
export function factTable(rows: readonly DescribedFact[]): string[] {
  const cell = (words: string): string =>
    words.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('*', '\\*');
  return [
    '| fact | source | confirmed |',
    '| --- | --- | --- |',
    ...rows.map(
      ({ fact, source, confirmed, disputed }) =>
        `| ${cell(fact)}${disputed === null ? '' : `. Disputed: ${cell(disputed)}`} | [${cell(source.title)}](${source.url}) | ${confirmed} |`,
    ),
  ];
}

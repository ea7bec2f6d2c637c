import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../rules/index.js';
import { connectionDialect, harnessDialect, projectDialect } from '../../src/frontends/agentcore-dialect.js';
import { apiDialect } from '../../src/frontends/api-dialect.js';
import type { Dialect } from '../../src/frontends/front-end.js';
import { CALLS } from '../../src/frontends/python/calls.js';
import { askingDialect, pythonDialect } from '../../src/frontends/python/dialect.js';
import { awsccDialect, terraformDialect } from '../../src/frontends/terraform/dialect.js';
import { saidIn } from '../../src/lint/dialect-words.js';
import type { AnyRule } from '../../src/lint/rule.js';

/*
 * Every message of every rule in the words of every input that is no template: it may come up there in a way that no
 * sample has.
 */

const asking = [...CALLS].flatMap(([name, kind]): [string, Dialect][] =>
  kind.does === 'ask' ? [[name, askingDialect(kind.names)]] : [],
);

const DIALECTS: readonly (readonly [string, Dialect])[] = [
  ['the API', apiDialect],
  ['agentcore.json', projectDialect],
  ['its connections', connectionDialect],
  ['harness.json', harnessDialect],
  ['hashicorp/aws', terraformDialect],
  ['hashicorp/awscc', awsccDialect],
  ['Python that calls the API', pythonDialect],
  ...asking,
];

/** What only a template can get wrong: it has conditions, functions, parameters and stacks. */
const OF_TEMPLATES =
  /^(?:provider-absent-under-condition|template-not-in-view|template-unreadable|invalid-suppression)\/|^plaintext-client-secret\/(?!literal)|\/(?:wholeResource|noAttribute|otherAttribute|dangling|misspelledKey)$/;

/** Words of CloudFormation, and the ends of sentences that another end was put before. */
const FOREIGN =
  /the deployment|Fn::|![A-Z][a-z]|NoEcho|\bDefault\b|dynamic reference|stack|fails? to set|refused to set|capital letter/;

/** What no file of the AgentCore CLI can get wrong: the secrets of its providers stand in `.env.local`. */
const OF_SECRETS = /^(?:plaintext-client-secret|provider-client-authentication)\//;
const WITHOUT_SECRETS: ReadonlySet<Dialect> = new Set([projectDialect, connectionDialect, harnessDialect]);

const MESSAGES = builtInRules.flatMap(({ id, messages }) =>
  Object.entries(messages as AnyRule['messages']).map(([key, words]) => ({ id, key, words })),
);

describe.each(DIALECTS)('%s', (_, dialect) => {
  const canSay = (message: string): boolean =>
    !OF_TEMPLATES.test(message) && !(WITHOUT_SECRETS.has(dialect) && OF_SECRETS.test(message));

  it.each(MESSAGES.filter(({ id, key }) => canSay(`${id}/${key}`)))(
    'says $id, $key, without words of CloudFormation',
    ({ id, key, words }) => {
      const { message, help } = saidIn(dialect, id, key, words);
      expect(`${message} ${help}`.replaceAll(/\{\w+\}/g, '')).not.toMatch(FOREIGN);
    },
  );
});

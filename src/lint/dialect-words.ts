import type { Dialect } from '../frontends/front-end.js';
import { DIALECT_WORDS } from '../frontends/words.js';
import type { Path, PathStep } from '../source/types.js';

/** What a finding says: a message and a help, with `{name}` for entries of its data. */
export interface Words {
  readonly message: string;
  readonly help: string;
}

/** Entries of a report's data that are the user's own names, or in the right words already: they stay as they are. */
const NAMES: ReadonlySet<string> = new Set([
  'arn',
  'attribute',
  'consumer',
  'provider',
  'providerId',
  'gateway',
  'role',
  'target',
]);

/** The config block of each vendor, `GithubOauth2ProviderConfig`: there are as many as vendors. */
const CONFIG_BLOCK = /Oauth2ProviderConfig$/;

const WORD = /(?<![\w:])[A-Z][A-Za-z0-9]+\b/g;

/** Whether texts have to be put into other words at all. */
export function speaksCloudFormation(dialect: Dialect): boolean {
  return dialect.name === 'CloudFormation' && Object.keys(dialect.sayings).length === 0;
}

/** What a rule says in the words of an input: its own saying for it, else the rule's sentence with its words translated. */
export function saidIn(dialect: Dialect, ruleId: string, key: string, words: Words): Words {
  const { sayings } = dialect;
  const saying = { ...sayings[`${ruleId}/*`], ...sayings[`${ruleId}/${key}`] };
  return {
    message: saying.message ?? inWordsOf(dialect, words.message),
    help: saying.help ?? inWordsOf(dialect, words.help),
  };
}

/** A sentence with CloudFormation's words as an input writes them. */
export function inWordsOf(dialect: Dialect, text: string): string {
  let told = text;
  for (const [phrase, instead] of dialect.phrases ?? []) told = told.replaceAll(phrase, instead);
  return told.replace(WORD, (word) => {
    if (word === 'CloudFormation') return dialect.name;
    return DIALECT_WORDS.has(word) || CONFIG_BLOCK.test(word) ? dialect.word(word) : word;
  });
}

/**
 * The data of a report in the words of an input. A key that the user wrote is given back as it was written.
 * @param path the place of the finding, in the template's names
 * @param origin the same in the user's
 */
export function dataIn(
  dialect: Dialect,
  data: Readonly<Record<string, string>>,
  path: Path,
  origin: (path: Path) => Path,
): Record<string, string> {
  const spelled = (step: PathStep): string | undefined => {
    const index = path.lastIndexOf(step);
    const last = index < 2 ? undefined : origin(path.slice(0, index + 1)).at(-1);
    return typeof last === 'string' ? last : undefined;
  };
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      NAMES.has(key) ? value : (spelled(value) ?? inWordsOf(dialect, value)),
    ]),
  );
}

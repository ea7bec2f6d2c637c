import type { Span } from '../source/types.js';
import { isSecretName, NAME_END_LENGTH, NAME_ENDS } from './secret-names.js';

/** Texts that are credentials wherever they stand; a group named `secret` is the part to hide, else all is. */
const CREDENTIALS: readonly RegExp[] = [
  // AWS access keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  // JSON Web Tokens and what else starts with the Base64 of `{"`
  /\beyJ[\w-]{8,}(?:\.[\w-]+){0,4}/g,
  // GitHub, GitLab, npm
  /\b(?:gh[oprsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{30,})/g,
  // Slack
  /\bxox[a-z]-[\w-]{8,}/g,
  /hooks\.slack\.com\/(?:services|workflows)\/(?<secret>[\w/]+)/g,
  // Google: API keys, OAuth client secrets, access tokens
  /\b(?:AIza[\w-]{30,}|GOCSPX-[\w-]{16,}|ya29\.[\w-]{16,})/g,
  // Microsoft Entra client secrets
  /(?<![\w~.-])[\w~.-]{3}[78]Q~[\w~.-]{30,}/g,
  // Stripe, OpenAI, Anthropic, SendGrid, Hugging Face, Atlassian, DigitalOcean
  /\b(?:[rs]k_(?:live|test)_\w{16,}|sk-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|hf_\w{20,}|ATATT[\w=-]{20,}|dop_v1_\w{32,})/g,
  // HTTP authentication
  /\bBearer[ \t]+(?<secret>(?=[A-Za-z_~+/.=-]*\d)[\w~+/.=-]{8,})/gi,
  /\bBasic[ \t]+(?<secret>[A-Za-z0-9+/]{12,}={0,2})(?![\w+/])/g,
  // A password in a URL, also where the text is cut off in it
  /:\/\/[^\s/:@"'${}]{0,100}:(?<secret>[^\s/@"'${}]{1,200})(?:@|$)/g,
];

const AWS_SECRET_KEY_LENGTH = 40;
const AWS_SECRET_KEY_SIGN = /[+/]/g;
const AWS_SECRET_KEY_CHARACTER = /[A-Za-z0-9+/]/;
/** What stands before or after a secret key only where it is a part of something longer, such as an ARN or Base64. */
const JOINT_BEFORE = /[.:_-]/;
const JOINT_AFTER = /[=.:_-]/;

const PRIVATE_KEY_START = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const PRIVATE_KEY_END = /-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** How far the end of a private key is looked for, and how much is hidden where there is none. */
const PRIVATE_KEY_LENGTH = 12_000;

/**
 * The end of a name and what follows it: `name: value`, `name=value`, `"name":"value"`, `name is 'value'`. Looking for
 * the last letters of a secret's name first is several times faster than looking at every name.
 */
const NAME_END_AND_VALUE = new RegExp(
  `(?:${NAME_ENDS.join('|')})` +
    /(?![\w.-])\\{0,4}["']?[ \t]{0,8}(?:[:=]=?>?[ \t]{0,8}(?:\\{0,4}(?<quote>["'`]))?|[ \t]is[ \t](?<word>["'`]))/
      .source,
  'gi',
);
/** How far back a name reaches. What stands right before it tells whether it is a part of a path or an ARN. */
const NAME = /(?<![\w.:/-])[\w.-]{0,80}$/;
const LONGEST_NAME = 80;
/** What such a value is not: an intrinsic function, a collection, a reference, a variable, a constant. */
const NO_VALUE = /^(?:[!{[|>*&]|\$[\w{(]|[$#]$|arn:|(?:true|false|null|none|yes|no)$)/i;
const PLAIN_VALUE = /[^\s"'`,;&<>()[\]{}]+/y;

/** The stretches of any text that look like a credential, in no order; they may overlap. */
export function credentialSpans(text: string): Span[] {
  const spans: Span[] = [];
  knownCredentials(text, spans);
  awsSecretKeys(text, spans);
  privateKeys(text, spans);
  namedSecrets(text, spans);
  return spans;
}

function knownCredentials(text: string, found: Span[]): void {
  for (const pattern of CREDENTIALS) {
    eachMatch(pattern, text, (match) => {
      const end = match.index + match[0].length;
      const secret = match.groups?.secret;
      if (secret === undefined) found.push({ start: match.index, end });
      else {
        const start = match.index + match[0].lastIndexOf(secret);
        found.push({ start, end: start + secret.length });
      }
    });
  }
}

/** Like `matchAll`, which copies the pattern for each text: most texts are short and have no match at all. */
function eachMatch(pattern: RegExp, text: string, use: (match: RegExpExecArray) => void): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) use(match);
}

/**
 * Forty characters are an AWS secret access key when they look random: digits, both cases, and a sign that names do
 * not have. That sign is rare, and so what is looked for.
 */
function awsSecretKeys(text: string, found: Span[]): void {
  let covered = 0;
  eachMatch(AWS_SECRET_KEY_SIGN, text, ({ index }) => {
    if (index < covered) return;
    const { start, end } = keyAround(text, index);
    covered = end;
    const key = text.slice(start, end);
    const apart = !JOINT_BEFORE.test(text[start - 1] ?? ' ') && !JOINT_AFTER.test(text[end] ?? ' ');
    if (
      end - start === AWS_SECRET_KEY_LENGTH &&
      apart &&
      /\d/.test(key) &&
      /[a-z]/.test(key) &&
      /[A-Z]/.test(key)
    ) {
      found.push({ start, end });
    }
  });
}

/** The run of a secret key's characters around an offset, as far as one more than the length of a key each way. */
function keyAround(text: string, index: number): Span {
  const belongs = (at: number) => AWS_SECRET_KEY_CHARACTER.test(text[at] ?? ' ');
  let start = index;
  while (index - start <= AWS_SECRET_KEY_LENGTH && belongs(start - 1)) start--;
  let end = index + 1;
  while (end - index <= AWS_SECRET_KEY_LENGTH && belongs(end)) end++;
  return { start, end };
}

function privateKeys(text: string, found: Span[]): void {
  let covered = 0;
  eachMatch(PRIVATE_KEY_START, text, ({ index }) => {
    if (index < covered) return;
    const body = text.slice(index, index + PRIVATE_KEY_LENGTH);
    PRIVATE_KEY_END.lastIndex = 0;
    covered = index + (PRIVATE_KEY_END.exec(body) === null ? body.length : PRIVATE_KEY_END.lastIndex);
    found.push({ start: index, end: covered });
  });
}

/** Values that stand beside the name of a secret in comments, scripts, messages or JSON inside of a string. */
function namedSecrets(text: string, found: Span[]): void {
  // What stands in a value is not looked at again, or `password=password=...` would take quadratic time.
  let covered = 0;
  eachMatch(NAME_END_AND_VALUE, text, (match) => {
    if (match.index < covered || !endsSecretName(text, match.index + NAME_END_LENGTH)) return;
    const start = match.index + match[0].length;
    const end = valueEnd(text, start, match.groups?.quote ?? match.groups?.word);
    if (end <= start || NO_VALUE.test(text.slice(start, end))) return;
    covered = end;
    found.push({ start, end });
  });
}

function endsSecretName(text: string, end: number): boolean {
  const name = NAME.exec(text.slice(Math.max(0, end - LONGEST_NAME - 1), end))?.[0];
  return name !== undefined && isSecretName(name);
}

function valueEnd(text: string, start: number, quote: string | undefined): number {
  if (quote === undefined) {
    PLAIN_VALUE.lastIndex = start;
    return start + (PLAIN_VALUE.exec(text)?.[0].length ?? 0);
  }
  let end = start;
  while (end < text.length && text[end] !== quote && text[end] !== '\n' && text[end] !== '\r') end++;
  // A quote inside of a JSON string is escaped, and its backslash is no part of the value.
  while (end > start && text[end] === quote && text[end - 1] === '\\') end--;
  return end;
}

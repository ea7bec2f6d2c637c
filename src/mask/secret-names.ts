import { memoize } from '../plain/memoize.js';

/**
 * How the names of secrets end, in lower case and without separators: `ClientSecret`, `client_secret` and
 * `CLIENT-SECRET` are one name. An end is compared and not the whole, so that `SecretArn`, `ClientSecretSource`,
 * `TokenEndpoint` or `PasswordPolicy` are none.
 */
const ENDINGS: readonly string[] = [
  'secret',
  'secretstring',
  'secretbinary',
  'secretstringtemplate',
  'secretvalue',
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'apikey',
  'apikeyvalue',
  'accesskey',
  'secretkey',
  'secretaccesskey',
  'privatekey',
  'privatekeypem',
  'signingkey',
  'encryptionkey',
  'sharedkey',
  'accountkey',
  'token',
  'tokenvalue',
  'credential',
  'credentials',
  'authorization',
  'clientassertion',
  'connectionstring',
];

/** Names that end like that of a secret and hold none: a Lambda function's ARN, a page, the key of an S3 object. */
const HARMLESS_ENDINGS: readonly string[] = ['servicetoken', 'nexttoken', 'openapikey'];

/** Enough letters to tell most other names apart. */
export const NAME_END_LENGTH = 3;
/** The last letters of every secret name, in lower case. */
export const NAME_ENDS: readonly string[] = [
  ...new Set(ENDINGS.map((ending) => ending.slice(-NAME_END_LENGTH))),
];

const LIKELY_END = new RegExp(`(?:${NAME_ENDS.join('|')})[^a-z0-9]*$`, 'i');
const LONGEST_NAME = 128;

/** Whether a key, parameter or variable of this name holds a secret. */
export const isSecretName = memoize((name) => {
  // Templates have many names, and the last letters rule out most of them.
  if (name.length > LONGEST_NAME || !LIKELY_END.test(name)) return false;
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const ends = (ending: string) => plain.endsWith(ending);
  return ENDINGS.some(ends) && !HARMLESS_ENDINGS.some(ends);
});

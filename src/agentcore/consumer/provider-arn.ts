import { concatenate, knownText, type Part, type TextValue } from '../../evaluate/value.js';

/** What a text that should be a provider's ARN turns out to be. */
export type ParsedArn =
  /** The ARN of an OAuth2 credential provider, by its name. */
  | {
      readonly kind: 'oauth2-provider';
      readonly name: TextValue;
      readonly region: string | undefined;
      readonly account: string | undefined;
    }
  /** The ARN of something else; `what` says of what, as a noun. */
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'no-arn' }
  /** Too little of it is known. */
  | { readonly kind: 'unknown' };

/** `arn:PARTITION:bedrock-agentcore:REGION:ACCOUNT:token-vault/VAULT/oauth2credentialprovider/NAME` */
const NAME_MARKER = 'oauth2credentialprovider/';
const OTHER_MARKERS: readonly { readonly marker: string; readonly what: string }[] = [
  { marker: 'apikeycredentialprovider/', what: 'an API key credential provider' },
  { marker: 'paymentcredentialprovider/', what: 'a payment credential provider' },
  { marker: ':workload-identity-directory/', what: 'a workload identity' },
  { marker: ':gateway/', what: 'a gateway' },
  { marker: ':runtime/', what: 'a runtime' },
  { marker: ':memory/', what: 'a memory' },
];

/** Reads a text, of which parts may be unknown, as the ARN of a credential provider. */
export function parseProviderArn(text: TextValue): ParsedArn {
  const { parts } = text;
  const [first] = parts;
  const begins = typeof first === 'string' ? first : undefined;
  if (begins !== undefined && !begins.startsWith('arn:')) {
    return 'arn:'.startsWith(begins) && parts.length > 1 ? { kind: 'unknown' } : { kind: 'no-arn' };
  }
  if (parts.length === 0) return { kind: 'no-arn' };
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (typeof part !== 'string') continue;
    const other = OTHER_MARKERS.find(({ marker }) => part.includes(marker));
    if (other !== undefined) return { kind: 'other', what: other.what };
    const marker = part.indexOf(NAME_MARKER);
    if (marker < 0) continue;
    const rest: Part[] = [part.slice(marker + NAME_MARKER.length), ...parts.slice(index + 1)];
    const name = concatenate(rest);
    if (name.parts.length === 0) return { kind: 'no-arn' };
    const segments = begins?.split(':') ?? [];
    // What stands before the name is known where that is one literal with it.
    const before = index === 0;
    return {
      kind: 'oauth2-provider',
      name,
      region: before ? nonEmpty(segments[3]) : undefined,
      account: before ? nonEmpty(segments[4]) : undefined,
    };
  }
  const service = serviceOf(parts);
  if (service !== undefined && service !== 'bedrock-agentcore')
    return { kind: 'other', what: `a resource of ${service}` };
  return knownText(text) === undefined
    ? { kind: 'unknown' }
    : { kind: 'other', what: 'no credential provider' };
}

/** The service segment of an ARN, as far as the partition before it is one literal or one symbol. */
function serviceOf(parts: readonly Part[]): string | undefined {
  const [first, , third] = parts;
  if (typeof first !== 'string') return undefined;
  const segments = first.split(':');
  if (segments.length > 3) return segments[2];
  if (first === 'arn:' && typeof third === 'string' && third.startsWith(':')) {
    const rest = third.split(':');
    return rest.length > 2 ? rest[1] : undefined;
  }
  return undefined;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

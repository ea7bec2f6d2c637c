/** The fixtures that stand on a rule's page: YAML, since that is what people read. */
export interface Example {
  /** A case below `fixtures/<rule-id>/invalid/`. */
  readonly fails: string;
  /** A case below `fixtures/<rule-id>/valid/`; with slashes, a case of any rule below `fixtures/`. */
  readonly passes: string;
  /** The names of the resources, parameters and conditions to show; default what the finding speaks of. */
  readonly show?: readonly string[];
}

/** What a rule without an entry below has on its page: the cases that the scaffold makes. */
const scaffolded: Example = { fails: 'example', passes: 'example' };

/** The valid base in YAML, for rules that have theirs in JSON. */
const base = 'token-exchange-without-config/valid/configured-provider';

const examples: Readonly<Record<string, Example>> = {
  'token-exchange-without-config': { fails: 'no-block', passes: 'configured-provider' },
  'token-exchange-config-unused': { fails: 'client-credentials', passes: base },
  'token-exchange-on-built-in-vendor': { fails: 'target-of-google', passes: 'custom-vendor' },
  'invalid-grant-type': { fails: 'provider-grant', passes: 'exchange' },
  'grant-unresolved': { fails: 'free-parameter', passes: 'default' },
  'malformed-on-behalf-of-config': { fails: 'unknown-key-subject-token', passes: 'token-exchange' },
  'malformed-token-exchange-grant-type-config': { fails: 'unknown-content', passes: 'aws-iam-id-token' },
  'actor-token-unspecified': { fails: 'unspecified', passes: 'specified' },
  'provider-vendor-mismatch': {
    fails: 'google-with-custom-block',
    passes: 'own-blocks',
    show: ['Provider', 'Google'],
  },
  'invalid-provider-reference': { fails: 'misspelled-attribute', passes: base },
  'provider-absent-under-condition': {
    fails: 'provider-in-one-mode',
    passes: 'same-condition',
    show: ['Mode', 'Exchange', 'Provider', 'Target'],
  },
  'provider-unresolved': { fails: 'parameter-without-default', passes: base },
  'provider-ambiguous': { fails: 'one-exporter-unconfigured', passes: 'same-template-first' },
  'gateway-unresolved': { fails: 'literal-id', passes: 'in-view', show: ['Gateway', 'Target'] },
  'token-exchange-without-inbound-jwt': { fails: 'aws-iam', passes: 'custom-jwt' },
  'token-exchange-unsupported-target': { fails: 'lambda', passes: 'open-api' },
  'jwt-passthrough-unsupported': { fails: 'mcp-server', passes: 'runtime-custom-jwt' },
  'authorization-code-without-return-url': { fails: 'missing', passes: 'with-return-url' },
  'credential-type-mismatch': { fails: 'gateway-role-with-oauth-block', passes: base },
  'identity-provider-grant-mismatch': { fails: 'entra-with-token-exchange', passes: 'entra-with-jwt-grant' },
  'missing-exchange-parameter': { fails: 'okta', passes: 'okta' },
  'gateway-role-cannot-exchange': { fails: 'lacks-workload-token', passes: 'inline-policy' },
  'plaintext-client-secret': { fails: 'literal', passes: 'dynamic-reference' },
  'token-exchange-with-tool-schema': { fails: 'inline', passes: 'without-schema' },
  'target-protocol-mismatch': { fails: 'runtime', passes: 'without-protocol' },
  'target-credential-unsupported': { fails: 'mcp-server-without-service', passes: 'lambda-with-role' },
  'dynamic-listing-unsupported': { fails: 'authorization-code', passes: 'exchange' },
  'authorizer-configuration-mismatch': { fails: 'custom-jwt-without', passes: 'custom-jwt' },
  'authorization-code-behind-iam': { fails: 'aws-iam', passes: 'custom-jwt' },
  'vendor-without-client-credentials': { fails: 'github', passes: 'authorization-code' },
  'provider-client-authentication': { fails: 'no-secret', passes: 'external' },
  'inbound-issuer-mismatch': { fails: 'cognito-in-front-of-entra', passes: 'same-tenant' },
  'cognito-client-cannot-exchange': { fails: 'flow-missing', passes: 'impersonation' },
  'template-not-in-view': {
    fails: 'url-elsewhere',
    passes: 'files-of-the-project',
    show: ['Identity'],
  },
  'unknown-oauth-property': { fails: 'forward-inbound-token', passes: 'known-keys' },
  'template-unreadable': { fails: 'duplicate-grant', passes: 'yaml', show: ['Target'] },
  'invalid-suppression': { fails: 'unknown-rule', passes: 'known-rule', show: ['Provider'] },
};

/** The example on the page of a rule. */
export function exampleOf(ruleId: string): Example {
  return Object.hasOwn(examples, ruleId) ? (examples[ruleId] ?? scaffolded) : scaffolded;
}

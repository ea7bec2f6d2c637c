import type { AnyRule } from '../src/lint/rule.js';
import { actorTokenUnspecified } from './actor-token-unspecified.js';
import { authorizationCodeBehindIam } from './authorization-code-behind-iam.js';
import { authorizationCodeWithoutReturnUrl } from './authorization-code-without-return-url.js';
import { authorizerConfigurationMismatch } from './authorizer-configuration-mismatch.js';
import { cognitoClientCannotExchange } from './cognito-client-cannot-exchange.js';
import { credentialTypeMismatch } from './credential-type-mismatch.js';
import { dynamicListingUnsupported } from './dynamic-listing-unsupported.js';
import { gatewayRoleCannotExchange } from './gateway-role-cannot-exchange.js';
import { gatewayUnresolved } from './gateway-unresolved.js';
import { grantUnresolved } from './grant-unresolved.js';
import { identityProviderGrantMismatch } from './identity-provider-grant-mismatch.js';
import { ignoredByAgentcoreCli } from './ignored-by-agentcore-cli.js';
import { inboundIssuerMismatch } from './inbound-issuer-mismatch.js';
import { invalidGrantType } from './invalid-grant-type.js';
import { invalidProviderReference } from './invalid-provider-reference.js';
import { invalidSuppression } from './invalid-suppression.js';
import { jwtPassthroughUnsupported } from './jwt-passthrough-unsupported.js';
import { malformedOnBehalfOfConfig } from './malformed-on-behalf-of-config.js';
import { malformedTokenExchangeGrantTypeConfig } from './malformed-token-exchange-grant-type-config.js';
import { missingExchangeParameter } from './missing-exchange-parameter.js';
import { plaintextClientSecret } from './plaintext-client-secret.js';
import { providerAbsentUnderCondition } from './provider-absent-under-condition.js';
import { providerAmbiguous } from './provider-ambiguous.js';
import { providerClientAuthentication } from './provider-client-authentication.js';
import { providerUnresolved } from './provider-unresolved.js';
import { providerVendorMismatch } from './provider-vendor-mismatch.js';
import { targetCredentialUnsupported } from './target-credential-unsupported.js';
import { targetProtocolMismatch } from './target-protocol-mismatch.js';
import { templateNotInView } from './template-not-in-view.js';
import { templateUnreadable } from './template-unreadable.js';
import { tokenExchangeConfigUnused } from './token-exchange-config-unused.js';
import { tokenExchangeOnBuiltInVendor } from './token-exchange-on-built-in-vendor.js';
import { tokenExchangeUnsupportedTarget } from './token-exchange-unsupported-target.js';
import { tokenExchangeWithToolSchema } from './token-exchange-with-tool-schema.js';
import { tokenExchangeWithoutConfig } from './token-exchange-without-config.js';
import { tokenExchangeWithoutInboundJwt } from './token-exchange-without-inbound-jwt.js';
import { unknownOauthProperty } from './unknown-oauth-property.js';
import { vendorWithoutClientCredentials } from './vendor-without-client-credentials.js';

/** The rules that come with the program, in the order of the catalogue. */
export const builtInRules: readonly AnyRule[] = [
  tokenExchangeWithoutConfig,
  tokenExchangeConfigUnused,
  tokenExchangeOnBuiltInVendor,
  invalidGrantType,
  grantUnresolved,
  unknownOauthProperty,
  malformedOnBehalfOfConfig,
  malformedTokenExchangeGrantTypeConfig,
  actorTokenUnspecified,
  ignoredByAgentcoreCli,
  providerVendorMismatch,
  invalidProviderReference,
  providerAbsentUnderCondition,
  providerUnresolved,
  providerAmbiguous,
  gatewayUnresolved,
  tokenExchangeWithoutInboundJwt,
  tokenExchangeUnsupportedTarget,
  tokenExchangeWithToolSchema,
  jwtPassthroughUnsupported,
  targetProtocolMismatch,
  targetCredentialUnsupported,
  dynamicListingUnsupported,
  authorizerConfigurationMismatch,
  providerClientAuthentication,
  authorizationCodeWithoutReturnUrl,
  authorizationCodeBehindIam,
  credentialTypeMismatch,
  identityProviderGrantMismatch,
  missingExchangeParameter,
  inboundIssuerMismatch,
  cognitoClientCannotExchange,
  vendorWithoutClientCredentials,
  gatewayRoleCannotExchange,
  plaintextClientSecret,
  templateNotInView,
  templateUnreadable,
  invalidSuppression,
];

/** The page of a rule that comes with the program. */
export function ruleUrl(ruleId: string): string {
  return `https://github.com/cfn-tx-lint/cfn-tx-lint/blob/main/rules/${ruleId}.md`;
}

/**
 * The rules of a run: those that come with the program, and those of plugins after them.
 * @returns with `url`, the page of each; empty for a plugin's rule that names none
 */
export function catalogueOf(plugins: readonly { readonly rules: readonly AnyRule[] }[] = []): {
  readonly rules: readonly AnyRule[];
  readonly url: (ruleId: string) => string;
} {
  const added = plugins.flatMap(({ rules }) => rules);
  const urls = new Map(added.map(({ id, url }) => [id, url ?? '']));
  return { rules: [...builtInRules, ...added], url: (ruleId) => urls.get(ruleId) ?? ruleUrl(ruleId) };
}

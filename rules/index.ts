import type { AnyRule } from '../src/lint/rule.js';
import { actorTokenUnspecified } from './actor-token-unspecified.js';
import { invalidGrantType } from './invalid-grant-type.js';
import { invalidProviderReference } from './invalid-provider-reference.js';
import { invalidSuppression } from './invalid-suppression.js';
import { malformedOnBehalfOfConfig } from './malformed-on-behalf-of-config.js';
import { malformedTokenExchangeGrantTypeConfig } from './malformed-token-exchange-grant-type-config.js';
import { providerAbsentUnderCondition } from './provider-absent-under-condition.js';
import { providerUnresolved } from './provider-unresolved.js';
import { providerVendorMismatch } from './provider-vendor-mismatch.js';
import { templateUnreadable } from './template-unreadable.js';
import { tokenExchangeConfigUnused } from './token-exchange-config-unused.js';
import { tokenExchangeOnBuiltInVendor } from './token-exchange-on-built-in-vendor.js';
import { tokenExchangeWithoutConfig } from './token-exchange-without-config.js';

/** The rules that come with the program, in the order of the catalogue. */
export const builtInRules: readonly AnyRule[] = [
  tokenExchangeWithoutConfig,
  tokenExchangeConfigUnused,
  tokenExchangeOnBuiltInVendor,
  invalidGrantType,
  malformedOnBehalfOfConfig,
  malformedTokenExchangeGrantTypeConfig,
  actorTokenUnspecified,
  providerVendorMismatch,
  invalidProviderReference,
  providerAbsentUnderCondition,
  providerUnresolved,
  templateUnreadable,
  invalidSuppression,
];

/** The page of a rule. */
export function ruleUrl(ruleId: string): string {
  return `https://github.com/cfn-tx-lint/cfn-tx-lint/blob/main/rules/${ruleId}.md`;
}

import { GATEWAY_YAML, oauthYaml, PROVIDER_OUTPUTS, providerYaml, targetYaml } from '../yaml-base.js';

/** A provider that is not set up for the exchange, and that another template imports. */
export const PROVIDER = `Resources:\n${providerYaml({ exchanges: false })}${PROVIDER_OUTPUTS}`;

/** The same, set up for it. */
export const SET_UP = `Resources:\n${providerYaml()}${PROVIDER_OUTPUTS}`;

/** A gateway with a target that asks for the exchange at the provider. */
export const GATEWAY = `Resources:\n${GATEWAY_YAML}${targetYaml(oauthYaml({ arn: '!ImportValue provider-arn' }))}`;

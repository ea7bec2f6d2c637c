import { GATEWAY_YAML, oauthYaml, PROVIDER_OUTPUTS, providerYaml, targetYaml } from '../yaml-base.js';

/** A provider that the stack exports; without `exchanges` it is not set up for token exchange. */
export function identity({ exchanges }: { readonly exchanges: boolean }): string {
  return `Resources:\n${providerYaml({ exchanges })}${PROVIDER_OUTPUTS}`;
}

/** A gateway whose target asks for token exchange at the exported provider. */
export function gateway(scope = 'read'): string {
  return `Resources:\n${GATEWAY_YAML}${targetYaml(oauthYaml({ arn: '!ImportValue provider-arn', scope }))}`;
}

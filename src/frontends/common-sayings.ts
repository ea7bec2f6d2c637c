import type { Dialect, Saying } from './front-end.js';

/*
 * What every input but a template says otherwise: it has no intrinsic functions, no parameters and no resources.
 */

const SAVE_PROVIDER =
  'Save the provider with `aws bedrock-agentcore-control get-oauth2-credential-provider --name NAME`, and name the file with --context.';

const SAVE_GATEWAY =
  'Save the gateway with `aws bedrock-agentcore-control get-gateway --gateway-identifier ID`, and name the file with --context.';

/** Stretches of sentences that speak of templates, or of deployments by CloudFormation. */
export const COMMON_PHRASES: NonNullable<Dialect['phrases']> = [
  ['so the deployment fails to set the grant and calls run', 'so no grant is set and calls run'],
  ['without Fn::Sub nothing takes', 'nothing takes'],
  ['no template in view declares', 'no file in view has'],
  ['no template in view has', 'no file in view has'],
  ['int only the templates', 'int only the files'],
  ['OAuth2CredentialProvider', 'OAuth2 credential provider'],
  ['In a template', 'Here'],
  ['in a template', 'here'],
];

/** Helps that nobody could follow outside of a template, by rule and message. */
export const COMMON_SAYINGS: Readonly<Record<string, Saying>> = {
  'provider-unresolved/unresolved': { help: SAVE_PROVIDER },
  'provider-unresolved/setupUnknown': { help: SAVE_PROVIDER },
  'gateway-unresolved/unresolved': { help: SAVE_GATEWAY },
  'gateway-unresolved/authorizerUnknown': { help: SAVE_GATEWAY },
  'gateway-unresolved/targetUnknown': {
    help: 'Write out what kind of target it is, or lint the target as it is deployed.',
  },
  'invalid-provider-reference/noSub': { help: 'Write the ARN out, with what belongs in their place.' },
  'grant-unresolved/unresolved': { help: 'Write the grant out, or lint the target as it is deployed.' },
};

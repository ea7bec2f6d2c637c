import { authorizerOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

export const authorizerConfigurationMismatch = defineRule({
  id: 'authorizer-configuration-mismatch',
  severity: 'error',
  on: 'gateway',
  summary: 'AuthorizerType and AuthorizerConfiguration of a gateway disagree.',
  rationale:
    'A gateway that validates tokens has to know whose: without an AuthorizerConfiguration its creation fails. One that validates none refuses the configuration. CloudFormation does not see it before it deploys.',
  remedy:
    'Give a CUSTOM_JWT gateway an AuthorizerConfiguration with a CustomJWTAuthorizer, and take it out of an AWS_IAM or NONE gateway.',
  sources: [sources.inboundAuthorization, sources.liveReproductions, sources.gatewayType],
  facts: ['authorizers'],
  messages: {
    missing: {
      consequence: 'deployment-fails',
      message:
        '{gateway} has AuthorizerType {authorizer} without an AuthorizerConfiguration, so the deployment fails.',
      help: 'Add AuthorizerConfiguration with a CustomJWTAuthorizer that names the DiscoveryUrl of the identity provider of the callers.',
    },
    unexpected: {
      consequence: 'deployment-fails',
      message:
        '{gateway} has AuthorizerType {authorizer}, which takes no AuthorizerConfiguration, so the deployment fails.',
      help: 'Remove AuthorizerConfiguration, or set AuthorizerType to CUSTOM_JWT.',
    },
  },
  check: {
    gateway(gateway, when, context) {
      for (const type of gateway.authorizerType(when)) {
        const authorizer = authorizerOf(textOf(type) ?? '');
        if (authorizer === undefined || authorizer.configuration === null) continue;
        for (const configuration of gateway.property('AuthorizerConfiguration', type.when)) {
          const { kind } = configuration.value;
          if (kind === 'unknown') continue;
          const data = { gateway: gateway.node.name, authorizer: authorizer.type };
          if (kind === 'absent' && authorizer.configuration === 'required') {
            context.report({
              message: 'missing',
              data,
              at: type.at,
              when: configuration.when,
              trace: type.trace,
            });
          } else if (kind !== 'absent' && authorizer.configuration === 'refused') {
            context.report({
              message: 'unexpected',
              data,
              at: gateway.node.cursor.at('Properties', 'AuthorizerConfiguration'),
              part: 'key',
              when: configuration.when,
              trace: [...type.trace, ...configuration.trace],
              related: [{ message: `AuthorizerType is ${authorizer.type} here`, at: type.at }],
            });
          }
        }
      }
    },
  },
});

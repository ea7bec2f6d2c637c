import { credentialBlocksOf } from '../src/agentcore/consumer/credential-blocks.js';
import type { CredentialConfiguration } from '../src/agentcore/consumer/credential-configuration.js';
import { authorizerOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule, type RuleContext, type RuleReport } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

type Key = 'unsupportedTarget' | 'withCredentialProvider' | 'noUserToken' | 'disputed';
type Passthrough = ReturnType<CredentialConfiguration['type']>[number];

export const jwtPassthroughUnsupported = defineRule({
  id: 'jwt-passthrough-unsupported',
  severity: 'error',
  on: 'target',
  summary:
    'A target passes the inbound token on where it cannot: on a kind that does not take it, with a CredentialProvider beside it, or behind a gateway to which no token comes.',
  rationale:
    'JWT_PASSTHROUGH hands the token of the caller on unchanged. That works for AgentCore runtimes and HTTP passthrough targets, takes no credential provider, and needs a gateway at which a token arrives: CUSTOM_JWT, or NONE where the tool checks the token itself. Anything else is refused when it is deployed.',
  remedy:
    'For an MCP target, exchange the token instead: CredentialProviderType OAUTH with GrantType TOKEN_EXCHANGE. Otherwise take the CredentialProvider out, and set AuthorizerType of the gateway to CUSTOM_JWT.',
  sources: [sources.outboundAuthorization, sources.targetAuthorization, sources.inboundAuthorization],
  facts: ['target-kinds', 'authorizers'],
  messages: {
    unsupportedTarget: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType JWT_PASSTHROUGH, but it is {kind}, to which no token is passed through: its deployment fails.',
      help: 'Exchange the token with CredentialProviderType OAUTH and GrantType TOKEN_EXCHANGE where the target takes it, or use GATEWAY_IAM_ROLE.',
    },
    withCredentialProvider: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType JWT_PASSTHROUGH with a CredentialProvider ({blocks}) beside it, which has no use there: its deployment fails.',
      help: 'Remove the CredentialProvider, or set CredentialProviderType to the type that goes with it.',
    },
    noUserToken: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType JWT_PASSTHROUGH, but its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so there is no token to pass through and its deployment fails.',
      help: 'Set AuthorizerType of {gateway} to CUSTOM_JWT, or use GATEWAY_IAM_ROLE.',
    },
    disputed: {
      consequence: null,
      message:
        '{target} has CredentialProviderType JWT_PASSTHROUGH, and its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so whether there is a token to pass through is not known.',
      help: 'Set AuthorizerType of {gateway} to CUSTOM_JWT: behind it passthrough is documented.',
    },
  },
  check: {
    // One finding for an entry: what is wrong with it comes before what is wrong around it.
    credentialConfiguration(configuration, context) {
      for (const type of configuration.type()) {
        if (textOf(type) !== 'JWT_PASSTHROUGH') continue;
        for (const so of atSupportedTarget(configuration, type, context)) {
          for (const alone of withoutCredentialProvider(configuration, so, context)) {
            checkGateway(configuration, alone, context);
          }
        }
      }
    },
  },
});

/** Where the target takes the token; where it does not, that is reported. */
function atSupportedTarget(
  configuration: CredentialConfiguration,
  type: Passthrough,
  context: RuleContext<Key>,
): Passthrough[] {
  return configuration.targetKind(type.when).flatMap(({ value: target, when }) => {
    if (target.kind !== 'known' || target.fact.jwtPassthrough) return [{ ...type, when }];
    context.report({
      message: 'unsupportedTarget',
      data: { target: configuration.target.name, kind: target.fact.label },
      at: type.at,
      when,
      trace: type.trace,
      related: [{ message: `the target is ${target.fact.label} here`, at: target.key, part: 'key' }],
    });
    return [];
  });
}

/** Where the entry has no CredentialProvider; where it has one, that is reported. */
function withoutCredentialProvider(
  configuration: CredentialConfiguration,
  type: Passthrough,
  context: RuleContext<Key>,
): Passthrough[] {
  const found = credentialBlocksOf(context.graph.evaluator, configuration, type.when);
  return found.flatMap(({ value: blocks, when }) => {
    if (blocks === undefined || blocks.length === 0) return [{ ...type, when }];
    context.report({
      message: 'withCredentialProvider',
      data: {
        target: configuration.target.name,
        blocks: blocks.map(({ key }) => key).join(', '),
      },
      at: type.at,
      when,
      trace: type.trace,
      related: blocks.map(({ key, at }) => ({ message: `the ${key} stands here`, at, part: 'key' as const })),
      ...removal(configuration),
    });
    return [];
  });
}

function checkGateway(
  configuration: CredentialConfiguration,
  type: Passthrough,
  context: RuleContext<Key>,
): void {
  for (const link of configuration.gateway(type.when)) {
    if (link.value.kind !== 'gateway') continue;
    const { gateway } = link.value;
    for (const authorizerType of gateway.authorizerType(link.when)) {
      const authorizer = authorizerOf(textOf(authorizerType) ?? '');
      if (authorizer?.passthrough !== 'fails' && authorizer?.passthrough !== 'disputed') continue;
      const disputed = authorizer.passthrough === 'disputed';
      context.report({
        message: disputed ? 'disputed' : 'noUserToken',
        severity: disputed ? 'info' : 'error',
        data: {
          target: configuration.target.name,
          gateway: gateway.node.name,
          authorizer: authorizer.type,
          explanation: authorizer.explanation,
        },
        at: type.at,
        when: authorizerType.when,
        trace: [...type.trace, ...link.trace, ...authorizerType.trace],
        related: [{ message: `the gateway is ${authorizer.type} here`, at: authorizerType.at }],
        causes: [{ node: gateway.node, says: `inbound ${authorizer.type}` }],
      });
    }
  }
}

/** Takes the CredentialProvider out, where it is written in place. */
function removal({ entry }: CredentialConfiguration): Pick<RuleReport<Key>, 'fix'> {
  if (entry.value.kind !== 'map') return {};
  const { path } = entry.value.cursor.child('CredentialProvider');
  return {
    fix: { title: 'Remove the CredentialProvider', safety: 'unsafe', changes: [{ kind: 'remove', path }] },
  };
}

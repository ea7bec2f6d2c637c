import { credentialBlocksOf } from '../src/agentcore/consumer/credential-blocks.js';
import type { CredentialConfiguration } from '../src/agentcore/consumer/credential-configuration.js';
import { authorizerOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule, type RuleContext, type RuleReport } from '../src/lint/rule.js';
import { textOf } from '../src/views/read.js';

type Key = 'unsupportedTarget' | 'withCredentialProvider' | 'noUserToken';
/** What the three reports have in common. */
type Base = Pick<RuleReport<Key>, 'at'> & { readonly data: Readonly<Record<string, string>> };
type Passthrough = ReturnType<CredentialConfiguration['type']>[number];

export const jwtPassthroughUnsupported = defineRule({
  id: 'jwt-passthrough-unsupported',
  severity: 'error',
  on: 'consumer',
  summary:
    'A target passes the inbound token on where it cannot: to an MCP target, with a CredentialProvider beside it, or behind a gateway that receives no user token.',
  rationale:
    'JWT_PASSTHROUGH hands the token of the caller on unchanged. That works for AgentCore runtimes and HTTP targets, needs no credential provider, and needs a gateway at which a user token arrives.',
  remedy:
    'For an MCP target, exchange the token instead: CredentialProviderType OAUTH with GrantType TOKEN_EXCHANGE. Otherwise take the CredentialProvider out, and set AuthorizerType of the gateway to CUSTOM_JWT or AUTHENTICATE_ONLY.',
  sources: [sources.outboundAuthorization, sources.targetAuthorization, sources.inboundAuthorization],
  messages: {
    unsupportedTarget: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType JWT_PASSTHROUGH, but it is {kind}, to which no token is passed through.',
      help: 'Exchange the token with CredentialProviderType OAUTH and GrantType TOKEN_EXCHANGE where the target takes it, or use GATEWAY_IAM_ROLE.',
    },
    withCredentialProvider: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType JWT_PASSTHROUGH with a CredentialProvider ({blocks}) beside it, which has no use there.',
      help: 'Remove the CredentialProvider, or set CredentialProviderType to the type that goes with it.',
    },
    noUserToken: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType JWT_PASSTHROUGH, but its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so there is no token to pass through.',
      help: 'Set AuthorizerType of {gateway} to CUSTOM_JWT or AUTHENTICATE_ONLY, or use GATEWAY_IAM_ROLE.',
    },
  },
  check: {
    credentialConfiguration(configuration, context) {
      for (const type of configuration.type()) {
        if (textOf(type) !== 'JWT_PASSTHROUGH') continue;
        const base = { at: type.at, data: { target: configuration.target.name } };
        checkTarget(configuration, type, base, context);
        checkCredentialProvider(configuration, type, base, context);
        checkGateway(configuration, type, base, context);
      }
    },
  },
});

function checkTarget(
  configuration: CredentialConfiguration,
  type: Passthrough,
  base: Base,
  context: RuleContext<Key>,
): void {
  for (const { value: target, when } of configuration.targetKind(type.when)) {
    if (target.kind !== 'known' || target.fact.jwtPassthrough) continue;
    context.report({
      ...base,
      message: 'unsupportedTarget',
      data: { ...base.data, kind: target.fact.label },
      when,
      trace: type.trace,
      related: [{ message: `the target is ${target.fact.label} here`, at: target.key, part: 'key' }],
    });
  }
}

function checkCredentialProvider(
  configuration: CredentialConfiguration,
  type: Passthrough,
  base: Base,
  context: RuleContext<Key>,
): void {
  for (const { value: blocks, when } of credentialBlocksOf(
    context.graph.evaluator,
    configuration,
    type.when,
  )) {
    if (blocks === undefined || blocks.length === 0) continue;
    context.report({
      ...base,
      message: 'withCredentialProvider',
      data: { ...base.data, blocks: blocks.map(({ key }) => key).join(', ') },
      when,
      trace: type.trace,
      related: blocks.map(({ key, at }) => ({ message: `the ${key} stands here`, at, part: 'key' as const })),
      ...removal(configuration),
    });
  }
}

function checkGateway(
  configuration: CredentialConfiguration,
  type: Passthrough,
  base: Base,
  context: RuleContext<Key>,
): void {
  for (const link of configuration.gateway(type.when)) {
    if (link.value.kind !== 'gateway') continue;
    const { gateway } = link.value;
    for (const authorizerType of gateway.authorizerType(link.when)) {
      const authorizer = authorizerOf(textOf(authorizerType) ?? '');
      if (authorizer === undefined || authorizer.receivesUserToken) continue;
      context.report({
        ...base,
        message: 'noUserToken',
        data: {
          ...base.data,
          gateway: gateway.node.name,
          authorizer: authorizer.type,
          explanation: authorizer.explanation,
        },
        when: authorizerType.when,
        trace: [...type.trace, ...link.trace, ...authorizerType.trace],
        related: [{ message: `the gateway is ${authorizer.type} here`, at: authorizerType.at }],
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

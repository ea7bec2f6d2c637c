import { credentialBlocksOf } from '../src/agentcore/consumer/credential-blocks.js';
import type { CredentialConfiguration } from '../src/agentcore/consumer/credential-configuration.js';
import { authorizerOf } from '../src/agentcore/facts/look-up.js';
import { sources } from '../src/agentcore/facts/sources.js';
import {
  signedByService,
  type TargetKindFact,
  unsupportedCredentials,
} from '../src/agentcore/facts/targets.js';
import { defineRule, type RuleContext } from '../src/lint/rule.js';
import { readEntry, textOf, withDefault } from '../src/views/read.js';

type Key =
  | 'refused'
  | 'unlisted'
  | 'unlistedGrant'
  | 'withoutIamProvider'
  | 'withoutService'
  | 'noCallerCredentials';
type Entry = ReturnType<CredentialConfiguration['type']>[number];
interface Found {
  readonly configuration: CredentialConfiguration;
  readonly type: Entry;
  readonly written: string;
  readonly kind: TargetKindFact;
  readonly key: Entry['at'];
}

export const targetCredentialUnsupported = defineRule({
  id: 'target-credential-unsupported',
  severity: 'error',
  on: 'target',
  summary: 'A target is of a kind that does not take its CredentialProviderType or grant.',
  rationale:
    'Each kind of target takes some credentials and refuses the others when it is created: a Lambda function takes the role of the gateway only, and an MCP server or OpenAPI target with the role needs to know which service to sign for. CloudFormation does not see it before it deploys.',
  remedy:
    'Use a CredentialProviderType that the kind takes. For an MCP server or OpenAPI target with GATEWAY_IAM_ROLE, add an IamCredentialProvider with the Service.',
  sources: [
    sources.outboundAuthorization,
    sources.targetAuthorization,
    sources.inboundAuthorization,
    sources.liveReproductions,
  ],
  facts: ['credentials', 'authorizers'],
  messages: {
    refused: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType {type}, but it is {kind}, which takes {takes} only, so the deployment fails.',
      help: 'Set CredentialProviderType to {takes}, without a CredentialProvider.',
    },
    unlisted: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType {type}, but it is {kind}, for which the developer guide lists {takes} only, so the deployment fails.',
      help: 'Use {takes}.',
    },
    unlistedGrant: {
      consequence: 'deployment-fails',
      message:
        '{target} asks for {grant}, but it is {kind}, for which the developer guide lists {takes} only, so the deployment fails.',
      help: 'Use {takes}.',
    },
    withoutIamProvider: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType GATEWAY_IAM_ROLE without an IamCredentialProvider, and {kind} needs one that names the service to sign for, so the deployment fails.',
      help: 'Add CredentialProvider with an IamCredentialProvider and its Service, such as bedrock-agentcore, execute-api or lambda.',
    },
    withoutService: {
      consequence: 'deployment-fails',
      message:
        '{target} has an IamCredentialProvider without Service, and {kind} needs the name of the service to sign for, so the deployment fails.',
      help: 'Add Service, such as bedrock-agentcore, execute-api or lambda.',
    },
    noCallerCredentials: {
      consequence: 'deployment-fails',
      message:
        '{target} has CredentialProviderType CALLER_IAM_CREDENTIALS, but its gateway {gateway} has AuthorizerType {authorizer}, which {explanation}, so it has no AWS credentials of the caller and the deployment fails.',
      help: 'Set AuthorizerType of {gateway} to AWS_IAM, or use GATEWAY_IAM_ROLE.',
    },
  },
  check: {
    credentialConfiguration(configuration, context) {
      for (const type of configuration.type()) {
        const written = textOf(type);
        if (written === undefined) continue;
        for (const { value: kind, when } of configuration.targetKind(type.when)) {
          const here = { ...type, when };
          const found =
            kind.kind === 'known' &&
            checkKind({ configuration, type: here, written, kind: kind.fact, key: kind.key }, context);
          if (found !== true && written === 'CALLER_IAM_CREDENTIALS')
            checkCaller(configuration, here, context);
        }
      }
    },
  },
});

/** Reports what the kind of the target does not take; whether anything was. */
function checkKind(found: Found, context: RuleContext<Key>): boolean {
  const { written, kind } = found;
  const rows = unsupportedCredentials.filter((row) => row.type === written && row.kinds.includes(kind.kind));
  if (written === 'GATEWAY_IAM_ROLE' && signedByService.some((row) => row.kind === kind.kind)) {
    checkService(found, context);
    return false;
  }
  for (const row of rows) {
    // TOKEN_EXCHANGE of such a target is the business of token-exchange-unsupported-target.
    for (const { grant, when, at } of written === 'OAUTH' ? grantsOf(found, context) : [allGrants(found)]) {
      if (grant === 'TOKEN_EXCHANGE' || (row.grant !== null && row.grant !== grant)) continue;
      context.report({
        message: row.severity === 'error' ? 'refused' : row.grant === null ? 'unlisted' : 'unlistedGrant',
        severity: row.severity,
        data: { ...dataOf(found), takes: row.takes, grant: row.grant ?? '' },
        at: row.grant === null ? found.type.at : at,
        when,
        trace: found.type.trace,
        related: [{ message: `the target is ${kind.label} here`, at: found.key, part: 'key' }],
      });
    }
  }
  return rows.length > 0;
}

function dataOf({ configuration, written, kind }: Found): Record<string, string> {
  return { target: configuration.target.name, type: written, kind: kind.label };
}

const allGrants = ({ type }: Found) => ({ grant: undefined, when: type.when, at: type.at });

/** The grants that the OAuth block of the entry asks for; undefined where it names none, or nobody knows. */
function grantsOf({ configuration, type }: Found, { graph }: RuleContext<Key>) {
  return configuration
    .provider(type.when)
    .flatMap((provider) => readEntry(graph.evaluator, provider, 'OauthCredentialProvider'))
    .flatMap((block) => readEntry(graph.evaluator, block, 'GrantType'))
    .flatMap(withDefault)
    .map((grant) => ({ grant: textOf(grant), when: grant.when, at: grant.at }));
}

/** An MCP server or OpenAPI target that the gateway calls as its role needs the name of the service. */
function checkService(found: Found, context: RuleContext<Key>): void {
  const { configuration, type } = found;
  const { evaluator } = context.graph;
  const base = { data: dataOf(found), at: type.at, trace: type.trace };
  const related = [
    { message: `the target is ${found.kind.label} here`, at: found.key, part: 'key' as const },
  ];
  for (const { value: blocks, when } of credentialBlocksOf(evaluator, configuration, type.when)) {
    if (blocks === undefined) continue;
    const block = blocks.find(({ key }) => key === 'IamCredentialProvider');
    if (blocks.length === 0) context.report({ ...base, message: 'withoutIamProvider', when, related });
    // Another block is the business of credential-type-mismatch.
    if (block === undefined) continue;
    for (const value of evaluator.evaluate(block.at, when)) {
      if (value.value.kind !== 'map') continue;
      for (const service of readEntry(evaluator, value, 'Service')) {
        if (service.value.kind !== 'absent') continue;
        context.report({
          ...base,
          message: 'withoutService',
          at: block.at,
          part: 'key',
          when: service.when,
          related,
        });
      }
    }
  }
}

function checkCaller(configuration: CredentialConfiguration, type: Entry, context: RuleContext<Key>): void {
  for (const link of configuration.gateway(type.when)) {
    if (link.value.kind !== 'gateway') continue;
    const { gateway } = link.value;
    for (const authorizerType of gateway.authorizerType(link.when)) {
      const authorizer = authorizerOf(textOf(authorizerType) ?? '');
      if (authorizer === undefined || authorizer.callerCredentials) continue;
      context.report({
        message: 'noCallerCredentials',
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

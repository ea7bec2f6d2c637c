import { asksFor } from '../src/agentcore/consumer/consumer.js';
import { gatewayDoubts } from '../src/agentcore/consumer/gateway-doubts.js';
import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const gatewayUnresolved = defineRule({
  id: 'gateway-unresolved',
  severity: 'info',
  strict: true,
  on: 'consumer',
  summary: 'A target or harness asks for TOKEN_EXCHANGE behind a gateway that these inputs do not show.',
  rationale:
    'An exchange turns the token of a user into another, and the gateway decides whether such a token comes in. Where its AuthorizerType is not in view nobody knows whose token that is, or whether there is one; the target counts as unverified, and --strict makes it an error.',
  remedy:
    "Lint the gateway's template in the same run, hand it over with --context, or give the value with --parameters. A gateway made by hand can be shown by the answer of GetGateway, saved as JSON.",
  sources: [sources.inboundAuthorization, sources.onBehalfOf],
  messages: {
    unresolved: {
      consequence: null,
      leavesUnverified: true,
      message: 'Whether a user token arrives for {consumer} to exchange cannot be verified: {reason}.',
      help: "Lint the gateway's template in the same run, name it with --context, or give the value with --parameters.",
    },
    authorizerUnknown: {
      consequence: null,
      leavesUnverified: true,
      message:
        'Whether a user token arrives at {gateway} for {consumer} to exchange cannot be verified: its AuthorizerType is not known, since {reason}.',
      help: 'Give the value with --parameters, or write it into the template.',
    },
    authorizerWrong: {
      consequence: null,
      leavesUnverified: true,
      message:
        'Whether a user token arrives at {gateway} for {consumer} to exchange cannot be verified: its AuthorizerType is not known, since {reason}.',
      help: 'Write AuthorizerType: CUSTOM_JWT into {gateway}, with an AuthorizerConfiguration for the identity provider of the callers.',
    },
    targetUnknown: {
      consequence: null,
      leavesUnverified: true,
      message:
        'Whether {consumer} is a target that takes an exchanged token cannot be verified: its TargetConfiguration does not say what kind of target it is.',
      help: 'Write the TargetConfiguration into the template, or give the value that it comes from with --parameters.',
    },
    targetUnproven: {
      consequence: null,
      leavesUnverified: true,
      message:
        'Whether {consumer} takes an exchanged token cannot be verified: it is {kind}, and no source says whether that takes one.',
      help: 'Try the call with the token of a user, and look whose name the tool sees.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of asksFor(consumer, 'TOKEN_EXCHANGE'))
        for (const doubt of gatewayDoubts(consumer, grant.when)) context.report(doubt);
    },
  },
});

import { sources } from '../src/agentcore/facts/sources.js';
import { defineRule } from '../src/lint/rule.js';

export const invalidProviderReference = defineRule({
  id: 'invalid-provider-reference',
  severity: 'error',
  on: 'consumer',
  summary:
    'The ProviderArn of a target, harness or registry record points at nothing, at another type of resource, at an attribute that is no provider ARN, or is the ARN of another kind of provider.',
  rationale:
    'The tokens come from the OAuth2 credential provider that ProviderArn names. Where the reference leads elsewhere the deployment fails.',
  remedy:
    "Refer to the OAuth2CredentialProvider by !Ref or !GetAtt ....CredentialProviderArn, in other stacks through an export, a nested stack's output or an SSM parameter that holds that ARN.",
  sources: [sources.targetOauthCredentialProvider, sources.createCredentialProvider],
  messages: {
    missing: {
      consequence: 'deployment-fails',
      message: '{consumer} names no ProviderArn in its OAuth block, so the deployment fails.',
      help: 'Add ProviderArn with !GetAtt and the CredentialProviderArn of an OAuth2CredentialProvider.',
    },
    dangling: {
      consequence: 'deployment-fails',
      message:
        'The ProviderArn of {consumer} refers to {name}, which {template} does not declare, so the deployment fails.',
      help: 'Refer to a resource, parameter or output that exists.',
    },
    misspelled: {
      consequence: 'deployment-fails',
      message:
        'The ProviderArn of {consumer} refers to {name}, which {template} does not declare, so the deployment fails; did you mean {suggestion}?',
      help: 'Refer to {suggestion}.',
    },
    otherType: {
      consequence: 'deployment-fails',
      message:
        'The ProviderArn of {consumer} refers to {target}, which is of the type {type}, not an OAuth2CredentialProvider, so the deployment fails.',
      help: 'Refer to an AWS::BedrockAgentCore::OAuth2CredentialProvider.',
    },
    otherAttribute: {
      consequence: 'deployment-fails',
      message:
        'The ProviderArn of {consumer} refers to the attribute {attribute} of {target}; the ARN of the provider is its {arn}, so the deployment fails.',
      help: 'Use !GetAtt {target}.CredentialProviderArn, or !Ref {target}.',
    },
    noAttribute: {
      consequence: 'deployment-fails',
      message:
        'The ProviderArn of {consumer} is Fn::GetAtt of {target} without an attribute, so the deployment fails.',
      help: 'Use !GetAtt {target}.CredentialProviderArn, or !Ref {target}.',
    },
    noSub: {
      consequence: 'deployment-fails',
      message:
        "The ProviderArn of {consumer} is the literal '{written}': without Fn::Sub nothing takes the place of its ${...}, so the deployment fails.",
      help: 'Put !Sub before it (in JSON, the text into Fn::Sub).',
    },
    noArn: {
      consequence: 'deployment-fails',
      message: "The ProviderArn of {consumer} is '{written}', which is no ARN, so the deployment fails.",
      help: 'Use the CredentialProviderArn of the provider: arn:aws:bedrock-agentcore:REGION:ACCOUNT:token-vault/default/oauth2credentialprovider/NAME.',
    },
    otherArn: {
      consequence: 'deployment-fails',
      message:
        "The ProviderArn of {consumer} is '{written}', the ARN of {what}, not of an OAuth2 credential provider, so the deployment fails.",
      help: 'Use the ARN of an OAuth2 credential provider: it ends in oauth2credentialprovider/NAME.',
    },
    noText: {
      consequence: 'deployment-fails',
      message:
        'The ProviderArn of {consumer} is {found}, where a string is expected, so the deployment fails.',
      help: 'Use !GetAtt with the CredentialProviderArn of an OAuth2CredentialProvider.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const link of consumer.provider()) {
        if (link.value.kind !== 'invalid') continue;
        const { fault } = link.value;
        const data: Record<string, string> = { consumer: consumer.node.name };
        // A slip of the key is the business of unknown-oauth-property.
        if (fault.kind === 'missing' && consumer.misspelled('ProviderArn') !== undefined) continue;
        switch (fault.kind) {
          case 'dangling':
            data.name = fault.name;
            data.template = fault.file ?? 'the template';
            data.suggestion = fault.suggestion ?? '';
            break;
          case 'otherType':
            data.target = fault.target;
            data.type = fault.type;
            break;
          case 'otherAttribute':
            data.target = fault.target;
            data.attribute = fault.attribute;
            data.arn = fault.arn;
            break;
          case 'noAttribute':
            data.target = fault.target;
            break;
          case 'noSub':
          case 'noArn':
            data.written = fault.written;
            break;
          case 'otherArn':
            data.written = fault.written;
            data.what = fault.what;
            break;
          case 'noText':
            data.found = fault.found;
            break;
          case 'missing':
        }
        context.report({
          message: fault.kind === 'dangling' && fault.suggestion !== undefined ? 'misspelled' : fault.kind,
          data,
          ...(fault.kind === 'otherAttribute' && { helpAt: fault.of }),
          at: fault.kind === 'missing' ? consumer.block.at : link.at,
          part: fault.kind === 'missing' ? 'key' : 'value',
          when: link.when,
          trace: link.trace,
        });
      }
    },
  },
});

import { defineRule, type Scenario, textOf } from '../../src/index.js';

/** A rule as a stranger would write it: scopes of exchanging targets begin with a prefix. */
export const scopePrefix = defineRule({
  id: 'scope-prefix',
  severity: 'warning',
  on: 'consumer',
  summary: 'A scope of a token exchange lacks the prefix.',
  rationale: 'Scopes without the prefix belong to nobody.',
  remedy: 'Put the prefix in front.',
  sources: ['https://example.com/scopes'],
  options: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { prefix: { type: 'string', description: 'What every scope begins with.' } },
    },
    defaults: { prefix: 'hr.' },
  },
  messages: {
    noPrefix: {
      consequence: null,
      message: '{consumer} asks for the grant {grant}.',
      help: 'Ask for another one.',
    },
    upperCase: {
      consequence: null,
      message: '{consumer} writes {grant} in another case.',
      help: 'Write {right}.',
    },
  },
  check: {
    consumer(consumer, context) {
      for (const grant of consumer.grant()) {
        const written = textOf(grant);
        if (written === undefined || written.startsWith(context.options.prefix)) continue;
        const data = { consumer: consumer.node.logicalId, grant: written, right: written.toUpperCase() };
        const report = { at: grant.at, when: grant.when as Scenario, data };
        if (written === written.toUpperCase()) context.report({ ...report, message: 'noPrefix' });
        else {
          context.report({
            ...report,
            message: 'upperCase',
            fix: {
              title: 'Write it in upper case',
              safety: 'safe',
              changes: [{ kind: 'replace', path: grant.at.path, value: data.right }],
            },
          });
        }
      }
    },
  },
});

/** A template with one target that asks for a grant. */
export function withGrant(grant: string): string {
  return `Parameters:
  Mode:
    Type: String
    AllowedValues: [obo, m2m]
Conditions:
  IsObo: !Equals [!Ref Mode, obo]
Resources:
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: hr-tools
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: arn:aws:bedrock-agentcore:eu-west-1:123456789012:token-vault/default/oauth2credentialprovider/hr
              GrantType: ${grant} # the grant
              Scopes: [hr.read]
`;
}

/** The line of the grant in {@link withGrant}. */
export const GRANT_LINE = 17;

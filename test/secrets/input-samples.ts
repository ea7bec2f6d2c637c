import { FRONT_ENDS } from '../../src/frontends/index.js';

/** Stands where secrets belong in every sample, right beside a finding. No real credential. */
export const SECRET = 'plumOrchard-of-an-input-01';

const config = {
  customOauth2ProviderConfig: {
    clientId: 'staff',
    clientSecret: SECRET,
    oauthDiscovery: {
      discoveryUrl: `https://user:${SECRET}@idp.example.com/.well-known/openid-configuration`,
    },
    onBehalfOfTokenExchangeConfig: { grantType: 'NO_SUCH_GRANT' },
  },
};
const request = {
  name: 'payroll',
  credentialProviderVendor: 'CustomOauth2',
  oauth2ProviderConfigInput: config,
};

interface InputSample {
  readonly file: string;
  readonly text: string;
  /** The rule that finds something beside the secret. */
  readonly rule: string;
}

/** What stands for the provider's name in every sample. */
export const NAME = 'payroll';

/** A file with the secret and the name in each kind of input. */
const SAMPLES: Readonly<Record<string, InputSample>> = {
  'agentcore-api': {
    file: 'provider.json',
    text: JSON.stringify(request, undefined, 2),
    rule: 'plaintext-client-secret',
  },
  'template-answer': {
    file: 'answer.json',
    text: JSON.stringify(
      {
        TemplateBody: {
          Resources: {
            payroll: {
              Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
              Properties: {
                Name: 'payroll',
                CredentialProviderVendor: 'CustomOauth2',
                Oauth2ProviderConfigInput: {
                  CustomOauth2ProviderConfig: {
                    ClientId: 'staff',
                    ClientSecret: SECRET,
                    OnBehalfOfTokenExchangeConfig: { GrantType: 'NO_SUCH_GRANT' },
                  },
                },
              },
            },
          },
        },
        StagesAvailable: ['Original'],
      },
      undefined,
      2,
    ),
    rule: 'plaintext-client-secret',
  },
  'aws-custom-resource': {
    file: 'template.json',
    text: JSON.stringify(
      {
        Resources: {
          payroll: {
            Type: 'Custom::AWS',
            Properties: {
              Create: JSON.stringify({
                service: 'BedrockAgentCoreControl',
                action: 'createOauth2CredentialProvider',
                parameters: request,
              }),
            },
          },
        },
      },
      undefined,
      2,
    ),
    rule: 'plaintext-client-secret',
  },
  'agentcore-project': {
    file: 'agentcore.json',
    text: JSON.stringify(
      {
        $schema: 'https://schema.agentcore.aws.dev/v1/agentcore.json',
        credentials: [
          {
            authorizerType: 'OAuthCredentialProvider',
            name: 'payroll',
            clientSecret: SECRET,
            discoveryUrl: `https://user:${SECRET}@idp.example.com/.well-known/openid-configuration`,
            tokenExchange: { clientSecret: SECRET },
          },
        ],
        agentCoreGateways: [],
      },
      undefined,
      2,
    ),
    rule: 'ignored-by-agentcore-cli',
  },
  'agentcore-harness': {
    file: 'harness.json',
    text: JSON.stringify(
      {
        name: 'assistant',
        connections: [
          {
            to: {
              type: 'gateway',
              arn: 'arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/a-1',
              outboundAuth: {
                oauth: { providerArn: 'payroll', scopes: [], customParameters: { client_secret: SECRET } },
              },
            },
          },
        ],
      },
      undefined,
      2,
    ),
    rule: 'invalid-provider-reference',
  },
  terraform: {
    file: 'plan.json',
    text: JSON.stringify(
      {
        format_version: '1.2',
        planned_values: {
          root_module: {
            resources: [
              {
                address: 'aws_bedrockagentcore_oauth2_credential_provider.payroll',
                mode: 'managed',
                type: 'aws_bedrockagentcore_oauth2_credential_provider',
                name: 'payroll',
                values: {
                  name: 'payroll',
                  credential_provider_vendor: 'CustomOauth2',
                  oauth2_provider_config: [
                    {
                      custom_oauth2_provider_config: [
                        {
                          client_id: 'staff',
                          client_secret: SECRET,
                          on_behalf_of_token_exchange_config: [{ grant_type: 'NO_SUCH_GRANT' }],
                        },
                      ],
                    },
                  ],
                },
              },
            ],
          },
        },
      },
      undefined,
      2,
    ),
    rule: 'malformed-on-behalf-of-config',
  },
  python: {
    file: 'deploy.py',
    text: `control.create_oauth2_credential_provider(
    name="payroll",
    credentialProviderVendor="CustomOauth2",
    oauth2ProviderConfigInput={
        "customOauth2ProviderConfig": {
            "clientId": "staff", "clientSecret": "${SECRET}",
            "onBehalfOfTokenExchangeConfig": {"grantType": "NO_SUCH_GRANT"},
        }
    },
)
`,
    rule: 'malformed-on-behalf-of-config',
  },
};

/** The kinds of input that there are samples of: every front end, and custom resources that call the API. */
export const INPUT_KINDS = [...FRONT_ENDS.map(({ id }) => id), 'aws-custom-resource'];

/** @throws Error where a front end has no sample yet */
export function inputSample(kind: string): InputSample {
  const sample = SAMPLES[kind];
  if (sample === undefined) throw new Error(`There is no sample of ${kind}.`);
  return sample;
}

import { jsonText, synthesized } from './templates.js';

/*
 * About a size of each input that is no template: gateways of ten targets and their providers, in which nothing is
 * wrong. The names are numbers.
 */

const ISSUER = 'https://idp.example.com/.well-known/openid-configuration';
const ARN = 'arn:aws:bedrock-agentcore:eu-central-1:123456789012';
const arnOf = (n) => `${ARN}:token-vault/default/oauth2credentialprovider/idp-${n}`;

/** An input of about a size: parts are added until it is reached. */
function filled(bytes, part, text) {
  const each = text([part(0)]).length;
  return text(Array.from({ length: Math.ceil(bytes / each) }, (_, n) => part(n)));
}

const times = (count, make) => Array.from({ length: count }, (_, n) => make(n));

const requests = (n) => ({
  provider: {
    name: `idp-${n}`,
    credentialProviderVendor: 'CustomOauth2',
    credentialProviderArn: arnOf(n),
    oauth2ProviderConfigOutput: {
      customOauth2ProviderConfig: {
        clientId: `client-${n}`,
        oauthDiscovery: { discoveryUrl: ISSUER },
        onBehalfOfTokenExchangeConfig: { grantType: 'JWT_AUTHORIZATION_GRANT' },
      },
    },
  },
  gateway: {
    gatewayId: `gw-${n}`,
    name: `gw-${n}`,
    authorizerType: 'CUSTOM_JWT',
    roleArn: 'arn:aws:iam::123456789012:role/gateway',
    authorizerConfiguration: { customJWTAuthorizer: { discoveryUrl: ISSUER, allowedAudience: ['tools'] } },
  },
  targets: times(10, (m) => ({
    gatewayArn: `${ARN}:gateway/gw-${n}`,
    targetId: `target-${n}-${m}`,
    name: `tool-${n}-${m}`,
    targetConfiguration: { mcp: { mcpServer: { endpoint: `https://tool-${n}-${m}.example.com/mcp` } } },
    credentialProviderConfigurations: [
      {
        credentialProviderType: 'OAUTH',
        credentialProvider: {
          oauthCredentialProvider: { providerArn: arnOf(n), scopes: ['read'], grantType: 'TOKEN_EXCHANGE' },
        },
      },
    ],
  })),
});

const project = (n) => ({
  name: `gw-${n}`,
  protocolType: 'None',
  authorizerType: 'CUSTOM_JWT',
  authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: ISSUER, allowedAudience: ['tools'] } },
  targets: times(10, (m) => ({
    name: `tool-${n}-${m}`,
    targetType: 'mcpServer',
    endpoint: `https://tool-${n}-${m}.example.com/mcp`,
    outboundAuth: { type: 'OAUTH', credentialName: `idp-${n}`, scopes: ['read'] },
  })),
});

const harnessTool = (n) => ({
  type: 'agentcore_gateway',
  name: `tool-${n}`,
  config: {
    agentCoreGateway: {
      gatewayArn: `${ARN}:gateway/gw-${n}`,
      outboundAuth: { oauth: { providerArn: arnOf(n), scopes: ['read'], grantType: 'CLIENT_CREDENTIALS' } },
    },
  },
});

const customResource = (id, action, parameters) => [
  id,
  {
    Type: 'Custom::AWS',
    Properties: {
      ServiceToken: `${ARN}:function:custom`,
      Create: JSON.stringify({ service: 'bedrock-agentcore-control', action, parameters }),
    },
  },
];

function calls(n) {
  const { provider, gateway, targets } = requests(n);
  const { oauth2ProviderConfigOutput: config, ...rest } = provider;
  return Object.fromEntries([
    customResource(`Provider${n}`, 'CreateOauth2CredentialProvider', {
      ...rest,
      oauth2ProviderConfigInput: {
        customOauth2ProviderConfig: {
          ...config.customOauth2ProviderConfig,
          clientSecret: `{{resolve:secretsmanager:idp-${n}}}`,
        },
      },
    }),
    customResource(`Gateway${n}`, 'CreateGateway', gateway),
    ...targets.map((target, m) => customResource(`Target${n}x${m}`, 'CreateGatewayTarget', target)),
  ]);
}

const planned = (type, name, values) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  provider_name: 'registry.terraform.io/hashicorp/aws',
  values,
});

function resources(n) {
  return [
    planned('aws_bedrockagentcore_oauth2_credential_provider', `idp_${n}`, {
      name: `idp-${n}`,
      credential_provider_vendor: 'CustomOauth2',
      credential_provider_arn: arnOf(n),
      oauth2_provider_config: [
        {
          custom_oauth2_provider_config: [
            {
              client_id: `client-${n}`,
              oauth_discovery: [{ discovery_url: ISSUER, authorization_server_metadata: [] }],
              on_behalf_of_token_exchange_config: [
                { grant_type: 'JWT_AUTHORIZATION_GRANT', token_exchange_grant_type_config: [] },
              ],
            },
          ],
        },
      ],
    }),
    planned('aws_bedrockagentcore_gateway', `gw_${n}`, {
      name: `gw-${n}`,
      gateway_id: `gw-${n}`,
      authorizer_type: 'CUSTOM_JWT',
      authorizer_configuration: [
        { custom_jwt_authorizer: [{ discovery_url: ISSUER, allowed_audience: ['tools'] }] },
      ],
    }),
    ...times(10, (m) =>
      planned('aws_bedrockagentcore_gateway_target', `tool_${n}_${m}`, {
        name: `tool-${n}-${m}`,
        gateway_identifier: `gw-${n}`,
        credential_provider_configuration: [
          { oauth: [{ provider_arn: arnOf(n), scopes: ['read'], grant_type: 'TOKEN_EXCHANGE' }] },
        ],
        target_configuration: [
          { mcp: [{ mcp_server: [{ endpoint: `https://tool-${n}-${m}.example.com/mcp` }] }] },
        ],
      }),
    ),
  ];
}

const SECRET = 'a name stands here';

function script(n) {
  const { provider, gateway, targets } = requests(n);
  const keywords = (given) =>
    Object.entries(given)
      .map(([key, value]) => `    ${key}=${JSON.stringify(value)},\n`)
      .join('');
  const {
    oauth2ProviderConfigOutput: oauth2ProviderConfigInput,
    credentialProviderArn: _,
    ...rest
  } = provider;
  const { gatewayId, ...gatewayGiven } = gateway;
  const config = oauth2ProviderConfigInput.customOauth2ProviderConfig;
  const withSecret = { customOauth2ProviderConfig: { ...config, clientSecret: SECRET } };
  return [
    `provider_${n} = control.create_oauth2_credential_provider(\n${keywords({ ...rest, oauth2ProviderConfigInput: withSecret }).replace(`"${SECRET}"`, 'secret')})\n`,
    `gateway_${n} = control.create_gateway(\n${keywords(gatewayGiven)})\n`,
    ...targets.map(({ gatewayArn: __, targetId: ___, ...given }) => {
      const written = keywords(given).replace(
        JSON.stringify(arnOf(n)),
        `provider_${n}["credentialProviderArn"]`,
      );
      return `control.create_gateway_target(\n    gatewayIdentifier=gateway_${n}["gatewayId"],\n${written})\n`;
    }),
  ].join('\n');
}

/**
 * What is measured of each input, by the id of its front end.
 *
 * @type {Record<string, { file: string, text: (bytes: number) => string }>}
 */
export const OTHER_INPUTS = {
  'template-answer': {
    file: 'template-answer.json',
    text: (bytes) =>
      jsonText({ TemplateBody: synthesized(bytes), StagesAvailable: ['Original', 'Processed'] }),
  },
  'aws-custom-resource': {
    file: 'aws-custom-resource.template.json',
    text: (bytes) => filled(bytes, calls, (parts) => jsonText({ Resources: Object.assign({}, ...parts) })),
  },
  'agentcore-project': {
    file: 'agentcore.json',
    text: (bytes) =>
      filled(bytes, project, (parts) =>
        jsonText({
          $schema: 'https://schema.agentcore.aws.dev/v1/agentcore.json',
          name: 'Bench',
          credentials: parts.map((_, n) => ({
            authorizerType: 'OAuthCredentialProvider',
            name: `idp-${n}`,
            discoveryUrl: ISSUER,
          })),
          agentCoreGateways: parts,
        }),
      ),
  },
  'agentcore-harness': {
    file: 'harness.json',
    text: (bytes) => filled(bytes, harnessTool, (tools) => jsonText({ name: 'bench', tools })),
  },
  'agentcore-api': {
    file: 'account.json',
    text: (bytes) =>
      filled(bytes, requests, (parts) =>
        jsonText({
          gateways: parts.map(({ gateway }) => gateway),
          targets: parts.flatMap(({ targets }) => targets),
          credentialProviders: parts.map(({ provider }) => provider),
        }),
      ),
  },
  terraform: {
    file: 'tfplan.json',
    text: (bytes) =>
      filled(bytes, resources, (parts) =>
        jsonText({
          format_version: '1.2',
          planned_values: { root_module: { resources: parts.flat() } },
          configuration: { root_module: {} },
        }),
      ),
  },
  python: {
    file: 'deploy.py',
    text: (bytes) => filled(bytes, script, (parts) => parts.join('\n')),
  },
};

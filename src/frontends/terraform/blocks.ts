/** What an attribute or block of Terraform's becomes in CloudFormation's names. */
export type Entry = AttributeEntry | BlockEntry | CredentialsEntry;

/** An attribute: a scalar, a list of scalars, or a map of the user's own keys. */
export interface AttributeEntry {
  readonly kind: 'attribute';
  readonly to: string;
  /** Whether its value can name another resource: its ARN, its id or its name. */
  readonly refers?: true;
  /** Whether it shows, once there is something, what resources of their own have added: these are read anyhow. */
  readonly gathered?: true;
  /** A JSON text that CloudFormation takes as a map. */
  readonly json?: true;
  /** A secret: only whether one is written in clear is taken over. */
  readonly secret?: true;
  /** Another argument can set it that no plan and no state shows. */
  readonly writeOnly?: string;
  /** An id that AWS makes up: left out until it is known. */
  readonly made?: true;
}

/** A block, or an attribute that holds one. */
export interface BlockEntry {
  readonly kind: 'block';
  readonly to: string;
  /** How many there can be. More than one are a list in CloudFormation; those of a set are in no order of the text. */
  readonly nesting: 'one' | 'list' | 'set';
  /** See the same of an attribute. */
  readonly gathered?: true;
  /** Whether it takes one of its blocks and no more: where one is there, no other is. */
  readonly isUnion?: true;
  readonly of: BlockTable;
}

/** The blocks that say with which credentials a target is called: CloudFormation has a type beside the block. */
export interface CredentialsEntry {
  readonly kind: 'credentials';
  readonly to: string;
}

/** The attributes and blocks of a block by their names; what is not listed no rule asks for. */
export type BlockTable = Readonly<Record<string, Entry>>;

/** What becomes of a type of resource. */
export interface ResourceTable {
  /** The type in CloudFormation. */
  readonly type: string;
  readonly properties: BlockTable;
  /** What `Ref` and `Fn::GetAtt` call the attributes that others refer to. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The attributes whose values are nobody else's: ARNs and ids that lead back to the resource. */
  readonly identities: readonly string[];
}

const attribute = (to: string): AttributeEntry => ({ kind: 'attribute', to });
const reference = (to: string): AttributeEntry => ({ kind: 'attribute', to, refers: true });
const json = (to: string): AttributeEntry => ({ kind: 'attribute', to, json: true });
const block = (to: string, of: BlockTable): BlockEntry => ({ kind: 'block', to, nesting: 'one', of });
const union = (to: string, of: BlockTable): BlockEntry => ({ ...block(to, of), isUnion: true });
const list = (to: string, of: BlockTable): BlockEntry => ({ kind: 'block', to, nesting: 'list', of });
const set = (to: string, of: BlockTable): BlockEntry => ({ kind: 'block', to, nesting: 'set', of });

const client: BlockTable = {
  client_id: { kind: 'attribute', to: 'ClientId', refers: true, writeOnly: 'client_id_wo' },
  client_secret: { kind: 'attribute', to: 'ClientSecret', secret: true, writeOnly: 'client_secret_wo' },
  client_secret_source: attribute('ClientSecretSource'),
  client_secret_config: block('ClientSecretConfig', {
    secret_id: attribute('SecretId'),
    json_key: attribute('JsonKey'),
  }),
};

const providerConfig: BlockTable = {
  atlassian_oauth2_provider_config: block('AtlassianOauth2ProviderConfig', client),
  custom_oauth2_provider_config: block('CustomOauth2ProviderConfig', {
    ...client,
    client_authentication_method: attribute('ClientAuthenticationMethod'),
    oauth_discovery: block('OauthDiscovery', {
      discovery_url: attribute('DiscoveryUrl'),
      authorization_server_metadata: block('AuthorizationServerMetadata', {
        issuer: attribute('Issuer'),
        authorization_endpoint: attribute('AuthorizationEndpoint'),
        token_endpoint: attribute('TokenEndpoint'),
      }),
    }),
    on_behalf_of_token_exchange_config: block('OnBehalfOfTokenExchangeConfig', {
      grant_type: attribute('GrantType'),
      token_exchange_grant_type_config: block('TokenExchangeGrantTypeConfig', {
        actor_token_content: attribute('ActorTokenContent'),
        actor_token_scopes: attribute('ActorTokenScopes'),
      }),
    }),
    private_key_jwt_config: block('PrivateKeyJwtConfig', {
      signing_algorithm: attribute('SigningAlgorithm'),
      private_key_source: block('PrivateKeySource', {
        kms_key_source: block('KmsKeySource', { kms_key_arn: attribute('KmsKeyArn') }),
      }),
    }),
  }),
  github_oauth2_provider_config: block('GithubOauth2ProviderConfig', client),
  google_oauth2_provider_config: block('GoogleOauth2ProviderConfig', client),
  included_oauth2_provider_config: block('IncludedOauth2ProviderConfig', {
    ...client,
    authorization_endpoint: attribute('AuthorizationEndpoint'),
    issuer: attribute('Issuer'),
    token_endpoint: attribute('TokenEndpoint'),
  }),
  linkedin_oauth2_provider_config: block('LinkedinOauth2ProviderConfig', client),
  microsoft_oauth2_provider_config: block('MicrosoftOauth2ProviderConfig', {
    ...client,
    tenant_id: { kind: 'attribute', to: 'TenantId', writeOnly: 'tenant_id_wo' },
  }),
  salesforce_oauth2_provider_config: block('SalesforceOauth2ProviderConfig', client),
  slack_oauth2_provider_config: block('SlackOauth2ProviderConfig', client),
};

const oauth: BlockTable = {
  provider_arn: reference('ProviderArn'),
  scopes: attribute('Scopes'),
  grant_type: attribute('GrantType'),
  custom_parameters: attribute('CustomParameters'),
  default_return_url: attribute('DefaultReturnUrl'),
};

const signing: BlockTable = { service: attribute('Service'), region: attribute('Region') };

/**
 * The blocks of `credential_provider_configuration`, of which one is written: the type of the credentials follows from
 * which one it is.
 */
export const credentialBlocks: Readonly<
  Record<string, { readonly type: string; readonly to: string; readonly of: BlockTable }>
> = {
  api_key: {
    type: 'API_KEY',
    to: 'ApiKeyCredentialProvider',
    of: { provider_arn: reference('ProviderArn') },
  },
  caller_iam_credentials: { type: 'CALLER_IAM_CREDENTIALS', to: 'IamCredentialProvider', of: signing },
  gateway_iam_role: { type: 'GATEWAY_IAM_ROLE', to: 'IamCredentialProvider', of: signing },
  jwt_passthrough: { type: 'JWT_PASSTHROUGH', to: '', of: {} },
  oauth: { type: 'OAUTH', to: 'OauthCredentialProvider', of: oauth },
};

/** What only tells that it is there: nothing in it concerns the exchange. */
const mark = (to: string): BlockEntry => block(to, {});

const target: BlockTable = {
  name: attribute('Name'),
  gateway_identifier: reference('GatewayIdentifier'),
  credential_provider_configuration: { kind: 'credentials', to: 'CredentialProviderConfigurations' },
  target_configuration: union('TargetConfiguration', {
    mcp: union('Mcp', {
      api_gateway: mark('ApiGateway'),
      connector: mark('Connector'),
      lambda: mark('Lambda'),
      mcp_server: block('McpServer', {
        endpoint: attribute('Endpoint'),
        listing_mode: attribute('ListingMode'),
        mcp_tool_schema: mark('McpToolSchema'),
      }),
      open_api_schema: mark('OpenApiSchema'),
      smithy_model: mark('SmithyModel'),
    }),
    http: union('Http', {
      agentcore_runtime: mark('AgentcoreRuntime'),
      passthrough: mark('Passthrough'),
    }),
    inference: union('Inference', { connector: mark('Connector'), provider: mark('Provider') }),
  }),
};

const gateway: BlockTable = {
  name: attribute('Name'),
  gateway_id: { kind: 'attribute', to: 'GatewayIdentifier', made: true },
  role_arn: reference('RoleArn'),
  authorizer_type: attribute('AuthorizerType'),
  protocol_type: attribute('ProtocolType'),
  authorizer_configuration: block('AuthorizerConfiguration', {
    custom_jwt_authorizer: block('CustomJWTAuthorizer', {
      discovery_url: attribute('DiscoveryUrl'),
      allowed_audience: attribute('AllowedAudience'),
      allowed_clients: attribute('AllowedClients'),
      allowed_scopes: attribute('AllowedScopes'),
    }),
  }),
  protocol_configuration: block('ProtocolConfiguration', {
    mcp: block('Mcp', { search_type: attribute('SearchType') }),
  }),
};

const harness: BlockTable = {
  tool: list('Tools', {
    type: attribute('Type'),
    name: attribute('Name'),
    config: block('Config', {
      agentcore_gateway: block('AgentCoreGateway', {
        gateway_arn: reference('GatewayArn'),
        outbound_auth: union('OutboundAuth', {
          oauth: block('Oauth', oauth),
        }),
      }),
    }),
  }),
};

/**
 * The resources of the provider `hashicorp/aws` that concern the exchange. Checked against the schema of 6.66.0.
 * Source: its documentation of each resource; the schema is kept in `test/frontends/terraform`.
 */
export const awsResources: Readonly<Record<string, ResourceTable>> = {
  aws_bedrockagentcore_oauth2_credential_provider: {
    type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    properties: {
      name: attribute('Name'),
      credential_provider_vendor: attribute('CredentialProviderVendor'),
      oauth2_provider_config: union('Oauth2ProviderConfigInput', providerConfig),
    },
    attributes: {
      credential_provider_arn: 'CredentialProviderArn',
      client_secret_arn: 'ClientSecretArn',
      callback_url: 'CallbackUrl',
      name: 'Name',
    },
    identities: ['credential_provider_arn'],
  },
  aws_bedrockagentcore_gateway: {
    type: 'AWS::BedrockAgentCore::Gateway',
    properties: gateway,
    attributes: { gateway_id: 'Ref', gateway_arn: 'GatewayArn', gateway_url: 'GatewayUrl' },
    identities: ['gateway_id', 'gateway_arn'],
  },
  aws_bedrockagentcore_gateway_target: {
    type: 'AWS::BedrockAgentCore::GatewayTarget',
    properties: target,
    attributes: { target_id: 'TargetId' },
    identities: [],
  },
  aws_bedrockagentcore_harness: {
    type: 'AWS::BedrockAgentCore::Harness',
    properties: harness,
    attributes: {},
    identities: [],
  },
  aws_bedrockagentcore_api_key_credential_provider: {
    type: 'AWS::BedrockAgentCore::ApiKeyCredentialProvider',
    properties: { name: attribute('Name') },
    attributes: { credential_provider_arn: 'CredentialProviderArn' },
    identities: ['credential_provider_arn'],
  },
  aws_iam_role: {
    type: 'AWS::IAM::Role',
    properties: {
      name: attribute('RoleName'),
      inline_policy: {
        ...set('Policies', { name: attribute('PolicyName'), policy: json('PolicyDocument') }),
        gathered: true,
      },
      managed_policy_arns: { ...reference('ManagedPolicyArns'), gathered: true },
      permissions_boundary: reference('PermissionsBoundary'),
    },
    attributes: { arn: 'Arn', name: 'Ref', id: 'Ref' },
    identities: ['arn'],
  },
  aws_iam_role_policy: {
    type: 'AWS::IAM::RolePolicy',
    properties: { role: reference('RoleName'), policy: json('PolicyDocument') },
    attributes: {},
    identities: [],
  },
  aws_iam_policy: {
    type: 'AWS::IAM::ManagedPolicy',
    properties: { name: attribute('ManagedPolicyName'), policy: json('PolicyDocument') },
    attributes: { arn: 'PolicyArn', id: 'PolicyArn' },
    identities: ['arn'],
  },
  aws_cognito_user_pool: {
    type: 'AWS::Cognito::UserPool',
    properties: { user_pool_tier: attribute('UserPoolTier') },
    attributes: { id: 'Ref', arn: 'Arn' },
    identities: ['id', 'arn'],
  },
  aws_cognito_user_pool_client: {
    type: 'AWS::Cognito::UserPoolClient',
    properties: {
      user_pool_id: reference('UserPoolId'),
      explicit_auth_flows: attribute('ExplicitAuthFlows'),
    },
    attributes: { id: 'Ref' },
    identities: ['id'],
  },
  aws_cognito_managed_user_pool_client: {
    type: 'AWS::Cognito::UserPoolClient',
    properties: {
      user_pool_id: reference('UserPoolId'),
      explicit_auth_flows: attribute('ExplicitAuthFlows'),
    },
    attributes: { id: 'Ref' },
    identities: ['id'],
  },
};

const attached = { ...reference('ManagedPolicyArns'), gathered: true as const };

/**
 * The roles and policies of the provider `hashicorp/awscc`: its documents are JSON texts, and its ids are names.
 * Source: its documentation of each resource.
 */
export const awsccIam: Readonly<Record<string, ResourceTable>> = {
  awscc_iam_role: {
    type: 'AWS::IAM::Role',
    properties: {
      role_name: attribute('RoleName'),
      policies: {
        ...list('Policies', {
          policy_name: attribute('PolicyName'),
          policy_document: json('PolicyDocument'),
        }),
        gathered: true,
      },
      managed_policy_arns: attached,
      permissions_boundary: { ...reference('PermissionsBoundary'), gathered: true },
    },
    attributes: { arn: 'Arn', id: 'Ref', role_name: 'Ref' },
    identities: ['arn'],
  },
  awscc_iam_role_policy: {
    type: 'AWS::IAM::RolePolicy',
    properties: { role_name: reference('RoleName'), policy_document: json('PolicyDocument') },
    attributes: {},
    identities: [],
  },
  awscc_iam_managed_policy: {
    type: 'AWS::IAM::ManagedPolicy',
    properties: {
      managed_policy_name: attribute('ManagedPolicyName'),
      policy_document: json('PolicyDocument'),
      roles: { ...reference('Roles'), gathered: true },
    },
    attributes: { id: 'PolicyArn', policy_arn: 'PolicyArn' },
    identities: ['policy_arn'],
  },
};

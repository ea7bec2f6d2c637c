/*
 * Resources as the CDK writes them, filled with numbers in place of names. The same arguments give the same resource.
 */

const DISCOVERY_URL = 'https://idp.example.com/.well-known/openid-configuration';

/** A role that may exchange tokens. */
export function gatewayRole() {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'exchange-tokens',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: [
                  'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
                  'bedrock-agentcore:GetResourceOauth2Token',
                  'secretsmanager:GetSecretValue',
                ],
                Resource: '*',
              },
            ],
          },
        },
      ],
    },
  };
}

/** @param {string} name */
export function gateway(name) {
  return {
    Type: 'AWS::BedrockAgentCore::Gateway',
    Properties: {
      Name: name,
      ProtocolType: 'MCP',
      RoleArn: { 'Fn::GetAtt': ['GatewayRole', 'Arn'] },
      AuthorizerType: 'CUSTOM_JWT',
      AuthorizerConfiguration: {
        CustomJWTAuthorizer: { DiscoveryUrl: DISCOVERY_URL, AllowedAudience: [`api://${name}`] },
      },
    },
  };
}

/**
 * @param {string} name
 * @param {boolean} exchanges whether it is set up for token exchange
 */
export function provider(name, exchanges = true) {
  return {
    Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    Properties: {
      Name: name,
      CredentialProviderVendor: 'CustomOauth2',
      Oauth2ProviderConfigInput: {
        CustomOauth2ProviderConfig: {
          ClientId: name,
          ClientSecret: `{{resolve:secretsmanager:${name}}}`,
          OauthDiscovery: { DiscoveryUrl: DISCOVERY_URL },
          ...(exchanges && { OnBehalfOfTokenExchangeConfig: { GrantType: 'JWT_AUTHORIZATION_GRANT' } }),
        },
      },
    },
  };
}

/**
 * A target that exchanges tokens.
 *
 * @param {string} name
 * @param {unknown} providerArn the expression of the provider's ARN
 */
export function target(name, providerArn) {
  return {
    Type: 'AWS::BedrockAgentCore::GatewayTarget',
    Properties: {
      Name: name,
      GatewayIdentifier: { Ref: 'Gateway' },
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: `https://${name}.example.com/mcp` } } },
      CredentialProviderConfigurations: [
        {
          CredentialProviderType: 'OAUTH',
          CredentialProvider: {
            OauthCredentialProvider: {
              ProviderArn: providerArn,
              GrantType: 'TOKEN_EXCHANGE',
              Scopes: [`api://${name}/invoke`],
            },
          },
        },
      ],
    },
  };
}

/** The ARN of a provider in the same template. */
export function arnOf(logicalId) {
  return { 'Fn::GetAtt': [logicalId, 'CredentialProviderArn'] };
}

/** Kinds of resources that fill synthesized templates and have nothing to do with AgentCore. */
const FOREIGN = [
  (n) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      MemorySize: 256 + (n % 8) * 128,
      Role: { 'Fn::GetAtt': [`Foreign${n + 1}`, 'Arn'] },
      Code: {
        S3Bucket: { 'Fn::Sub': 'cdk-assets-${AWS::AccountId}-${AWS::Region}' },
        S3Key: `${hash(n)}.zip`,
      },
      Environment: { Variables: { QUEUE_URL: { Ref: `Foreign${n + 2}` }, STAGE: { Ref: 'Stage' } } },
    },
  }),
  (n) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      ManagedPolicyArns: [
        {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
          ],
        },
      ],
      Description: `runs function ${n}`,
    },
  }),
  (n) => ({
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 30 + (n % 60),
      KmsMasterKeyId: 'alias/aws/sqs',
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [`Foreign${n}`, 'Arn'] },
        maxReceiveCount: 3,
      },
    },
    UpdateReplacePolicy: 'Delete',
    DeletionPolicy: 'Delete',
  }),
  (n) => ({
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      Tags: [
        { Key: 'team', Value: `team-${n % 20}` },
        { Key: 'stage', Value: { Ref: 'Stage' } },
      ],
    },
    UpdateReplacePolicy: 'Retain',
    DeletionPolicy: 'Retain',
  }),
];

/** The n-th resource that has nothing to do with AgentCore. */
export function foreign(n) {
  const resource = FOREIGN[n % FOREIGN.length](n);
  return { ...resource, Metadata: { 'aws:cdk:path': `Service/Part${n >> 2}/Foreign${n}/Resource` } };
}

/** 64 hexadecimal digits, as in the name of an asset. */
function hash(n) {
  return Array.from({ length: 8 }, (_, i) =>
    ((n + 1) * 2654435761 * (i + 1)).toString(16).slice(-8).padStart(8, '0'),
  ).join('');
}

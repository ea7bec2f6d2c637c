import { describe, expect, it } from 'vitest';
import { addProvider, addTarget } from './parts.js';
import { type App, agentcore, type CfnResource, cdk, customResources, lambda, ssm } from './real-parts.js';
import { lintAssembly, story, synthesize } from './synthesize.js';

const env = { env: { account: '111111111111', region: 'us-east-1' } };
const discoveryUrl = 'https://issuer.example.com/.well-known/openid-configuration';
const clientSecret = cdk.SecretValue.secretsManager('idp-client');
const nothingExchanged = { verified: 0, failed: 0, unverified: 0 };

const lintApp = (build: (app: App) => void) => lintAssembly(synthesize(build));

/** The CloudFormation resource of a construct, for an escape hatch. */
function resourceOf(construct: { node: { defaultChild?: unknown } }): CfnResource {
  return construct.node.defaultChild as CfnResource;
}

const GRANT = 'CredentialProviderConfigurations.0.CredentialProvider.OauthCredentialProvider.GrantType';
const CUSTOM = 'Oauth2ProviderConfigInput.CustomOauth2ProviderConfig';

describe('constructs of aws-cdk-lib without token exchange', () => {
  it('raise no alarm: a provider of every vendor', async () => {
    // Not all vendors take all of this, and those that do not leave it out.
    const props = {
      clientId: 'client',
      clientSecret,
      issuer: 'https://issuer.example.com',
      authorizationEndpoint: 'https://issuer.example.com/authorize',
      tokenEndpoint: 'https://issuer.example.com/token',
    };
    const { usingCustom: _, ...factories } = Object.fromEntries(
      Object.getOwnPropertyNames(Object.getPrototypeOf(agentcore.OAuth2CredentialProvider))
        .concat(Object.getOwnPropertyNames(agentcore.OAuth2CredentialProvider))
        .filter((name) => name.startsWith('using'))
        .map((name) => [name, name as 'usingOkta']),
    );
    let made = 0;
    const report = await lintApp((app) => {
      const stack = new cdk.Stack(app, 'Identity', env);
      for (const [id, factory] of Object.entries(factories)) {
        agentcore.OAuth2CredentialProvider[factory](stack, id, props);
        made++;
      }
      agentcore.OAuth2CredentialProvider.usingCustom(stack, 'usingCustom', {
        clientId: 'c',
        clientSecret,
        discoveryUrl,
      });
    });
    expect(made).toBeGreaterThan(20);
    expect(report.diagnostics).toEqual([]);
  });

  it('raise no alarm: gateways of every authorizer, with targets of every kind', async () => {
    const report = await lintApp((app) => {
      const stack = new cdk.Stack(app, 'Tools', env);
      const provider = agentcore.OAuth2CredentialProvider.usingCustom(stack, 'Idp', {
        clientId: 'c',
        clientSecret,
        discoveryUrl,
      });
      const oauth = agentcore.GatewayCredentialProvider.fromOauthIdentityArn(
        provider.bindForGatewayOAuthTarget(['tool.read']),
      );
      const lambdaFunction = new lambda.Function(stack, 'Function', {
        code: lambda.Code.fromInline('-'),
        handler: 'index.handler',
        runtime: lambda.Runtime.PYTHON_3_12,
      });
      const type = agentcore.SchemaDefinitionType.OBJECT;
      const toolSchema = agentcore.ToolSchema.fromInline([
        { name: 'tool', description: 'd', inputSchema: { type } },
      ]);
      const openApi = agentcore.ApiSchema.fromInline(
        '{"openapi":"3.0.3","info":{"title":"t","version":"1"},"servers":[{"url":"https://api.example.com"}],"paths":{}}',
      );
      const { GatewayAuthorizer, Gateway } = agentcore;
      const gateways = {
        jwt: GatewayAuthorizer.usingCustomJwt({ discoveryUrl, allowedAudience: ['api://tools'] }),
        iam: GatewayAuthorizer.usingAwsIam(),
        none: GatewayAuthorizer.withNoAuth(),
        cognito: undefined,
      };
      for (const [id, authorizerConfiguration] of Object.entries(gateways)) {
        const gateway = new Gateway(stack, id, {
          gatewayName: id,
          ...(authorizerConfiguration && { authorizerConfiguration }),
        });
        gateway.addLambdaTarget('Lambda', { gatewayTargetName: `${id}-lambda`, lambdaFunction, toolSchema });
        gateway.addMcpServerTarget('Mcp', {
          gatewayTargetName: `${id}-mcp`,
          endpoint: 'https://mcp.example.com/mcp',
          credentialProviderConfigurations: [oauth],
        });
        gateway.addOpenApiTarget('OpenApi', {
          gatewayTargetName: `${id}-open-api`,
          apiSchema: openApi,
          validateOpenApiSchema: false,
          credentialProviderConfigurations: [oauth],
        });
        gateway.addSmithyTarget('Smithy', {
          gatewayTargetName: `${id}-smithy`,
          smithyModel: agentcore.ApiSchema.fromInline('{}'),
        });
      }
    });
    expect(report.diagnostics).toEqual([]);
    expect(report.summary.tokenExchange).toEqual(nothingExchanged);
  });
});

describe('a gateway, a target and a provider of aws-cdk-lib in three stacks', () => {
  /** The L2 constructs cannot exchange tokens yet: escape hatches make them. */
  const build = (exchanges: { provider: boolean; target: boolean }) => (app: App) => {
    const identity = new cdk.Stack(app, 'Identity', env);
    const provider = agentcore.OAuth2CredentialProvider.usingCustom(identity, 'Idp', {
      clientId: 'c',
      clientSecret,
      discoveryUrl,
    });
    if (exchanges.provider) {
      resourceOf(provider).addPropertyOverride(`${CUSTOM}.OnBehalfOfTokenExchangeConfig`, {
        GrantType: 'TOKEN_EXCHANGE',
        TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
      });
    }
    const authorizer = agentcore.GatewayAuthorizer.usingCustomJwt({
      discoveryUrl,
      allowedAudience: ['api://tools'],
    });
    const gateway = new agentcore.Gateway(new cdk.Stack(app, 'Gateways', env), 'Gateway', {
      gatewayName: 'tools',
      authorizerConfiguration: authorizer,
    });
    const target = agentcore.GatewayTarget.forMcpServer(new cdk.Stack(app, 'Tools', env), 'Tool', {
      gateway,
      gatewayTargetName: 'tool',
      endpoint: 'https://mcp.example.com/mcp',
      credentialProviderConfigurations: [
        agentcore.GatewayCredentialProvider.fromOauthIdentityArn(
          provider.bindForGatewayOAuthTarget(['tool.read']),
        ),
      ],
    });
    if (exchanges.target) resourceOf(target).addPropertyOverride(GRANT, 'TOKEN_EXCHANGE');
  };

  it('are verified', async () => {
    const report = await lintApp(build({ provider: true, target: true }));
    expect(report.diagnostics).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ ...nothingExchanged, verified: 1 });
  });

  it('are told to lack the configuration', async () => {
    const report = await lintApp(build({ provider: false, target: true }));
    expect(report.diagnostics.map(story)).toEqual([
      [
        'error token-exchange-without-config at Tools Tool (Tools/Tool/Resource)',
        'Identity: the export is declared here',
        'Identity Idp: the provider is declared here',
      ],
    ]);
  });

  it('are told when the construct asks for the grant that it hard-codes', async () => {
    const report = await lintApp(build({ provider: true, target: false }));
    expect(report.diagnostics.map((diagnostic) => story(diagnostic)[0])).toEqual([
      'warning token-exchange-config-unused at Tools Tool (Tools/Tool/Resource)',
    ]);
  });
});

describe('an app whose template decides when it is deployed', () => {
  /** A grant that a parameter gives, and a provider whose configuration follows the same parameter. */
  const byParameter = (configuredFor: string) => (app: App) => {
    const stack = new cdk.Stack(app, 'Tools');
    const mode = new cdk.CfnParameter(stack, 'Mode', { allowedValues: ['obo', 'plain'], default: 'plain' });
    const isObo = new cdk.CfnCondition(stack, 'IsObo', {
      expression: cdk.Fn.conditionEquals(mode.valueAsString, 'obo'),
    });
    const isConfigured = new cdk.CfnCondition(stack, 'IsConfigured', {
      expression: cdk.Fn.conditionEquals(mode.valueAsString, configuredFor),
    });
    const provider = addProvider(stack, 'set up');
    const block = `${CUSTOM}.OnBehalfOfTokenExchangeConfig`;
    const config = {
      GrantType: 'TOKEN_EXCHANGE',
      TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
    };
    provider.addPropertyOverride(
      block,
      cdk.Fn.conditionIf(isConfigured.logicalId, config, { Ref: 'AWS::NoValue' }),
    );
    addTarget(stack, provider.ref).addPropertyOverride(
      GRANT,
      cdk.Fn.conditionIf(isObo.logicalId, 'TOKEN_EXCHANGE', 'CLIENT_CREDENTIALS'),
    );
  };

  it('is verified when grant and configuration follow the same parameter', async () => {
    const report = await lintApp(byParameter('obo'));
    expect(report.diagnostics).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ ...nothingExchanged, verified: 1 });
  });

  it('is told for which values it is wrong', async () => {
    const report = await lintApp(byParameter('plain'));
    expect(report.diagnostics.map(({ ruleId, scenario }) => [ruleId, scenario])).toEqual([
      ['token-exchange-without-config', { Mode: 'obo' }],
      ['token-exchange-config-unused', { Mode: 'plain' }],
    ]);
  });

  it('is told when the provider of another stack is not created', async () => {
    const report = await lintApp((app) => {
      const identity = new cdk.Stack(app, 'Identity', env);
      const create = new cdk.CfnParameter(identity, 'Create', {
        allowedValues: ['yes', 'no'],
        default: 'yes',
      });
      const provider = addProvider(identity, 'set up');
      provider.cfnOptions.condition = new cdk.CfnCondition(identity, 'IsCreated', {
        expression: cdk.Fn.conditionEquals(create.valueAsString, 'yes'),
      });
      addTarget(new cdk.Stack(app, 'Tools', env), provider.attrCredentialProviderArn);
    });
    expect(
      report.diagnostics.map(({ ruleId, scenario, constructPath }) => [ruleId, scenario, constructPath]),
    ).toEqual([['provider-absent-under-condition', { Create: 'no' }, 'Tools/Tool']]);
  });
});

describe('an app', () => {
  it('is seen as aspects leave it', async () => {
    const report = await lintApp((app) => {
      const stack = new cdk.Stack(app, 'Tools');
      addTarget(stack, addProvider(stack, 'set up').ref);
      cdk.Aspects.of(app).add({
        visit: (node) => {
          if (node instanceof agentcore.CfnOAuth2CredentialProvider) {
            node.addPropertyDeletionOverride(`${CUSTOM}.OnBehalfOfTokenExchangeConfig`);
          }
        },
      });
    });
    expect(report.diagnostics.map(({ ruleId }) => ruleId)).toEqual(['token-exchange-without-config']);
  });

  it.each<[string, string, (app: App) => void]>([
    [
      'an SSM parameter that only another region has',
      'only templates of another account or region have the SSM parameter /idp/arn',
      (app) => {
        const identity = new cdk.Stack(app, 'Identity', env);
        const stringValue = addProvider(identity, 'set up').ref;
        new ssm.StringParameter(identity, 'Arn', { parameterName: '/idp/arn', stringValue });
        const tools = new cdk.Stack(app, 'Tools', { env: { ...env.env, region: 'eu-west-1' } });
        addTarget(tools, ssm.StringParameter.valueForStringParameter(tools, '/idp/arn'));
      },
    ],
    [
      'a custom resource that calls the API',
      '(Custom::AWS) gives it only when it is deployed',
      (app) => {
        const tools = new cdk.Stack(app, 'Tools', env);
        const read = new customResources.AwsCustomResource(tools, 'Read', {
          onUpdate: {
            service: 'SSM',
            action: 'GetParameter',
            region: 'eu-west-1',
            parameters: { Name: '/idp/arn' },
            physicalResourceId: customResources.PhysicalResourceId.of('read'),
          },
          policy: customResources.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
        });
        addTarget(tools, read.getResponseField('Parameter.Value'));
      },
    ],
  ])('is told where the search stopped: %s', async (_what, reason, build) => {
    const report = await lintApp(build);
    expect(report.diagnostics.map(({ ruleId }) => ruleId)).toEqual(['provider-unresolved']);
    expect(report.diagnostics[0]?.message).toContain(reason);
    expect(report.summary.tokenExchange).toEqual({ ...nothingExchanged, unverified: 1 });
  });

  it('may hold stacks without any resource', async () => {
    const report = await lintApp((app) => new cdk.Stack(app, 'Empty'));
    expect(report.diagnostics).toEqual([]);
  });
});

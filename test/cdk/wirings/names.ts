import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { addProvider, addTarget, type Exchange } from '../parts.js';
import { cdk, cloudFormationInclude, s3Assets } from '../real-parts.js';
import { temporaryDirectory } from '../synthesize.js';
import { here, there, type Wirings } from './wiring.js';

/** A template with a provider, and its ARN as the output `Arn`. */
function providerTemplate(exchange: Exchange): string {
  const file = path.join(temporaryDirectory(), 'identity.yaml');
  writeFileSync(
    file,
    `Parameters:
  Name: { Type: String }
Resources:
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: !Ref Name
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          ClientId: client
          ClientSecret: '{{resolve:secretsmanager:idp-client}}'
          OauthDiscovery:
            DiscoveryUrl: https://issuer.example.com/.well-known/openid-configuration
${exchange === 'set up' ? EXCHANGE : ''}
Outputs:
  Arn:
    Value: !GetAtt Provider.CredentialProviderArn
`,
  );
  return file;
}

const EXCHANGE = `          OnBehalfOfTokenExchangeConfig:
            GrantType: TOKEN_EXCHANGE
            TokenExchangeGrantTypeConfig: { ActorTokenContent: NONE }`;

/** References that are made of names: exports, outputs, ARNs, templates that are included or nested by hand. */
export const nameWirings: Wirings = {
  'export with a name of its own': {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', here);
      const provider = addProvider(identity, exchange);
      new cdk.CfnOutput(identity, 'Arn', { value: provider.ref, exportName: `${cdk.Aws.STACK_NAME}-arn` });
      addTarget(new cdk.Stack(app, 'Tools', here), cdk.Fn.importValue('Identity-arn'));
    },
  },
  'exportValue with a name': {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', here);
      const arn = identity.exportValue(addProvider(identity, exchange).attrCredentialProviderArn, {
        name: 'idp-arn',
      });
      addTarget(new cdk.Stack(app, 'Tools', here), arn);
    },
  },
  'export of a list': {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', here);
      const provider = addProvider(identity, exchange);
      const other = addProvider(identity, 'set up', { id: 'Other', name: 'other' });
      const arns = [other.ref, provider.ref];
      new cdk.CfnOutput(identity, 'Arns', { value: cdk.Fn.join('||', arns), exportName: 'idp-arns' });
      addTarget(
        new cdk.Stack(app, 'Tools', here),
        cdk.Fn.select(1, cdk.Fn.importListValue('idp-arns', 2, '||')),
      );
    },
  },
  'Fn.getStackOutput': {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', here);
      new cdk.CfnOutput(identity, 'Arn', { value: addProvider(identity, exchange).ref });
      addTarget(new cdk.Stack(app, 'Tools', there), cdk.Fn.getStackOutput('Identity', 'Arn', 'us-east-1'));
    },
  },
  "ARN of the provider's name": {
    build: (app, exchange) => {
      addProvider(new cdk.Stack(app, 'Identity', here), exchange);
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(
        tools,
        tools.formatArn({
          service: 'bedrock-agentcore',
          resource: 'token-vault/default/oauth2credentialprovider',
          resourceName: 'idp',
        }),
      );
    },
  },
  'a mapping by region': {
    build: (app, exchange) => {
      const tools = new cdk.Stack(app, 'Tools', here);
      addProvider(tools, exchange);
      const names = new cdk.CfnMapping(tools, 'Names', {
        mapping: { 'us-east-1': { idp: 'idp' }, 'eu-west-1': { idp: 'other' } },
      });
      addTarget(
        tools,
        tools.formatArn({
          service: 'bedrock-agentcore',
          resource: 'token-vault/default/oauth2credentialprovider',
          resourceName: names.findInMap(cdk.Aws.REGION, 'idp'),
        }),
      );
    },
  },
  'a parameter that a stack passes by hand': {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools', here);
      const provider = addProvider(stack, exchange);
      const inner = new cdk.NestedStack(stack, 'Inner', { parameters: { IdpArn: provider.ref } });
      addTarget(inner, new cdk.CfnParameter(inner, 'IdpArn').valueAsString);
    },
  },
  "an ARN with a name made of a stack's name": {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools');
      const { name } = addProvider(stack, exchange, { name: `${cdk.Aws.STACK_NAME}-idp` });
      const resource = 'token-vault/default/oauth2credentialprovider';
      addTarget(stack, stack.formatArn({ service: 'bedrock-agentcore', resource, resourceName: name }));
    },
  },
  'an export whose name begins with a parameter': {
    build: (app, exchange) => {
      const prefix = { type: 'String', default: 'acme' };
      const identity = new cdk.Stack(app, 'Identity');
      const theirs = new cdk.CfnParameter(identity, 'Prefix', prefix);
      const exportName = cdk.Fn.join('-', [theirs.valueAsString, 'idp']);
      new cdk.CfnOutput(identity, 'Arn', { value: addProvider(identity, exchange).ref, exportName });
      const tools = new cdk.Stack(app, 'Tools');
      new cdk.CfnParameter(tools, 'Prefix', prefix);
      addTarget(tools, cdk.Fn.importValue(cdk.Fn.sub('${Prefix}-idp')));
    },
  },
  'a nested stack of a YAML file': {
    build: (app, exchange) => {
      const tools = new cdk.Stack(app, 'Tools');
      const template = new s3Assets.Asset(tools, 'Template', { path: providerTemplate(exchange) });
      const identity = new cdk.CfnStack(tools, 'Identity', {
        templateUrl: template.httpUrl,
        parameters: { Name: 'idp' },
      });
      addTarget(tools, identity.getAtt('Outputs.Arn').toString());
    },
  },
  CfnInclude: {
    build: (app, exchange) => {
      const included = new cloudFormationInclude.CfnInclude(new cdk.Stack(app, 'Identity'), 'Included', {
        templateFile: providerTemplate(exchange),
        parameters: { Name: 'idp' },
      });
      const provider = included.getResource('Provider');
      addTarget(new cdk.Stack(app, 'Tools'), provider.getAtt('CredentialProviderArn').toString());
    },
  },
  'CfnInclude with a nested stack': {
    build: (app, exchange) => {
      const outer = path.join(temporaryDirectory(), 'outer.yaml');
      writeFileSync(
        outer,
        `Resources:
  Vault:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://example.com/identity.yaml
      Parameters: { Name: idp }
`,
      );
      const included = new cloudFormationInclude.CfnInclude(new cdk.Stack(app, 'Identity'), 'Included', {
        templateFile: outer,
        loadNestedStacks: { Vault: { templateFile: providerTemplate(exchange) } },
      });
      const provider = included.getNestedStack('Vault').includedTemplate.getResource('Provider');
      addTarget(new cdk.Stack(app, 'Tools'), provider.getAtt('CredentialProviderArn').toString());
    },
  },
};

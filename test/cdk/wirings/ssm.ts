import { addProvider, addTarget, type Exchange } from '../parts.js';
import { type Construct, cdk, type StackProps, ssm } from '../real-parts.js';
import { here, there, type Wirings } from './wiring.js';

/** A stack that writes the provider's ARN into an SSM parameter. */
function identityWithParameter(
  scope: Construct,
  exchange: Exchange,
  { props = here, id = 'Identity' }: { props?: StackProps; id?: string } = {},
) {
  const stack = new cdk.Stack(scope, id, props);
  const provider = addProvider(stack, exchange);
  const stringValue = provider.attrCredentialProviderArn;
  return new ssm.StringParameter(stack, 'Arn', { parameterName: '/idp/arn', stringValue });
}

/** ARNs that go through SSM parameters. */
export const ssmWirings: Wirings = {
  'SSM, dynamic reference': {
    build: (app, exchange) => {
      identityWithParameter(app, exchange);
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(
        tools,
        new cdk.CfnDynamicReference(cdk.CfnDynamicReferenceService.SSM, '/idp/arn').toString(),
      );
    },
  },
  'SSM, dynamic reference with a version': {
    build: (app, exchange) => {
      identityWithParameter(app, exchange);
      const tools = new cdk.Stack(app, 'Tools', here);
      const parameter = ssm.StringParameter.fromStringParameterAttributes(tools, 'Arn', {
        parameterName: '/idp/arn',
        version: 3,
      });
      addTarget(tools, parameter.stringValue);
    },
  },
  'SSM, fromStringParameterName': {
    build: (app, exchange) => {
      identityWithParameter(app, exchange);
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(tools, ssm.StringParameter.fromStringParameterName(tools, 'Arn', '/idp/arn').stringValue);
    },
  },
  'SSM, valueForStringParameter': {
    build: (app, exchange) => {
      identityWithParameter(app, exchange, { props: {} });
      const tools = new cdk.Stack(app, 'Tools');
      addTarget(tools, ssm.StringParameter.valueForStringParameter(tools, '/idp/arn'));
    },
  },
  'SSM, valueForStringParameter of a version': {
    build: (app, exchange) => {
      identityWithParameter(app, exchange);
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(tools, ssm.StringParameter.valueForStringParameter(tools, '/idp/arn', 2));
    },
  },
  'SSM, valueFromLookup before the lookup': {
    build: (app, exchange) => {
      identityWithParameter(app, exchange);
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(tools, ssm.StringParameter.valueFromLookup(tools, '/idp/arn'));
    },
  },
  'SSM, typed parameter': {
    build: (app, exchange) => {
      identityWithParameter(app, exchange);
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(
        tools,
        ssm.StringParameter.valueForTypedStringParameterV2(tools, '/idp/arn', ssm.ParameterValueType.STRING),
      );
    },
  },
  'SSM, nested stack reads': {
    build: (app, exchange) => {
      identityWithParameter(app, exchange);
      const inner = new cdk.NestedStack(new cdk.Stack(app, 'Tools', here), 'Inner');
      addTarget(inner, ssm.StringParameter.valueForStringParameter(inner, '/idp/arn'));
    },
  },
  'SSM, nested stack writes': {
    build: (app, exchange) => {
      const vault = new cdk.NestedStack(new cdk.Stack(app, 'Identity', here), 'Vault');
      const provider = addProvider(vault, exchange);
      new ssm.CfnParameter(vault, 'Arn', { name: '/idp/arn', type: 'String', value: provider.ref });
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(tools, ssm.StringParameter.valueForStringParameter(tools, '/idp/arn'));
    },
  },
  "SSM, name made of a stack's name": {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', here);
      const provider = addProvider(identity, exchange);
      new ssm.StringParameter(identity, 'Arn', {
        parameterName: cdk.Fn.join('', ['/', cdk.Aws.STACK_NAME, '/arn']),
        simpleName: false,
        stringValue: provider.attrCredentialProviderArn,
      });
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(
        tools,
        ssm.StringParameter.fromStringParameterName(tools, 'Arn', '/Identity/arn').stringValue,
      );
    },
  },
  "SSM, the parameter's value across stacks": {
    build: (app, exchange) => {
      const parameter = identityWithParameter(app, exchange);
      addTarget(new cdk.Stack(app, 'Tools', here), parameter.stringValue);
    },
  },
  'SSM, a parameter that is named by CloudFormation': {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', here);
      const provider = addProvider(identity, exchange);
      const parameter = new ssm.StringParameter(identity, 'Arn', {
        stringValue: provider.attrCredentialProviderArn,
      });
      addTarget(new cdk.Stack(app, 'Tools', here), `{{resolve:ssm:${parameter.parameterName}}}`);
    },
  },
  'SSM, a parameter that is named by CloudFormation, same stack': {
    build: (app, exchange) => {
      const tools = new cdk.Stack(app, 'Tools', here);
      const provider = addProvider(tools, exchange);
      const parameter = new ssm.StringParameter(tools, 'Arn', {
        stringValue: provider.attrCredentialProviderArn,
      });
      addTarget(tools, `{{resolve:ssm:${parameter.parameterName}}}`);
    },
  },
  'SSM, a list': {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', here);
      const other = addProvider(identity, 'set up', { id: 'Other', name: 'other' });
      const provider = addProvider(identity, exchange);
      new ssm.StringListParameter(identity, 'Arns', {
        parameterName: '/idp/arns',
        stringListValue: [other.attrCredentialProviderArn, provider.attrCredentialProviderArn],
      });
      const tools = new cdk.Stack(app, 'Tools', here);
      addTarget(
        tools,
        cdk.Fn.select(1, ssm.StringListParameter.valueForTypedListParameter(tools, '/idp/arns')),
      );
    },
  },
  'SSM, a list, by a dynamic reference': {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', here);
      const other = addProvider(identity, 'set up', { id: 'Other', name: 'other' });
      const provider = addProvider(identity, exchange);
      new ssm.StringListParameter(identity, 'Arns', {
        parameterName: '/idp/arns',
        stringListValue: [other.attrCredentialProviderArn, provider.attrCredentialProviderArn],
      });
      const tools = new cdk.Stack(app, 'Tools', here);
      const list = ssm.StringListParameter.fromStringListParameterName(tools, 'Arns', '/idp/arns');
      addTarget(tools, cdk.Fn.select(1, list.stringListValue));
    },
  },
  'SSM, stages that write the same name': {
    build: (app, exchange) => {
      for (const id of ['Beta', 'Prod']) {
        const stage = new cdk.Stage(app, id);
        identityWithParameter(stage, id === 'Prod' ? exchange : 'set up', { props: {} });
        const tools = new cdk.Stack(stage, 'Tools');
        addTarget(tools, ssm.StringParameter.valueForStringParameter(tools, '/idp/arn'));
      }
    },
    targets: 2,
  },
  'SSM, regions that write the same name': {
    build: (app, exchange) => {
      for (const [id, props] of Object.entries({ America: here, Europe: there })) {
        identityWithParameter(app, id === 'Europe' ? exchange : 'set up', { props, id: `Identity${id}` });
        const tools = new cdk.Stack(app, `Tools${id}`, props);
        addTarget(tools, ssm.StringParameter.valueForStringParameter(tools, '/idp/arn'));
      }
    },
    targets: 2,
  },
  'SSM, written in another region from a cross-region reference': {
    build: (app, exchange) => {
      const provider = addProvider(
        new cdk.Stack(app, 'Identity', { ...here, crossRegionReferences: true }),
        exchange,
      );
      const bridge = new cdk.Stack(app, 'Bridge', { ...there, crossRegionReferences: true });
      const stringValue = provider.attrCredentialProviderArn;
      new ssm.StringParameter(bridge, 'Arn', { parameterName: '/idp/arn', stringValue });
      const tools = new cdk.Stack(app, 'Tools', there);
      addTarget(tools, ssm.StringParameter.valueForStringParameter(tools, '/idp/arn'));
    },
  },
};

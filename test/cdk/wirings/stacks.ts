import { addProvider, addTarget, type Exchange } from '../parts.js';
import { type AppProps, type Construct, cdk, type StackProps } from '../real-parts.js';
import { elsewhere, here, there, type Wirings } from './wiring.js';

const strength = (value: string): AppProps => ({
  context: { '@aws-cdk/core:defaultCrossStackReferences': value },
});

/** Two stacks; the second gets the provider's ARN as the CDK passes it on. */
function twoStacks(app: Construct, exchange: Exchange, producer: StackProps, consumer: StackProps): void {
  const provider = addProvider(new cdk.Stack(app, 'Identity', producer), exchange);
  addTarget(new cdk.Stack(app, 'Tools', consumer), provider.attrCredentialProviderArn);
}

/** References between constructs, which the CDK turns into what CloudFormation knows. */
export const stackWirings: Wirings = {
  'one stack, attribute': {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools');
      addTarget(stack, addProvider(stack, exchange).attrCredentialProviderArn);
    },
  },
  'one stack, ref': {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools');
      addTarget(stack, addProvider(stack, exchange).ref);
    },
  },
  'two stacks without an environment': { build: (app, exchange) => twoStacks(app, exchange, {}, {}) },
  'two stacks of one environment': { build: (app, exchange) => twoStacks(app, exchange, here, here) },
  'two stacks, weak': {
    build: (app, exchange) => twoStacks(app, exchange, here, here),
    props: strength('weak'),
  },
  'two stacks, weak, without an environment': {
    build: (app, exchange) => twoStacks(app, exchange, {}, {}),
    props: strength('weak'),
  },
  'two stacks, both': {
    build: (app, exchange) => twoStacks(app, exchange, here, here),
    props: strength('both'),
  },
  'two stacks, one weak reference': {
    build: (app, exchange) => {
      const provider = addProvider(new cdk.Stack(app, 'Identity', here), exchange);
      addTarget(
        new cdk.Stack(app, 'Tools', here),
        cdk.Stack.consumeReference(provider.attrCredentialProviderArn),
      );
    },
  },
  'two regions': {
    build: (app, exchange) =>
      twoStacks(
        app,
        exchange,
        { ...here, crossRegionReferences: true },
        { ...there, crossRegionReferences: true },
      ),
  },
  'two regions, weak': {
    build: (app, exchange) => twoStacks(app, exchange, here, there),
    props: strength('weak'),
  },
  'two regions, both': {
    build: (app, exchange) =>
      twoStacks(
        app,
        exchange,
        { ...here, crossRegionReferences: true },
        { ...there, crossRegionReferences: true },
      ),
    props: strength('both'),
  },
  'two accounts': { build: (app, exchange) => twoStacks(app, exchange, here, elsewhere) },
  "provider nested in the target's stack": {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools');
      addTarget(
        stack,
        addProvider(new cdk.NestedStack(stack, 'Identity'), exchange).attrCredentialProviderArn,
      );
    },
  },
  "target nested in the provider's stack": {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools');
      const provider = addProvider(stack, exchange);
      addTarget(new cdk.NestedStack(stack, 'Inner'), provider.attrCredentialProviderArn);
    },
  },
  'two nested stacks beside each other': {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools');
      const provider = addProvider(new cdk.NestedStack(stack, 'Identity'), exchange);
      addTarget(new cdk.NestedStack(stack, 'Inner'), provider.attrCredentialProviderArn);
    },
  },
  'nested two deep, up and down': {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools');
      const provider = addProvider(
        new cdk.NestedStack(new cdk.NestedStack(stack, 'Identity'), 'Deep'),
        exchange,
      );
      addTarget(
        new cdk.NestedStack(new cdk.NestedStack(stack, 'Inner'), 'Deep'),
        provider.attrCredentialProviderArn,
      );
    },
  },
  'nested stacks of two stacks': {
    build: (app, exchange) => {
      const provider = addProvider(
        new cdk.NestedStack(new cdk.Stack(app, 'Identity', here), 'Vault'),
        exchange,
      );
      addTarget(
        new cdk.NestedStack(new cdk.Stack(app, 'Tools', here), 'Inner'),
        provider.attrCredentialProviderArn,
      );
    },
  },
  'nested stacks of two stacks, weak': {
    build: (app, exchange) => {
      const provider = addProvider(
        new cdk.NestedStack(new cdk.Stack(app, 'Identity', here), 'Vault'),
        exchange,
      );
      addTarget(
        new cdk.NestedStack(new cdk.Stack(app, 'Tools', here), 'Inner'),
        provider.attrCredentialProviderArn,
      );
    },
    props: strength('weak'),
  },
  'nested stacks of two regions': {
    build: (app, exchange) => {
      const identity = new cdk.Stack(app, 'Identity', { ...here, crossRegionReferences: true });
      const provider = addProvider(new cdk.NestedStack(identity, 'Vault'), exchange);
      const tools = new cdk.Stack(app, 'Tools', { ...there, crossRegionReferences: true });
      addTarget(new cdk.NestedStack(tools, 'Inner'), provider.attrCredentialProviderArn);
    },
  },
  'a stage': {
    build: (app, exchange) => twoStacks(new cdk.Stage(app, 'Beta', here), exchange, {}, {}),
  },
  'a stage in a stage': {
    build: (app, exchange) =>
      twoStacks(new cdk.Stage(new cdk.Stage(app, 'Europe'), 'Beta', there), exchange, {}, {}),
  },
  'stages in two accounts, with stacks of the same names in two regions': {
    build: (app, exchange) => {
      for (const [id, account] of Object.entries({ Beta: '222222222222', Prod: '111111111111' })) {
        const stage = new cdk.Stage(app, id);
        const props = (region: string, stackName: string) => ({
          env: { account, region },
          crossRegionReferences: true,
          stackName,
        });
        const provider = addProvider(
          new cdk.Stack(stage, 'Identity', props('us-east-1', 'identity')),
          id === 'Prod' ? exchange : 'set up',
        );
        addTarget(
          new cdk.Stack(stage, 'Tools', props('eu-west-1', 'tools')),
          provider.attrCredentialProviderArn,
        );
      }
    },
    targets: 2,
  },
  'one provider for three regions': {
    build: (app, exchange) => {
      const props = (region: string) => ({
        env: { account: '111111111111', region },
        crossRegionReferences: true,
      });
      const provider = addProvider(new cdk.Stack(app, 'Identity', props('us-east-1')), exchange);
      for (const region of ['eu-west-1', 'ap-northeast-1', 'us-east-1']) {
        addTarget(new cdk.Stack(app, `Tools-${region}`, props(region)), provider.attrCredentialProviderArn);
      }
    },
    targets: 3,
  },
  "nested stacks, the CDK's first synthesizer": {
    build: (app, exchange) => {
      const stack = new cdk.Stack(app, 'Tools', { synthesizer: new cdk.LegacyStackSynthesizer() });
      const outer = new cdk.NestedStack(stack, 'Outer');
      const provider = addProvider(new cdk.NestedStack(outer, 'Identity'), exchange);
      addTarget(new cdk.NestedStack(stack, 'Inner'), provider.attrCredentialProviderArn);
    },
  },
  'nested stacks, a bucket and a prefix of their own': {
    build: (app, exchange) => {
      const synthesizer = new cdk.DefaultStackSynthesizer({
        qualifier: 'acme',
        bucketPrefix: 'templates/x/',
        fileAssetsBucketName: 'acme-${AWS::Region}',
      });
      const stack = new cdk.Stack(app, 'Tools', { synthesizer });
      const provider = addProvider(new cdk.NestedStack(stack, 'Identity'), exchange);
      addTarget(new cdk.NestedStack(stack, 'Inner'), provider.attrCredentialProviderArn);
    },
  },
  'equal nested stacks in two stacks': {
    build: (app, exchange) => {
      for (const id of ['One', 'Two']) {
        const stack = new cdk.Stack(app, id);
        const provider = addProvider(stack, id === 'Two' ? exchange : 'set up');
        const inner = new cdk.NestedStack(stack, 'Inner', { parameters: { IdpArn: provider.ref } });
        addTarget(inner, new cdk.CfnParameter(inner, 'IdpArn').valueAsString);
      }
    },
    targets: 2,
  },
};

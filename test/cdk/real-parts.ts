/**
 * The real AWS CDK, from the packages that only tests use; scripts/install-real-parts.js installs them. No other file
 * knows where they are.
 */
import { createRequire } from 'node:module';

export type {
  CfnGatewayTarget,
  CfnOAuth2CredentialProvider,
} from '../real/node_modules/aws-cdk-lib/aws-bedrockagentcore/index.js';
export type {
  App,
  AppProps,
  CfnResource,
  IPolicyValidationPlugin,
  IPolicyValidationPluginBeta1,
  Stack,
  StackProps,
  Stage,
} from '../real/node_modules/aws-cdk-lib/core/index.js';
export type { Construct, IConstruct } from '../real/node_modules/constructs/lib/index.js';

export const realRequire = createRequire(new URL('../real/package.json', import.meta.url));

export const cdk: typeof import('../real/node_modules/aws-cdk-lib/core/index.js') =
  realRequire('aws-cdk-lib');
export const agentcore: typeof import('../real/node_modules/aws-cdk-lib/aws-bedrockagentcore/index.js') =
  realRequire('aws-cdk-lib/aws-bedrockagentcore');
export const iam: typeof import('../real/node_modules/aws-cdk-lib/aws-iam/index.js') =
  realRequire('aws-cdk-lib/aws-iam');
export const ssm: typeof import('../real/node_modules/aws-cdk-lib/aws-ssm/index.js') =
  realRequire('aws-cdk-lib/aws-ssm');
export const s3Assets: typeof import('../real/node_modules/aws-cdk-lib/aws-s3-assets/index.js') =
  realRequire('aws-cdk-lib/aws-s3-assets');
export const cloudFormationInclude: typeof import('../real/node_modules/aws-cdk-lib/cloudformation-include/index.js') =
  realRequire('aws-cdk-lib/cloudformation-include');
export const lambda: typeof import('../real/node_modules/aws-cdk-lib/aws-lambda/index.js') =
  realRequire('aws-cdk-lib/aws-lambda');
export const customResources: typeof import('../real/node_modules/aws-cdk-lib/custom-resources/index.js') =
  realRequire('aws-cdk-lib/custom-resources');

/** A version that knows the Beta1 form of plugins only. Its types are near enough to those of the current one. */
export const olderCdk: typeof cdk = realRequire('aws-cdk-lib-beta1');

import { RUNTIME_CODE_TYPE } from '../frontends/front-end.js';
import { nestedStackTypes, PRODUCT, PRODUCT_PROPERTIES } from './nested-stack-types.js';

const AGENT_CORE = 'AWS::BedrockAgentCore::';

/**
 * Types beside those of AgentCore that references lead into, and the properties that they lead to; `all` where any
 * property can be asked for.
 */
const FOLLOWED_TYPES: ReadonlyMap<string, readonly string[] | 'all'> = new Map<
  string,
  readonly string[] | 'all'
>([
  ['AWS::IAM::Role', ['RoleName', 'Policies', 'ManagedPolicyArns', 'PermissionsBoundary']],
  ['AWS::IAM::Policy', ['Roles', 'PolicyDocument']],
  ['AWS::IAM::ManagedPolicy', ['Roles', 'PolicyDocument']],
  ['AWS::IAM::RolePolicy', ['RoleName', 'PolicyDocument']],
  ['AWS::SSM::Parameter', ['Name', 'Value']],
  ['AWS::SecretsManager::Secret', ['Name']],
  ['AWS::Cognito::UserPool', ['UserPoolTier']],
  ['AWS::Cognito::UserPoolClient', ['UserPoolId', 'ExplicitAuthFlows']],
  ['AWS::AgentRegistry::RegistryRecord', 'all'],
  [RUNTIME_CODE_TYPE, 'all'],
  ['Custom::CrossRegionExportReader', 'all'],
  ['Custom::CrossRegionExportWriter', 'all'],
  [PRODUCT, PRODUCT_PROPERTIES],
  ...nestedStackTypes().map((type) => [type, 'all'] as const),
]);

/** The properties of a type that references can lead to; undefined for a type that they lead into nowhere. */
export function followedProperties(type: string): readonly string[] | 'all' | undefined {
  return type.startsWith(AGENT_CORE) ? 'all' : FOLLOWED_TYPES.get(type);
}

import { nestedStackTypes } from './nested-stack-types.js';

/** Types whose properties references can lead into, by how they begin. */
const FOLLOWED_TYPES = [
  'AWS::BedrockAgentCore::',
  'AWS::IAM::',
  ...nestedStackTypes(),
  'AWS::SSM::Parameter',
  'Custom::CrossRegionExport',
];

/** Whether references can lead into the properties of resources of a type. */
export function isFollowed(type: string): boolean {
  for (const prefix of FOLLOWED_TYPES) if (type.startsWith(prefix)) return true;
  return false;
}

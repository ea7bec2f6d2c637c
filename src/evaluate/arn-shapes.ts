import { own } from '../plain/map.js';
import type { TextSymbol } from './value.js';

/** How the ARN of a resource is put together: `arn:PARTITION:SERVICE:REGION:ACCOUNT:PATH` and one of its attributes. */
export interface ArnShape {
  readonly service: string;
  readonly path: string;
  /** What the path ends in: an attribute or a property of the resource that holds letters, digits, `-` and `_`. */
  readonly last: string;
}

/**
 * ARNs that templates take apart.
 * Source: the service authorization reference of Bedrock AgentCore, resource types.
 */
const SHAPES: readonly { type: string; attributes: readonly string[]; shape: ArnShape }[] = [
  {
    type: 'AWS::BedrockAgentCore::Gateway',
    attributes: ['GatewayArn'],
    shape: { service: 'bedrock-agentcore', path: 'gateway/', last: 'GatewayIdentifier' },
  },
  {
    type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    attributes: ['Ref', 'CredentialProviderArn'],
    shape: {
      service: 'bedrock-agentcore',
      path: 'token-vault/default/oauth2credentialprovider/',
      last: 'Name',
    },
  },
];

/** The shape of the ARN that a symbol stands for; undefined when it stands for anything else. */
export function arnShapeOf(symbol: TextSymbol): ArnShape | undefined {
  if (symbol.kind !== 'attribute') return undefined;
  const type = own(own(symbol.instance.template.section('Resources'), symbol.logicalId), 'Type');
  return SHAPES.find((row) => row.type === type && row.attributes.includes(symbol.attribute))?.shape;
}

/** Whether a symbol is the part of a resource's ARN that tells it from others: it holds letters, digits, `-` and `_`. */
export function isEndOfArn(symbol: TextSymbol): boolean {
  return symbol.kind === 'attribute' && SHAPES.some(({ shape }) => shape.last === symbol.attribute);
}

import { isMap, own, type PlainMap } from '../../plain/map.js';
import type { Path } from '../../source/types.js';
import { resourceShape } from '../../spec/index.js';
import { embeddedJson } from '../embedded-json.js';
import { unknownValue } from '../front-end.js';
import type { Origins } from '../origins.js';
import type { TerraformResource } from './document.js';
import { withGivenSecrets } from './embedded.js';
import type { References } from './references.js';

export const CLOUD_CONTROL = 'aws_cloudcontrolapi_resource';

const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';
const PROVIDER = 'AWS::BedrockAgentCore::OAuth2CredentialProvider';
const GATEWAY = 'AWS::BedrockAgentCore::Gateway';

/** The type of the resource in CloudFormation; undefined where it is not known. */
export function cloudControlType({ values }: TerraformResource): string | undefined {
  const type = own(values, 'type_name');
  return typeof type === 'string' ? type : undefined;
}

/**
 * The resource that Cloud Control makes of a JSON text. A text that is put together of values known only after apply
 * is not known at all, but what it refers to is: a target that is made with the ARN of a provider calls its tool
 * through it.
 */
export function lowerCloudControl(
  resource: TerraformResource,
  type: string,
  references: References,
  origins: Origins,
): PlainMap {
  const { address, path, values, expressions, module } = resource;
  const from: Path = [...path, 'values', 'desired_state'];
  origins.note(['Resources', address], path);
  origins.note(['Resources', address, 'Properties'], from);
  const text = own(values, 'desired_state');
  const state = typeof text === 'string' ? embeddedJson(text) : undefined;
  const written = own(expressions, 'desired_state');
  if (isMap(state)) return { Type: type, Properties: withGivenSecrets(state, written) };
  const open = unknownValue(`desired_state of ${address} is known only after apply`);
  const only = (wanted: string): unknown => {
    const found = references.onlyOf(wanted, written, module);
    return found === undefined ? open : { Ref: found.resource.address };
  };
  const properties = Object.fromEntries(
    [...(resourceShape(type)?.properties?.keys() ?? [])].map((name) => [name, open] as const),
  );
  const provider = only(PROVIDER);
  if (type !== TARGET || provider === open) return { Type: type, Properties: properties };
  return {
    Type: type,
    Properties: {
      ...properties,
      GatewayIdentifier: only(GATEWAY),
      CredentialProviderConfigurations: [
        {
          CredentialProviderType: 'OAUTH',
          CredentialProvider: {
            OauthCredentialProvider: {
              ProviderArn: provider,
              Scopes: open,
              GrantType: open,
              CustomParameters: open,
              DefaultReturnUrl: open,
            },
          },
        },
      ],
    },
  };
}

/** A resource of a plan that a test makes: what `terraform show -json` would say of it. */
export interface PlannedResource {
  /** In its module: `aws_x.y[0]`. */
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly expressions?: Readonly<Record<string, unknown>>;
  /** The marks of what is known only after apply. */
  readonly unknown?: Readonly<Record<string, unknown>>;
  /** The address of the module instance; the root without. */
  readonly module?: string;
  readonly repeated?: 'count' | 'for_each';
}

export interface PlannedModule {
  readonly expressions?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly repeated?: 'count' | 'for_each';
}

/** What `expressions` says of a reference: the traversal with all that it begins with. */
export function refers(...references: readonly string[]): { readonly references: readonly string[] } {
  return {
    references: references.flatMap((reference) => {
      const shorter = reference.replace(/(?:\.[^.[\]]+|\[[^\]]*\])$/, '');
      return shorter.includes('.') && shorter !== reference ? [reference, shorter] : [reference];
    }),
  };
}

export const constant = (value: unknown) => ({ constant_value: value });

/** A plan as `terraform show -json` writes it. One level of modules is enough for the tests. */
export function plan(
  resources: readonly PlannedResource[],
  modules: Readonly<Record<string, PlannedModule>> = {},
): Record<string, unknown> {
  const full = ({ module, address }: PlannedResource) =>
    module === undefined ? address : `${module}.${address}`;
  const planned = (module: string | undefined) =>
    resources
      .filter((resource) => resource.module === module)
      .map((resource) => ({
        address: full(resource),
        mode: 'managed',
        ...identity(resource.address),
        provider_name: 'registry.terraform.io/hashicorp/aws',
        schema_version: 0,
        values: resource.values,
        sensitive_values: {},
      }));
  const written = (module: RegExp | undefined) => {
    const found = new Map<string, unknown>();
    for (const resource of resources) {
      if (module === undefined ? resource.module !== undefined : !module.test(resource.module ?? ''))
        continue;
      const address = resource.address.replace(/\[.*\]$/, '');
      found.set(address, {
        address,
        mode: 'managed',
        ...identity(resource.address),
        expressions: resource.expressions ?? {},
        ...(resource.repeated && { [`${resource.repeated}_expression`]: { references: ['var.many'] } }),
      });
    }
    return [...found.values()];
  };
  const instances = [...new Set(resources.flatMap(({ module }) => module ?? []))];
  return {
    format_version: '1.2',
    terraform_version: '1.14.5',
    planned_values: {
      root_module: {
        resources: planned(undefined),
        child_modules: instances.map((address) => ({ address, resources: planned(address) })),
      },
    },
    resource_changes: resources.map((resource) => ({
      address: full(resource),
      mode: 'managed',
      change: {
        actions: ['create'],
        before: null,
        after: resource.values,
        after_unknown: resource.unknown ?? {},
      },
    })),
    configuration: {
      root_module: {
        resources: written(undefined),
        module_calls: Object.fromEntries(
          Object.entries(modules).map(([name, module]) => [
            name,
            {
              source: `./${name}`,
              expressions: module.expressions ?? {},
              ...(module.repeated && { [`${module.repeated}_expression`]: { references: ['var.many'] } }),
              module: {
                outputs: module.outputs ?? {},
                resources: written(new RegExp(`^module\\.${name}(?:$|\\[)`)),
              },
            },
          ]),
        ),
      },
    },
  };
}

function identity(address: string): { readonly type: string; readonly name: string } {
  const [type = '', name = ''] = address.split('.');
  return { type, name: name.replace(/\[.*\]$/, '') };
}

/** A state with the same resources, everything known. */
export function state(resources: readonly PlannedResource[]): Record<string, unknown> {
  return {
    format_version: '1.0',
    terraform_version: '1.14.5',
    values: {
      root_module: {
        resources: resources.map(({ address, values }) => ({
          address,
          mode: 'managed',
          ...identity(address),
          values,
          sensitive_values: {},
        })),
      },
    },
  };
}

const NO_BLOCKS = {
  atlassian_oauth2_provider_config: [],
  custom_oauth2_provider_config: [],
  github_oauth2_provider_config: [],
  google_oauth2_provider_config: [],
  included_oauth2_provider_config: [],
  linkedin_oauth2_provider_config: [],
  microsoft_oauth2_provider_config: [],
  salesforce_oauth2_provider_config: [],
  slack_oauth2_provider_config: [],
};

const CLIENT = {
  client_credentials_wo_version: 1,
  client_id: 'tools',
  client_id_wo: null,
  client_secret: null,
  client_secret_config: [],
  client_secret_source: null,
  client_secret_wo: null,
};

/** The custom block of a provider that exchanges. */
export const customBlock = {
  ...CLIENT,
  client_authentication_method: null,
  oauth_discovery: [
    {
      authorization_server_metadata: [],
      discovery_url: 'https://idp.example.com/.well-known/openid-configuration',
    },
  ],
  on_behalf_of_token_exchange_config: [
    {
      grant_type: 'TOKEN_EXCHANGE',
      token_exchange_grant_type_config: [{ actor_token_content: 'NONE', actor_token_scopes: null }],
    },
  ],
  private_endpoint: [],
  private_endpoint_override: [],
  private_key_jwt_config: [],
};

/** The expressions of a provider whose secret is write-only. */
const WRITE_ONLY = {
  name: constant('hr-api'),
  credential_provider_vendor: constant('CustomOauth2'),
  oauth2_provider_config: [
    {
      custom_oauth2_provider_config: [
        { client_id: constant('tools'), client_secret_wo: refers('var.secret') },
      ],
    },
  ],
};

type Blocks = Readonly<Record<string, readonly unknown[]>>;

/** A provider; `blocks` replaces those of `oauth2_provider_config`. */
export function provider(
  changes: Readonly<Record<string, unknown>> = {},
  blocks: Blocks = { custom_oauth2_provider_config: [customBlock] },
): PlannedResource {
  return {
    address: 'aws_bedrockagentcore_oauth2_credential_provider.hr',
    values: {
      name: 'hr-api',
      credential_provider_vendor: 'CustomOauth2',
      region: 'eu-central-1',
      tags: null,
      oauth2_provider_config: [{ ...NO_BLOCKS, ...blocks }],
      ...changes,
    },
    unknown: { credential_provider_arn: true, client_secret_arn: true, callback_url: true, tags_all: true },
    expressions: WRITE_ONLY,
  };
}

export const builtInClient = CLIENT;

/** A gateway that checks tokens of the identity provider. */
export function gateway(changes: Readonly<Record<string, unknown>> = {}): PlannedResource {
  return {
    address: 'aws_bedrockagentcore_gateway.hr',
    values: {
      name: 'hr',
      authorizer_type: 'CUSTOM_JWT',
      protocol_type: 'MCP',
      protocol_configuration: [],
      authorizer_configuration: [
        {
          custom_jwt_authorizer: [
            {
              discovery_url: 'https://idp.example.com/.well-known/openid-configuration',
              allowed_audience: ['tools'],
              allowed_clients: null,
              allowed_scopes: null,
            },
          ],
        },
      ],
      ...changes,
    },
    unknown: { gateway_id: true, gateway_arn: true, role_arn: true },
    expressions: { name: constant('hr'), role_arn: refers('aws_iam_role.gateway.arn') },
  };
}

/** The `oauth` block of a target that exchanges. */
export const oauthBlock = {
  custom_parameters: null,
  default_return_url: null,
  grant_type: 'TOKEN_EXCHANGE',
  scopes: ['hr.read'],
};

const NO_CREDENTIALS = {
  api_key: [],
  caller_iam_credentials: [],
  gateway_iam_role: [],
  jwt_passthrough: [],
  oauth: [],
};

export const mcpServer = {
  mcp: [
    {
      api_gateway: [],
      connector: [],
      lambda: [],
      mcp_server: [
        {
          endpoint: 'https://hr.example.com/mcp',
          listing_mode: null,
          mcp_tool_schema: [],
          resource_priority: null,
        },
      ],
      open_api_schema: [],
      smithy_model: [],
    },
  ],
  http: [],
  inference: [],
};

/** A target; `credentials` replaces blocks of `credential_provider_configuration`, `configuration` those of its kind. */
export function target(
  credentials: Blocks = { oauth: [oauthBlock] },
  configuration: Readonly<Record<string, unknown>> = mcpServer,
): PlannedResource {
  return {
    address: 'aws_bedrockagentcore_gateway_target.hr',
    values: {
      name: 'hr-tools',
      description: null,
      credential_provider_configuration: [{ ...NO_CREDENTIALS, ...credentials }],
      target_configuration: [configuration],
    },
    unknown: { gateway_identifier: true, target_id: true },
    expressions: {
      name: constant('hr-tools'),
      gateway_identifier: refers('aws_bedrockagentcore_gateway.hr.gateway_id'),
      credential_provider_configuration: [
        {
          oauth: [
            {
              provider_arn: refers(
                'aws_bedrockagentcore_oauth2_credential_provider.hr.credential_provider_arn',
              ),
            },
          ],
        },
      ],
    },
  };
}

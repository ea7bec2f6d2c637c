import type { FrontEndId } from '../../../src/frontends/front-end.js';
import { awsResources, type BlockTable, credentialBlocks } from '../../../src/frontends/terraform/blocks.js';
import { constant, type PlannedResource, plan, refers } from '../terraform/plan.js';
import { Placeholder, type Properties, type Said } from './cases.js';

/** How an input writes what a case says. */
export interface Writer {
  readonly id: FrontEndId;
  /** What is right there, beside what is right elsewhere. */
  readonly right?: Partial<Said>;
  /**
   * Texts by the names of their files; the first is the one that findings are expected in.
   * @param rule the rule whose fault is written
   */
  write(said: Said, rule?: string): Readonly<Record<string, string>>;
  /** The rules that find nothing in it, each with the reason. */
  readonly cannot: Readonly<Record<string, string>>;
}

export const json = (value: unknown): string => JSON.stringify(value, undefined, 2);
export const broken = (said: Said, text: string): string => (said.isBroken ? text.slice(0, -2) : text);

/** A value with something in place of each placeholder. */
export function placed(value: unknown, put: (of: Placeholder['of']) => unknown): unknown {
  if (value instanceof Placeholder) return put(value.of);
  if (Array.isArray(value)) return value.map((item) => placed(item, put));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, placed(entry, put)]));
}

/** A value in the names of the API: maps of the user's own keys stay as they are. */
export function inApiNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inApiNames);
  if (typeof value !== 'object' || value === null || value instanceof Placeholder) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      `${key.slice(0, 1).toLowerCase()}${key.slice(1)}`,
      key === 'CustomParameters' ? entry : inApiNames(entry),
    ]),
  );
}

const TYPES = {
  provider: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
  gateway: 'AWS::BedrockAgentCore::Gateway',
  target: 'AWS::BedrockAgentCore::GatewayTarget',
};

const BESIDE_IDS: Readonly<Record<string, string>> = {
  'AWS::Cognito::UserPoolClient': 'Client',
  'AWS::IAM::Role': 'Role',
};

const inTemplate = (of: Placeholder['of'], providerArn: string): unknown =>
  ({
    provider: { 'Fn::GetAtt': ['Provider', providerArn] },
    gateway: { Ref: 'Gateway' },
    secret: '{{resolve:secretsmanager:payroll}}',
    open: { Ref: 'Open' },
    client: { Ref: 'Client' },
    role: { 'Fn::GetAtt': ['Role', 'Arn'] },
  })[of];

type Made = (type: keyof typeof TYPES, properties: Properties) => object;

/** A template; `made` writes what the control plane makes. */
function template(said: Said, made: Made): object {
  const provider = made('provider', said.provider);
  return {
    Parameters: {
      Open: { Type: 'String' },
      Stage: { Type: 'String', AllowedValues: ['prod', 'dev'] },
    },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    ...(said.suppression && { Metadata: { 'cfn-tx-lint': { ignore: [said.suppression] } } }),
    Resources: {
      Provider: said.isConditional ? { ...provider, Condition: 'IsProd' } : provider,
      Gateway: made('gateway', said.gateway),
      Target: made('target', said.target),
      ...Object.fromEntries(
        Object.entries(said.beside ?? {}).map(([type, properties]) => [
          BESIDE_IDS[type],
          { Type: type, Properties: properties },
        ]),
      ),
      ...(said.elsewhere && {
        Elsewhere: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL: 'https://bucket.s3.amazonaws.com/tools.template.json' },
        },
      }),
    },
  };
}

const asResource: Made = (type, properties) => ({
  Type: TYPES[type],
  Properties: placed(properties, (of) => inTemplate(of, 'CredentialProviderArn')),
});

const ACTIONS = {
  provider: 'CreateOauth2CredentialProvider',
  gateway: 'CreateGateway',
  target: 'CreateGatewayTarget',
};

/** A custom resource of the CDK's, with the tokens that stand in its text. */
const asCall: Made = (type, properties) => {
  const tokens: unknown[] = [];
  const parameters = placed(inApiNames(properties), (of) => {
    tokens.push(
      of === 'gateway' ? { 'Fn::GetAtt': ['Gateway', 'gatewayId'] } : inTemplate(of, 'credentialProviderArn'),
    );
    return `@@${tokens.length - 1}@@`;
  });
  const call = { service: 'bedrock-agentcore-control', action: ACTIONS[type], parameters };
  const parts = JSON.stringify(call)
    .split(/@@(\d+)@@/)
    .map((part, index) => (index % 2 === 1 ? tokens[Number(part)] : part));
  return {
    Type: 'Custom::AWS',
    Properties: {
      ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:custom',
      Create: { 'Fn::Join': ['', parts] },
    },
  };
};

/** The texts of an input in which every provider of one name stands in one of its own. */
export function withOthers(
  { others = [] }: Said,
  name: (index: number) => string,
  text: (provider: Properties) => string,
): Record<string, string> {
  return Object.fromEntries(others.map((provider, index) => [name(index), text(provider)]));
}

const ONLY_CLI = 'the AgentCore CLI alone drops it';

function templates(id: FrontEndId, made: Made, wrap: (template: object) => object): Writer {
  return {
    id,
    write: (said) => ({
      'stack.template.json': broken(said, json(wrap(template(said, made)))),
      ...withOthers(
        said,
        (index) => `other-${index}.template.json`,
        (provider) => json(wrap({ Resources: { Provider: made('provider', provider) } })),
      ),
    }),
    cannot: { 'ignored-by-agentcore-cli': ONLY_CLI },
  };
}

export const ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';

export function answerOf(provider: Properties): object {
  const { Oauth2ProviderConfigInput: config, ...rest } = provider;
  const name = String(provider.Name);
  const isRequest = JSON.stringify(config).includes('written-in-clear');
  const inAnswer = placed(inApiNames(config), () => undefined);
  return isRequest
    ? { ...(inApiNames(rest) as object), oauth2ProviderConfigInput: inAnswer }
    : {
        ...(inApiNames(rest) as object),
        credentialProviderArn: `${ARN}:token-vault/default/oauth2credentialprovider/${name}`,
        clientSecretArn: { secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:payroll' },
        oauth2ProviderConfigOutput: inAnswer,
      };
}

const NO_CONDITIONS = 'nothing in it stands under a condition';
const NO_COMMENTS = 'it has no place for a suppression';
const NO_COGNITO = 'user pools are no part of the control plane';
const NO_ROLES = 'roles are no part of the control plane';
const NO_TEMPLATES = 'it deploys no templates';

const api: Writer = {
  id: 'agentcore-api',
  write: (said) => ({
    'account.json': broken(
      said,
      json([
        answerOf(said.provider),
        {
          ...(placed(inApiNames(said.gateway), () => undefined) as object),
          gatewayId: 'staff-a1b2c3d4e5',
        },
        placed(inApiNames(said.target), (of) =>
          of === 'gateway'
            ? 'staff-a1b2c3d4e5'
            : `${ARN}:token-vault/default/oauth2credentialprovider/${said.provider.Name}`,
        ),
      ]),
    ),
    ...withOthers(
      said,
      (index) => `other-${index}.json`,
      (provider) => json(answerOf(provider)),
    ),
  }),
  cannot: {
    'cognito-client-cannot-exchange': NO_COGNITO,
    'gateway-role-cannot-exchange': NO_ROLES,
    'grant-unresolved': 'it leaves nothing open',
    'ignored-by-agentcore-cli': ONLY_CLI,
    'invalid-suppression': NO_COMMENTS,
    'provider-absent-under-condition': NO_CONDITIONS,
    'template-not-in-view': NO_TEMPLATES,
  },
};

const PYTHON_NAMES: Readonly<Record<Placeholder['of'], string>> = {
  provider: 'provider["credentialProviderArn"]',
  gateway: 'gateway["gatewayId"]',
  secret: 'secret',
  open: 'value',
  client: 'value',
  role: 'value',
};

function inPython(value: unknown): string {
  if (value instanceof Placeholder) return PYTHON_NAMES[value.of];
  if (Array.isArray(value)) return `[${value.map(inPython).join(', ')}]`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}: ${inPython(entry)}`).join(', ')}}`;
}

function pythonCall(method: string, properties: Properties): string {
  const given = Object.entries(inApiNames(properties) as object).filter(([, value]) => value !== undefined);
  return `control.${method}(\n${given.map(([key, value]) => `        ${key}=${inPython(value)},\n`).join('')}    )`;
}

const python: Writer = {
  id: 'python',
  write: (said) => ({
    'deploy.py': broken(
      said,
      [
        ...(said.suppression ? [`# cfn-tx-lint-disable ${said.suppression}`] : []),
        'def deploy(control, secret, value):',
        `    provider = ${pythonCall('create_oauth2_credential_provider', said.provider)}`,
        `    gateway = ${pythonCall('create_gateway', said.gateway)}`,
        `    return ${pythonCall('create_gateway_target', said.target)}`,
      ].join('\n'),
    ),
    ...withOthers(
      said,
      (index) => `other_${index}.py`,
      (provider) => `control.${pythonCall('create_oauth2_credential_provider', provider).slice(8)}\n`,
    ),
  }),
  cannot: {
    'cognito-client-cannot-exchange': NO_COGNITO,
    'gateway-role-cannot-exchange': NO_ROLES,
    'ignored-by-agentcore-cli': ONLY_CLI,
    'provider-absent-under-condition': NO_CONDITIONS,
    'template-not-in-view': NO_TEMPLATES,
  },
};

const TERRAFORM = {
  provider: 'aws_bedrockagentcore_oauth2_credential_provider',
  gateway: 'aws_bedrockagentcore_gateway',
  target: 'aws_bedrockagentcore_gateway_target',
};

const TERRAFORM_BESIDE: Readonly<Record<string, string>> = {
  'AWS::Cognito::UserPoolClient': 'aws_cognito_user_pool_client',
  'AWS::IAM::Role': 'aws_iam_role',
};

const ATTRIBUTES: Readonly<Record<Placeholder['of'], string>> = {
  provider: `${TERRAFORM.provider}.this.credential_provider_arn`,
  gateway: `${TERRAFORM.gateway}.this.gateway_id`,
  secret: 'var.secret',
  open: 'random_shuffle.grant.result',
  client: 'aws_cognito_user_pool_client.this.id',
  role: 'aws_iam_role.this.arn',
};

interface Block {
  readonly values: Record<string, unknown>;
  readonly expressions: Record<string, unknown>;
}

/** A block as a plan has it: blocks are lists, and what is not written is null or empty. */
function blockOf(table: BlockTable, properties: Properties): Block {
  const values: Record<string, unknown> = {};
  const expressions: Record<string, unknown> = {};
  const put = (name: string, blocks: readonly Block[]): void => {
    values[name] = blocks.map((block) => block.values);
    if (blocks.length > 0) expressions[name] = blocks.map((block) => block.expressions);
  };
  for (const [name, entry] of Object.entries(table)) {
    const value = properties[entry.to];
    if (entry.kind === 'credentials') {
      put(name, (value as readonly Properties[]).map(credentialsOf));
    } else if (entry.kind === 'block') {
      const items = value === undefined ? [] : Array.isArray(value) ? value : [value];
      put(
        name,
        items.map((item) => blockOf(entry.of, typeof item === 'object' ? item : {})),
      );
    } else if (value instanceof Placeholder) {
      if (value.of === 'secret') values[name] = 'known-in-clear';
      expressions[name] = refers(ATTRIBUTES[value.of]);
    } else if (entry.made !== true) {
      values[name] = value === undefined ? null : entry.json ? JSON.stringify(value) : value;
      if (value !== undefined) expressions[name] = constant(values[name]);
    }
  }
  return { values, expressions };
}

function credentialsOf(configuration: Properties): Block {
  const values: Record<string, unknown> = {};
  const expressions: Record<string, unknown> = {};
  for (const [name, { type, to, of }] of Object.entries(credentialBlocks)) {
    const isWritten = configuration.CredentialProviderType === type;
    const inner = (configuration.CredentialProvider as Properties | undefined)?.[to];
    const block = blockOf(of, (inner ?? {}) as Properties);
    values[name] = isWritten ? [block.values] : [];
    if (isWritten) expressions[name] = [block.expressions];
  }
  return { values, expressions };
}

function planned(type: string, properties: Properties): PlannedResource {
  return { address: `${type}.this`, ...blockOf(awsResources[type]?.properties ?? {}, properties) };
}

const terraform: Writer = {
  id: 'terraform',
  write: (said) => ({
    'tfplan.json': broken(
      said,
      json(
        plan([
          planned(TERRAFORM.provider, said.provider),
          planned(TERRAFORM.gateway, said.gateway),
          planned(TERRAFORM.target, said.target),
          ...Object.entries(said.beside ?? {}).map(([type, properties]) =>
            planned(TERRAFORM_BESIDE[type] ?? '', properties),
          ),
          ...(said.elsewhere
            ? [
                {
                  address: 'aws_cloudformation_stack.tools',
                  values: { template_url: 'https://bucket.s3.amazonaws.com/tools.template.json' },
                },
              ]
            : []),
        ]),
      ),
    ),
    ...withOthers(
      said,
      (index) => `other-${index}.json`,
      (provider) => json(plan([planned(TERRAFORM.provider, provider)])),
    ),
  }),
  cannot: {
    'credential-type-mismatch': 'the block is the type',
    'ignored-by-agentcore-cli': ONLY_CLI,
    'invalid-suppression': NO_COMMENTS,
    'provider-absent-under-condition': 'what is not made is not in a plan',
    'unknown-oauth-property': "the provider's schema refuses it before there is a plan",
  },
};

/** Every input that says what the control plane makes. */
export const WRITERS: readonly Writer[] = [
  templates('template-answer', asResource, (TemplateBody) => ({ TemplateBody })),
  templates('aws-custom-resource', asCall, (one) => one),
  api,
  terraform,
  python,
];

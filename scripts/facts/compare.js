import { readFileSync } from 'node:fs';

/** The package that cannot be read without those that it depends on. */
export const WITH_DEPENDENCIES = '@aws-cdk/aws-service-spec';

/**
 * Compares the tables of facts with what packages say.
 * @param tables the exports of src/agentcore/facts/index.ts
 * @param {(name: string) => string} fileOf fetches a package, and gives the path of its folder
 * @returns {Promise<{compared: string[], differences: string[]}>} a line for each package, and one for each difference
 */
export async function compareWithPackages(tables, fileOf) {
  const compared = [];
  const differences = [];
  const compare = (source, what, known, found) => {
    const [mine, theirs] = [new Set(known), new Set(found)];
    for (const value of theirs)
      if (!mine.has(value)) differences.push(`${source}: ${what} has ${value}, and the table does not`);
    for (const value of mine)
      if (!theirs.has(value)) differences.push(`${source}: ${what} has no ${value}, and the table does`);
  };
  for (const [name, read] of Object.entries(READERS)) {
    const folder = fileOf(name);
    const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const rows = await read(folder, tables);
    for (const { what, known, found } of rows) compare(`${name} ${version}`, what, known, found);
    compared.push(`${name} ${version}: ${rows.length} tables compared`);
  }
  return { compared, differences };
}

const READERS = {
  '@aws-cdk/aws-service-spec': specification,
  '@aws-sdk/client-bedrock-agentcore-control': model,
  '@aws/agentcore': commandLine,
  'aws-cdk-lib': constructs,
  '@cdktn/provider-aws': terraform,
};

const PROVIDER = 'AWS::BedrockAgentCore::OAuth2CredentialProvider';
const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';
const GATEWAY = 'AWS::BedrockAgentCore::Gateway';
const BLOCK = ['Oauth2ProviderConfigInput', 'CustomOauth2ProviderConfig'];
const ON_BEHALF_OF = [...BLOCK, 'OnBehalfOfTokenExchangeConfig'];
/** Where the OAuth block of each kind of consumer stands. */
const OAUTH = {
  'gateway-target': ['CredentialProviderConfigurations', 'CredentialProvider', 'OauthCredentialProvider'],
  harness: ['Tools', 'Config', 'AgentCoreGateway', 'OutboundAuth', 'Oauth'],
  'registry-record': [
    'Descriptors',
    'McpServer',
    'Source',
    'FromUrl',
    'CredentialProviderConfigurations',
    'CredentialProvider',
    'OauthCredentialProvider',
  ],
};

/** What CloudFormation's own specification says. */
async function specification(folder, tables) {
  const { loadAwsServiceSpecSync } = await import(`${folder}/lib/index.js`);
  const database = loadAwsServiceSpecSync();
  const propertiesAt = (type, route) => {
    let { properties } = database.lookup('resource', 'cloudFormationType', 'equals', type).only();
    for (const name of route) {
      let { type: shape } = properties[name];
      while (shape.type === 'array' || shape.type === 'map') shape = shape.element;
      ({ properties } = database.get('typeDefinition', shape.reference.$ref));
    }
    return properties;
  };
  const keys = (type, route) => Object.keys(propertiesAt(type, route));
  const values = (type, route, name) => propertiesAt(type, route)[name].type.allowedValues ?? [];
  const kinds = (protocol) =>
    keys(TARGET, ['TargetConfiguration', protocol]).map((key) => `${protocol}.${key}`);
  return [
    row(
      'CredentialProviderVendor',
      tables.vendors.map(({ vendor }) => vendor),
      values(PROVIDER, [], 'CredentialProviderVendor'),
    ),
    row('Oauth2ProviderConfigInput', tables.configBlocks, keys(PROVIDER, ['Oauth2ProviderConfigInput'])),
    row(
      'OnBehalfOfTokenExchangeConfig',
      tables.onBehalfOfKeys.map(({ key }) => key),
      keys(PROVIDER, ON_BEHALF_OF),
    ),
    row(
      'OnBehalfOfTokenExchangeConfig.GrantType',
      tables.providerGrants.map(({ grant }) => grant),
      values(PROVIDER, ON_BEHALF_OF, 'GrantType'),
    ),
    row(
      'TokenExchangeGrantTypeConfig',
      tables.tokenExchangeGrantTypeKeys.map(({ key }) => key),
      keys(PROVIDER, [...ON_BEHALF_OF, 'TokenExchangeGrantTypeConfig']),
    ),
    row(
      'ActorTokenContent',
      tables.actorTokenContents.map(({ content }) => content),
      values(PROVIDER, [...ON_BEHALF_OF, 'TokenExchangeGrantTypeConfig'], 'ActorTokenContent'),
    ),
    row(
      'ClientAuthenticationMethod',
      tables.clientAuthentications.map(({ method }) => method),
      values(PROVIDER, BLOCK, 'ClientAuthenticationMethod'),
    ),
    row(
      'AuthorizerType',
      tables.authorizers.map(({ type }) => type),
      values(GATEWAY, [], 'AuthorizerType'),
    ),
    row(
      'ProtocolType',
      tables.protocols.flatMap(({ protocol }) => protocol ?? []),
      values(GATEWAY, [], 'ProtocolType'),
    ),
    row(
      'CredentialProviderType',
      tables.credentialTypes.map(({ type }) => type),
      values(TARGET, ['CredentialProviderConfigurations'], 'CredentialProviderType'),
    ),
    row(
      'TargetConfiguration',
      tables.targetKinds.map(({ path }) => path.join('.')),
      ['Mcp', 'Http', 'Inference'].flatMap(kinds),
    ),
    ...tables.consumerKinds
      .filter(({ kind }) => OAUTH[kind] !== undefined)
      .map(({ kind, type, grants }) =>
        row(`GrantType of a ${kind}`, grants, values(type, OAUTH[kind], 'GrantType')),
      ),
  ];
}

/** What the model of the control plane says: its enumerations. */
function model(folder, tables) {
  const text = readFileSync(`${folder}/dist-types/models/enums.d.ts`, 'utf8');
  const values = (name) => {
    const [, body = ''] = new RegExp(`export declare const ${name}: \\{([^}]*)\\}`).exec(text) ?? [];
    return [...body.matchAll(/: "([^"]*)"/g)].map(([, value]) => value);
  };
  const kinds = new Map(tables.consumerKinds.map((fact) => [fact.kind, fact.grants]));
  return [
    row(
      'CredentialProviderVendorType',
      tables.vendors.map(({ vendor }) => vendor),
      values('CredentialProviderVendorType'),
    ),
    row('OAuthGrantType', kinds.get('gateway-target'), values('OAuthGrantType')),
    row('RegistryRecordOAuthGrantType', kinds.get('registry-record'), values('RegistryRecordOAuthGrantType')),
    row(
      'OnBehalfOfTokenExchangeGrantTypeType',
      tables.providerGrants.map(({ grant }) => grant),
      values('OnBehalfOfTokenExchangeGrantTypeType'),
    ),
    row(
      'ActorTokenContentType',
      tables.actorTokenContents.map(({ content }) => content),
      values('ActorTokenContentType'),
    ),
    row(
      'ClientAuthenticationMethodType',
      tables.clientAuthentications.map(({ method }) => method),
      values('ClientAuthenticationMethodType'),
    ),
    row(
      'AuthorizerType',
      tables.authorizers.map(({ type }) => type),
      values('AuthorizerType'),
    ),
    row(
      'CredentialProviderType',
      tables.credentialTypes.map(({ type }) => type),
      values('CredentialProviderType'),
    ),
  ];
}

/** What the AgentCore CLI knows: whether its project file still has no word for the exchange. */
function commandLine(folder) {
  const text = readFileSync(`${folder}/dist/schema/schemas/agentcore-project.js`, 'utf8');
  const found = ['onBehalfOf', 'tokenExchange', 'TOKEN_EXCHANGE'].filter((word) => text.includes(word));
  return [row('the schema of agentcore.json', [], found)];
}

/** What the CDK's gateway does: the calls that it allows its role for an OAuth target, and whether its targets name a grant. */
function constructs(folder, tables) {
  const gateway = `${folder}/aws-bedrockagentcore/lib/gateway`;
  const text = readFileSync(`${gateway}/perms.js`, 'utf8');
  const granted = ['WORKLOAD_IDENTITY_OAUTH', 'OAUTH', 'SECRETS'].flatMap((name) => {
    const [, list = ''] = new RegExp(`GATEWAY_${name}_PERMS=\\[([^\\]]*)\\]`).exec(text) ?? [];
    return [...list.matchAll(/"([^"]*)"/g)].map(([, action]) => action);
  });
  const needed = tables.roleActions
    .filter(({ authentications }) => authentications?.includes('CLIENT_SECRET_BASIC') ?? true)
    .map(({ action }) => action);
  const oauth = readFileSync(`${gateway}/outbound-auth/oauth.js`, 'utf8');
  return [
    // It allows more than an exchange needs: only what it does not allow makes a row doubtful.
    row(
      'the role of its gateway, of what an exchange needs,',
      needed,
      needed.filter((action) => granted.includes(action)),
    ),
    row(
      'its OAuth target, of words for a grant,',
      [],
      ['GrantType', 'grantType'].filter((word) => oauth.includes(word)),
    ),
  ];
}

/** What hashicorp/aws knows: the blocks of its resources, read from bindings that are made of its schema. */
function terraform(folder, tables) {
  const entriesOf = (module, name) => {
    const text = readFileSync(`${folder}/lib/bedrockagentcore-${module}/index.d.ts`, 'utf8');
    const [, body = ''] = new RegExp(`export interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(text) ?? [];
    return [...body.matchAll(/readonly (\w+)\??:/g)].map(([, entry]) => entry);
  };
  const provider = (name) =>
    entriesOf('oauth2-credential-provider', `BedrockagentcoreOauth2CredentialProvider${name}`);
  const target = (name) => entriesOf('gateway-target', `BedrockagentcoreGatewayTarget${name}`);
  const onBehalfOf = 'Oauth2ProviderConfigCustomOauth2ProviderConfigOnBehalfOfTokenExchangeConfig';
  const kinds = ['Mcp', 'Http', 'Inference'].flatMap((protocol) =>
    target(`TargetConfiguration${protocol}`).map((kind) => `${lowerFirst(protocol)}.${kind}`),
  );
  return [
    row('oauth2_provider_config', tables.configBlocks.map(lowerFirst), provider('Oauth2ProviderConfig')),
    row(
      'on_behalf_of_token_exchange_config',
      tables.onBehalfOfKeys.map(({ key }) => lowerFirst(key)),
      provider(onBehalfOf),
    ),
    row(
      'token_exchange_grant_type_config',
      tables.tokenExchangeGrantTypeKeys.map(({ key }) => lowerFirst(key)),
      provider(`${onBehalfOf}TokenExchangeGrantTypeConfig`),
    ),
    row(
      'credential_provider_configuration',
      tables.credentialTypes.map(({ type }) => camelCase(type)),
      target('CredentialProviderConfiguration'),
    ),
    // It lags behind CloudFormation: only what the table does not know makes a row doubtful.
    row(
      'target_configuration',
      tables.targetKinds
        .map(({ path }) => path.map(lowerFirst).join('.'))
        .filter((kind) => kinds.includes(kind)),
      kinds,
    ),
  ];
}

function lowerFirst(word) {
  return `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`;
}

/** `GATEWAY_IAM_ROLE` as `gatewayIamRole`. */
function camelCase(constant) {
  return constant.toLowerCase().replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
}

function row(what, known = [], found = []) {
  return { what, known, found };
}

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

function row(what, known = [], found = []) {
  return { what, known, found };
}

// Takes the pictures of the graph page in docs/images: of 3 and of 50 targets, in templates that this script makes up.
//
//   npm run build && node scripts/graph-pictures.js
//
// It needs Chromium, and the parts of test/real (node scripts/install-real-parts.js).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gatewayRole } from '../bench/inputs/resources.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const { chromium } = createRequire(join(ROOT, 'test/real/package.json'))('playwright-core');

const resource = (type, properties) => ({ Type: `AWS::BedrockAgentCore::${type}`, Properties: properties });

function gateway(name, authorizer = 'CUSTOM_JWT') {
  return resource('Gateway', {
    Name: name,
    RoleArn: { 'Fn::GetAtt': ['ToolsRole', 'Arn'] },
    AuthorizerType: authorizer,
    ...(authorizer === 'CUSTOM_JWT' && {
      AuthorizerConfiguration: {
        CustomJWTAuthorizer: {
          DiscoveryUrl: 'https://login.acme.example/.well-known/openid-configuration',
          AllowedAudience: ['tools'],
        },
      },
    }),
  });
}

const ROLE = gatewayRole();

function target(name, gatewayId, providerArn, grant = 'TOKEN_EXCHANGE') {
  return resource('GatewayTarget', {
    Name: name,
    GatewayIdentifier: { Ref: gatewayId },
    TargetConfiguration: { Mcp: { McpServer: { Endpoint: `https://${name}.acme.example/mcp` } } },
    CredentialProviderConfigurations: [
      {
        CredentialProviderType: 'OAUTH',
        CredentialProvider: {
          OauthCredentialProvider: { ProviderArn: providerArn, Scopes: [`${name}.read`], GrantType: grant },
        },
      },
    ],
  });
}

function provider(name, host, exchanges = true) {
  return resource('OAuth2CredentialProvider', {
    Name: name,
    CredentialProviderVendor: 'CustomOauth2',
    Oauth2ProviderConfigInput: {
      CustomOauth2ProviderConfig: {
        ClientId: name,
        ClientSecretSource: 'EXTERNAL',
        ClientSecretConfig: { SecretId: name, JsonKey: 'secret' },
        OauthDiscovery: { DiscoveryUrl: `https://${host}/.well-known/openid-configuration` },
        ...(exchanges && {
          OnBehalfOfTokenExchangeConfig: {
            GrantType: 'TOKEN_EXCHANGE',
            TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' },
          },
        }),
      },
    },
  });
}

const arnOf = (id) => ({ 'Fn::GetAtt': [id, 'CredentialProviderArn'] });
const importedArn = (name) => ({ 'Fn::ImportValue': `${name}-arn` });

/** One gateway with three targets: one is right, one loses the user's identity, one does so under a condition. */
function threeTargets() {
  return {
    'tools.json': {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'], Default: 'test' } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Resources: {
        ToolsRole: ROLE,
        Tools: gateway('tools'),
        Calendar: target('calendar', 'Tools', arnOf('Acme')),
        Tickets: target('tickets', 'Tools', arnOf('Jira')),
        Payroll: target('payroll', 'Tools', { 'Fn::If': ['IsProd', arnOf('Jira'), arnOf('Acme')] }),
        Acme: provider('acme', 'login.acme.example'),
        Jira: provider('jira', 'auth.jira.example', false),
      },
    },
  };
}

/** Four gateways with fifty targets in three templates, and their providers in a fourth. */
function fiftyTargets() {
  const names = 'calendar mail files tickets wiki payroll travel ledger stock orders sales support'.split(
    ' ',
  );
  const files = { 'sales.json': 24, 'people.json': 16, 'finance.json': 9 };
  let made = 0;
  const templates = Object.entries(files).map(([file, count]) => {
    const own = Array.from({ length: count }, (_, index) => {
      const name = `${names[(made + index) % names.length]}${Math.floor((made + index) / names.length) + 1}`;
      const id = name.charAt(0).toUpperCase() + name.slice(1);
      const from = index === 1 ? 'jira' : index === 7 && file === 'people.json' ? 'elsewhere' : undefined;
      return [id, target(name, 'Tools', importedArn(from ?? (index % 3 === 0 ? 'okta' : 'acme')))];
    });
    made += count;
    const lost = file === 'finance.json' ? { Invoices: signed() } : {};
    return [
      file,
      {
        Resources: {
          ToolsRole: ROLE,
          Tools: gateway(file.split('.')[0]),
          ...Object.fromEntries(own),
          ...lost,
        },
      },
    ];
  });
  const providers = { Acme: 'login.acme.example', Okta: 'login.okta.example', Jira: 'auth.jira.example' };
  const finance = Object.fromEntries(templates)['finance.json'];
  finance.Resources.Signed = gateway('signed', 'AWS_IAM');
  return {
    ...Object.fromEntries(templates),
    'identity.json': {
      Resources: Object.fromEntries(
        Object.entries(providers).map(([id, host]) => [id, provider(id.toLowerCase(), host, id !== 'Jira')]),
      ),
      Outputs: Object.fromEntries(
        Object.keys(providers).map((id) => [
          id,
          { Value: arnOf(id), Export: { Name: `${id.toLowerCase()}-arn` } },
        ]),
      ),
    },
  };
}

/** A target behind a gateway that takes signatures and no tokens. */
const signed = () => target('invoices', 'Signed', importedArn('acme'));

const PICTURES = [
  { name: 'graph.png', templates: threeTargets(), height: 600, scheme: 'light' },
  { name: 'graph-50.png', templates: fiftyTargets(), height: 740, scheme: 'dark' },
];

const browser = await chromium.launch({
  executablePath: process.env.CFN_TX_LINT_CHROMIUM ?? '/usr/bin/chromium',
  ...JSON.parse(readFileSync(join(ROOT, 'test/real/chromium.json'), 'utf8')),
});
try {
  for (const { name, templates, height, scheme } of PICTURES) {
    const folder = mkdtempSync(join(tmpdir(), 'cfn-tx-lint-pictures-'));
    try {
      for (const [file, template] of Object.entries(templates))
        writeFileSync(join(folder, file), JSON.stringify(template, null, 2));
      const page = join(folder, 'graph.html');
      execFileSync(
        process.execPath,
        [join(ROOT, 'bin/cfn-tx-lint.js'), 'graph', '--quiet', '--output', page, ...Object.keys(templates)],
        { cwd: folder, stdio: 'inherit' },
      );
      const context = await browser.newContext({ viewport: { width: 1280, height }, colorScheme: scheme });
      const tab = await context.newPage();
      await tab.goto(pathToFileURL(page).href);
      await tab.locator('#scene .node').first().waitFor();
      await tab.screenshot({ path: join(ROOT, 'docs/images', name) });
      await context.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
} finally {
  await browser.close();
}

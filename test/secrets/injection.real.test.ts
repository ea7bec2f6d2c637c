import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { FORMAT_NAMES, syntaxOf } from '../../src/report/index.js';
import { temporaryDirectory } from '../config/temporary.js';
import { callProgram } from '../program.js';
import { Graphviz } from '../real/graphviz.js';
import { elementsOf } from '../report/xml-elements.js';
import { commandsIn, HOSTILE } from './hostile-text.js';

/*
 * Hostile names and values in every place that a report quotes.
 */

const NAME = `Evil ${HOSTILE}`;

function target(grant: unknown, provider: unknown): object {
  return {
    Type: 'AWS::BedrockAgentCore::GatewayTarget',
    Metadata: { 'aws:cdk:path': `Stack/${HOSTILE}`, 'cfn-tx-lint': { ignore: [`no-${HOSTILE}`] } },
    Properties: {
      GatewayIdentifier: { 'Fn::GetAtt': [`Gateway${HOSTILE}`, 'GatewayIdentifier'] },
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com' } } },
      CredentialProviderConfigurations: [
        {
          CredentialProviderType: 'OAUTH',
          CredentialProvider: { OauthCredentialProvider: { GrantType: grant, ProviderArn: provider } },
        },
      ],
    },
  };
}

const TEMPLATE = {
  Parameters: { [`P${HOSTILE}`]: { Type: 'String', AllowedValues: [HOSTILE, 'other'] } },
  Conditions: { [`C${HOSTILE}`]: { 'Fn::Equals': [{ Ref: `P${HOSTILE}` }, HOSTILE] } },
  Resources: {
    [`Gateway${HOSTILE}`]: {
      Type: 'AWS::BedrockAgentCore::Gateway',
      Properties: {
        Name: HOSTILE,
        AuthorizerType: HOSTILE,
        AuthorizerConfiguration: {
          CustomJWTAuthorizer: { DiscoveryUrl: `https://idp${HOSTILE}.example.com/x` },
        },
      },
    },
    [`Provider${HOSTILE}`]: {
      Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
      Properties: {
        Name: HOSTILE,
        CredentialProviderVendor: 'CustomOauth2',
        Oauth2ProviderConfigInput: {
          CustomOauth2ProviderConfig: {
            OauthDiscovery: { DiscoveryUrl: `https://idp${HOSTILE}.example.com/x` },
            ClientId: HOSTILE,
            OnBehalfOfTokenExchangeConfig: { GrantType: 'TOKEN_EXCHANG', [HOSTILE]: 1 },
          },
        },
      },
    },
    [NAME]: target(HOSTILE, { 'Fn::GetAtt': [`Provider${HOSTILE}`, 'CredentialProviderArn'] }),
    [`${NAME}2`]: target('TOKEN_EXCHANGE', { 'Fn::ImportValue': HOSTILE }),
    [`${NAME}3`]: target({ 'Fn::If': [`C${HOSTILE}`, 'TOKEN_EXCHANGE', 'NO_GRANT'] }, { Ref: HOSTILE }),
    [`${NAME}4`]: target('TOKEN_EXCHANGE', HOSTILE),
    [`Nested${HOSTILE}`]: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: `https://example.com/${HOSTILE}` },
    },
    [`${NAME}5`]: target('TOKEN_EXCHANGE', { 'Fn::GetAtt': [`Nested${HOSTILE}`, `Outputs.${HOSTILE}`] }),
  },
};

/** A file system takes all but `/`. */
const FILE = `::error::evil ##[error] \u001b[31m <img src=x> | "]; %0A\n.json`;
const BROKEN_FILE = `::error::broken \u001b[31m.yaml`;

function project(): string {
  return temporaryDirectory({
    [FILE]: TEMPLATE,
    [BROKEN_FILE]: `Resources: { A: { Type: AWS::BedrockAgentCore::Gateway, "${'\\e[31m'}": 1, "${'\\e[31m'}": 2 } }`,
    'assembly/cdk.out': '',
    'assembly/manifest.json': {
      version: '36.0.0',
      artifacts: {
        [`Stack${HOSTILE}`]: {
          type: 'aws:cloudformation:stack',
          displayName: `Stack ${HOSTILE}`,
          properties: { templateFile: 'evil.template.json', stackName: HOSTILE },
        },
        Gone: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: `${HOSTILE.replaceAll('/', '')}.json` },
        },
      },
    },
    'assembly/evil.template.json': TEMPLATE,
  });
}

const ARGUMENTS = ['*.json', '*.yaml', 'assembly', '--stats', '--parameters', `x.yaml:${'P'}=1`];

function lint(...more: string[]) {
  const outcome = callProgram(project(), [...ARGUMENTS, ...more]);
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toContain('alternatives:');
  expect(commandsIn(outcome.stderr)).toEqual([]);
  return outcome.stdout;
}

describe('reports act on no name or value', () => {
  it('pretty', () => {
    const text = lint('--format', 'pretty');
    expect(text).toContain('Evil');
    expect(commandsIn(text)).toEqual([]);
  });

  it('pretty in colour has no other escapes than its own', () => {
    const text = lint('--format', 'pretty', '--color');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of colours are what is taken away
    expect(commandsIn(text.replace(/\u001b\[\d+(?:;\d+)*m/g, ''))).toEqual([]);
    expect(text).not.toContain('\u001b]');
  });

  it('github', () => {
    const text = lint('--format', 'github');
    expect(commandsIn(text, true)).toEqual([]);
    for (const [, properties = ''] of text.matchAll(/^::error ([^\n]*?)::/gm)) {
      expect(properties).toMatch(/^file=[^,:]*,line=\d+(?:,\w+=[^,:]*)*$/);
    }
  });

  it.each(FORMAT_NAMES)('%s, as what it is read as', (format) => {
    const text = lint('--format', format);
    const syntax = syntaxOf(format);
    expect(commandsIn(text, syntax === 'workflow-commands')).toEqual([]);
    expect(text).toContain('Evil');
    if (syntax === 'json') JSON.parse(text);
    if (syntax !== 'xml') return;
    const elements = elementsOf(text);
    for (const name of ['script', 'img', 'injected']) expect(elements).not.toContain(name);
  });

  it('the job summary', () => {
    const cwd = project();
    callProgram(cwd, [...ARGUMENTS, '--report', 'job-summary=summary.md']);
    const text = readFileSync(path.join(cwd, 'summary.md'), 'utf8');
    const [prose = '', picture = ''] = text.split('```mermaid\n');
    expect(commandsIn(text)).toEqual([]);
    // Beside the rules' links and what tables need, nothing is markup.
    expect(prose).not.toMatch(/<(?!\/?code>|br>)/);
    expect(prose).not.toMatch(/\]\((?!https:\/\/github\.com\/)/);
    expect(prose).not.toContain('@somebody');
    const tables = prose.match(/(?:^\|.*\n)+/gm) ?? [];
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) {
      // No name opens a column: all rows have as many as the line below the heading, which holds no names.
      const [heading = '', rule = '', ...rows] = table.trimEnd().split('\n');
      expect(rule).toMatch(/^[|: -]+$/);
      for (const row of [heading, ...rows]) expect(bars(row), row).toBe(bars(rule));
    }
    expect(picture.split('```')).toHaveLength(2);
  });
});

/** How many columns a line of a table has, and one: in what is reported bars are entities. */
function bars(line: string): number {
  return line.match(/\|/g)?.length ?? 0;
}

describe('graphs act on no name or value', () => {
  let graphviz: Graphviz;
  beforeAll(async () => {
    graphviz = await Graphviz.load();
  });

  function draw(format: string): string {
    const { status, stdout, stderr } = callProgram(project(), [
      'graph',
      '*.json',
      'assembly',
      '--format',
      format,
    ]);
    expect(status).toBe(0);
    expect(commandsIn(stderr)).toEqual([]);
    expect(stdout).toContain('Evil');
    return stdout;
  }

  it('mermaid', () => {
    const text = draw('mermaid');
    expect(commandsIn(text)).toEqual([]);
    expect(text).not.toMatch(/^\s*click\b/m);
    expect(text).not.toMatch(/<(?!br)/);
  });

  it('dot', () => {
    const text = draw('dot');
    expect(commandsIn(text)).toEqual([]);
    const drawn = JSON.parse(graphviz.layout(text, 'json', 'dot')) as { objects: { name: string }[] };
    expect(drawn.objects.map(({ name }) => name)).not.toContain('injected');
  });

  it('json', () => {
    const text = draw('json');
    expect(commandsIn(text)).toEqual([]);
    JSON.parse(text);
  });

  it('svg', () => {
    const text = draw('svg');
    expect(commandsIn(text)).toEqual([]);
    const elements = elementsOf(text);
    for (const name of ['script', 'img', 'injected', 'a', 'foreignObject'])
      expect(elements).not.toContain(name);
  });

  it('html', () => {
    const text = draw('html');
    expect(commandsIn(text)).toEqual([]);
    expect(text).not.toContain('<img src=x');
    expect(text).not.toContain('<script>injected');
    expect(text.match(/<script/g)).toHaveLength((text.match(/<\/script>/g) ?? []).length);
  });
});

describe('errors about the call act on no name', () => {
  it.each([
    ['a file that is not there', [`no${HOSTILE}.yaml`]],
    ['an option', [`--${HOSTILE}`]],
    ['a rule', ['.', '--rule', `${HOSTILE}=error`]],
    ['a format', ['.', '--format', HOSTILE]],
    ['a parameter file', ['.', '--parameters', `${HOSTILE}.json`]],
    ['a configuration', ['.', '--config', `${HOSTILE}.json`]],
    ['an output', ['assembly', '--output', `assembly/manifest.json/${HOSTILE}`]],
    ['a rule to explain', ['explain', HOSTILE]],
  ])('%s', (_, args) => {
    const { status, stdout, stderr } = callProgram(
      project(),
      args.map((argument) => argument.replaceAll('\ud800', '')),
    );
    expect(status).toBe(2);
    expect(stderr).not.toBe('');
    expect(commandsIn(stdout + stderr)).toEqual([]);
  });
});

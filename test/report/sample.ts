import type { Diagnostic, LintResult, Related, Summary } from '../../src/lint/result.js';
import type { FormatContext } from '../../src/report/format.js';
import type { Range } from '../../src/source/types.js';

/** `line` and the columns count from 1; the end column is exclusive. */
export function range(line: number, from: number, to: number, endLine = line): Range {
  return { start: { line, column: from }, end: { line: endLine, column: to } };
}

export const GATEWAY = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Mode:
    Type: String
    AllowedValues: [obo, m2m]
Resources:
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: idp
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          ClientId: abc
          ClientSecret: '{{resolve:secretsmanager:idp}}'
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      GatewayIdentifier: !Ref Gateway
      Name: tool
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: !Ref Provider
              Scopes: [read]
              GrantType: TOKEN_EXCHANGE
`;

/** The one valid base: each test changes one thing. */
export function diagnostic(change: Partial<Diagnostic> = {}): Diagnostic {
  return {
    ruleId: 'token-exchange-without-config',
    messageKey: 'key',
    data: {},
    severity: 'error',
    consequence: 'identity-lost',
    message:
      "Target asks for the grant TOKEN_EXCHANGE of Provider, which has no OnBehalfOfTokenExchangeConfig, when Mode is 'obo'.",
    help: 'Add OnBehalfOfTokenExchangeConfig to the CustomOauth2ProviderConfig of Provider.',
    url: 'https://example.org/rules/token-exchange-without-config.md',
    file: 'gateway.yaml',
    range: range(27, 26, 40),
    resource: 'Target',
    constructPath: null,
    path: ['Resources', 'Target', 'Properties', 'CredentialProviderConfigurations', 0],
    scenario: { Mode: 'obo' },
    environments: ['production', 'test'],
    source: null,
    related: [related()],
    fix: null,
    ...change,
  };
}

export function related(change: Partial<Related> = {}): Related {
  return {
    message: 'the provider is declared here',
    file: 'gateway.yaml',
    range: range(7, 3, 11),
    resource: 'Provider',
    constructPath: null,
    source: null,
    ...change,
  };
}

/** A result whose summary counts the given findings. */
export function result(diagnostics: readonly Diagnostic[], change: Partial<LintResult> = {}): LintResult {
  const files = [...new Set(['gateway.yaml', ...diagnostics.map(({ file }) => file)])];
  return {
    report: {
      version: 1,
      files: files.map((path) => ({ path, status: 'checked', reason: null })),
      diagnostics,
      consumers: [],
      notInView: [],
      summary: summary(diagnostics, files.length),
    },
    suppressed: [],
    unusedSuppressions: [],
    internalErrors: [],
    notes: [],
    ...change,
  };
}

const ENVIRONMENTS: Summary['environments'] = {
  dev: { verified: 4, failed: 0, unverified: 1 },
  production: { verified: 3, failed: 1, unverified: 1 },
};

function summary(diagnostics: readonly Diagnostic[], files: number): Summary {
  const number = (severity: string) => diagnostics.filter((one) => one.severity === severity).length;
  return {
    errors: number('error'),
    warnings: number('warning'),
    infos: number('info'),
    files,
    suppressed: 0,
    baseline: 0,
    notInView: 0,
    tokenExchange: { verified: 3, failed: number('error'), unverified: number('info') },
    environments: diagnostics.length === 0 ? null : ENVIRONMENTS,
  };
}

export function context(change: Partial<FormatContext> = {}): FormatContext {
  return {
    version: '1.2.3',
    rules: [
      {
        id: 'token-exchange-without-config',
        severity: 'error',
        summary: 'A consumer asks for token exchange of a provider that is not set up for it.',
        rationale: 'The exchange fails at run time.\nNothing says so before.',
        consequences: ['identity-lost'],
        url: 'https://example.org/rules/token-exchange-without-config.md',
      },
      {
        id: 'provider-unresolved',
        severity: 'info',
        summary: 'A consumer asks for token exchange of a provider that these templates do not show.',
        rationale: 'What cannot be seen is not verified.',
        consequences: [],
        url: 'https://example.org/rules/provider-unresolved.md',
      },
    ],
    maskedCode: () => undefined,
    maskedText: texts({ 'gateway.yaml': GATEWAY }),
    cwd: '/home/someone/project',
    color: false,
    width: 80,
    hyperlinks: false,
    quiet: false,
    maxWarnings: undefined,
    ...change,
  };
}

/** A `maskedText` that knows these files. */
export function texts(files: Readonly<Record<string, string>>): FormatContext['maskedText'] {
  return (file) => (Object.hasOwn(files, file) ? files[file] : undefined);
}

/** Names and texts that attack whoever shows them. */
export const HOSTILE =
  '\u001b[31mred\u001b]0;title\u0007\n::error::fake\r\n##[add-mask]x \u202eevil <script>alert(1)</script> | `a` [b](http://c) & "q" \'s\' %0A \u0000\ud800\uffff ]]>';

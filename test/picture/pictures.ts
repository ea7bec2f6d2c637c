import type { Diagnostic } from '../../src/lint/result.js';
import type { Picture, PictureEdge, PictureNode } from '../../src/picture/picture.js';

/** A finding with everything that a picture's finding has; give what the test is about. */
export function finding(given: Partial<Diagnostic>): Diagnostic {
  return {
    ruleId: 'token-exchange-without-config',
    messageKey: 'key',
    data: {},
    severity: 'error',
    consequence: 'identity-lost',
    message:
      "The target asks for TOKEN_EXCHANGE, and provider 'JiraProvider' has no OnBehalfOfTokenExchangeConfig.",
    help: 'Add OnBehalfOfTokenExchangeConfig to the provider.',
    url: 'https://example.com/rules/token-exchange-without-config.md',
    file: 'gateway.yaml',
    range: { start: { line: 31, column: 26 }, end: { line: 31, column: 40 } },
    resource: 'JiraTarget',
    constructPath: null,
    path: ['Resources', 'JiraTarget', 'Properties', 'CredentialProviderConfigurations', 0],
    scenario: null,
    environments: null,
    source: null,
    related: [],
    fix: null,
    ...given,
  };
}

export function node(given: Partial<PictureNode> & Pick<PictureNode, 'id' | 'kind'>): PictureNode {
  return {
    label: given.id,
    detail: '',
    stack: null,
    file: null,
    range: null,
    outcome: null,
    outcomes: null,
    environments: null,
    causes: [],
    facts: [],
    findings: [],
    ...given,
  };
}

export function edge(from: string, to: string, given: Partial<PictureEdge> = {}): PictureEdge {
  return {
    from,
    to,
    label: '',
    calledAs: null,
    status: 'plain',
    lost: false,
    scenario: null,
    environments: null,
    findings: [],
    ...given,
  };
}

const place = (line: number): PictureNode['range'] => ({
  start: { line, column: 3 },
  end: { line: line + 12, column: 1 },
});

/** Two stacks, a gateway with four targets: two verified, one failed, one unverified. */
export function examplePicture(): Picture {
  const gateway = { stack: 'GatewayStack', file: 'gateway.yaml' };
  const identity = { stack: 'IdentityStack', file: 'identity.yaml' };
  return {
    version: 1,
    environments: [],
    stacks: [
      { id: 'GatewayStack', label: 'GatewayStack', parent: null, file: 'gateway.yaml' },
      { id: 'IdentityStack', label: 'IdentityStack', parent: null, file: 'identity.yaml' },
    ],
    nodes: [
      node({
        id: 'jwt',
        kind: 'inbound-authorizer',
        label: 'CUSTOM_JWT',
        detail: 'login.example.com',
        ...gateway,
        range: place(9),
      }),
      node({
        id: 'gateway',
        kind: 'gateway',
        label: 'ToolsGateway',
        detail: 'CUSTOM_JWT',
        ...gateway,
        range: place(4),
      }),
      node({
        id: 'crm',
        kind: 'target',
        label: 'CustomerTarget',
        detail: 'OpenApiSchema',
        ...gateway,
        range: place(20),
        outcome: 'verified',
      }),
      node({
        id: 'jira',
        kind: 'target',
        label: 'JiraTarget',
        detail: 'McpServer',
        ...gateway,
        range: place(31),
        outcome: 'failed',
        findings: [0],
      }),
      node({
        id: 'graph',
        kind: 'target',
        label: 'MailTarget',
        detail: 'OpenApiSchema',
        ...gateway,
        range: place(48),
        outcome: 'verified',
      }),
      node({
        id: 'hr',
        kind: 'target',
        label: 'PayrollTarget',
        detail: 'McpServer',
        ...gateway,
        range: place(66),
        outcome: 'unverified',
        findings: [1],
      }),
      node({
        id: 'okta',
        kind: 'provider',
        label: 'OktaProvider',
        detail: 'CustomOauth2 · TOKEN_EXCHANGE',
        ...identity,
        range: place(5),
      }),
      node({
        id: 'atlassian',
        kind: 'provider',
        label: 'JiraProvider',
        detail: 'CustomOauth2',
        causes: [
          { says: 'no exchange block', lost: true, scenario: null, environments: null, findings: [0] },
        ],
        facts: [
          { name: 'Vendor', value: 'CustomOauth2', environments: null },
          { name: 'Exchange grant', value: 'none', environments: null },
        ],
        ...identity,
        range: place(22),
      }),
      node({
        id: 'entra',
        kind: 'provider',
        label: 'EntraProvider',
        detail: 'CustomOauth2 · JWT_AUTHORIZATION_GRANT',
        ...identity,
        range: place(38),
        findings: [2],
      }),
      node({ id: 'import', kind: 'unresolved', label: 'payroll-ProviderArn', detail: 'Fn::ImportValue' }),
      node({ id: 'okta-idp', kind: 'identity-provider', label: 'acme.okta.com' }),
      node({ id: 'atlassian-idp', kind: 'identity-provider', label: 'auth.acme.example' }),
      node({ id: 'entra-idp', kind: 'identity-provider', label: 'login.microsoftonline.com' }),
    ],
    edges: [
      edge('jwt', 'gateway'),
      edge('gateway', 'crm', { calledAs: 'user', status: 'verified' }),
      edge('gateway', 'jira', { calledAs: 'unknown', status: 'failed', lost: true, findings: [0] }),
      edge('gateway', 'graph', { calledAs: 'user', status: 'verified' }),
      edge('gateway', 'hr', {
        calledAs: 'unknown',
        status: 'unverified',
        scenario: "when Mode is 'obo'",
        findings: [1],
      }),
      edge('crm', 'okta', { label: 'TOKEN_EXCHANGE', status: 'verified' }),
      edge('jira', 'atlassian', { label: 'TOKEN_EXCHANGE', status: 'failed', lost: true, findings: [0] }),
      edge('graph', 'entra', { label: 'TOKEN_EXCHANGE', status: 'verified' }),
      edge('hr', 'import', {
        label: 'TOKEN_EXCHANGE',
        status: 'unverified',
        scenario: "when Mode is 'obo'",
        findings: [1],
      }),
      edge('okta', 'okta-idp'),
      edge('atlassian', 'atlassian-idp'),
      edge('entra', 'entra-idp'),
    ],
    findings: [
      finding({
        related: [
          {
            message: 'the provider is declared here',
            file: 'identity.yaml',
            range: { start: { line: 22, column: 3 }, end: { line: 22, column: 15 } },
            resource: 'JiraProvider',
            constructPath: null,
            source: null,
          },
        ],
      }),
      finding({
        ruleId: 'provider-unresolved',
        severity: 'info',
        message:
          "The provider of PayrollTarget is not in these templates: the search stopped at the export 'payroll-ProviderArn'.",
        help: 'Pass the template that exports it with --context.',
        url: 'https://example.com/rules/provider-unresolved.md',
        range: { start: { line: 71, column: 19 }, end: { line: 71, column: 58 } },
        resource: 'PayrollTarget',
        scenario: { Mode: 'obo' },
      }),
      finding({
        ruleId: 'plaintext-client-secret',
        severity: 'warning',
        message: 'ClientSecret is written into the template.',
        help: 'Use a dynamic reference to a secret.',
        url: 'https://example.com/rules/plaintext-client-secret.md',
        file: 'identity.yaml',
        range: { start: { line: 44, column: 25 }, end: { line: 44, column: 40 } },
        resource: 'EntraProvider',
      }),
    ],
  };
}

/** A small generator of numbers that are the same in every run. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export interface Amounts {
  readonly targets: number;
  readonly providers: number;
  readonly gateways: number;
  readonly stacks: number;
  readonly seed?: number;
  /** Whether targets use providers of any stack, not mostly of their own. */
  readonly scattered?: boolean;
}

/** A made-up picture of any size: stacks, some of them nested, with edges between them. */
export function picture({
  targets,
  providers,
  gateways,
  stacks,
  seed = 1,
  scattered = false,
}: Amounts): Picture {
  const next = numbers(seed);
  const nodes: PictureNode[] = [];
  const edges: PictureEdge[] = [];
  const findings: Diagnostic[] = [];
  const home = (index: number): Pick<PictureNode, 'stack' | 'file'> => {
    const stack = stacks === 0 ? null : `stack${index % stacks}`;
    return { stack, file: stack === null ? 'template.yaml' : `${stack}.yaml` };
  };
  for (let index = 0; index < gateways; index += 1) {
    nodes.push(
      node({
        id: `jwt${index}`,
        kind: 'inbound-authorizer',
        label: `issuer-${index}.example.com`,
        ...home(index),
      }),
    );
    nodes.push(
      node({
        id: `gateway${index}`,
        kind: 'gateway',
        label: `Gateway${index}`,
        detail: 'CUSTOM_JWT',
        ...home(index),
      }),
    );
    edges.push(edge(`jwt${index}`, `gateway${index}`));
  }
  const issuers = Math.min(20, providers);
  for (let index = 0; index < issuers; index += 1) {
    nodes.push(node({ id: `idp${index}`, kind: 'identity-provider', label: `idp-${index}.example.com` }));
  }
  for (let index = 0; index < providers; index += 1) {
    nodes.push(
      node({
        id: `provider${index}`,
        kind: 'provider',
        label: `Provider${index}`,
        detail: 'CustomOauth2',
        ...home(index),
      }),
    );
    edges.push(edge(`provider${index}`, `idp${index % issuers}`));
  }
  const sameStack = (stack: number): number => {
    const rounds = Math.floor((providers - 1 - stack) / stacks) + 1;
    return stack + stacks * next(rounds);
  };
  for (let index = 0; index < targets; index += 1) {
    const gateway = index % gateways;
    const outcome = next(20) === 0 ? 'failed' : next(15) === 0 ? 'unverified' : 'verified';
    const told: number[] = [];
    if (outcome !== 'verified') {
      told.push(findings.length);
      findings.push(
        finding({
          ruleId: outcome === 'failed' ? 'token-exchange-without-config' : 'provider-unresolved',
          severity: outcome === 'failed' ? 'error' : 'info',
          message: `Target${index} is ${outcome}.`,
          file: home(gateway).file ?? '',
          resource: `Target${index}`,
          range: { start: { line: index + 1, column: 3 }, end: { line: index + 1, column: 9 } },
        }),
      );
    }
    const range = { start: { line: index + 1, column: 3 }, end: { line: index + 9, column: 1 } };
    nodes.push(
      node({
        id: `target${index}`,
        kind: 'target',
        label: `Target${index}`,
        detail: 'McpServer',
        ...home(gateway),
        range,
        outcome,
        findings: told,
      }),
    );
    const calledAs = outcome === 'verified' ? 'user' : 'unknown';
    edges.push(edge(`gateway${gateway}`, `target${index}`, { calledAs, status: outcome, findings: told }));
    // Most targets use a provider of their own stack, as most templates do.
    const own = !scattered && stacks > 0 && gateway % stacks < providers && next(10) < 8;
    const provider = own
      ? sameStack(gateway % stacks)
      : Math.floor((next(1000) * next(1000) * providers) / 1_000_000);
    edges.push(
      edge(`target${index}`, `provider${provider}`, {
        label: 'TOKEN_EXCHANGE',
        status: outcome,
        findings: told,
      }),
    );
  }
  const boxes = Array.from({ length: stacks }, (_, index) => ({
    id: `stack${index}`,
    label: `Stack${index}`,
    parent: index % 5 === 4 ? `stack${index - 1}` : null,
    file: `stack${index}.yaml`,
  }));
  return { version: 1, environments: [], stacks: boxes, nodes, edges, findings };
}

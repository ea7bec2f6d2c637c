import type { CatalogueRule, Linter, RunOptions, RunResult } from '../../src/cli/linter.js';
import type { Surroundings } from '../../src/cli/surroundings.js';
import { describedRule } from '../../src/lint/described-rule.js';
import type { Diagnostic, Severity } from '../../src/lint/result.js';
import type { Picture } from '../../src/picture/picture.js';

/** Surroundings that keep what is written. */
export function fakeSurroundings(
  given: Partial<Pick<Surroundings, 'cwd' | 'env'>> & { stdin?: string; terminal?: boolean } = {},
) {
  const written = { stdout: '', stderr: '' };
  const interrupts = new Set<() => void>();
  const output = (name: 'stdout' | 'stderr') => ({
    isTerminal: given.terminal ?? false,
    columns: given.terminal ? 100 : undefined,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const surroundings: Surroundings = {
    cwd: given.cwd ?? '/nowhere',
    env: given.env ?? {},
    stdout: output('stdout'),
    stderr: output('stderr'),
    readStdin: async () => given.stdin ?? '',
    onInterrupt: (listener) => {
      interrupts.add(listener);
      return () => interrupts.delete(listener);
    },
  };
  const interrupt = () => {
    for (const listener of interrupts) listener();
  };
  return { surroundings, written, interrupt };
}

export const RULES: readonly CatalogueRule[] = [
  catalogueRule('invalid-grant-type', 'error'),
  catalogueRule('actor-token-unspecified', 'info'),
  {
    ...catalogueRule('token-exchange-on-built-in-vendor', 'error'),
    options: {
      schema: {
        type: 'object',
        properties: { nativeVendors: { type: 'array', items: { type: 'string' } } },
        additionalProperties: false,
      },
    },
  },
];

function catalogueRule(id: string, severity: Severity): CatalogueRule {
  return {
    id,
    severity,
    summary: `Finds ${id}.`,
    rationale: 'Because.',
    consequences: [],
    url: `https://example.test/${id}`,
  };
}

export function finding(severity: Severity = 'error', given: Partial<Diagnostic> = {}): Diagnostic {
  const position = { line: 1, column: 1 };
  return {
    ruleId: 'invalid-grant-type',
    messageKey: 'unknown',
    data: {},
    severity,
    consequence: null,
    message: 'The grant is wrong',
    help: 'Write another',
    url: 'https://example.test/invalid-grant-type',
    file: 'a.yaml',
    range: { start: position, end: position },
    resource: 'Target',
    constructPath: null,
    path: [],
    scenario: null,
    environments: null,
    source: null,
    related: [],
    fix: null,
    ...given,
  };
}

/** The result of a run that checked one file and found this. */
export function result(diagnostics: readonly Diagnostic[] = [], given: Partial<RunResult> = {}): RunResult {
  const countOf = (severity: Severity) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return {
    report: {
      version: 1,
      files: [{ path: 'a.yaml', status: 'checked', reason: null }],
      diagnostics,
      consumers: [],
      notInView: [],
      summary: {
        errors: countOf('error'),
        warnings: countOf('warning'),
        infos: countOf('info'),
        files: 1,
        suppressed: 0,
        baseline: 0,
        notInView: 0,
        tokenExchange: { verified: 0, failed: 0, unverified: 0 },
        environments: null,
      },
    },
    suppressed: [],
    unusedSuppressions: [],
    internalErrors: [],
    read: [],
    notes: [],
    counts: {},
    ...given,
  };
}

/** A linter that finds what it is given, and remembers what it was asked. */
export function fakeLinter(
  outcome: RunResult | (() => RunResult | Promise<RunResult>) = result(),
  picture: Picture = { version: 1, environments: [], stacks: [], nodes: [], edges: [], findings: [] },
) {
  const asked: RunOptions[] = [];
  const run: Linter['run'] = async (options) => {
    asked.push(options);
    return typeof outcome === 'function' ? outcome() : outcome;
  };
  const linter: Linter = {
    run,
    rules: async (plugins = []) => [
      ...RULES,
      ...plugins.flatMap(({ rules }) => rules.map((rule) => describedRule(rule, ''))),
    ],
    picture: async (options) => ({
      picture,
      result: await run(options),
    }),
    draw: async (_picture, format) => `drawn as ${format}\n`,
  };
  return { linter, asked };
}

import type { ConsumerKind } from '../agentcore/facts/consumer-kinds.js';
import type { Path, Range } from '../source/types.js';
import type { Consequence } from './consequence.js';

export type Severity = 'error' | 'warning' | 'info';

/** What the user may set a rule to. */
export type SeveritySetting = Severity | 'off';

export interface FileResult {
  /** Relative to the working directory when below it, with `/` separators. */
  readonly path: string;
  readonly status: 'checked' | 'skipped' | 'failed';
  /** Why a file was skipped or failed; null when it was checked. */
  readonly reason: string | null;
}

/** Where a construct stands in the code of a CDK app, as the CDK wrote it down. */
export interface SourcePosition {
  /** Relative to the working directory when below it, with `/` separators. */
  readonly file: string;
  /** 1-based; the column in UTF-16 units, and 1 where the host language does not tell it. */
  readonly line: number;
  readonly column: number;
}

export interface Related {
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  /** The logical id of the resource that the place lies in; null outside of resources. */
  readonly resource: string | null;
  readonly constructPath: string | null;
  readonly source: SourcePosition | null;
}

export interface TextEdit {
  readonly file: string;
  /** What is replaced; empty for an insertion. */
  readonly range: Range;
  readonly text: string;
}

export interface Fix {
  /** An imperative without a full stop: "Change the grant to TOKEN_EXCHANGE". */
  readonly title: string;
  /** A safe fix cannot change what a right template means; an unsafe one guesses what was meant. */
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly TextEdit[];
}

/** A fix that the user makes in the code of a CDK app: its template is generated, and is never written to. */
export interface ConstructFix {
  readonly title: string;
  readonly safety: Fix['safety'];
  /** The construct to change. */
  readonly constructPath: string;
  readonly source: SourcePosition | null;
  /** The properties to take out and to write, each on a line with its sign: `+ GrantType: "TOKEN_EXCHANGE"`. */
  readonly lines: readonly string[];
}

/** One finding as the report shows it. */
export interface Diagnostic {
  readonly ruleId: string;
  /** Which of the rule's messages it is. Not part of the report: wording may be told apart anew. */
  readonly messageKey: string;
  /** What the message and the help were filled with; not part of the JSON report. */
  readonly data: Readonly<Record<string, string>>;
  readonly severity: Severity;
  /** What happens where the finding holds, which the message says in words; null where nothing is claimed. */
  readonly consequence: Consequence | null;
  /** One sentence: what is wrong here, with the names and values. */
  readonly message: string;
  /** One sentence: what to do about it. */
  readonly help: string;
  /** The documentation of the rule. */
  readonly url: string;
  readonly file: string;
  readonly range: Range;
  /** The logical id; null for a finding about a whole file. */
  readonly resource: string | null;
  readonly constructPath: string | null;
  readonly path: Path;
  /** The parameter values under which the fault holds; null when it always holds. */
  readonly scenario: Readonly<Record<string, string>> | null;
  /** The environments in which the fault holds; null when it holds in all, or the run has none. */
  readonly environments: readonly string[] | null;
  /** Where the construct of the resource is made; null outside of cloud assemblies. */
  readonly source: SourcePosition | null;
  readonly related: readonly Related[];
  readonly fix: Fix | null;
  /**
   * What a fix would change, where that is generated from a construct of a CDK app: the user changes the construct.
   * Left out elsewhere; `fix` is null beside it. No part of the JSON report.
   */
  readonly constructFix?: ConstructFix;
}

/** A finding that a suppression silenced; formats that can show it (SARIF) do. */
export interface SuppressedDiagnostic extends Diagnostic {
  readonly suppression: {
    readonly kind: 'comment' | 'metadata' | 'configuration' | 'acknowledgement';
    readonly justification: string | null;
  };
}

/** How a consumer that asks for `TOKEN_EXCHANGE`, or may ask for it, ended. */
export type Outcome = 'verified' | 'failed' | 'unverified';

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** A resource of a template, as the report names it. */
export interface ResourceName {
  readonly file: string;
  readonly resource: string;
}

/** As whom a tool is called: what an auditor asks for. */
export type CalledAs =
  | 'user'
  | 'shared-client'
  | 'callers-token'
  | 'gateway-role'
  | 'caller-role'
  | 'api-key'
  | 'nobody'
  | 'unknown';

/** One way in which a tool is called: a gateway target or a tool of a harness, in one scenario. */
export interface ConsumerRow {
  readonly file: string;
  /** The logical id. */
  readonly resource: string;
  readonly constructPath: string | null;
  readonly kind: ConsumerKind;
  /** Null for what does not ask for `TOKEN_EXCHANGE`. */
  readonly outcome: Outcome | null;
  readonly calledAs: CalledAs;
  /** What `GrantType` says; null where it says nothing, or nothing that is known. */
  readonly grant: string | null;
  readonly provider: ResourceName | null;
  readonly gateway: ResourceName | null;
  /** The host of the identity provider behind the provider. */
  readonly identityProvider: string | null;
  /** The parameter values under which the row holds; null when it always holds. */
  readonly scenario: Readonly<Record<string, string>> | null;
  readonly environments: readonly string[] | null;
  /** The rules whose findings hold of it. */
  readonly rules: readonly string[];
}

/** A row of `consumers` with what only tables for people show. */
export interface IdentityRow extends ConsumerRow {
  /** `CredentialProviderType`, or the key of a harness's `OutboundAuth`; null where it is not known or there is none. */
  readonly credentialType: string | null;
  /** The `AuthorizerType` of the gateway; null where it is not known. */
  readonly authorizer: string | null;
}

/** Something that a template deploys and that nobody can read here. */
export interface NotInView {
  readonly file: string;
  readonly resource: string;
  /** What names it, as it is written. */
  readonly reference: string;
  readonly reason: string;
}

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** How many files were checked, those that could not be read included. */
  readonly files: number;
  /** How many findings a suppression silenced. */
  readonly suppressed: number;
  /** How many findings the baseline holds. */
  readonly baseline: number;
  /** How many entries `notInView` has. */
  readonly notInView: number;
  /** How the consumers that ask for the grant TOKEN_EXCHANGE ended. */
  readonly tokenExchange: OutcomeCounts;
  /** The same for each environment; null in a run without environments. `tokenExchange` takes the worst of them. */
  readonly environments: Readonly<Record<string, OutcomeCounts>> | null;
}

/** The JSON report. */
export interface Report {
  readonly version: 1;
  readonly files: readonly FileResult[];
  /** Sorted by file, position, rule. */
  readonly diagnostics: readonly Diagnostic[];
  /** Sorted by file, place in it, scenario. */
  readonly consumers: readonly ConsumerRow[];
  readonly notInView: readonly NotInView[];
  readonly summary: Summary;
}

/** A finding that is accepted: it is counted and not reported. */
export interface BaselineEntry {
  readonly rule: string;
  /** Relative to the working directory when below it, as findings name it. */
  readonly file: string;
  readonly resource: string | null;
  /** What tells it from other findings of the rule on the resource: no line, and none of the words of this version. */
  readonly cause: string;
  /** What the finding said, for people; not compared. */
  readonly message: string;
}

/** What a baseline did in a run. */
export interface BaselineOutcome {
  /** What the run found, accepted or not, in the report's order: what an updated baseline holds of its files. */
  readonly current: readonly BaselineEntry[];
  /** How many findings were held back. */
  readonly held: number;
  /** The entries that nothing in the run matches. */
  readonly unmatched: readonly BaselineEntry[];
}

/** The report and what only some formats and `--stats` show. */
export interface LintResult {
  readonly report: Report;
  readonly suppressed: readonly SuppressedDiagnostic[];
  /** What the baseline did; left out of a run without one. */
  readonly baseline?: BaselineOutcome;
  /** Who calls whom as whom; only where it was asked for. */
  readonly identities?: readonly IdentityRow[];
  /** Suppressions that silenced nothing: told under `--stats`. */
  readonly unusedSuppressions: readonly {
    readonly file: string;
    readonly line: number;
    readonly ruleId: string;
  }[];
  /** Faults of the program: a rule that threw, with its message. Not empty means exit status 3. */
  readonly internalErrors: readonly { readonly ruleId: string | null; readonly message: string }[];
  /** What else a run read or left out; only where it was asked for. */
  readonly listing?: {
    /** Files that serve to resolve references. */
    readonly context: readonly string[];
    readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  };
  /** Remarks for standard error, such as a parameter that no template has. One line each. */
  readonly notes: readonly string[];
}

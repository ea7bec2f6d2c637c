import { consumerKinds } from '../agentcore/facts/consumer-kinds.js';
import { CONSEQUENCES } from '../lint/consequence.js';
import type {
  CalledAs,
  ConsumerRow,
  FileResult,
  Fix,
  NotInView,
  Outcome,
  OutcomeCounts,
  Related,
  ResourceName,
  Severity,
  SourcePosition,
  Summary,
  TextEdit,
} from '../lint/result.js';
import type { Position, Range } from '../source/types.js';
import type { PrintedReport, ReportedDiagnostic } from './json.js';

/** A part of a JSON Schema. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** One schema for each key of `T`: a key that the report gains does not compile before it has one. */
type SchemaOf<T> = { readonly [Key in keyof T]-?: SchemaNode };

/** The words of a union, each named: one that the union gains does not compile before it stands here. */
type Words<Word extends string> = Readonly<Record<Word, true>>;

const severities: Words<Severity> = { error: true, warning: true, info: true };
const outcomes: Words<Outcome> = { verified: true, failed: true, unverified: true };
const calledAs: Words<CalledAs> = {
  user: true,
  'shared-client': true,
  'callers-token': true,
  'gateway-role': true,
  'caller-role': true,
  'api-key': true,
  nobody: true,
  unknown: true,
};
const statuses: Words<FileResult['status']> = { checked: true, skipped: true, failed: true };
const safeties: Words<Fix['safety']> = { safe: true, unsafe: true };

const text = (description?: string) => described({ type: 'string' }, description);
const count = { type: 'integer', minimum: 0 };
const position = (description: string) => ({ type: 'integer', minimum: 1, description });
const list = (items: SchemaNode, description?: string) => described({ type: 'array', items }, description);
const words = (known: Words<string>, description?: string) =>
  described({ enum: Object.keys(known) }, description);
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
const orNull = (schema: SchemaNode, description?: string) =>
  described({ anyOf: [schema, { type: 'null' }] }, description);
const byName = (value: SchemaNode) => ({ type: 'object', additionalProperties: value });

function described(schema: SchemaNode, description: string | undefined): SchemaNode {
  return description === undefined ? schema : { description, ...schema };
}

/** An object with exactly these keys: the report leaves none out. */
function object<T>(properties: SchemaOf<T>): SchemaNode {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

const scenario = orNull(
  byName({ type: 'string' }),
  'The parameter values under which it holds; null when it always holds.',
);
const environments = orNull(
  list({ type: 'string' }),
  'The environments in which it holds; null when it holds in all, or the run has none.',
);
const file = text('Relative to the working directory when below it, with / separators.');
const constructPath = orNull(text(), 'The path of the construct; null outside of cloud assemblies.');

const DEFINITIONS: Readonly<Record<string, SchemaNode>> = {
  file: object<FileResult>({
    path: file,
    status: words(statuses),
    reason: orNull(text(), 'Why it was skipped or failed; null when it was checked.'),
  }),
  position: object<Position>({
    line: position('1-based.'),
    column: position('1-based, in UTF-16 units.'),
  }),
  range: object<Range>({ start: ref('position'), end: ref('position') }),
  source: object<SourcePosition>({ file, line: position('1-based.'), column: position('1-based.') }),
  edit: object<TextEdit>({ file, range: ref('range'), text: text('What takes the place of the range.') }),
  fix: object<Fix>({
    title: text(),
    safety: words(safeties, 'A safe fix cannot change what a right template means.'),
    edits: list(ref('edit')),
  }),
  related: object<Related>({
    message: text(),
    file,
    range: ref('range'),
    resource: orNull(text()),
    constructPath,
    source: orNull(ref('source')),
  }),
  diagnostic: object<ReportedDiagnostic>({
    ruleId: text(),
    severity: words(severities),
    consequence: orNull(
      { enum: CONSEQUENCES },
      'What happens where the finding holds; null where nothing is claimed.',
    ),
    message: text('What is wrong, with the names and values.'),
    help: text('What to do about it.'),
    url: text('The page of the rule.'),
    file,
    range: ref('range'),
    resource: orNull(text(), 'The logical id, or what stands for it; null for a finding about a whole file.'),
    constructPath,
    path: list({ type: ['string', 'integer'] }, 'Where it stands in the parsed text.'),
    scenario,
    environments,
    source: orNull(ref('source'), "Where the construct stands in the user's own code."),
    related: list(ref('related')),
    fix: orNull(ref('fix')),
  }),
  resourceName: object<ResourceName>({ file, resource: text() }),
  consumer: object<ConsumerRow>({
    file,
    resource: text(),
    constructPath,
    kind: { enum: consumerKinds.map(({ kind }) => kind) },
    outcome: orNull(words(outcomes), 'Null for what does not ask for TOKEN_EXCHANGE.'),
    calledAs: words(calledAs, 'As whom the tool is called.'),
    grant: orNull(text()),
    provider: orNull(ref('resourceName')),
    gateway: orNull(ref('resourceName')),
    identityProvider: orNull(text(), 'The host of the identity provider.'),
    scenario,
    environments,
    rules: list({ type: 'string' }, 'The rules whose findings hold of it.'),
  }),
  notInView: object<NotInView>({
    file,
    resource: text(),
    reference: text('What names it, as it is written.'),
    reason: text(),
  }),
  outcomeCounts: object<OutcomeCounts>({ verified: count, failed: count, unverified: count }),
  summary: object<Summary>({
    errors: count,
    warnings: count,
    infos: count,
    files: count,
    suppressed: count,
    baseline: count,
    notInView: count,
    tokenExchange: ref('outcomeCounts'),
    environments: orNull(byName(ref('outcomeCounts')), 'Null in a run without environments.'),
  }),
};

/**
 * The JSON Schema of the report that `--format json` prints. The package ships it as `cfn-tx-lint/report.schema.json`.
 *
 * @returns a schema of draft 2020-12
 */
export function reportSchema(): SchemaNode {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The JSON report of cfn-tx-lint',
    ...object<PrintedReport>({
      version: { const: 1 },
      files: list(ref('file')),
      diagnostics: list(ref('diagnostic'), 'Sorted by file, position, rule.'),
      consumers: list(ref('consumer'), 'Who calls whom as whom: what cfn-tx-lint identities prints.'),
      notInView: list(ref('notInView'), 'What an input deploys and nobody can read here.'),
      summary: ref('summary'),
    }),
    $defs: DEFINITIONS,
  };
}

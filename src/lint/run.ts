import { assetFileOf } from '../discover/assets.js';
import { discover } from '../discover/discover.js';
import { isInsideProject } from '../discover/project-root.js';
import type { DiscoveredFile, Discovery } from '../discover/types.js';
import { FrontEndNotPrepared, prepareFrontEnd } from '../frontends/index.js';
import type { ResourceGraph } from '../graph/resource-graph.js';
import { type TemplateFile, TemplateStore } from '../graph/store.js';
import { compareText } from '../plain/compare-text.js';
import { prepareSources, YamlNotPrepared } from '../source/parse.js';
import type { Template } from '../template/template.js';
import { acknowledgementOf } from './acknowledged.js';
import { type Catalogue, RuleIds, ruleThatReports } from './catalogue.js';
import { Diagnoser } from './diagnose.js';
import { diskReader, NestedTemplates } from './disk.js';
import { EnvironmentRun, type SharedParts } from './environment-run.js';
import { FileDiagnoser } from './file-diagnostic.js';
import type { Finding } from './finding.js';
import { FileIntake } from './intake.js';
import { type AllLateParts, type LateParts, type LatePartsNeeded, loadLateParts } from './late-parts.js';
import type { Masking } from './masking.js';
import type { LintOptions, ParameterAssignment, RuleOverride } from './options.js';
import { fileOfConsumer } from './outcome.js';
import { ParameterValues } from './parameter-values.js';
import type { ParsedTexts } from './parsed-texts.js';
import type { Diagnostic, LintResult, Outcome, Severity, Summary, SuppressedDiagnostic } from './result.js';
import { type FileSeverity, RuleSettings } from './settings.js';
import { type PlacedFinding, placedFindings, worstOutcomes } from './side-by-side.js';
import { suppress } from './suppress.js';
import { notInViewOf } from './unseen-entries.js';
import { unusedOverrides } from './unused-overrides.js';
import { maySuppress } from './written-suppressions.js';

export interface RunOptions extends LintOptions {
  /** The template on standard input, and the name that its findings bear. */
  readonly stdin?: { readonly text: string; readonly name: string };
  /** The place in a configuration that names the files, for errors about them. */
  readonly filesOrigin?: string;
  /** Texts that stand in for those on disk, by the name that a file's findings bear: fixes are tried so. */
  readonly overlay?: ReadonlyMap<string, string>;
  /**
   * Whether what a CDK app acknowledges is suppressed; default true. The CDK itself does it for its plugins.
   */
  readonly acknowledgements?: boolean;
  /** Whether the result tells which files were left out, and which only resolve references. */
  readonly listing?: boolean;
  /** Whether the report says who calls whom as whom: it costs time that most formats need not spend. */
  readonly consumers?: boolean;
  /** Remembers what texts are parsed to, from one run to the next. */
  readonly parsed?: ParsedTexts;
  /** Asked after each file whether the run is to wait, so that others of the process get their turn. */
  readonly pause?: () => Promise<void> | undefined;
  /** Called as templates are done, often enough for a progress line. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface RunResult extends LintResult {
  /** The names of all files that say something in this run, those that only resolve references too. */
  readonly read: readonly string[];
  /** What the run went through, for `--stats` and for the tests that hold the work down. */
  readonly counts: Readonly<Record<string, number>>;
  /** Hides the secrets of the run's templates; left out where nothing of them is told. */
  readonly masking?: Masking;
}

/** A run before it is put into words: what the graph is drawn from. */
export interface CheckedRun {
  /** The graph of the first environment. */
  readonly graph: ResourceGraph;
  /** The check of each environment, in the order of the run; one in a run without any. */
  readonly environments: readonly EnvironmentRun[];
  readonly files: readonly TemplateFile[];
  /** How each consumer ended, by its key: as badly as in the worst of the environments. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly result: RunResult;
}

/**
 * Lints templates.
 * @throws UsageError when a named file does not exist or a glob matches nothing; the reason of `signal` when aborted
 */
export async function run(options: RunOptions, catalogue: Catalogue): Promise<RunResult> {
  return (await check(options, catalogue)).result;
}

/**
 * {@link run}, with the graph that the findings come from.
 * @param masked whether the result needs its masking even without a finding
 */
export async function check(options: RunOptions, catalogue: Catalogue, masked = false): Promise<CheckedRun> {
  const cwd = options.cwd ?? process.cwd();
  const discovery = await findFiles(options, cwd);
  const { ImportQuestions } =
    (options.environments ?? []).length > 1 ? await import('../graph/import-questions.js') : {};
  for (;;) {
    try {
      const run = new Run(options, catalogue, cwd, discovery, ImportQuestions);
      for (const _ of run.examine()) {
        const others = options.pause?.();
        if (others !== undefined) await others;
      }
      const needed = run.needed();
      const parts = await loadLateParts({ ...needed, diagnostics: needed.diagnostics || masked });
      return run.report(parts);
    } catch (error) {
      // The first YAML template of a run, or the first input of another kind: what reads it is loaded now, and nothing
      // has been written yet.
      if (error instanceof YamlNotPrepared) await prepareSources(['yaml']);
      else if (error instanceof FrontEndNotPrepared) await prepareFrontEnd(error.id);
      else throw error;
    }
  }
}

/**
 * {@link run} for a caller that cannot wait, who has found the files and has all parts at hand.
 * @throws YamlNotPrepared for a YAML template when `provideYaml` was not called before; the reason of `signal` when aborted
 */
export function runOnFiles(
  options: Omit<RunOptions, 'files' | 'texts' | 'context' | 'ignore' | 'stdin'>,
  catalogue: Catalogue,
  discovery: Discovery,
  parts: AllLateParts,
): RunResult {
  const run = new Run(options, catalogue, options.cwd ?? process.cwd(), discovery);
  // There is nothing to do between the files for a caller that cannot wait.
  for (const _ of run.examine());
  return run.report(parts).result;
}

async function findFiles(options: RunOptions, cwd: string): Promise<Discovery> {
  const texts = (options.texts ?? []).map(
    ({ name, text }): DiscoveredFile => ({ path: name, name, role: 'target', text, stacks: [] }),
  );
  const files = options.files ?? [];
  const nothingElse = files.length === 0 && options.stdin === undefined;
  const found =
    nothingElse && options.texts !== undefined && (options.context ?? []).length === 0
      ? { files: [], unreadable: [], notes: [] }
      : await discover({
          cwd,
          files: nothingElse && options.texts !== undefined ? [] : files,
          context: options.context ?? [],
          ignore: options.ignore ?? [],
          stdin: options.stdin,
          tellsLeftOut: options.listing,
          filesOrigin: options.filesOrigin,
        });
  return { ...found, files: [...texts, ...found.files] };
}

/** One run: `examine` finds, `report` puts into words. */
class Run {
  private readonly store: TemplateStore;
  private readonly settings: RuleSettings;
  private readonly fileDiagnoser: FileDiagnoser;
  private readonly intake: FileIntake;
  /** One for each environment, and one for a run without any. */
  private readonly environments: readonly [EnvironmentRun, ...EnvironmentRun[]];
  private findings: readonly PlacedFinding[] = [];

  constructor(
    private readonly options: RunOptions,
    private readonly catalogue: Catalogue,
    private readonly cwd: string,
    private readonly discovery: Discovery,
    private readonly importQuestions?: SharedParts['ImportQuestions'],
  ) {
    const { parameters = [], environments = [], signal } = options;
    this.settings = new RuleSettings(
      options.rules ?? {},
      options.strict ?? false,
      options.overrides ?? [],
      cwd,
    );
    const mayRead = (file: string): boolean => isInsideProject(cwd, file);
    this.store = new TemplateStore(diskReader(options.overlay, cwd, mayRead, options.parsed));
    this.fileDiagnoser = new FileDiagnoser(catalogue, this.settings);
    this.intake = new FileIntake(this.store, this.fileDiagnoser, signal);
    const locator = new NestedTemplates(this.store, cwd, mayRead, assetFileOf);
    const shared = {
      store: this.store,
      locator,
      rules: catalogue.rules,
      settings: this.settings,
      ImportQuestions: this.importQuestions,
    };
    const runOf = (name: string | null, values: readonly ParameterAssignment[]) =>
      new EnvironmentRun(name, new ParameterValues(values, cwd), shared);
    const [first, ...others] = environments.map(({ name, parameters: own }) =>
      runOf(name, [...parameters, ...own]),
    );
    this.environments = first === undefined ? [runOf(null, parameters)] : [first, ...others];
  }

  /** Reads and checks everything, and halts after each file. */
  *examine(): Generator<void, void> {
    yield* this.intake.takeIn(this.discovery);
    this.lookAround();
    const relevant = this.intake.relevant();
    const total = relevant.length * this.environments.length;
    const names = new Set(relevant.map(({ name }) => name));
    let done = 0;
    const finished: EnvironmentRun[] = [];
    for (const environment of this.environments) {
      if (finished.some((other) => environment.takeFrom(other))) {
        done += relevant.length;
        this.options.onProgress?.(done, total);
        continue;
      }
      environment.start(relevant);
      for (const file of relevant) {
        this.options.signal?.throwIfAborted();
        environment.check(file);
        this.options.onProgress?.(++done, total);
        yield;
      }
      environment.finish((file) => names.has(file));
      finished.push(environment);
    }
    this.findings = placedFindings(this.environments);
  }

  /** Which parts the report of what was examined needs. */
  needed(): LatePartsNeeded {
    const suppressions = this.intake.checked.some(maySuppress);
    const acknowledgements =
      this.options.acknowledgements !== false &&
      this.intake.checked.some(({ file }) =>
        file.stacks.some((stack) => stack.acknowledgements().length > 0),
      );
    return {
      baseline: this.options.baseline !== undefined,
      consumers: this.options.consumers === true,
      fixes: this.findings.some(({ report }) => report.fix !== undefined),
      suppressions,
      acknowledgements,
      // A suppression can be a fault itself.
      diagnostics:
        this.findings.length > 0 ||
        this.environments.some(({ checker }) => checker.internalErrors.size > 0) ||
        this.intake.unreadable.length > 0 ||
        this.options.consumers === true ||
        suppressions ||
        acknowledgements,
    };
  }

  /** What the templates of the run deploy is reported on, too, unless the user handed it over as context. */
  private lookAround(): void {
    const deploying = this.intake.checked.filter(({ mentions }) => mentions.nestedStack);
    if (deploying.length === 0) return;
    const context = new Set(
      this.discovery.files.filter(({ role }) => role === 'context').map(({ name }) => name),
    );
    for (const environment of this.environments) {
      for (const file of environment.lookAround(deploying)) {
        if (!context.has(file.name)) this.intake.adopt(file);
      }
    }
  }

  report(parts: LateParts): CheckedRun {
    const outcomes = worstOutcomes(this.environments);
    const { environments } = this;
    return {
      graph: environments[0].graph,
      environments,
      files: this.intake.relevant(),
      outcomes,
      result: this.result(outcomes, parts),
    };
  }

  private result(ended: ReadonlyMap<string, Outcome>, parts: LateParts): RunResult {
    const { checked, files, unreadable } = this.intake;
    const diagnoser = new Diagnoser(this.store, {
      cwd: this.cwd,
      severity: (finding) => this.severityOf(finding),
      url: this.catalogue.url,
      fixes: parts.writeFix,
      declarations: parts.Declarations === undefined ? undefined : new parts.Declarations(this.cwd),
    });
    const reported = new Set(checked.map(({ name }) => name));
    const diagnostics: Diagnostic[] = [];
    const turnedOff: SuppressedDiagnostic[] = [];
    const used = new Map<RuleOverride, Set<string>>();
    const turnOff = (diagnostic: Diagnostic, by: NonNullable<FileSeverity['suppressedBy']>): void => {
      turnedOff.push({ ...diagnostic, ...turnedOffBy(by) });
      used.set(by.override, (used.get(by.override) ?? new Set()).add(diagnostic.ruleId));
    };
    for (const diagnostic of unreadable) {
      const rule = ruleThatReports('unreadable', this.catalogue.rules);
      const { suppressedBy } = this.settings.severityIn(diagnostic.file, rule);
      if (suppressedBy === undefined) diagnostics.push(diagnostic);
      else turnOff(diagnostic, suppressedBy);
    }
    const told = new Set<string>();
    for (const finding of this.findings) {
      const { file } = finding.report.at.instance.template;
      if (!reported.has(file)) continue;
      const { suppressedBy } = this.settings.severityIn(file, finding.rule, finding.report.severity);
      const diagnostic = diagnoser.diagnose(finding);
      if (!isNew(diagnostic, told)) continue;
      const accepted = this.options.acknowledgements === false ? undefined : acknowledgementOf(finding);
      if (accepted !== undefined) {
        const suppression = { kind: 'acknowledgement', justification: accepted.reason } as const;
        turnedOff.push({ ...diagnostic, suppression });
      } else if (suppressedBy === undefined) diagnostics.push(diagnostic);
      else turnOff(diagnostic, suppressedBy);
    }
    const known = new RuleIds(this.catalogue.rules);
    if (this.options.acknowledgements !== false) {
      diagnostics.push(
        ...(parts.unknownAcknowledgements?.(checked, known, this.fileDiagnoser, this.cwd) ?? []),
      );
    }
    const suppression = suppress(
      diagnostics,
      checked,
      known,
      this.fileDiagnoser,
      parts.suppressions,
      this.options.reportUnusedSuppressions,
    );
    const unused =
      this.options.reportUnusedSuppressions === true
        ? unusedOverrides([...reported], this.settings, this.fileDiagnoser, used)
        : [];
    const isOff = ({ severity }: Diagnostic): boolean => (severity as string) === 'off';
    const found = [...suppression.diagnostics, ...unused]
      .filter((diagnostic) => !isOff(diagnostic))
      .sort(byPlace);
    const suppressed = [...suppression.suppressed, ...turnedOff];
    const notInView = notInViewOf(this.environments);
    const masking = this.masking(parts, [...found, ...suppressed]);
    const masked = (text: string): string => masking?.text(text) ?? text;
    const maskedDiagnostic = <Found extends Diagnostic>(diagnostic: Found): Found =>
      masking?.diagnostic(diagnostic) ?? diagnostic;
    const findings = found.map(maskedDiagnostic);
    const silenced = suppressed.map((diagnostic) => masking?.suppressed(diagnostic) ?? diagnostic);
    const baseline =
      this.options.baseline &&
      parts.holdBack?.(
        findings,
        [...silenced, ...suppression.diagnostics.filter(isOff).map(maskedDiagnostic)],
        this.options.baseline,
      );
    const kept = baseline?.reported ?? findings;
    const identities =
      this.options.consumers === true
        ? parts
            .consumerRows?.(this.environments, this.intake.relevant())
            .map((row) => masking?.row(row) ?? row)
        : undefined;
    const work = [...this.store.all()].map((file) => file.work);
    const count = (severity: Severity): number =>
      kept.filter((diagnostic) => diagnostic.severity === severity).length;
    return {
      report: {
        version: 1,
        files: files
          .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
          .map((file) => ({ ...file, reason: file.reason === null ? null : masked(file.reason) })),
        diagnostics: kept,
        consumers: (identities ?? []).map(({ credentialType, authorizer, ...row }) => row),
        notInView: notInView.map(masking?.unseen ?? ((one) => one)),
        summary: {
          errors: count('error'),
          warnings: count('warning'),
          infos: count('info'),
          files: files.filter(({ status }) => status !== 'skipped').length,
          suppressed: suppressed.length,
          baseline: baseline?.outcome.held ?? 0,
          notInView: notInView.length,
          tokenExchange: outcomeCounts(ended, reported),
          environments: this.environmentCounts(reported),
        },
      },
      suppressed: silenced,
      ...(identities !== undefined && { identities }),
      ...(baseline !== undefined && { baseline: baseline.outcome }),
      unusedSuppressions: suppression.unused,
      internalErrors: [...this.internalErrors()].map(([ruleId, message]) => ({
        ruleId,
        message: masked(message),
      })),
      ...(this.options.listing && { listing: this.listing() }),
      notes: [...this.discovery.notes, ...this.parameterNotes()],
      read: this.read(),
      counts: {
        files: this.discovery.files.length,
        templates: checked.length,
        reads: sum(work.map(({ reads }) => reads)),
        parses: sum(work.map(({ parses }) => parses)),
        evaluations: sum(this.environments.map(({ graph }) => graph.evaluator.evaluations)),
        alternatives: sum(this.environments.map(({ graph }) => graph.evaluator.evaluated)),
      },
      ...(masking !== undefined && { masking }),
    };
  }

  /** The severity as it would be without an override that turns the rule off, which is told as a suppression. */
  private severityOf({ rule, report }: Finding): Severity {
    const { file } = report.at.instance.template;
    const { severity, suppressedBy } = this.settings.severityIn(file, rule, report.severity);
    return suppressedBy?.severity ?? (severity as Severity);
  }

  /** Null in a run without environments. */
  private environmentCounts(reported: ReadonlySet<string>): Summary['environments'] {
    const [first] = this.environments;
    if (first.name === null) return null;
    return Object.fromEntries(
      this.environments.map(({ name, outcomes }) => [name ?? '', outcomeCounts(outcomes, reported)]),
    );
  }

  private listing(): NonNullable<LintResult['listing']> {
    const reported = new Set(this.intake.files.map((file) => file.path));
    const context = [...this.store.all()].map(({ name }) => name).filter((name) => !reported.has(name));
    const read = [...reported, ...context];
    // A folder that git ignores, of which the assembly of a CDK app is read all the same, is not left out.
    const leftOut = (this.discovery.leftOut ?? []).filter(
      ({ name }) => !read.some((file) => file === name || file.startsWith(`${name}/`)),
    );
    return { context: context.sort(compareText), leftOut };
  }

  private read(): string[] {
    const skipped = new Set(
      this.intake.files.filter(({ status }) => status === 'skipped').map((file) => file.path),
    );
    return [...this.store.all()].map(({ name }) => name).filter((name) => !skipped.has(name));
  }

  private internalErrors(): ReadonlyMap<string, string> {
    return new Map(this.environments.flatMap(({ checker }) => [...checker.internalErrors]));
  }

  private parameterNotes(): string[] {
    const checked = memoizedTemplates(() => this.intake.checked);
    const all = memoizedTemplates(() => this.store.all());
    return [
      ...new Set(this.environments.flatMap(({ parameterValues }) => parameterValues.notes(checked, all))),
    ];
  }

  /** What keeps the secrets of the run's templates out of the report; of files that are shown, all of the text. */
  private masking({ Masking }: LateParts, shown: readonly Diagnostic[]): Masking | undefined {
    if (Masking === undefined) return undefined;
    const names = new Set(
      shown.flatMap(({ file, related }) => [file, ...related.map((place) => place.file)]),
    );
    const files = [...this.store.all()];
    return new Masking({
      // What a text holds within another, as the calls of custom resources, is a secret of the template only.
      templates: files.flatMap((file) =>
        names.has(file.name) ? [file.source()?.value, file.known?.value] : [file.known?.value],
      ),
      parameters: files.flatMap((file) => [...(file.known?.parameters.values() ?? [])]),
      secrets: files.flatMap((file) => [...(file.known?.input.secrets?.() ?? [])]),
      assignments: [
        ...(this.options.parameters ?? []),
        ...(this.options.environments ?? []).flatMap(({ parameters }) => parameters),
      ],
      wording: this.catalogue.rules.flatMap(({ messages }) =>
        Object.values(messages).flatMap(({ message, help }) => [message, help]),
      ),
      parameterValues: this.discovery.files.flatMap(({ stacks }) =>
        stacks.flatMap((stack) => Object.entries(stack.parameters)),
      ),
    });
  }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.message, b.message)
  );
}

/** What makes a suppressed finding of one whose rule an override turns off. */
function turnedOffBy({ severity }: { readonly severity: Severity }) {
  return { severity, suppression: { kind: 'configuration', justification: null } } as const;
}

function outcomeCounts(
  outcomes: ReadonlyMap<string, Outcome>,
  reported: ReadonlySet<string>,
): Summary['tokenExchange'] {
  const counts = { verified: 0, failed: 0, unverified: 0 };
  for (const [key, outcome] of outcomes) if (reported.has(fileOfConsumer(key))) counts[outcome]++;
  return counts;
}

/** The parsed templates of some files; those that are none left out. */
function memoizedTemplates(files: () => Iterable<TemplateFile>): () => readonly Template[] {
  let templates: readonly Template[] | undefined;
  return () => {
    templates ??= [...files()].flatMap((file) => file.template() ?? []);
    return templates;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Whether nobody has told of a fault yet: a part that several templates take in may have it in each of them. */
function isNew({ ruleId, file, path, message, environments }: Diagnostic, told: Set<string>): boolean {
  const key = JSON.stringify([ruleId, file, path, message, environments]);
  const isKnown = told.has(key);
  told.add(key);
  return !isKnown;
}

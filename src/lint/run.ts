import { assetFileOf } from '../discover/assets.js';
import { discover } from '../discover/discover.js';
import { isInsideProject } from '../discover/project-root.js';
import type { DiscoveredFile, Discovery } from '../discover/types.js';
import { Scenario } from '../evaluate/scenario.js';
import { FrontEndNotPrepared, prepareFrontEnd } from '../frontends/index.js';
import { ResourceGraph } from '../graph/resource-graph.js';
import { type Intake, type TemplateFile, TemplateStore } from '../graph/store.js';
import { compareText } from '../plain/compare-text.js';
import { prepareSources, YamlNotPrepared } from '../source/parse.js';
import { Checker } from './check.js';
import { Diagnoser, FILE_START } from './diagnose.js';
import { diskReader, NestedTemplates } from './disk.js';
import { fileDiagnostic } from './file-diagnostic.js';
import type { Finding } from './finding.js';
import { type AllLateParts, type LateParts, type LatePartsNeeded, loadLateParts } from './late-parts.js';
import type { Masking } from './masking.js';
import type { LintOptions } from './options.js';
import { consumerKey, fileOfConsumer, outcomes } from './outcome.js';
import { ParameterValues } from './parameter-values.js';
import { possibleFindings } from './possible.js';
import type { Diagnostic, FileResult, LintResult, Outcome, Severity } from './result.js';
import type { AnyRule } from './rule.js';
import { RuleSettings } from './settings.js';
import { maySuppress, suppress } from './suppress.js';

export interface RunOptions extends LintOptions {
  /** The template on standard input, and the name that its findings bear. */
  readonly stdin?: { readonly text: string; readonly name: string };
  /** Texts that stand in for those on disk, by the name that a file's findings bear: fixes are tried so. */
  readonly overlay?: ReadonlyMap<string, string>;
  /** Called as templates are done, often enough for a progress line. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface RunResult extends LintResult {
  /** What the run went through, for `--stats` and for the tests that hold the work down. */
  readonly counts: Readonly<Record<string, number>>;
  /** Hides the secrets of the run's templates; left out where nothing of them is told. */
  readonly masking?: Masking;
}

/** A run before it is put into words: what the graph is drawn from. */
export interface CheckedRun {
  readonly graph: ResourceGraph;
  readonly files: readonly TemplateFile[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly result: RunResult;
}

/** The catalogue that a run checks, in the order of the report's rules. */
export interface Catalogue {
  readonly rules: readonly AnyRule[];
  readonly url: (ruleId: string) => string;
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
  for (;;) {
    try {
      const run = new Run(options, catalogue, cwd, discovery);
      const needed = run.examine();
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
  run.examine();
  return run.report(parts).result;
}

async function findFiles(options: RunOptions, cwd: string): Promise<Discovery> {
  const texts = (options.texts ?? []).map(
    ({ name, text }): DiscoveredFile => ({ path: name, name, role: 'target', named: true, text, stacks: [] }),
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
        });
  return { ...found, files: [...texts, ...found.files] };
}

/** One run: `examine` finds, `report` puts into words. */
class Run {
  private readonly store: TemplateStore;
  private readonly graph: ResourceGraph;
  private readonly parameterValues: ParameterValues;
  private readonly settings: RuleSettings;
  private readonly files: FileResult[] = [];
  private readonly unreadable: Diagnostic[] = [];
  private readonly checked: TemplateFile[] = [];
  private readonly checker: Checker;
  private findings: readonly Finding[] = [];

  constructor(
    private readonly options: RunOptions,
    private readonly catalogue: Catalogue,
    private readonly cwd: string,
    private readonly discovery: Discovery,
  ) {
    this.parameterValues = new ParameterValues(options.parameters ?? [], cwd);
    this.settings = new RuleSettings(options.rules ?? {}, options.strict ?? false);
    this.store = new TemplateStore(diskReader(options.overlay));
    const locator = new NestedTemplates(this.store, cwd, (file) => isInsideProject(cwd, file), assetFileOf);
    this.graph = new ResourceGraph(this.store, {
      parameterValues: (file, nested) => this.parameterValues.of(file, nested),
      locator,
    });
    this.checker = new Checker(
      this.graph,
      this.catalogue.rules,
      (rule) => this.settings.options(rule),
      () => [...this.store.all()].filter((file) => file.mentions.agentCore),
    );
  }

  /** Reads and checks everything; answers which parts the report will need. */
  examine(): LatePartsNeeded {
    this.takeIn();
    const relevant = this.relevant();
    let done = 0;
    for (const file of relevant) {
      this.options.signal?.throwIfAborted();
      this.checker.checkFile(file);
      this.options.onProgress?.(++done, relevant.length);
    }
    this.reportUndecided();
    this.findings = possibleFindings(this.graph, this.checker.findings.all());
    const suppressions = this.checked.some(maySuppress);
    return {
      fixes: this.findings.some(({ report }) => report.fix !== undefined),
      suppressions,
      // A suppression can be a fault itself.
      diagnostics:
        this.findings.length > 0 ||
        this.checker.internalErrors.size > 0 ||
        this.unreadable.length > 0 ||
        suppressions,
    };
  }

  report(parts: LateParts): CheckedRun {
    const ended = outcomes(this.graph, this.checker.exchanging, this.findings, this.checker.undecided);
    return { graph: this.graph, files: this.relevant(), outcomes: ended, result: this.result(ended, parts) };
  }

  private relevant(): TemplateFile[] {
    return this.checked.filter((file) => file.mentions.agentCore);
  }

  /** Opens every file: what it is, and what it mentions. */
  private takeIn(): void {
    for (const { name, reason } of this.discovery.unreadable) {
      this.files.push({ path: name, status: 'failed', reason });
      this.unreadable.push(this.unreadableTemplate(name, reason, undefined));
    }
    for (const discovered of this.discovery.files) {
      this.options.signal?.throwIfAborted();
      const file = this.store.add(discovered);
      const intake = file.open();
      if (discovered.role === 'context') continue;
      this.files.push({ path: file.name, ...this.status(file, intake) });
    }
  }

  private status(file: TemplateFile, intake: Intake): Omit<FileResult, 'path'> {
    switch (intake.kind) {
      case 'template':
        this.checked.push(file);
        return { status: 'checked', reason: null };
      case 'not-a-template':
        return { status: 'skipped', reason: intake.reason };
      case 'unreadable':
        if (!intake.relevant) return { status: 'skipped', reason: intake.reason };
        this.unreadable.push(this.unreadableTemplate(file.name, intake.reason, intake.error));
        return { status: 'failed', reason: intake.reason };
    }
  }

  private unreadableTemplate(
    file: string,
    reason: string,
    error: Extract<Intake, { kind: 'unreadable' }>['error'],
  ): Diagnostic {
    const rule = this.catalogue.rules.find(({ id }) => id === 'template-unreadable') as AnyRule;
    return {
      ...fileDiagnostic({
        rule,
        severity: this.settings.severity(rule) as Severity,
        url: this.catalogue.url(rule.id),
        message: error === undefined ? 'unreadableFile' : 'unreadable',
        data: { reason: sentencePart(reason) },
        file,
        range: error?.range ?? FILE_START,
      }),
      related:
        error?.related === undefined
          ? []
          : [
              {
                message: error.related.message,
                file,
                range: error.related.range,
                resource: null,
                constructPath: null,
                source: null,
              },
            ],
    };
  }

  /** What went past a limit is told as unresolved, once for each resource. */
  private reportUndecided(): void {
    const rule = this.catalogue.rules.find(({ id }) => id === 'provider-unresolved');
    const told = new Set<string>();
    for (const { node, reason } of this.checker.undecided) {
      const key = consumerKey(node.instance.template.file, node.logicalId);
      if (rule === undefined || told.has(key)) continue;
      told.add(key);
      this.checker.findings.add(rule, {
        message: 'pastLimit',
        at: node.cursor,
        part: 'key',
        data: { consumer: node.logicalId, reason },
        when: Scenario.always,
      });
    }
  }

  private result(ended: ReadonlyMap<string, Outcome>, parts: LateParts): RunResult {
    const diagnoser = new Diagnoser(this.graph, {
      cwd: this.cwd,
      severity: ({ rule, report }) => this.settings.severity(rule, report.severity) as Severity,
      url: this.catalogue.url,
      fixes: parts.writeFix,
    });
    const reported = new Set(this.checked.map(({ name }) => name));
    const diagnostics = [...this.unreadable];
    for (const finding of this.findings) {
      const file = finding.report.at.instance.template.file;
      if (reported.has(file)) diagnostics.push(diagnoser.diagnose(finding));
    }
    const suppression = suppress(
      diagnostics,
      this.checked,
      this.catalogue,
      this.settings,
      parts.suppressions,
    );
    const kept = [...suppression.diagnostics]
      .filter(({ severity }) => (severity as string) !== 'off')
      .sort(byPlace);
    const masking = this.masking(parts, [...kept, ...suppression.suppressed]);
    const masked = (text: string): string => masking?.text(text) ?? text;
    const tokenExchange = { verified: 0, failed: 0, unverified: 0 };
    for (const [key, outcome] of ended) if (reported.has(fileOfConsumer(key))) tokenExchange[outcome]++;
    const work = [...this.store.all()].map((file) => file.work);
    const count = (severity: Severity): number =>
      kept.filter((diagnostic) => diagnostic.severity === severity).length;
    return {
      report: {
        version: 1,
        files: this.files
          .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
          .map((file) => ({ ...file, reason: file.reason === null ? null : masked(file.reason) })),
        diagnostics: masking === undefined ? kept : kept.map(masking.diagnostic),
        consumers: [],
        notInView: [],
        summary: {
          errors: count('error'),
          warnings: count('warning'),
          infos: count('info'),
          files: this.files.filter(({ status }) => status !== 'skipped').length,
          suppressed: suppression.suppressed.length,
          baseline: 0,
          notInView: 0,
          tokenExchange,
          environments: null,
        },
      },
      suppressed:
        masking === undefined ? suppression.suppressed : suppression.suppressed.map(masking.diagnostic),
      unusedSuppressions: suppression.unused,
      internalErrors: [...this.checker.internalErrors].map(([ruleId, message]) => ({
        ruleId,
        message: masked(message),
      })),
      notes: [
        ...this.discovery.notes,
        ...this.parameterValues.notes(
          () => this.checked.flatMap((file) => file.template() ?? []),
          () => [...this.store.all()].flatMap((file) => file.template() ?? []),
        ),
      ],
      counts: {
        files: this.discovery.files.length,
        templates: this.checked.length,
        reads: work.reduce((sum, { reads }) => sum + reads, 0),
        parses: work.reduce((sum, { parses }) => sum + parses, 0),
        evaluations: this.graph.evaluator.evaluations,
        alternatives: this.graph.evaluator.evaluated,
      },
      ...(masking !== undefined && { masking }),
    };
  }

  /** What keeps the secrets of the run's templates out of the report; of files that are shown, all of the text. */
  private masking({ Masking }: LateParts, shown: readonly Diagnostic[]): Masking | undefined {
    if (Masking === undefined) return undefined;
    const names = new Set(
      shown.flatMap(({ file, related }) => [file, ...related.map((place) => place.file)]),
    );
    const files = [...this.store.all()];
    return new Masking({
      templates: files.map((file) =>
        names.has(file.name) ? (file.source()?.value ?? file.known?.value) : file.known?.value,
      ),
      parameters: files.flatMap((file) => [...(file.known?.parameters.values() ?? [])]),
      assignments: this.options.parameters ?? [],
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

/** A sentence as a part of another. */
function sentencePart(text: string): string {
  const bare = text.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(bare) ? `${bare[0]?.toLowerCase()}${bare.slice(1)}` : bare;
}

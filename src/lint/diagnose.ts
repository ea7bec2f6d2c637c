import { reportName } from '../discover/inside.js';
import type { Cursor, StackInstance } from '../evaluate/stack-instance.js';
import type { ProposedFix } from '../fix/change.js';
import { constructLines } from '../fix/construct-lines.js';
import type { Dialect } from '../frontends/front-end.js';
import { constructNotes, constructPath } from '../graph/construct-path.js';
import type { TemplateFile, TemplateStore } from '../graph/store.js';
import { writtenPlace } from '../graph/written-place.js';
import type { Range, Source } from '../source/types.js';
import type { Declarations } from './declarations.js';
import { dataIn, inWordsOf, saidIn, speaksCloudFormation, type Words } from './dialect-words.js';
import { FILE_START } from './file-diagnostic.js';
import { consequenceOf, type Finding, type Located, messageOf, resourceAt } from './finding.js';
import { rangeOf } from './place-range.js';
import type { ConstructFix, Diagnostic, Fix, Related, Severity, SourcePosition } from './result.js';
import type { RuleReport } from './rule.js';
import type { PlacedFinding } from './side-by-side.js';
import {
  fill,
  helpForEach,
  scenarioValues,
  withCandidates,
  withEnvironments,
  withScenario,
} from './wording.js';

/** Turns the changes of a fix into text edits; loaded only for runs that have fixes. */
export type FixWriter = (source: Source, fix: ProposedFix) => Fix | null;

export interface DiagnoseOptions {
  /** The absolute working directory, which the files of constructs are named from. */
  readonly cwd: string;
  readonly severity: (finding: Finding) => Severity;
  readonly url: (ruleId: string) => string;
  readonly fixes: FixWriter | undefined;
  readonly declarations: Declarations | undefined;
}

/** Puts findings into words and places: the only step that looks up positions. */
export class Diagnoser {
  constructor(
    private readonly store: TemplateStore,
    private readonly options: DiagnoseOptions,
  ) {}

  /** The finding as the report shows it. */
  diagnose(finding: PlacedFinding): Diagnostic {
    const { rule, report, scenarios, environments } = finding;
    const { instance, logicalId } = resourceAt(report.at);
    const template = this.store.get(instance.template.file);
    const { file, path } = writtenPlace(this.store, report.at);
    const { input } = instance.template;
    const dialect = input.dialectOf(logicalId ?? '');
    const { message, help, data } = this.words(finding, dialect);
    return {
      ruleId: rule.id,
      messageKey: report.message,
      data: report.data ?? {},
      severity: this.options.severity(finding),
      consequence: consequenceOf(rule, report),
      message: withEnvironments(
        withScenario(withCandidates(fill(message, data), report.among), scenarios),
        environments,
      ),
      help: helpForEach(fill(help, data), report.among),
      url: this.options.url(rule.id),
      file,
      range: this.range(report.at, report.part),
      resource: logicalId === null ? null : input.nameOf(logicalId),
      constructPath: this.construct(instance, logicalId),
      path:
        template?.file.within === undefined && file === template?.name ? input.origin(report.at.path) : path,
      scenario: scenarioValues(scenarios[0]),
      environments,
      source: this.source(instance, logicalId),
      related: this.related(finding),
      ...this.fixes(report, template, dialect),
    };
  }

  private fixes(
    { fix, at }: RuleReport,
    template: TemplateFile | undefined,
    dialect: Dialect,
  ): Pick<Diagnostic, 'fix' | 'constructFix'> {
    if (fix === undefined || template === undefined || !dialect.fixes) return { fix: null };
    if (template.file.within !== undefined) return { fix: null };
    if (at.instance.stack === undefined) return { fix: this.fix(fix, at, template) };
    const constructFix = this.constructFix(fix, at);
    return { fix: null, ...(constructFix !== undefined && { constructFix }) };
  }

  /** A template of a cloud assembly is written by the CDK: what is to be changed is the construct that it comes from. */
  private constructFix(fix: ProposedFix, { instance, path }: Cursor): ConstructFix | undefined {
    const [section, id] = fix.changes[0]?.path ?? path;
    if (section !== 'Resources' || typeof id !== 'string') return undefined;
    const construct = constructPath(instance, id);
    if (construct === null) return undefined;
    return {
      title: fix.title,
      safety: fix.safety,
      constructPath: construct,
      source: this.source(instance, id),
      lines: constructLines(fix.changes),
    };
  }

  /** What the finding says, in the words of the input that it points into. */
  private words(
    { rule, report }: Finding,
    dialect: Dialect,
  ): Words & { readonly data: Readonly<Record<string, string>> } {
    const { data = {}, at } = report;
    const words = messageOf(rule, report);
    const helpAt = resourceAt(report.helpAt ?? at);
    const helping = helpAt.instance.template.input.dialectOf(helpAt.logicalId ?? '');
    if (speaksCloudFormation(dialect) && speaksCloudFormation(helping)) return { ...words, data };
    return {
      message: saidIn(dialect, rule.id, report.message, words).message,
      help: saidIn(helping, rule.id, report.message, words).help,
      data: dataIn(dialect, data, at.path, at.instance.template.input.origin),
    };
  }

  private fix(fix: ProposedFix, at: Cursor, file: TemplateFile): Fix | null {
    const { template } = at.instance;
    // What a loop makes stands in the text only once: changing it there would change every copy.
    if (fix.changes.some(({ path }) => template.sourcePath(path) !== path)) return null;
    const source = file.source();
    return source === undefined ? null : (this.options.fixes?.(source, fix) ?? null);
  }

  private related({ report }: Finding): Related[] {
    const places: { message: string; at: Located; part?: 'key' | 'value' }[] = [
      ...(report.trace ?? []).map(({ message, instance, path }) => ({
        message,
        at: { instance, path },
      })),
      ...(report.related ?? []),
    ];
    const related: Related[] = [];
    const seen = new Set<string>();
    for (const { message, at, part } of places) {
      const { instance, logicalId } = resourceAt(at);
      const range = this.range(at, part);
      const { file } = writtenPlace(this.store, at);
      // Key and value of one thing are one place to a reader.
      const key = JSON.stringify([file, message, logicalId, logicalId === null ? range : range.start.line]);
      if (seen.has(key)) continue;
      seen.add(key);
      const { input } = instance.template;
      const dialect = input.dialectOf(logicalId ?? '');
      related.push({
        message: speaksCloudFormation(dialect) ? message : inWordsOf(dialect, message),
        file,
        range,
        resource: logicalId === null ? null : input.nameOf(logicalId),
        constructPath: this.construct(instance, logicalId),
        source: this.source(instance, logicalId),
      });
    }
    return related;
  }

  /** The construct that a resource comes from; that of the resource around it where it stands in a text. */
  private construct(instance: StackInstance, logicalId: string | null): string | null {
    const [around, id] = this.declaring(instance, logicalId);
    return id === null ? null : constructPath(around, id);
  }

  private declaring(instance: StackInstance, logicalId: string | null): [StackInstance, string | null] {
    const isHeld = this.store.get(instance.template.file)?.file.within !== undefined;
    return isHeld && instance.parent !== undefined
      ? this.declaring(instance.parent.instance, instance.parent.logicalId)
      : [instance, logicalId];
  }

  private source(instance: StackInstance, logicalId: string | null): SourcePosition | null {
    const [around, id] = this.declaring(instance, logicalId);
    if (id === null) return null;
    const { file, input } = around.template;
    const declaration = input.declarationOf?.(id);
    if (declaration !== undefined) {
      const path = this.store.get(file)?.file.path;
      return (path === undefined ? undefined : this.options.declarations?.find(path, declaration)) ?? null;
    }
    const place = constructNotes(around, id)?.source;
    return place === undefined ? null : { ...place, file: reportName(this.options.cwd, place.file) };
  }

  private range(at: Located, part: 'key' | 'value' = 'value'): Range {
    const { file, path } = writtenPlace(this.store, at);
    const source = this.store.get(file)?.source();
    return source === undefined ? FILE_START : rangeOf(source, path, part);
  }
}

import { Scenario } from '../evaluate/scenario.js';
import type { ImportQuestions, Read } from '../graph/import-questions.js';
import type { TemplateLocator } from '../graph/nested-stacks.js';
import { ResourceGraph, type ResourceNode, type UnseenTemplate } from '../graph/resource-graph.js';
import type { TemplateFile, TemplateStore } from '../graph/store.js';
import { ruleThatReports } from './catalogue.js';
import { Checker } from './check.js';
import type { Finding } from './finding.js';
import { consumerKey, Outcomes, worse } from './outcome.js';
import type { ParameterValues } from './parameter-values.js';
import { possibleFindings } from './possible.js';
import type { Outcome } from './result.js';
import type { AnyRule } from './rule.js';
import type { RuleSettings } from './settings.js';
import { Trials } from './trials.js';
import { Twins } from './twins.js';

/** What the environments of a run share. */
export interface SharedParts {
  /** Every template is read and parsed once, here. */
  readonly store: TemplateStore;
  readonly locator: TemplateLocator;
  readonly rules: readonly AnyRule[];
  readonly settings: RuleSettings;
  /** Finds out whether what one environment finds may stand for another; left out where there are no others. */
  readonly ImportQuestions?: typeof ImportQuestions | undefined;
}

/** The check of one environment: its own values of parameters, and the graph that they make of the run's templates. */
export class EnvironmentRun {
  readonly graph: ResourceGraph;
  readonly checker: Checker;
  /** The environment whose findings were taken. */
  private taken: EnvironmentRun | undefined;
  /** What is checked. */
  private files: readonly TemplateFile[] = [];
  private twins: Twins | undefined;
  private judge: Outcomes | undefined;
  /** The given values that were asked for: by file, whether it is nested, and parameter, or all of a file. */
  private readonly reads = new Map<string, Read>();
  /** What the checked templates deploy and nobody can read; known after `lookAround`. */
  unseen: readonly UnseenTemplate[] = [];
  /** What the rules found, as far as some way to deploy the templates leads to it; known after `finish`. */
  findings: readonly Finding[] = [];
  /** How each consumer that asks for the exchange ended, by its key; known after `finish`. */
  outcomes: ReadonlyMap<string, Outcome> = new Map();

  /** @param name as the configuration calls it; null in a run without environments */
  constructor(
    readonly name: string | null,
    readonly parameterValues: ParameterValues,
    private readonly shared: SharedParts,
  ) {
    const { store, locator, rules, settings } = shared;
    const tell = (...read: Read): unknown => this.reads.set(read.join(' '), read);
    this.graph = new ResourceGraph(store, {
      parameterValues: (file, nested) => parameterValues.of(file, nested),
      locator,
      questions: shared.ImportQuestions && new shared.ImportQuestions(tell),
    });
    this.checker = new Checker(
      this.graph,
      rules,
      (rule, file) => settings.options(rule, file),
      () => [...store.all()].filter((file) => file.mentions.agentCore),
    );
  }

  /**
   * Finds out what some templates deploy.
   * @returns the files of it, theirs left out
   */
  lookAround(files: readonly TemplateFile[]): readonly TemplateFile[] {
    const deployed = this.graph.deployedWith(files);
    this.unseen = deployed.unseen;
    return deployed.files;
  }

  /**
   * Takes what another environment found, if it asked for no parameter that has another value here, but for those that
   * only name exports, and the names lead to the same exports here: the same questions would get the same answers.
   * @param other finished
   * @returns whether it did
   */
  takeFrom(other: EnvironmentRun): boolean {
    if (!this.isLike(other)) return false;
    this.taken = other;
    this.twins = other.twins;
    this.judge = other.judge;
    this.findings = other.findings;
    this.outcomes = other.outcomes;
    return true;
  }

  /** Whether all that another environment has asked for so far would get the same answers here. */
  private isLike(other: EnvironmentRun): boolean {
    if (this.shared.ImportQuestions === undefined) return false;
    const isSame = ([file, nested, name]: Read): boolean => {
      const [mine, theirs] = [this, other].map(({ parameterValues }) => {
        const values = parameterValues.of(file, nested);
        return name === undefined ? JSON.stringify([...values].sort()) : values.get(name);
      });
      return mine === theirs;
    };
    return [...other.reads.values()].every(isSame) && this.graph.importsLike(other.graph, isSame);
  }

  /**
   * The environment of which further answers hold here, too, after it was asked: the one whose findings were taken. Where
   * it asked for a value that differs meanwhile, this one is checked after all, to be asked itself.
   */
  standIn(): EnvironmentRun | undefined {
    const { taken } = this;
    if (taken === undefined || this.isLike(taken)) return taken;
    this.taken = undefined;
    const { files } = taken;
    const names = new Set(files.map(({ name }) => name));
    this.start(files);
    for (const file of files) this.check(file);
    this.finish((file) => names.has(file));
    return undefined;
  }

  /** Finds out what stands in several of the files that are to be checked. */
  start(files: readonly TemplateFile[]): void {
    this.files = files;
    const twins = new Twins(this.graph, files);
    this.twins = twins;
    this.checker.leaveOut((node) => twins.isSkipped(node));
  }

  /** Checks one template, in all its deployments. */
  check(file: TemplateFile): void {
    this.checker.checkFile(file);
  }

  /**
   * Draws the conclusions, once all templates are checked.
   * @param isChecked whether the template of a file was
   */
  finish(isChecked: (file: string) => boolean): void {
    this.checker.checkReferred(isChecked);
    this.checker.checkUnseen(this.unseen);
    this.reportUndecided();
    let findings = possibleFindings(this.graph, this.checker.findings.all());
    const trials =
      this.checker.ambiguous.size === 0 ? undefined : new Trials(this.graph, this.checker, findings);
    if (trials !== undefined) {
      trials.report();
      findings = possibleFindings(this.graph, this.checker.findings.all());
    }
    const { askings, undecided, internalErrors } = this.checker;
    this.judge = new Outcomes({
      graph: this.graph,
      findings,
      undecided,
      incomplete: internalErrors.size > 0,
      ...(trials !== undefined && { chosen: (node, choices) => trials.findings(node, choices) }),
    });
    const ended = this.judge.all(askings);
    const keys = this.twins?.keys();
    this.findings = this.twins?.told(findings) ?? findings;
    const outcomes = new Map<string, Outcome>();
    for (const [made, outcome] of ended) {
      const key = keys?.get(made) ?? made;
      outcomes.set(key, worse(outcomes.get(key), outcome));
    }
    this.outcomes = outcomes;
  }

  /** Tells how ways to ask for an exchange end; known after `finish`. */
  get verdicts(): Outcomes {
    if (this.judge === undefined) throw new Error('the environment is not checked yet');
    return this.judge;
  }

  /** The resource that users know for one that was looked at; undefined for one that was looked at elsewhere. */
  shown(node: ResourceNode): ResourceNode | undefined {
    return this.twins === undefined ? node : this.twins.shown(node);
  }

  /** What went past a limit is told as unresolved, once for each resource. */
  private reportUndecided(): void {
    const told = new Set<string>();
    for (const { node, reason } of this.checker.undecided) {
      const key = consumerKey(node.instance.template.file, node.logicalId);
      if (told.has(key)) continue;
      told.add(key);
      this.checker.findings.add(ruleThatReports('limit', this.shared.rules), {
        message: 'pastLimit',
        at: node.cursor,
        part: 'key',
        data: { consumer: node.logicalId, reason },
        when: Scenario.always,
      });
    }
  }
}

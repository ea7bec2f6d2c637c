import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { ConsumerRow, Diagnostic } from '../../src/lint/result.js';
import { check, type RunOptions } from '../../src/lint/run.js';
import type { Assignment } from '../oracle/deployment.js';
import { spell } from '../oracle/spelling.js';
import type { TemplateFile } from '../oracle/values.js';
import { type Fault, keyOf, type Outcome, type Truth, truthOf } from '../oracle/verdicts.js';

/** What the linter says of some templates. */
export interface Answer {
  readonly diagnostics: readonly Diagnostic[];
  /** By file and logical id, in the same words as the oracle's. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Who calls whom, where that was asked for. */
  readonly consumers: readonly ConsumerRow[];
}

/** Where the two do not say the same. */
export interface Disagreement {
  readonly kind: 'missed' | 'false' | 'scenario' | 'outcome' | 'crash';
  readonly rule: string;
  readonly resource: string;
  readonly file: string;
  readonly detail: string;
}

export interface Comparison {
  readonly disagreements: readonly Disagreement[];
  /** Consumers that the oracle calls verified or failed, and how many of them the linter leaves unverified. */
  readonly decided: number;
  readonly leftOpen: number;
}

/** @param options whether who calls whom is wanted, and the values of parameters, of environments too */
export async function answerOf(
  files: readonly { readonly name: string; readonly text: string }[],
  options: Pick<RunOptions, 'parameters' | 'environments' | 'consumers'> = {},
): Promise<Answer> {
  const { result, outcomes } = await check(
    { texts: files, ...options },
    { rules: builtInRules, url: ruleUrl },
  );
  return {
    diagnostics: result.report.diagnostics,
    consumers: result.report.consumers,
    outcomes: new Map([...outcomes].map(([key, outcome]) => [key.replace('\0', ' '), outcome])),
  };
}

export function textsOf(files: readonly TemplateFile[]): { name: string; text: string }[] {
  return files.map(({ name, template }) => ({ name, text: spell(name, template) }));
}

const answers = new WeakMap<readonly TemplateFile[], Promise<Answer>>();

/** What the linter says of some templates as they stand, and who calls whom; asked for once for all laws. */
export function answerAbout(files: readonly TemplateFile[]): Promise<Answer> {
  const answer = answers.get(files) ?? answerOf(textsOf(files), { consumers: true });
  answers.set(files, answer);
  return answer;
}

const truths = new WeakMap<readonly TemplateFile[], Truth>();

/** What the oracle says of some templates, asked for once for all laws. */
export function truthAbout(files: readonly TemplateFile[]): Truth {
  const truth = truths.get(files) ?? truthOf(files);
  truths.set(files, truth);
  return truth;
}

/** Lets the linter and the oracle look at the same templates. */
export async function compare(files: readonly TemplateFile[]): Promise<Comparison> {
  const truth = truthAbout(files);
  // What CloudFormation refuses as a circle is no deployment to speak of.
  if (truth.deployment.isCircular) return { disagreements: [], decided: 0, leftOpen: 0 };
  let answer: Answer;
  try {
    answer = await answerAbout(files);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      disagreements: [{ kind: 'crash', rule: '', file: '', resource: '', detail }],
      decided: 0,
      leftOpen: 0,
    };
  }
  const faults = answer.diagnostics.filter(({ severity }) => severity !== 'info');
  const open = [...truth.outcomes].filter(([, so]) => so === 'verified' || so === 'failed');
  return {
    disagreements: [...findings(truth, faults), ...endings(truth, answer)],
    decided: open.length,
    leftOpen: open.filter(([key]) => answer.outcomes.get(key) === 'unverified').length,
  };
}

function findings(truth: Truth, diagnostics: readonly Diagnostic[]): Disagreement[] {
  const found: Disagreement[] = [];
  const told = new Set<Fault>();
  for (const diagnostic of diagnostics) {
    const { ruleId: rule, resource, file } = diagnostic;
    const place = { rule, file, resource: resource ?? '' };
    const fault = truth.faults.find((so) => so.rule === rule && so.file === file && so.resource === resource);
    // A template that is nested and never deployed there is read as a stack of its own.
    if (!truth.possible.has(file)) continue;
    if (fault === undefined) {
      if (isLeftOut(truth, diagnostic)) continue;
      found.push({ ...place, kind: 'false', detail: JSON.stringify(diagnostic.scenario) });
      continue;
    }
    told.add(fault);
    const alone = diagnostics.filter(
      (so) => so.ruleId === rule && so.file === file && so.resource === resource,
    );
    const detail = wrongScenario(truth, fault, diagnostic, alone.length === 1);
    if (detail !== undefined) found.push({ ...place, kind: 'scenario', detail });
  }
  for (const fault of truth.faults.filter((so) => !told.has(so))) {
    const { rule, file, resource } = fault;
    const [first] = fault.holds;
    const detail = first === undefined ? '' : shown(first);
    found.push({ kind: 'missed', rule, file, resource, detail });
  }
  return found;
}

/** Whether nothing can be said of all deployments of a scenario, such as where a mapping has no entry for a key. */
function isLeftOut(truth: Truth, { file, resource, scenario }: Diagnostic): boolean {
  const out = leftOutOf(truth, file, resource ?? '');
  const within = [...(truth.possible.get(file) ?? [])].filter((so) => matches(truth, so, scenario ?? {}));
  return within.length > 0 && within.every((so) => out.has(so));
}

/** The ways to deploy that are no ways for a resource: CloudFormation refuses them for it, or nothing can be said. */
function leftOutOf({ undecided, refused }: Truth, file: string, resource: string): ReadonlySet<Assignment> {
  const key = keyOf(file, resource);
  return new Set([...(undecided.get(key) ?? []), ...(refused.get(key) ?? [])]);
}

/** Whether the fault holds in each deployment of the scenario, and there is one. */
function wrongScenario(
  truth: Truth,
  fault: Fault,
  { scenario }: Diagnostic,
  alone: boolean,
): string | undefined {
  const out = leftOutOf(truth, fault.file, fault.resource);
  const possible = [...(truth.possible.get(fault.file) ?? [])].filter((so) => !out.has(so));
  const within = possible.filter((assignment) => matches(truth, assignment, scenario ?? {}));
  const name = JSON.stringify(scenario);
  // Of some deployments nothing can be said.
  if (
    within.length === 0 &&
    [...(truth.possible.get(fault.file) ?? [])].some((so) => matches(truth, so, scenario ?? {}))
  )
    return undefined;
  if (within.length === 0) return `${name} cannot be deployed`;
  // Which values of a list parameter have an item, or a length, no scenario lists.
  if (Object.keys(scenario ?? {}).some((part) => part.includes(PART_OF))) return undefined;
  const without = within.find((assignment) => !fault.holds.has(assignment));
  if (without !== undefined) return `${name} is too wide: nothing is wrong under ${shown(without)}`;
  // Where CloudFormation refuses all other values, it is still good to name those that are left.
  if (!alone || scenario === null || fault.holds.size < truth.ways) return undefined;
  const others = possible.filter((assignment) => !within.includes(assignment));
  if (isOfDefaults(truth, scenario)) return undefined;
  if (others.every((assignment) => isRefusedSomewhere(truth, assignment))) return undefined;
  return `${name}, and it always holds`;
}

/** Whether CloudFormation refuses some template of a way to deploy them. */
function isRefusedSomewhere({ deployment }: Truth, assignment: Assignment): boolean {
  return [...deployment.deploy(assignment).byRoot.values()].some((made) => made.length === 0);
}

/** Whether the oracle tries nothing but the default of a parameter that a scenario names: another value can be given. */
function isOfDefaults({ variables }: Truth, scenario: Readonly<Record<string, string>>): boolean {
  return variables.some(({ name, values }) => scenario[name] !== undefined && values.length === 1);
}

/** How a scenario names what is made of a list parameter. */
const PART_OF = 'a part of ';

function matches(truth: Truth, assignment: Assignment, scenario: Readonly<Record<string, string>>): boolean {
  return Object.entries(scenario).every(([name, wanted]) => {
    if (name.includes(PART_OF)) return true;
    const variables = truth.variables.filter((variable) => variable.name === name);
    const values = variables.map(({ key }) => assignment.get(key) ?? '');
    const region = assignment.get('AWS::Region') ?? '';
    if (name === 'AWS::Partition') values.push(region.startsWith('cn-') ? 'aws-cn' : 'aws');
    if (!wanted.startsWith('anything but ')) return values.includes(wanted);
    const others = [...wanted.matchAll(/'([^']*)'/g)].map(([, value]) => value);
    return values.some((value) => !others.includes(value));
  });
}

/** The values of a way to deploy, by the names of the parameters. */
export function shown(assignment: Assignment): string {
  return JSON.stringify(
    Object.fromEntries(
      [...assignment].map(([key, value]) => [
        key.startsWith('[') ? (JSON.parse(key) as string[])[0] : key,
        value.replaceAll('\u0001', '?'),
      ]),
    ),
  );
}

/** Outcomes from the best to the worst. */
const WORST: readonly (Outcome | null)[] = [null, 'verified', 'unverified', 'failed'];

function endings(truth: Truth, answer: Answer): Disagreement[] {
  const found: Disagreement[] = [];
  const keys = new Set([...truth.outcomes.keys(), ...answer.outcomes.keys()]);
  for (const key of keys) {
    const right = truth.outcomes.get(key) ?? null;
    const said = answer.outcomes.get(key) ?? null;
    const [file = '', resource = ''] = key.split(' ');
    if (!truth.possible.has(file)) continue;
    // What leads into a deployment that CloudFormation refuses is followed all the same, and may be faulty.
    const isExcused = truth.undecided.has(key) && WORST.indexOf(said) > WORST.indexOf(right);
    // What CloudFormation refuses whatever the parameters are is faulty as it stands.
    const isRefused = right === null && truth.refused.has(key);
    if (right !== said && !isExcused && !isRefused) {
      found.push({
        kind: 'outcome',
        rule: `${String(right)} said ${String(said)}`,
        file,
        resource,
        detail: '',
      });
    }
  }
  return found;
}

import type { Constraint, Scenario, Variable } from '../evaluate/scenario.js';
import { isSecretName } from '../mask/secret-names.js';
import { compareText } from '../plain/compare-text.js';

/** What stands for the value of a `NoEcho` parameter, or of one whose name says that it is a secret. */
export const HIDDEN = '****';

/** How many parameters a sentence names; the report's `scenario` has them all. */
const MAX_WORDS = 6;

/** How much of a name or value a sentence quotes: a hostile one can be as long as its template. */
const MAX_QUOTED = 500;

/** How many values of one parameter a sentence names. */
const MAX_VALUES = 20;

/** Fills `{name}` placeholders; a name that the data lacks stays, so that a test sees it. */
export function fill(template: string, data: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(data, name) ? clipped(data[name] as string) : whole,
  );
}

/** A name or value as far as a report quotes it. */
export function clipped(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/**
 * A sentence with the scenarios in which it holds: "..., when Mode is 'obo'."
 * @param scenarios the simplest first; a sentence that always holds stays as it is
 */
export function withScenario(sentence: string, scenarios: readonly Scenario[]): string {
  const words = scenarioWords(scenarios);
  return words === undefined ? sentence : withClause(sentence, words);
}

/** A sentence with the environments in which it holds: "..., in the environment prod." */
export function withEnvironments(sentence: string, environments: readonly string[] | null): string {
  if (environments === null) return sentence;
  const noun = environments.length === 1 ? 'the environment' : 'the environments';
  return withClause(sentence, `in ${noun} ${listed(environments.map(clipped), 'and')}`);
}

/** A sentence with all that a reference can lead to: "...; its provider can be A or B, and none of them works." */
export function withCandidates(sentence: string, among: string | undefined): string {
  return among === undefined ? sentence : `${sentence.replace(/\.$/, '')}; ${clipped(among)}.`;
}

/** What to do about a fault, where it is one of each thing that a reference can lead to. */
export function helpForEach(help: string, among: string | undefined): string {
  return among === undefined ? help : withClause(help, 'and fix each of the others as well');
}

function withClause(sentence: string, clause: string): string {
  // A suggestion at the end stays there: "..., when Mode is 'obo'; did you mean TOKEN_EXCHANGE?"
  const [, statement = '', suggestion = '.'] = /^(.*?)(; did you mean [^;]*\?|\.)?$/s.exec(sentence) ?? [];
  return `${statement}, ${clause}${suggestion}`;
}

/** "when Mode is 'obo' or 'm2m' and Stage is not 'dev'"; undefined for what always holds. */
export function scenarioWords(scenarios: readonly Scenario[]): string | undefined {
  const [first] = scenarios;
  if (first === undefined || first.constraints.size === 0) return undefined;
  const [only] = first.constraints;
  const alike = scenarios.filter((scenario) => {
    const [entry] = scenario.constraints;
    return (
      scenario.constraints.size === 1 &&
      entry !== undefined &&
      only !== undefined &&
      entry[0] === only[0] &&
      'is' in entry[1]
    );
  });
  if (first.constraints.size === 1 && only !== undefined && 'is' in only[1] && alike.length > 1) {
    const values = alike.map((scenario) =>
      shown(only[0], (scenario.constraints.get(only[0]) as { is: string }).is),
    );
    return `when ${only[0].name} is ${oneOf(values)}`;
  }
  const parts = [...first.constraints].map(([variable, constraint]) => constraintWords(variable, constraint));
  const told = parts.slice(0, MAX_WORDS).join(' and ');
  return `when ${told}${parts.length > MAX_WORDS ? ` and ${parts.length - MAX_WORDS} more parameters are set to match` : ''}`;
}

function constraintWords(variable: Variable, constraint: Constraint): string {
  if (variable.kind === 'undecided-condition' && 'is' in constraint) {
    return `${variable.name === 'a condition' ? 'an undecided condition' : `the condition ${variable.name}`} is ${constraint.is}`;
  }
  if ('is' in constraint) return `${variable.name} is ${shown(variable, constraint.is)}`;
  return `${variable.name} is not ${oneOf(constraint.isNot.map((value) => shown(variable, value)))}`;
}

/**
 * The values of a scenario as the report gives them. A variable that only has values ruled out stands at its default
 * where that is one of the rest, else in words.
 * @returns null for a scenario that assumes nothing
 */
export function scenarioValues(scenario: Scenario | undefined): Record<string, string> | null {
  if (scenario === undefined || scenario.constraints.size === 0) return null;
  const names = new Map<string, number>();
  for (const { name } of scenario.constraints.keys()) names.set(name, (names.get(name) ?? 0) + 1);
  const values: [string, string][] = [];
  for (const [variable, constraint] of scenario.constraints) {
    const name =
      (names.get(variable.name) ?? 0) > 1
        ? `${[...variable.declaredIn].sort()[0] ?? ''}:${variable.name}`
        : variable.name;
    values.push([name, valueWords(variable, constraint, scenario)]);
  }
  values.sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(values);
}

function valueWords(variable: Variable, constraint: Constraint, scenario: Scenario): string {
  if ('is' in constraint) return isSecret(variable) ? HIDDEN : clipped(constraint.is);
  if (isSecret(variable)) return HIDDEN;
  const standIn = scenario.standIn(variable);
  return standIn === undefined
    ? `anything but ${oneOf(constraint.isNot.map((value) => `'${clipped(value)}'`))}`
    : clipped(standIn);
}

function isSecret(variable: Variable): boolean {
  return variable.secret || isSecretName(variable.name);
}

function shown(variable: Variable, value: string): string {
  return isSecret(variable) ? HIDDEN : `'${clipped(value)}'`;
}

function oneOf(values: readonly string[]): string {
  return listed(values, 'or');
}

function listed(values: readonly string[], conjunction: 'and' | 'or'): string {
  if (values.length > MAX_VALUES) {
    return `${values.slice(0, MAX_VALUES).join(', ')} ${conjunction} ${values.length - MAX_VALUES} others`;
  }
  if (values.length < 2) return values[0] ?? '';
  return `${values.slice(0, -1).join(', ')} ${conjunction} ${values[values.length - 1]}`;
}

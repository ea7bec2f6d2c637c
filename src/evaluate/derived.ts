import type { Scenario, Variable } from './scenario.js';
import {
  type Alternative,
  concatenate,
  type DerivedList,
  type ListValue,
  literal,
  symbolText,
  type TextSymbol,
  type TextValue,
  textId,
  unknown,
  type Values,
} from './value.js';

/*
 * What functions make of parameters that nobody set: the items of a list, the pieces of a text, a list put together
 * again. What it is hangs on their values and is known as soon as these are, so that a default helps to find things
 * here as it does where the parameter stands alone.
 */

/**
 * The list that a text is cut into. By default it has as many items as its parameters give it by default, or one, where
 * they have no defaults.
 * @param allowed what its items can be, when that is finitely many
 * @param parameter the list parameter that the text is
 * @returns undefined unless nothing but parameters is open in the text
 */
export function derivedList(
  text: TextValue,
  how: string,
  cut: (text: string) => readonly string[],
  allowed?: readonly string[],
  parameter?: Variable,
): ListValue | undefined {
  const from = variablesIn(text);
  if (from === undefined || from.length === 0) return undefined;
  const preset = readText(text, (variable) => variable.default);
  // The items are asked for one by one, and mostly for the same values.
  let last: { readonly whole: string; readonly items: readonly string[] } | undefined;
  const derived: DerivedList = {
    id: `${textId(text)} ${how}`,
    from,
    ...(allowed !== undefined && { values: allowed }),
    ...(parameter !== undefined && { parameter }),
    read: (values) => {
      const whole = readText(text, values);
      if (whole === undefined) return undefined;
      if (last?.whole !== whole) last = { whole, items: cut(whole) };
      return last.items;
    },
  };
  const items = preset === undefined ? [undefined] : cut(preset);
  return { kind: 'list', items: items.map((_, index) => itemOf(derived, index)), derived };
}

function itemOf(list: DerivedList, index: number): TextValue {
  const read = (values: Values): string | undefined => list.read(values)?.[index];
  const { from, values: allowed, parameter } = list;
  return symbolText({
    ...{ kind: 'derived', id: `${list.id} ${index}`, from, read },
    ...(allowed !== undefined && { values: allowed }),
    ...(parameter !== undefined && { list: { parameter, isWhole: false } }),
  });
}

/** The items of a list in one text. */
export function joined(list: DerivedList, delimiter: string): TextValue {
  const read = (values: Values): string | undefined => list.read(values)?.join(delimiter);
  const { from, parameter } = list;
  return symbolText({
    ...{ kind: 'derived', id: `${list.id} joined ${delimiter}`, from, read },
    ...(parameter !== undefined && delimiter === ',' && { list: { parameter, isWhole: true } }),
  });
}

/** How many items a list has, as a text. */
export function lengthOf({ id, from, read }: DerivedList): TextValue {
  const count = (values: Values): string | undefined => read(values)?.length.toString();
  return symbolText({ kind: 'derived', id: `${id} length`, from, read: count });
}

/** The parameters that a text hangs on; undefined when it hangs on something else as well. */
function variablesIn(text: TextValue): readonly Variable[] | undefined {
  const variables = new Set<Variable>();
  for (const part of text.parts) {
    if (typeof part === 'string') continue;
    if (part.kind !== 'variable' && part.kind !== 'derived') return undefined;
    for (const variable of openIn(part)) variables.add(variable);
  }
  return [...variables];
}

/** The parameters that a symbol hangs on. */
export function openIn(symbol: TextSymbol): readonly Variable[] {
  if (symbol.kind === 'variable') return [symbol.variable];
  return symbol.kind === 'derived' ? symbol.from : [];
}

function readText(text: TextValue, values: Values): string | undefined {
  let whole = '';
  for (const part of text.parts) {
    const piece = typeof part === 'string' ? part : readSymbol(part, values);
    if (piece === undefined) return undefined;
    whole += piece;
  }
  return whole;
}

/** What a symbol is where parameters have some values; undefined when that does not tell. */
function readSymbol(symbol: TextSymbol, values: Values): string | undefined {
  if (symbol.kind === 'variable') return values(symbol.variable);
  return symbol.kind === 'derived' ? symbol.read(values) : undefined;
}

/** The text with what is known from the values of parameters in place of its symbols. */
export function filled(text: TextValue, values: Values): TextValue {
  let changed = false;
  const parts = text.parts.map((part) => {
    const value = typeof part === 'string' ? undefined : readSymbol(part, values);
    if (value === undefined) return part;
    changed = true;
    return value;
  });
  return changed ? concatenate(parts) : text;
}

/** The text with every parameter at its default, as far as the scenario allows. */
export function withDefaults(text: TextValue, when: Scenario): TextValue {
  return filled(text, (variable) => when.valueOf(variable) ?? allowedDefault(variable, when));
}

function allowedDefault(variable: Variable, when: Scenario): string | undefined {
  const { default: preset } = variable;
  return preset !== undefined && when.allows(variable, preset) ? preset : undefined;
}

/**
 * A value with what is derived in it, where somebody has to know it: in the scenario in which the parameters have
 * their defaults, and apart from that in the rest.
 */
export function settled(alternative: Alternative): Alternative[] {
  const { value } = alternative;
  if (value.kind === 'text') {
    const from = derivedFrom(value);
    if (from.length === 0) return [alternative];
    return byDefaults(from, alternative.when).map((when) => ({
      ...alternative,
      value: filled(value, (variable) => when.valueOf(variable)),
      when,
    }));
  }
  if (value.kind !== 'list' || value.derived === undefined) return [alternative];
  const { from, read } = value.derived;
  return byDefaults(from, alternative.when).map((when) => {
    const items = read((variable) => when.valueOf(variable));
    return {
      ...alternative,
      value:
        items === undefined
          ? unknown(`the parameter ${from[0]?.name ?? ''} has no value`)
          : { kind: 'list', items: items.map((item) => literal(item)) },
      when,
    };
  });
}

/** The parameters that the derived parts of a text hang on. */
export function derivedFrom(text: TextValue): readonly Variable[] {
  return text.parts.flatMap((part) => (typeof part === 'string' || part.kind !== 'derived' ? [] : part.from));
}

/** Whether a scenario says of no part of a parameter what the parameter's own value rules out. */
export function isConsistent(when: Scenario): boolean {
  for (const [variable, constraint] of when.constraints) {
    const value = variable.follows?.((other) => when.valueOf(other));
    if (value === undefined) continue;
    if ('is' in constraint ? constraint.is !== value : constraint.isNot.includes(value)) return false;
  }
  return true;
}

/** The scenario in which all of some parameters have their defaults, and those in which one of them has not. */
export function byDefaults(variables: readonly Variable[], when: Scenario): Scenario[] {
  const others: Scenario[] = [];
  let preset = when;
  for (const variable of variables) {
    const value = preset.valueOf(variable) === undefined ? allowedDefault(variable, preset) : undefined;
    const assumed = value === undefined ? undefined : preset.assume(variable, value);
    if (value === undefined || assumed === undefined) continue;
    const other = preset.exclude(variable, value);
    if (other !== undefined) others.push(other);
    preset = assumed;
  }
  return [preset, ...others];
}

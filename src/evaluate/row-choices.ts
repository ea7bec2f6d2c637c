import { compareTexts } from './compare.js';
import type { Evaluation } from './evaluation.js';
import { MAX_ALLOWED_VALUES, PastLimit } from './limits.js';
import type { Scenario, Variable } from './scenario.js';
import { displayText, literal, type TextValue, textId } from './value.js';
import { law } from './witness.js';

/** A row, or another name, that a text means in one scenario; undefined where it means none of them. */
export interface MeantRow {
  readonly value: string | undefined;
  readonly when: Scenario;
}

/** Which of some names a text with something open in it can be: the rows of a mapping, the resources of a type. */
export class RowChoices {
  /** What stands for the open part of a text, by the names and by what stands around it. */
  private readonly openParts = new WeakMap<readonly string[], Map<string, readonly string[]>>();

  constructor(private readonly evaluation: Evaluation) {}

  /**
   * The scenario split by the rows that a text with something open in it can be, and what is left of it.
   * @param closed whether CloudFormation refuses a deployment in which it is none of them
   */
  meant(key: TextValue, rows: readonly string[], when: Scenario, closed: boolean): MeantRow[] {
    const { variables } = this.evaluation;
    const [symbol, ...others] = key.parts.filter((part) => typeof part !== 'string');
    if (symbol !== undefined && others.length === 0) {
      const [prefix, suffix] = aroundSymbol(key);
      const open = this.openPart(rows, prefix, suffix);
      return this.of(variables.unknownText(symbol), open, when, closed).map((so) => ({
        value: so.value === undefined ? undefined : `${prefix}${so.value}${suffix}`,
        when: so.when,
      }));
    }
    checkChoices(rows.length, displayText(key));
    const meant: MeantRow[] = [];
    let open: Scenario[] = [when];
    for (const row of rows) {
      const undecided = (): Variable =>
        variables.undecided(`${textId(key)} = ${row}`, `${displayText(key)} is ${row}`, undefined);
      open = open.flatMap((scenario) =>
        compareTexts(key, literal(row), scenario, variables, undecided).flatMap((so) => {
          if (!so.equal) return [so.when];
          meant.push({ value: row, when: so.when });
          return [];
        }),
      );
      this.evaluation.spend(open.length);
    }
    if (closed && meant.length > 0) {
      for (const scenario of open) law.witness?.refused(scenario);
      return meant;
    }
    return [...meant, ...open.map((scenario) => ({ value: undefined, when: scenario }))];
  }

  /** What stands for the one open part of a key, for each row that it can be; found once for the rows of a map. */
  private openPart(rows: readonly string[], prefix: string, suffix: string): readonly string[] {
    if (prefix === '' && suffix === '') return rows;
    const key = JSON.stringify([prefix, suffix]);
    const known = this.openParts.get(rows) ?? new Map<string, readonly string[]>();
    this.openParts.set(rows, known);
    let open = known.get(key);
    if (open === undefined) {
      open = rows.flatMap((row) =>
        row.startsWith(prefix) && row.endsWith(suffix) && row.length >= prefix.length + suffix.length
          ? [row.slice(prefix.length, row.length - suffix.length)]
          : [],
      );
      known.set(key, open);
      this.evaluation.spend(Math.ceil(rows.length / 100));
    }
    return open;
  }

  /**
   * The scenario split by the values of a variable that lead to something, and what is left of it.
   * @param closed whether CloudFormation refuses a deployment with any other value
   */
  of(variable: Variable, values: readonly string[], when: Scenario, closed: boolean): MeantRow[] {
    checkChoices(values.length, variable.name);
    const chosen = when.choose(variable, values);
    this.evaluation.spend(chosen.length);
    if (chosen.length > 0 && closed) return chosen;
    let rest: Scenario | undefined = when;
    for (const { value } of chosen) rest = rest?.exclude(variable, value);
    const assumed = chosen.map((so) => ({ ...so, when: so.when.withoutChoices() }));
    return rest === undefined ? assumed : [...assumed, { value: undefined, when: rest }];
  }
}

/** The literal texts around the one symbol of a text. */
function aroundSymbol({ parts }: TextValue): [string, string] {
  const [first] = parts;
  const last = parts[parts.length - 1];
  return [typeof first === 'string' ? first : '', typeof last === 'string' ? last : ''];
}

/** @throws PastLimit when there are more entries than are tried */
function checkChoices(entries: number, name: string): void {
  if (entries <= MAX_ALLOWED_VALUES) return;
  const limit = MAX_ALLOWED_VALUES.toLocaleString('en');
  throw new PastLimit(`the parameter ${name} chooses among more than ${limit} entries`);
}

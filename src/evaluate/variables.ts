import type { ParameterDeclaration } from '../template/template.js';
import { MAX_LIST_ITEMS } from './limits.js';
import type { Variable } from './scenario.js';

/** Longest pattern and text that a template's own regular expression is tried on. */
const MAX_PATTERN = 500;
const MAX_MATCHED = 200;
/** How many ways through a text a pattern may leave a backtracking matcher to try. */
const MAX_WAYS = 1_000_000;

/**
 * The variables of a run. The same parameter declared alike in two templates that are deployed side by side is one
 * variable: whoever deploys both gives both the same value. Declared differently, they are two.
 */
export class Variables {
  private readonly known = new Map<string, Variable>();
  private readonly byDeclaration = new Map<ParameterDeclaration, Variable>();

  parameter(declaration: ParameterDeclaration, file: string): Variable {
    let variable = this.byDeclaration.get(declaration);
    if (variable === undefined) {
      variable = this.declared(declaration, file);
      this.byDeclaration.set(declaration, variable);
    }
    return variable;
  }

  private declared(declaration: ParameterDeclaration, file: string): Variable {
    const { name, type, allowedValues, allowedPattern } = declaration;
    const key = JSON.stringify(['parameter', name, type, declaration.default, allowedValues, allowedPattern]);
    return this.intern(key, () => ({
      key,
      name,
      kind: 'parameter',
      file,
      values: isList(type)
        ? undefined
        : allowedValues !== undefined
          ? unique(allowedValues)
          : patternValues(allowedPattern),
      default: declaration.default,
      secret: declaration.noEcho,
      accepts: (value) => fitsLengthAndPattern(declaration, value),
    }));
  }

  /**
   * A pseudo parameter, or another setting of a deployment.
   * @param scope what it is the same within: '' for all of a run, else an instance's id
   */
  pseudoParameter(name: string, scope: string): Variable {
    const key = JSON.stringify(['pseudo', name, scope]);
    return this.intern(key, () => open(key, name, 'pseudo-parameter', undefined));
  }

  /** A condition that these templates do not decide: true or false, and the same wherever it is asked. */
  undecided(key: string, name: string, file: string | undefined): Variable {
    return this.intern(JSON.stringify(['undecided', key]), (full) => ({
      ...open(full, name, 'undecided-condition', file),
      values: ['true', 'false'],
    }));
  }

  private intern(key: string, make: (key: string) => Variable): Variable {
    let variable = this.known.get(key);
    if (variable === undefined) {
      variable = make(key);
      this.known.set(key, variable);
    }
    return variable;
  }
}

/** Whether a value is as long as a parameter wants it, and of its pattern. */
export function fitsLengthAndPattern(declaration: ParameterDeclaration, value: string): boolean {
  const { allowedPattern, minLength, maxLength, type } = declaration;
  // A list keeps to the pattern item by item.
  if (isList(type)) {
    const items = value.split(',', MAX_LIST_ITEMS + 1);
    return (
      allowedPattern === undefined ||
      items.length > MAX_LIST_ITEMS ||
      items.every((item) => matches(allowedPattern, item.trim()))
    );
  }
  return (
    value.length >= (minLength ?? 0) &&
    value.length <= (maxLength ?? Number.POSITIVE_INFINITY) &&
    (allowedPattern === undefined || matches(allowedPattern, value))
  );
}

function open(key: string, name: string, kind: Variable['kind'], file: string | undefined): Variable {
  return { key, name, kind, file, values: undefined, default: undefined, secret: false, accepts: () => true };
}

export function isList(type: string): boolean {
  return (
    type === 'CommaDelimitedList' ||
    type.startsWith('List<') ||
    type.includes('Value<List<') ||
    type.includes('CommaDelimitedList')
  );
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/**
 * The values of a pattern that is nothing but alternatives, such as `^(obo|m2m)$`; undefined for any other.
 * CloudFormation matches the whole value, so the anchors are optional.
 */
export function patternValues(pattern: string | undefined): readonly string[] | undefined {
  if (pattern === undefined || pattern === '') return undefined;
  const inner = /^\^?(?:\((?:\?:)?([^()]*)\)|([^()|]*))\$?$/.exec(pattern);
  const alternatives = (inner?.[1] ?? inner?.[2])?.split('|');
  if (alternatives === undefined || !alternatives.every((text) => /^[\w :/@,-]*$/.test(text)))
    return undefined;
  return unique(alternatives);
}

const compiled = new Map<string, RegExp | undefined>();

/**
 * Whether a text fits a parameter's pattern. A pattern that JavaScript cannot read, or that could take long to try,
 * fits everything: it then decides nothing.
 */
function matches(pattern: string, value: string): boolean {
  if (pattern.length > MAX_PATTERN || value.length > MAX_MATCHED) return true;
  if ((value.length + 1) ** choices(pattern) > MAX_WAYS) return true;
  if (!compiled.has(pattern)) {
    let expression: RegExp | undefined;
    try {
      expression = new RegExp(`^(?:${pattern})$`);
    } catch {
      // Java's syntax, not ours.
    }
    compiled.set(pattern, expression);
  }
  return compiled.get(pattern)?.test(value) ?? true;
}

/**
 * How many times a pattern lets a matcher choose where a part of it ends; infinite where choices repeat each other or
 * look around, which makes a backtracking matcher run for hours.
 */
function choices(pattern: string): number {
  const bare = pattern.replace(/\\[1-9]/g, '(?=').replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, 'x');
  if (/\(\?(?!:)/.test(bare)) return Number.POSITIVE_INFINITY;
  const plain = bare.replaceAll('(?:', '(');
  const repeated = plain.match(/[*+?]|\{\d*,\d*\}/g)?.length ?? 0;
  const branched = plain.match(/\|/g) === null ? 0 : (plain.match(/\(/g)?.length ?? 1);
  const total = repeated + branched;
  return total > 1 && /\)(?:[*+]|\{)/.test(plain) ? Number.POSITIVE_INFINITY : total;
}

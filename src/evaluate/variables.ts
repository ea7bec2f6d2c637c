import type { ParameterDeclaration } from '../template/template.js';
import { arnShapeOf } from './arn-shapes.js';
import { isList, isSsm, possibleValues, refusal } from './parameter-values.js';
import type { Variable } from './scenario.js';
import { displayText, symbolText, type TextSymbol } from './value.js';

/** What the values of pseudo parameters look like, as far as that is the same everywhere. */
const PSEUDO_SHAPES: ReadonlyMap<string, RegExp> = new Map([
  ['AWS::AccountId', /^\d{12}$/],
  ['AWS::Partition', /^aws(?:-[a-z]+)*$/],
  ['AWS::Region', /^[a-z]+(?:-[a-z]+)+-\d+$/],
  ['AWS::StackName', /^[A-Za-z][A-Za-z0-9-]*$/],
]);

/**
 * The variables of a run. The same parameter declared alike in two templates that are deployed side by side is one
 * variable: whoever deploys both gives both the same value. Declared differently, they are two. (What the `Rules` of
 * one of these templates say binds its own deployment only.)
 */
export class Variables {
  private readonly known = new Map<string, Owned>();
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
    const { name, noEcho, ...said } = declaration;
    const key = JSON.stringify(['parameter', name, ...Object.values(said)]);
    const variable = this.intern(key, () => ({
      ...open(key, name, 'parameter'),
      values: possibleValues(declaration),
      ...(isList(declaration.type) && declaration.allowedValues !== undefined
        ? { items: declaration.allowedValues }
        : {}),
      ...(isList(declaration.type) && !isSsm(declaration.type)
        ? { acceptsItem: (item) => refusal(declaration, item) === undefined }
        : {}),
      default: declaration.default,
      accepts: (value) => refusal(declaration, value) === undefined,
    }));
    variable.declaredIn.add(file);
    // What one of the templates hides is shown for none.
    variable.secret ||= noEcho;
    return variable;
  }

  /**
   * A pseudo parameter, or another setting of a deployment.
   * @param scope what it is the same within: '' for all of a run, else an instance's id
   */
  pseudoParameter(name: string, scope: string): Variable {
    const key = JSON.stringify(['pseudo', name, scope]);
    const shape = PSEUDO_SHAPES.get(name);
    return this.intern(key, () => ({
      ...open(key, name, 'pseudo-parameter'),
      accepts: (value) => shape?.test(value) ?? true,
    }));
  }

  /** A condition that these templates do not decide: true or false, and the same wherever it is asked. */
  undecided(key: string, name: string, file: string | undefined): Variable {
    const variable = this.intern(JSON.stringify(['undecided', key]), (full) => ({
      ...open(full, name, 'undecided-condition'),
      values: ['true', 'false'],
    }));
    if (file !== undefined) variable.declaredIn.add(file);
    return variable;
  }

  /** A text that is known only when it is deployed, compared with texts that it can be. */
  unknownText(symbol: TextSymbol): Variable {
    if (symbol.kind === 'variable') return symbol.variable;
    if (symbol.kind === 'derived' && symbol.list?.isWhole) return symbol.list.parameter;
    const from = symbol.kind === 'derived' ? symbol.from : [];
    return this.intern(JSON.stringify(['text', symbol.id]), (full) => ({
      ...open(full, wordsFor(symbol), 'unknown-text'),
      // A part of a secret is one. Whether a parameter is secret may be found out later.
      get secret() {
        return from.some((parameter) => parameter.secret);
      },
      values: symbol.kind === 'derived' ? symbol.values : undefined,
      accepts: (value) => mayBe(symbol, value),
      ...(symbol.kind === 'derived' && { follows: symbol.read }),
    }));
  }

  private intern(key: string, make: (key: string) => Owned): Owned {
    let variable = this.known.get(key);
    if (variable === undefined) {
      variable = make(key);
      this.known.set(key, variable);
    }
    return variable;
  }
}

/**
 * Whether a text that is known only when it is deployed can be some text: what identifies a resource is never empty, and
 * an ARN begins as one.
 */
function mayBe(symbol: TextSymbol, text: string): boolean {
  if (symbol.kind === 'derived') return symbol.list?.parameter.acceptsItem?.(text) ?? true;
  if (symbol.kind !== 'attribute') return true;
  const isArn = symbol.attribute.endsWith('Arn') || arnShapeOf(symbol) !== undefined;
  return isArn ? text.startsWith('arn:') : symbol.attribute !== 'Ref' || text !== '';
}

/** What a sentence calls a text that is known only when it is deployed. */
function wordsFor(symbol: TextSymbol): string {
  if (symbol.kind === 'opaque') return symbol.name ?? 'a value that is known only when it is deployed';
  const name = displayText(symbolText(symbol)).slice(2, -1);
  return symbol.kind === 'derived' ? `a part of ${name}` : name;
}

/** A variable as those write it who make it: what is found out of it later is added. */
type Owned = { -readonly [Key in keyof Variable]: Variable[Key] } & { readonly declaredIn: Set<string> };

function open(key: string, name: string, kind: Variable['kind']): Owned {
  return {
    key,
    name,
    kind,
    declaredIn: new Set(),
    values: undefined,
    default: undefined,
    secret: false,
    accepts: () => true,
  };
}

import { refusal } from '../evaluate/parameter-values.js';
import { isSecretName } from '../mask/secret-names.js';
import { nearest } from '../plain/did-you-mean.js';
import { own } from '../plain/map.js';
import type { ParameterDeclaration, Template } from '../template/template.js';
import { conflictingValues } from './conflict.js';
import { meansFile } from './file-pattern.js';
import type { ParameterAssignment } from './options.js';
import { clipped } from './wording.js';

/** The parameter values that the user gives, for each template. */
export class ParameterValues {
  private readonly byFile = new Map<string, ReadonlyMap<string, string>>();

  constructor(
    private readonly assignments: readonly ParameterAssignment[],
    private readonly cwd: string,
  ) {
    // Values for all templates contradict each other whichever templates there are.
    joined(assignments.filter(({ template }) => template === undefined));
  }

  /**
   * The values for a template. What was given for all templates reaches only those that are stacks of their own:
   * nested ones are given their values by the stack around them.
   * @throws UsageError when the template is given two different values for one parameter
   */
  of(file: string, nested: boolean): ReadonlyMap<string, string> {
    if (this.assignments.length === 0) return NONE;
    const key = `${file} ${nested}`;
    let parameterValues = this.byFile.get(key);
    if (parameterValues === undefined) {
      const given = this.assignments.filter(({ template }) =>
        template === undefined ? !nested : this.isFor(template, file),
      );
      parameterValues = joined(given);
      this.byFile.set(key, parameterValues);
    }
    return parameterValues;
  }

  /**
   * What does not fit the templates: unknown parameters and values that are not allowed. Values are not shown.
   * @param checked the templates that are reported on; asked for only when there are values, since it can mean parsing
   *   what nobody else reads
   * @param all these and those of the context; asked for only where the checked ones do not declare a parameter
   */
  notes(checked: () => readonly Template[], all: () => readonly Template[]): string[] {
    if (this.assignments.length === 0) return [];
    let templates = checked();
    if (!this.assignments.every((assignment) => this.isDeclared(assignment, templates))) templates = all();
    const notes: string[] = [];
    for (const { template: pattern, values, origin } of this.assignments) {
      const meant = templates.filter((template) => this.isMeant(pattern, template));
      if (meant.length === 0) {
        if (pattern !== undefined) notes.push(`${origin}: no template of this run is ${pattern}`);
        continue;
      }
      for (const [name, value] of Object.entries(values)) {
        const declared = meant.flatMap((template) => template.parameters.get(name) ?? []);
        if (declared.length === 0) {
          const near = nearest(
            name,
            meant.flatMap((template) => [...template.parameters.keys()]),
          );
          const suggestion = near === undefined ? '' : `; did you mean ${near}?`;
          notes.push(`${origin}: no template has a parameter ${name}${suggestion}`);
        }
        const wrong = declared.flatMap((declaration) => misfit(declaration, value) ?? [])[0];
        if (wrong !== undefined) notes.push(`${origin}: the value of ${name} ${wrong}`);
      }
    }
    return [...new Set(notes)];
  }

  private isDeclared(
    { template: pattern, values }: ParameterAssignment,
    templates: readonly Template[],
  ): boolean {
    const meant = templates.filter((template) => this.isMeant(pattern, template));
    return Object.keys(values).every((name) => meant.some(({ parameters }) => parameters.has(name)));
  }

  private isMeant(pattern: string | undefined, { file }: Template): boolean {
    return pattern === undefined || this.isFor(pattern, file);
  }

  private isFor(pattern: string, file: string): boolean {
    return meansFile(pattern, file, this.cwd);
  }
}

/** Why CloudFormation would not take a value for a parameter, as what follows "the value of NAME". */
function misfit(declaration: ParameterDeclaration, value: string): string | undefined {
  const { name, allowedValues, allowedPattern, minValue, maxValue, noEcho } = declaration;
  const isSecret = noEcho || isSecretName(name);
  switch (refusal(declaration, value)) {
    case undefined:
      return undefined;
    case 'not allowed':
      return `is not one that it allows${isSecret ? '' : ` (${clipped((allowedValues ?? []).join(', '))})`}`;
    case 'no number':
      return 'is no number';
    case 'out of range':
      return `is not between its MinValue (${minValue ?? 'none'}) and MaxValue (${maxValue ?? 'none'})`;
    case 'empty':
      return 'is empty';
    case 'length or pattern':
      return allowedPattern === undefined
        ? 'is not of the length that it allows'
        : `does not fit its AllowedPattern (${allowedPattern}) or length`;
  }
}

/**
 * The values of some assignments that all hold for one template.
 * @throws UsageError when two of the same weight differ
 */
function joined(assignments: readonly ParameterAssignment[]): ReadonlyMap<string, string> {
  const known = new Map<string, { value: string; weight: number; place: string }>();
  for (const { template, values, origin, places, precedence = 0, strict = false } of assignments) {
    // What is given for one template counts before what is given for all with the same precedence.
    const weight = 2 * precedence + (template === undefined || strict ? 0 : 1);
    for (const [name, value] of Object.entries(values)) {
      const place = (places !== undefined && own(places, name)) || origin;
      const other = known.get(name);
      if (other !== undefined && other.weight > weight) continue;
      if (other !== undefined && other.weight === weight && other.value !== value)
        throw conflictingValues(name, other.place, String(place));
      if (other?.weight !== weight) known.set(name, { value, weight, place: String(place) });
    }
  }
  return new Map([...known].map(([name, { value }]) => [name, value]));
}

const NONE: ReadonlyMap<string, string> = new Map();

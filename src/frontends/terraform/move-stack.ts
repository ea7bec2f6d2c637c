import { isTrue } from '../../plain/is-true.js';
import { isMap, own, ownMap, type PlainMap } from '../../plain/map.js';
import { replacePlaceholders } from '../../plain/placeholders.js';
import { unknownValue } from '../front-end.js';

/** A template of CloudFormation that a resource of Terraform's deploys. */
export interface EmbeddedStack {
  /** The address of the resource: stands before the names of the template, so that none meets one of another. */
  readonly address: string;
  readonly template: PlainMap;
  readonly stackName: string | undefined;
  /** The value of a parameter; undefined where the stack is not given one. */
  parameter(name: string): unknown;
}

/** The parts of a stack under names that are its own, to stand beside others in one template. */
export interface MovedStack {
  readonly sections: Readonly<
    Record<'Resources' | 'Parameters' | 'Conditions' | 'Mappings' | 'Outputs', PlainMap>
  >;
  /** The name that a logical id of the stack's template bears now. */
  moved(logicalId: string): string;
  /** What an output gives; undefined for one that the template does not declare. */
  output(name: string): unknown;
}

const SECTIONS = ['Resources', 'Conditions', 'Mappings', 'Outputs'] as const;

/** Macros that leave the resources read here as they are, unless a loop uses them. */
const HARMLESS = /^AWS::(?:LanguageExtensions|CodeDeployBlueGreen|SecretsManager-)/;

/**
 * Whether the template can stand among others: nothing that rewrites it as a whole may be in it, and no loop.
 * @param template its top
 */
export function canMove(template: PlainMap): boolean {
  const transform = own(template, 'Transform');
  const macros = Array.isArray(transform) ? transform : transform === undefined ? [] : [transform];
  return (
    macros.every((macro) => typeof macro === 'string' && HARMLESS.test(macro)) &&
    !['Fn::Transform', 'Fn::ForEach'].some((key) => JSON.stringify(template).includes(`"${key}`))
  );
}

/** Moves a stack's template: every name that it declares gets the address of the stack in front. */
export function moveStack(stack: EmbeddedStack): MovedStack {
  const moving = new Moving(stack);
  const sections = { Parameters: moving.parameters() } as Record<string, PlainMap>;
  for (const section of SECTIONS) sections[section] = moving.section(section);
  return {
    sections: sections as MovedStack['sections'],
    moved: (logicalId) => moving.name(logicalId),
    output: (name) => {
      const value = own(own(ownMap(stack.template, 'Outputs'), name), 'Value');
      return value === undefined ? undefined : moving.value(value);
    },
  };
}

class Moving {
  private readonly declared: PlainMap;

  constructor(private readonly stack: EmbeddedStack) {
    this.declared = ownMap(stack.template, 'Parameters');
  }

  name(logicalId: string): string {
    return `${this.stack.address}/${logicalId}`;
  }

  /** A section with its entries moved. */
  section(section: (typeof SECTIONS)[number]): PlainMap {
    return Object.fromEntries(
      Object.entries(ownMap(this.stack.template, section)).map(([name, entry]) => [
        this.name(name),
        section === 'Mappings' ? entry : this.entry(entry, section),
      ]),
    );
  }

  private entry(entry: unknown, section: (typeof SECTIONS)[number]): unknown {
    const moved = this.value(entry);
    const condition = own(entry, 'Condition');
    return isMap(moved) && typeof condition === 'string' && section !== 'Conditions'
      ? { ...moved, Condition: this.name(condition) }
      : moved;
  }

  /** What has to stay a parameter: secrets, and what an SSM parameter gives. */
  parameters(): PlainMap {
    return Object.fromEntries(
      Object.entries(this.declared).flatMap(([name, declaration]) => {
        if (!isMap(declaration) || !this.stays(declaration)) return [];
        const { Default: preset, AllowedValues: _, ...rest } = declaration as Record<string, unknown>;
        const given = this.isSecret(declaration) ? undefined : (this.stack.parameter(name) ?? preset);
        return [[this.name(name), typeof given === 'string' ? { ...rest, Default: given } : rest]];
      }),
    );
  }

  private stays(declaration: PlainMap): boolean {
    return this.isSecret(declaration) || String(own(declaration, 'Type')).includes('AWS::SSM::Parameter::');
  }

  private isSecret(declaration: PlainMap): boolean {
    return isTrue(own(declaration, 'NoEcho'));
  }

  /** A value with everything that it refers to under its new name. */
  value(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (!isMap(value)) return value;
    const [key, ...others] = Object.keys(value);
    if (key !== undefined && others.length === 0) {
      const call = this.call(key, value[key]);
      if (call !== undefined) return call.value;
    }
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, this.value(entry)]));
  }

  /** An intrinsic function that names something; undefined for any other, whose arguments are values. */
  private call(name: string, argument: unknown): { readonly value: unknown } | undefined {
    switch (name) {
      case 'Ref':
        return typeof argument === 'string' ? { value: this.ref(argument) } : undefined;
      case 'Condition':
        return typeof argument === 'string' ? { value: { Condition: this.name(argument) } } : undefined;
      case 'Fn::GetAtt':
        return this.getAtt(argument);
      case 'Fn::Sub':
        return this.sub(argument);
      case 'Fn::If': {
        if (!Array.isArray(argument)) return undefined;
        const [condition, ...branches] = argument;
        const named = typeof condition === 'string' ? this.name(condition) : this.value(condition);
        return { value: { [name]: [named, ...branches.map((branch) => this.value(branch))] } };
      }
      case 'Fn::FindInMap': {
        if (!Array.isArray(argument)) return undefined;
        const [map, ...keys] = argument;
        const named = typeof map === 'string' ? this.name(map) : this.value(map);
        return { value: { [name]: [named, ...keys.map((one) => this.value(one))] } };
      }
      default:
        return undefined;
    }
  }

  private ref(name: string): unknown {
    if (name === 'AWS::StackName' && this.stack.stackName !== undefined) return this.stack.stackName;
    if (name.startsWith('AWS::')) return { Ref: name };
    const declaration = own(this.declared, name);
    if (!isMap(declaration)) return { Ref: this.name(name) };
    return this.stays(declaration) ? { Ref: this.name(name) } : this.argument(name, declaration);
  }

  /** What a parameter holds in this stack: what it is given, else its default. */
  private argument(name: string, declaration: PlainMap): unknown {
    const value = this.stack.parameter(name) ?? own(declaration, 'Default');
    if (value === undefined) {
      return unknownValue(`the parameter ${name} of ${this.stack.address} is known only after apply`);
    }
    const isList = /^(?:CommaDelimitedList|List<)/.test(String(own(declaration, 'Type')));
    return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  }

  private getAtt(argument: unknown): { readonly value: unknown } | undefined {
    const parts =
      typeof argument === 'string'
        ? /^([^.]+)\.(.+)$/s.exec(argument)?.slice(1)
        : Array.isArray(argument)
          ? argument
          : undefined;
    const [logicalId, ...attribute] = parts ?? [];
    if (typeof logicalId !== 'string') return undefined;
    return { value: { 'Fn::GetAtt': [this.name(logicalId), ...attribute.map((one) => this.value(one))] } };
  }

  /** `${Name}` cannot hold an address: what a text refers to gets a variable each. */
  private sub(argument: unknown): { readonly value: unknown } | undefined {
    const [text, given] = Array.isArray(argument) ? argument : [argument, undefined];
    if (typeof text !== 'string') return undefined;
    const variables = new Map(
      Object.entries(isMap(given) ? given : {}).map(([name, value]) => [name, this.value(value)]),
    );
    const moved = replacePlaceholders(text, ({ name: written }) => {
      const name = written.trim();
      if (written === '' || written.startsWith('!') || variables.has(name)) return undefined;
      if (name.startsWith('AWS::') && name !== 'AWS::StackName') return undefined;
      const variable = `Moved${variables.size}`;
      variables.set(variable, name.includes('.') ? this.getAtt(name)?.value : this.ref(name));
      return `\${${variable}}`;
    });
    return { value: { 'Fn::Sub': variables.size === 0 ? moved : [moved, Object.fromEntries(variables)] } };
  }
}

import type { Random } from './random.js';
import { isList, isMap, type Plain, type PlainMap } from './values.js';

/** A template as JSON or YAML, as its file's name says; with a random source, in one of the ways that YAML has for it. */
export function spell(name: string, template: PlainMap, random?: Random): string {
  return name.endsWith('.json')
    ? JSON.stringify(template, null, 1)
    : `${new Yaml(random).block(template, 0).trimStart()}\n`;
}

/** The short tags, and which of their arguments may stand behind them as they are. */
const TAGGED =
  /^(?:Ref|Condition|Fn::(?:GetAtt|Sub|If|Equals|And|Or|Not|Join|Select|Split|FindInMap|ImportValue|ToJsonString|Length|Transform|Base64|GetAZs|Cidr))$/;

class Yaml {
  constructor(private readonly random: Random | undefined) {}

  /** A value behind a key or a dash: begins with a space or a line break. */
  block(value: Plain, depth: number): string {
    const pad = '  '.repeat(depth);
    if (isMap(value)) {
      const entries = Object.entries(value);
      const [only] = entries;
      if (only !== undefined && entries.length === 1 && this.isTagged(only[0], only[1]))
        return this.tagged(only, depth);
      if (entries.length === 0) return ' {}';
      if (this.chance(0.2)) return ` ${this.flow(value)}`;
      return entries
        .map(([key, child]) => `\n${pad}${this.scalar(key)}:${this.block(child, depth + 1)}`)
        .join('');
    }
    if (isList(value)) {
      if (value.length === 0) return ' []';
      if (this.chance(0.3)) return ` ${this.flow(value)}`;
      return value.map((item) => `\n${pad}-${this.block(item, depth + 1)}`).join('');
    }
    return ` ${this.scalar(value)}`;
  }

  private tagged([name, argument]: readonly [string, Plain], depth: number): string {
    const tag = `!${name.replace('Fn::', '')}`;
    if (
      name === 'Fn::GetAtt' &&
      isList(argument) &&
      argument.every((step) => typeof step === 'string') &&
      this.chance(0.7)
    )
      return ` ${tag} ${this.scalar(argument.join('.'))}`;
    return ` ${tag}${this.block(argument, depth)}`;
  }

  private flow(value: Plain): string {
    if (isMap(value)) {
      return `{${Object.entries(value)
        .map(([key, child]) => `${JSON.stringify(key)}: ${this.flow(child)}`)
        .join(', ')}}`;
    }
    if (isList(value)) return `[${value.map((item) => this.flow(item)).join(', ')}]`;
    return JSON.stringify(value);
  }

  /** `Condition` names a condition only where it stands alone, never on a resource. */
  private isTagged(name: string, argument: Plain): boolean {
    if (name === 'Condition') return typeof argument === 'string' && this.chance(0.5);
    // Two tags cannot stand in a row.
    return TAGGED.test(name) && !isMap(argument) && this.chance(0.8);
  }

  private scalar(value: Plain): string {
    if (
      typeof value === 'string' &&
      /^[A-Za-z][A-Za-z0-9]*$/.test(value) &&
      !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)
    )
      return value;
    return JSON.stringify(value);
  }

  private chance(probability: number): boolean {
    return this.random === undefined ? probability > 0.5 : this.random.chance(probability);
  }
}

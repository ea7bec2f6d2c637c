import { own } from '../plain/map.js';
import { isSecretName } from './secret-names.js';

/** Shorter texts are words that stand anywhere; only what is certain to be secret is looked for then. */
const SHORTEST_LIKELY = 6;
/** Values shorter than this are hidden in quotes only. */
const SHORTEST = 3;
/** From this length on a value is hidden within a longer word as well: it may have been put together with others. */
const LONG = 12;

/** What a value is not: a reference, a constant of an API, a number. */
const NO_SECRET =
  /^(?:true|false|null|none|\{\{resolve:.*\}\}|arn:.*|\$\{[^}]*\}|[A-Z]+(?:_[A-Z0-9]+)+|https?:\/\/[^@]*)$/s;

/** Maps that say in one entry what the other one holds: `{ Name: CLIENT_SECRET, Value: ... }`. */
const NAME_KEYS = ['Name', 'Key', 'ParameterKey', 'name', 'key'];
const VALUE_KEYS = ['Value', 'value', 'ParameterValue'];

/** Values that are secrets by what the templates do with them, however they look. */
export class SecretValues {
  private readonly quoted = new Set<string>();
  /** The values by their first characters. */
  private readonly byStart = new Map<string, Set<string>>();

  /**
   * Takes in a value, and each line of it.
   * @param isCertain whether somebody says that it is secret, or only its name does
   */
  add(value: string, isCertain: boolean): void {
    for (const line of value.split(/[\r\n]+/)) {
      const text = line.trim();
      if (text.length < (isCertain ? 1 : SHORTEST_LIKELY) || NO_SECRET.test(text)) continue;
      if (text.length < SHORTEST) {
        this.quoted.add(text);
        continue;
      }
      // As it is, and as it stands in the text of a JSON string.
      for (const form of new Set([text, JSON.stringify(text).slice(1, -1)])) {
        const start = form.slice(0, SHORTEST);
        this.byStart.set(start, (this.byStart.get(start) ?? new Set()).add(form));
      }
    }
  }

  /** Takes in what a template's parameters and keys say to be secret, and what these are taken from. */
  addTemplate(template: unknown): void {
    new TemplateSecrets(template, (value, isCertain) => this.add(value, isCertain)).collect();
  }

  /**
   * The text without the values.
   * @param replace what stands for a value
   */
  hide(text: string, replace: (value: string) => string): string {
    const open = this.quoted.size === 0 ? text : this.hideQuoted(text, replace);
    return this.byStart.size === 0 ? open : this.hideLonger(open, replace);
  }

  private hideQuoted(text: string, replace: (value: string) => string): string {
    return text.replace(/(['"])(.{1,2})\1/g, (whole, quote: string, value: string) =>
      this.quoted.has(value) ? quote + replace(value) + quote : whole,
    );
  }

  private hideLonger(text: string, replace: (value: string) => string): string {
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at + SHORTEST <= text.length; ) {
      const value = this.at(text, at);
      if (value === undefined) {
        at++;
        continue;
      }
      parts.push(text.slice(from, at), replace(value));
      at += value.length;
      from = at;
    }
    return from === 0 ? text : parts.join('') + text.slice(from);
  }

  /** The longest value that stands at an offset. */
  private at(text: string, offset: number): string | undefined {
    let longest: string | undefined;
    for (const value of this.byStart.get(text.slice(offset, offset + SHORTEST)) ?? []) {
      if (value.length <= (longest?.length ?? 0) || !text.startsWith(value, offset)) continue;
      if (value.length < LONG && isWithinWord(text, offset, offset + value.length)) continue;
      longest = value;
    }
    return longest;
  }
}

function isWithinWord(text: string, start: number, end: number): boolean {
  const isWord = (at: number) => /\w/.test(text[at] ?? '');
  return (isWord(start - 1) && isWord(start)) || (isWord(end - 1) && isWord(end));
}

type Map_ = Readonly<Record<string, unknown>>;

/** Finds the secrets of one template; no more than what stands in it is followed. */
class TemplateSecrets {
  /** What has been taken in already: a secret map can be referred to from everywhere. */
  private readonly seen = new Set<unknown>();
  private isCertain = false;

  constructor(
    private readonly template: unknown,
    private readonly found: (value: string, isCertain: boolean) => void,
  ) {}

  collect(): void {
    for (const [name, declaration] of Object.entries(asMap(own(this.template, 'Parameters')))) {
      const noEcho = own(declaration, 'NoEcho');
      this.isCertain = noEcho === true || noEcho === 'true';
      if (this.isCertain || isSecretName(name)) this.parameter(declaration);
    }
    this.isCertain = false;
    this.search(this.template);
  }

  private search(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) this.search(item);
      return;
    }
    const map = value as Map_;
    const named = namesSecret(map);
    // `for in` makes no list of entries. Plain maps inherit no keys.
    for (const key in map) {
      const entry = map[key];
      if (isSecretName(key) || (named && VALUE_KEYS.includes(key))) this.secret(entry);
      if (typeof entry === 'object') this.search(entry);
    }
  }

  private parameter(declaration: unknown): void {
    this.secret(own(declaration, 'Default'));
    this.secret(own(declaration, 'AllowedValues'));
  }

  /** Takes in every text that a secret's value can be built of. */
  private secret(value: unknown): void {
    if (typeof value === 'string' || typeof value === 'number') {
      this.found(String(value), this.isCertain);
      return;
    }
    if (typeof value !== 'object' || value === null || this.seen.has(value)) return;
    this.seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) this.secret(item);
      return;
    }
    const [name, ...others] = Object.keys(value);
    if (name === undefined || others.length > 0) return;
    const argument = own(value, name);
    switch (name) {
      case 'Ref':
        this.parameter(own(own(this.template, 'Parameters'), textOf(argument)));
        return;
      case 'Fn::Sub':
        this.substitution(argument);
        return;
      case 'Fn::If':
        this.secret(own(argument, 1));
        this.secret(own(argument, 2));
        return;
      case 'Fn::FindInMap':
        this.mapping(argument);
        return;
      case 'Fn::Join':
      case 'Fn::Select':
      case 'Fn::Split':
        this.secret(own(argument, 1));
        return;
      case 'Fn::Base64':
        this.secret(argument);
        return;
      default:
    }
  }

  private substitution(argument: unknown): void {
    const text = Array.isArray(argument) ? argument[0] : argument;
    if (typeof text !== 'string') return;
    for (const piece of text.split(/\$\{[^}]*\}/)) this.found(piece, this.isCertain);
    for (const entry of Object.values(asMap(own(argument, 1)))) this.secret(entry);
    for (const [, name = ''] of text.matchAll(/\$\{([^}!]+)\}/g)) this.secret({ Ref: name.trim() });
  }

  /** The entry that the keys name; all entries below a key that is no literal. */
  private mapping(argument: unknown): void {
    let open: unknown[] = [own(this.template, 'Mappings')];
    for (const step of [0, 1, 2]) {
      const key = own(argument, step);
      open = open.flatMap((map) => (typeof key === 'string' ? [own(map, key)] : Object.values(asMap(map))));
    }
    for (const entry of open) this.secret(entry);
    this.secret(own(own(argument, 3), 'DefaultValue'));
  }
}

/** Whether an entry of the map says that another one holds a secret. */
function namesSecret(map: Map_): boolean {
  for (const key of NAME_KEYS) {
    if (Object.hasOwn(map, key) && isSecretName(textOf(map[key]))) return true;
  }
  return false;
}

function asMap(value: unknown): Map_ {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Map_) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

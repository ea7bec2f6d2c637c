import { isTrue } from '../plain/is-true.js';
import { own } from '../plain/map.js';
import { placeholders } from '../plain/placeholders.js';
import { SecretIndex } from './secret-index.js';
import { isSecretName } from './secret-names.js';

/** Shorter texts are words that stand anywhere; only what is certain to be secret is looked for then. */
const SHORTEST_LIKELY = 6;
/** Values shorter than this are hidden in quotes only. */
const SHORTEST = 3;
/** From this length on a value is hidden within a longer word as well: it may have been put together with others. */
const LONG = 12;

/** A run whose templates split texts at more delimiters than this is hostile: every stretch of a secret is hidden then. */
const MAX_DELIMITERS = 50;
/** How long a stretch of a secret is that is hidden then. */
const GRAM_LENGTH = SHORTEST;

/** How many entries of mappings are followed one by one; past it all that mappings hold is taken for secret. */
const MAX_MAPPING_STEPS = 200_000;

/** What a value is not: a reference, a constant of an API, a number. */
const NO_SECRET =
  /^(?:true|false|null|none|\{\{resolve:.*\}\}|arn:.*|\$\{[^}]*\}|[A-Z]+(?:_[A-Z0-9]+)+|https?:\/\/[^@]*)$/s;

/** Maps that say in one entry what the other one holds: `{ Name: CLIENT_SECRET, Value: ... }`. */
const NAME_KEYS = ['Name', 'Key', 'ParameterKey', 'name', 'key'];
const VALUE_KEYS = ['Value', 'value', 'ParameterValue'];

/** Functions that tell whether a value is the same as others. */
const COMPARISONS = ['Fn::Equals', 'Fn::Contains'];
/** Functions whose second argument is what they take a value from. */
const TAKEN_FROM = ['Fn::Select', 'Fn::Split', 'Fn::Join'];

/** Values that are secrets by what the templates do with them, however they look. */
export class SecretValues {
  private readonly quoted = new Set<string>();
  private readonly longer = new SecretIndex();
  /** The stretches of secrets, in a run that takes them apart everywhere. */
  private readonly grams = new Set<string>();
  /** Where templates take texts apart: a piece of a secret is one, too. */
  private readonly delimiters = new Set<string>([',']);
  /** Parameters that some template of the run says to be secret: what is passed to them is. */
  private readonly noEcho = new Set<string>();

  /**
   * Takes in a value, each line of it, and where it is certain each piece that templates take out of it.
   * @param isCertain whether somebody says that it is secret, or only its name does
   */
  add(value: string, isCertain: boolean): void {
    this.addText(value, isCertain);
    if (!isCertain) return;
    if (this.delimiters.size > MAX_DELIMITERS) this.addGrams(value);
    else this.addPieces(value);
  }

  /** What a template takes out of a value that it splits at many places can be any of its stretches. */
  private addGrams(value: string): void {
    for (let at = 0; at < value.length; at++) {
      for (let length = 1; length < GRAM_LENGTH; length++) this.quoted.add(value.slice(at, at + length));
      if (at + GRAM_LENGTH <= value.length) this.grams.add(value.slice(at, at + GRAM_LENGTH));
    }
  }

  private addPieces(value: string): void {
    for (const delimiter of this.delimiters) {
      if (!value.includes(delimiter)) continue;
      for (const piece of value.split(delimiter)) this.addText(piece, true);
    }
  }

  /** Takes in how the templates of a run take texts apart, and which parameters are secret; before their values. */
  prepare(template: unknown): void {
    for (const name of noEchoParameters(template)) this.noEcho.add(name);
    splitDelimiters(template, this.delimiters);
  }

  private addText(value: string, isCertain: boolean): void {
    for (const line of value.split(/[\r\n]+/)) {
      const text = line.trim();
      if (text.length < (isCertain ? 1 : SHORTEST_LIKELY) || NO_SECRET.test(text)) continue;
      if (text.length < SHORTEST) {
        this.quoted.add(text);
        continue;
      }
      // As it is, and as it stands in the text of a JSON string.
      for (const form of new Set([text, JSON.stringify(text).slice(1, -1)])) this.longer.add(form);
    }
  }

  /** Takes in what a template's parameters and keys say to be secret, and what these are taken from. */
  addTemplate(template: unknown): void {
    new TemplateSecrets(template, this.noEcho, (value, isCertain) => this.add(value, isCertain)).collect();
  }

  /**
   * The text without the values.
   * @param replace what stands for a value; `apart` where the value is all of the text, or in quotes
   */
  hide(text: string, replace: (value: string, apart: boolean) => string): string {
    if (this.quoted.has(text)) return replace(text, true);
    const open = this.quoted.size === 0 ? text : this.hideQuoted(text, replace);
    const whole = this.longer.isEmpty ? open : this.hideLonger(open, replace);
    return this.grams.size === 0 ? whole : this.hideGrams(whole, replace);
  }

  private hideQuoted(text: string, replace: Replace): string {
    return text.replace(/(['"])(.{1,2})\1/g, (whole, quote: string, value: string) =>
      this.quoted.has(value) ? quote + replace(value, true) + quote : whole,
    );
  }

  private hideGrams(text: string, replace: Replace): string {
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at + GRAM_LENGTH <= text.length; at++) {
      if (!this.grams.has(text.slice(at, at + GRAM_LENGTH))) continue;
      let end = at + GRAM_LENGTH;
      while (end < text.length && this.grams.has(text.slice(end + 1 - GRAM_LENGTH, end + 1))) end++;
      parts.push(text.slice(from, at), replace(text.slice(at, end), isApart(text, at, end)));
      from = end;
      at = end - 1;
    }
    return from === 0 ? text : parts.join('') + text.slice(from);
  }

  private hideLonger(text: string, replace: Replace): string {
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at + SHORTEST <= text.length; ) {
      const length = this.longer.lengthAt(
        text,
        at,
        (found) => found >= LONG || !isWithinWord(text, at, at + found),
      );
      if (length === 0) {
        at++;
        continue;
      }
      const end = at + length;
      parts.push(text.slice(from, at), replace(text.slice(at, end), isApart(text, at, end)));
      at = from = end;
    }
    return from === 0 ? text : parts.join('') + text.slice(from);
  }
}

/** What stands for a value that is hidden. */
type Replace = (value: string, apart: boolean) => string;

/** Whether a stretch is all of a text, or stands in quotes. */
function isApart(text: string, start: number, end: number): boolean {
  const before = text[start - 1];
  return before === text[end] && (before === undefined || before === "'" || before === '"');
}

function isWithinWord(text: string, start: number, end: number): boolean {
  const isWord = (at: number) => /\w/.test(text[at] ?? '');
  return (isWord(start - 1) && isWord(start)) || (isWord(end - 1) && isWord(end));
}

type Map_ = Readonly<Record<string, unknown>>;

/** What has been taken in, as likely and as certain to be secret. */
class Seen {
  private readonly likely = new Set<unknown>();
  private readonly certain = new Set<unknown>();

  /** Whether something was not taken in yet so; it has been from now on. */
  isNew(value: unknown, isCertain: boolean): boolean {
    const seen = isCertain ? this.certain : this.likely;
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  }
}

/** Finds the secrets of one template; no more than what stands in it is followed. */
class TemplateSecrets {
  /**
   * What has been taken in already: a secret map can be referred to from everywhere. One map can be met as a value and
   * as a declaration, of which other entries are secret, so each way of taking in has its own.
   */
  private readonly seen = { value: new Seen(), parameter: new Seen(), everything: new Seen() };
  /** Whether values that were looked at are taken from a secret parameter. */
  private readonly ofNoEcho = new Map<object, boolean>();
  private isCertain = false;
  private mappingSteps = 0;
  /** Whether a value that is certain to be secret is taken from a mapping. */
  private isMappingCertain = false;

  constructor(
    private readonly template: unknown,
    private readonly noEcho: ReadonlySet<string>,
    private readonly found: (value: string, isCertain: boolean) => void,
  ) {}

  collect(): void {
    for (const [name, declaration] of Object.entries(asMap(own(this.template, 'Parameters')))) {
      this.isCertain = isNoEcho(declaration);
      if (this.isCertain || isSecretName(name)) this.parameter(declaration);
    }
    this.isCertain = false;
    this.search(this.template);
    if (this.mappingSteps <= MAX_MAPPING_STEPS) return;
    // At the end, so that it does not matter which of the references went past the limit.
    this.isCertain = this.isMappingCertain;
    this.everything(own(this.template, 'Mappings'));
    this.isCertain = false;
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
      if (key === 'Parameters') this.passed(entry);
      if (COMPARISONS.includes(key)) this.compared(entry);
      if (typeof entry === 'object') this.search(entry);
    }
  }

  /** What a stack passes to the parameters of a nested one: secret where these are. */
  private passed(values: unknown): void {
    for (const [name, value] of Object.entries(asMap(values))) {
      if (!this.noEcho.has(name)) continue;
      this.isCertain = true;
      this.secret(value);
      this.isCertain = false;
    }
  }

  /** What a secret is compared with may be what it is. */
  private compared(sides: unknown): void {
    const [one, other] = [own(sides, 0), own(sides, 1)];
    this.isCertain = true;
    if (this.isOfNoEcho(one)) this.secret(other);
    if (this.isOfNoEcho(other)) this.secret(one);
    this.isCertain = false;
  }

  /** Whether a value is, or is put together or cut out of, a parameter that is secret. */
  private isOfNoEcho(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    let known = this.ofNoEcho.get(value);
    if (known === undefined) {
      known = this.takesNoEcho(value);
      this.ofNoEcho.set(value, known);
    }
    return known;
  }

  private takesNoEcho(value: object): boolean {
    if (Array.isArray(value)) return value.some((item) => this.isOfNoEcho(item));
    const isNamed = (name: unknown): boolean => isNoEcho(own(own(this.template, 'Parameters'), textOf(name)));
    if (isNamed(own(value, 'Ref'))) return true;
    const sub = own(value, 'Fn::Sub');
    const names = [...placeholders(textOf(Array.isArray(sub) ? sub[0] : sub))].map(({ name }) => name.trim());
    if (names.some(isNamed)) return true;
    const parts = TAKEN_FROM.map((name) => own(value, name)).find((one) => one !== undefined);
    return this.isOfNoEcho(own(parts, 1)) || this.isOfNoEcho(own(value, 'Fn::Base64'));
  }

  private parameter(declaration: unknown): void {
    if (!this.seen.parameter.isNew(declaration, this.isCertain)) return;
    this.secret(own(declaration, 'Default'));
    this.secret(own(declaration, 'AllowedValues'));
  }

  /** Takes in every text that a secret's value can be built of. */
  private secret(value: unknown): void {
    if (typeof value === 'string' || typeof value === 'number') {
      this.found(String(value), this.isCertain);
      return;
    }
    if (typeof value !== 'object' || value === null || !this.seen.value.isNew(value, this.isCertain)) return;
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
    let from = 0;
    for (const { start, end, name } of placeholders(text)) {
      this.found(text.slice(from, start), this.isCertain);
      from = end;
      if (!name.startsWith('!')) this.secret({ Ref: name.trim() });
    }
    this.found(text.slice(from), this.isCertain);
    for (const entry of Object.values(asMap(own(argument, 1)))) this.secret(entry);
  }

  private everything(value: unknown): void {
    this.secret(value);
    if (typeof value !== 'object' || value === null) return;
    if (!this.seen.everything.isNew(value, this.isCertain)) return;
    for (const entry of Object.values(value)) this.everything(entry);
  }

  /** The entry that the keys name, all entries below a key that is no literal, and the default. */
  private mapping(argument: unknown): void {
    this.isMappingCertain ||= this.isCertain;
    this.secret(own(own(argument, 3), 'DefaultValue'));
    if (this.mappingSteps > MAX_MAPPING_STEPS) return;
    let open: unknown[] = [own(this.template, 'Mappings')];
    for (const step of [0, 1, 2]) {
      const key = own(argument, step);
      this.mappingSteps += open.length;
      open = open.flatMap((map) => (typeof key === 'string' ? [own(map, key)] : Object.values(asMap(map))));
    }
    this.mappingSteps += open.length;
    for (const entry of open) this.secret(entry);
  }
}

/** The parameters of a template that are `NoEcho`. */
function noEchoParameters(template: unknown): string[] {
  return Object.entries(asMap(own(template, 'Parameters'))).flatMap(([name, declaration]) =>
    isNoEcho(declaration) ? [name] : [],
  );
}

function isNoEcho(declaration: unknown): boolean {
  return isTrue(own(declaration, 'NoEcho'));
}

/** Adds what a template splits texts at. */
function splitDelimiters(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const delimiter = own(own(value, 'Fn::Split'), 0);
  if (typeof delimiter === 'string' && delimiter !== '') found.add(delimiter);
  for (const entry of Object.values(value)) splitDelimiters(entry, found);
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

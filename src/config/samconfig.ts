import { parse, TomlDate, TomlError } from 'smol-toml';
import { UsageError } from '../discover/usage-error.js';
import { isMap, own, type PlainMap } from '../plain/map.js';
import { pairOf } from './pair.js';
import { asParameterText } from './scalars.js';
import { didYouMean } from './validate.js';
import { ValueCollector, type ValueTable } from './values.js';

/** The environment that the SAM CLI takes when none is named. */
const DEFAULT = 'default';

/**
 * The commands whose parameters a deployment has, the one that speaks first. What a command does not say, `global`
 * says for it. Source: the SAM developer guide, "AWS SAM CLI configuration file", and `samcli/lib/config/samconfig.py`.
 */
const COMMANDS = ['deploy', 'global', 'sync', 'build', 'package', 'validate'];

/** The configuration of the SAM CLI: by environment, the parameter values of a deployment. */
export class SamConfig {
  /** @param value what the file holds, parsed */
  constructor(
    private readonly value: unknown,
    private readonly options: {
      /** The name that messages give the file. */
      readonly name: string;
      /** Takes remarks for standard error. */
      readonly notes: string[];
      /** Reads a file that `parameter_overrides` names, relative to this one. */
      readonly readFile: (file: string) => ValueTable;
    },
  ) {
    if (!isMap(value)) throw new UsageError(`${options.name} must be a map of environments`);
  }

  /** The names of its environments; `version` is none. */
  get environments(): readonly string[] {
    return isMap(this.value) ? Object.keys(this.value).filter((key) => isMap(own(this.value, key))) : [];
  }

  /**
   * The parameter values of an environment.
   *
   * @param wanted the environment; undefined for the default one
   * @param exactly whether an environment that the file does not have is a mistake, or the default stands in for it
   * @throws UsageError when there is no such environment, or its `parameter_overrides` cannot be read
   */
  values(wanted: string | undefined, exactly: boolean): ValueTable {
    const name = this.environmentFor(wanted, exactly);
    const collector = new ValueCollector();
    const command = name === undefined ? undefined : this.commandOf(own(this.value, name));
    if (name === undefined || command === undefined) return collector.table();
    this.take(command.overrides, collector, `${this.options.name} [${name}.${command.name}.parameters]`);
    return collector.table();
  }

  private environmentFor(wanted: string | undefined, exactly: boolean): string | undefined {
    const known = this.environments;
    const name = wanted ?? DEFAULT;
    if (known.includes(name)) return name;
    if (exactly) {
      throw new UsageError(`${this.options.name} has no environment ${name}${didYouMean(name, known)}`);
    }
    const standIn = known.includes(DEFAULT) ? DEFAULT : undefined;
    const instead = standIn === undefined ? 'it gives no values there' : `${standIn} stands in for it`;
    this.options.notes.push(`${this.options.name} has no environment ${name}: ${instead}`);
    return standIn;
  }

  private commandOf(
    environment: unknown,
  ): { readonly name: string; readonly overrides: unknown } | undefined {
    if (!isMap(environment)) return undefined;
    const names = [...COMMANDS, ...Object.keys(environment).sort()];
    for (const name of names) {
      const overrides = own(own(own(environment, name), 'parameters'), 'parameter_overrides');
      if (overrides !== undefined) return { name, overrides };
    }
    return undefined;
  }

  private take(overrides: unknown, collector: ValueCollector, place: string): void {
    if (typeof overrides === 'string') this.takeText(overrides, collector, place);
    else if (Array.isArray(overrides)) for (const item of overrides) this.take(item, collector, place);
    else if (isMap(overrides)) this.takeTable(overrides, collector, place);
    else throw unreadable(place);
  }

  private takeTable(overrides: PlainMap, collector: ValueCollector, place: string): void {
    for (const [key, written] of Object.entries(overrides)) {
      const value = asParameterText(
        written instanceof TomlDate ? written.toISOString() : plainNumber(written),
      );
      if (value === undefined) throw new UsageError(`${place}: ${key} must be a string, a number or a list`);
      collector.add(key, value, place);
    }
  }

  /** `Key=Value Other="with spaces"`, `ParameterKey=Key,ParameterValue=Value`, and `file://` with a file of either. */
  private takeText(text: string, collector: ValueCollector, place: string): void {
    for (const word of words(text)) {
      if (word.startsWith('file://')) {
        const { values, places } = this.options.readFile(word.slice('file://'.length));
        for (const [key, value] of Object.entries(values)) collector.add(key, value, places[key] ?? place);
        continue;
      }
      const pair = pairOf(word);
      if (pair === undefined || pair.template !== undefined) throw unreadable(place);
      collector.add(pair.key, pair.value, place);
    }
  }
}

/**
 * Parses a configuration in TOML.
 * @throws UsageError with line and column
 */
export function parseToml(text: string, name: string): unknown {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The message ends in a picture of the line, which may hold a secret.
    const [reason = ''] = error.message.split('\n');
    throw new UsageError(
      `${name}:${error.line}:${error.column}: ${reason.replace(/^Invalid TOML document: /, '')}`,
    );
  }
}

function unreadable(place: string): UsageError {
  return new UsageError(`${place}: parameter_overrides must be Key=Value, a list of these, or a table`);
}

/** An integer past those that numbers hold keeps its digits. */
function plainNumber(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/**
 * Splits as the SAM CLI does: at spaces outside of double quotes, which are taken away; a backslash
 * before a space or a quote keeps it. Source: `samcli/cli/types.py`, `CfnParameterOverridesType`.
 */
function words(text: string): string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    const next = text[index + 1];
    if (character === '\\' && (next === '"' || next === ' ')) {
      index++;
      word = (word ?? '') + next;
    } else if (character === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && /\s/.test(character)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (word !== undefined) found.push(word);
  return found;
}

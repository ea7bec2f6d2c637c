import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportName } from '../discover/inside.js';
import { UsageError } from '../discover/usage-error.js';
import type { ParameterAssignment } from '../lint/options.js';
import type { Path } from '../source/types.js';
import { type ConfigDocument, readDocument } from './document.js';

/** The assignments of the command line, and remarks for standard error. */
export interface GivenParameters {
  readonly assignments: readonly ParameterAssignment[];
  readonly notes: readonly string[];
}

/**
 * Reads what `--parameters` gives.
 *
 * Each argument is one pair (`Key=Value`), one pair for one template (`template.yaml:Key=Value`), a file, or a file
 * for one template (`template.yaml:parameters.json`). A file holds the list of the AWS CLI, the `Parameters` of a
 * CodePipeline, or a plain map, as JSON or YAML; `file://` may stand in front as it does for the AWS CLI.
 *
 * @param cwd the absolute working directory
 * @returns in the order given: of two values for one parameter the later counts
 * @throws UsageError when a file cannot be read or has none of these forms. No value is ever in a message: it may be
 *   a secret.
 */
export function readParameters(given: readonly string[], cwd: string): GivenParameters {
  const notes: string[] = [];
  const assignments = given.map((argument) => assignment(argument, cwd, notes));
  return { assignments, notes };
}

function assignment(argument: string, cwd: string, notes: string[]): ParameterAssignment {
  const pair = isFile(argument, cwd) ? undefined : pairOf(argument);
  if (pair !== undefined) {
    const { template, key, value } = pair;
    const origin = `--parameters ${template === undefined ? key : `${template}:${key}`}`;
    return { template, values: Object.fromEntries([[key, value]]), origin };
  }
  const { template, file } = fileOf(argument, cwd);
  const origin = reportName(cwd, file);
  const document = readDocument(file, origin);
  return { template, values: new ParameterFile(origin, document, notes).values(), origin };
}

/** A parameter's name has letters and digits only, so what stands before the last colon of the key is a template. */
const PAIR = /^(?:(?<template>[^=]+):)?(?<key>[A-Za-z0-9]+)=(?<value>.*)$/su;

/** The shorthand of `aws cloudformation create-stack --parameters`. */
const AWS_PAIR = /^(?:(?<template>[^=]+):)?ParameterKey=(?<key>[A-Za-z0-9]+),ParameterValue=(?<value>.*)$/su;

function pairOf(argument: string): { template: string | undefined; key: string; value: string } | undefined {
  const groups = (AWS_PAIR.exec(argument) ?? PAIR.exec(argument))?.groups;
  if (groups?.key === undefined) return undefined;
  return { template: groups.template, key: groups.key, value: groups.value ?? '' };
}

/** `template:file`, where the colon of a drive (`C:\\`) or of `file://` separates nothing. */
const FOR_TEMPLATE = /^(?<template>(?:[A-Za-z]:[\\/])?[^:]+):(?<file>(?:file:\/\/|[A-Za-z]:[\\/])?[^:]+)$/su;

function fileOf(argument: string, cwd: string): { template: string | undefined; file: string } {
  const groups =
    isFile(argument, cwd) || argument.startsWith('file://') ? undefined : FOR_TEMPLATE.exec(argument)?.groups;
  const named = groups?.file ?? argument;
  if (named.includes('=') && !isFile(named, cwd)) {
    const before = argument.slice(0, argument.indexOf('='));
    throw new UsageError(
      `--parameters takes FILE or Key=Value, and ${before} is not the name of a parameter`,
    );
  }
  return { template: groups?.template, file: path.resolve(cwd, withoutScheme(named)) };
}

/** The AWS CLI takes `file://relative`; `file:///absolute` is a URL as usual. */
function withoutScheme(file: string): string {
  if (!file.startsWith('file://')) return file;
  return file.startsWith('file:///') ? fileURLToPath(file) : file.slice('file://'.length);
}

function isFile(name: string, cwd: string): boolean {
  try {
    return statSync(path.resolve(cwd, name), { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** One file of parameters, in whichever form. */
class ParameterFile {
  readonly #origin: string;
  readonly #document: ConfigDocument;
  readonly #notes: string[];

  constructor(origin: string, document: ConfigDocument, notes: string[]) {
    this.#origin = origin;
    this.#document = document;
    this.#notes = notes;
  }

  values(): Record<string, string> {
    const { value } = this.#document;
    if (Array.isArray(value)) return this.#fromList(value, []);
    if (!isMap(value)) return this.#refuse([], 'must be a list or a map of parameters');
    const inner = Object.hasOwn(value, 'Parameters') ? value.Parameters : undefined;
    if (Array.isArray(inner)) return this.#fromList(inner, ['Parameters']);
    return isMap(inner) ? this.#fromMap(inner, ['Parameters']) : this.#fromMap(value, []);
  }

  #fromMap(map: Readonly<Record<string, unknown>>, path: Path): Record<string, string> {
    const entries = Object.entries(map).map(([key, value]) => [key, this.#text(value, [...path, key])]);
    return Object.fromEntries(entries);
  }

  #fromList(list: readonly unknown[], path: Path): Record<string, string> {
    const entries = list.flatMap((item, index) => this.#fromItem(item, [...path, index]));
    return Object.fromEntries(entries);
  }

  #fromItem(item: unknown, path: Path): (readonly [string, string])[] {
    if (typeof item === 'string') {
      const pair = pairOf(item);
      if (pair === undefined || pair.template !== undefined) return this.#refuse(path, 'must be Key=Value');
      return [[pair.key, pair.value]];
    }
    if (!isMap(item)) return this.#refuse(path, 'must be a map with ParameterKey and ParameterValue');
    const key = Object.hasOwn(item, 'ParameterKey') ? item.ParameterKey : undefined;
    if (typeof key !== 'string') return this.#refuse(path, 'lacks ParameterKey, the name of the parameter');
    if (Object.hasOwn(item, 'ParameterValue')) {
      return [[key, this.#text(item.ParameterValue, [...path, 'ParameterValue'])]];
    }
    if (Object.hasOwn(item, 'UsePreviousValue') && String(item.UsePreviousValue) === 'true') {
      this.#notes.push(
        `${this.#origin}: ${key} uses its previous value, which is not known here: it counts as not given`,
      );
      return [];
    }
    return this.#refuse(path, `lacks ParameterValue, the value of ${key}`);
  }

  /** CloudFormation's parameters are strings, and its lists are joined by commas. */
  #text(value: unknown, path: Path): string {
    if (Array.isArray(value))
      return value.map((item, index) => this.#scalar(item, [...path, index])).join(',');
    return this.#scalar(value, path);
  }

  #scalar(value: unknown, path: Path): string {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return String(value);
    return this.#refuse(path, 'must be a string, a number, true, false or a list of these');
  }

  #refuse(path: Path, message: string): never {
    const keys = path.join('.');
    throw new UsageError(
      `${this.#origin}${this.#document.place(path, 'value')}: ${keys === '' ? 'the parameter file' : keys} ${message}`,
    );
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

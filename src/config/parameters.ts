import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportName } from '../discover/inside.js';
import { UsageError } from '../discover/usage-error.js';
import type { ParameterAssignment } from '../lint/options.js';
import { readDocument, readDocumentText } from './document.js';
import { pairOf } from './pair.js';
import { parameterFile } from './parameter-file.js';
import { Permission } from './permission.js';
import type { SamConfig } from './samconfig.js';

/** Parameter values from one place, for every environment of a run. */
export interface ParameterSource {
  /** The environments that the source itself knows; those of a SAM configuration. */
  readonly environments: readonly string[];
  /**
   * @param environment what `--environment` or the configuration calls it; undefined in a run without environments
   * @throws UsageError when the source cannot be read for it
   */
  assignments(environment: string | undefined): readonly ParameterAssignment[];
}

export interface ParameterFileOptions {
  /** The absolute working directory. */
  readonly cwd: string;
  /** Whether the user named the file for this run: then it may be a pipe. */
  readonly byUser: boolean;
  /** Whether a file that the file names in turn may be read. */
  readonly mayFollow: (file: string) => boolean;
  /** Takes remarks for standard error, one line each. */
  readonly notes: string[];
}

/** The values of the command line, and remarks for standard error. */
export interface GivenParameters extends ParameterSource {
  readonly notes: readonly string[];
}

/**
 * Reads what `--parameters` gives. Each file is read once, so that a pipe serves for every environment.
 *
 * Each argument is one pair (`Key=Value`), one pair for one template (`template.yaml:Key=Value`), a file, or a file
 * for one template (`template.yaml:parameters.json`). `file://` may stand in front of a file as it does for the AWS
 * CLI. For the forms of files see {@link fileSource}.
 *
 * @param cwd the absolute working directory
 * @throws UsageError when a file cannot be read or has none of these forms. No value is ever in a message: it may be
 *   a secret.
 */
export async function readParameters(given: readonly string[], cwd: string): Promise<GivenParameters> {
  const notes: string[] = [];
  const sources: ParameterSource[] = [];
  for (const argument of given) sources.push(await argumentSource(argument, cwd, notes));
  return {
    notes,
    environments: [...new Set(sources.flatMap(({ environments }) => environments))],
    assignments: (environment) => sources.flatMap((source) => source.assignments(environment)),
  };
}

async function argumentSource(argument: string, cwd: string, notes: string[]): Promise<ParameterSource> {
  const pair = isFile(argument, cwd) ? undefined : pairOf(argument);
  if (pair !== undefined) {
    const { template, key, value } = pair;
    const origin = `--parameters ${template === undefined ? key : `${template}:${key}`}`;
    return always([{ template, values: Object.fromEntries([[key, value]]), origin }]);
  }
  const { template, file } = fileOf(argument, cwd);
  const permission = new Permission(cwd, file, true);
  const mayFollow = (other: string) => permission.mayFollow(other);
  return fileSource(file, template, { cwd, notes, byUser: true, mayFollow });
}

/**
 * Reads a file of parameters: the list of the AWS CLI, the `Parameters` of CodePipeline, a plain map or a deployment
 * file of git sync, as JSON or YAML; or a configuration of the SAM CLI, of which `#NAME` behind the file's name
 * chooses an environment.
 *
 * @param named absolute
 * @param template the template it is for; undefined for all, or for the one that the file names itself
 * @throws UsageError when it cannot be read
 */
export async function fileSource(
  named: string,
  template: string | undefined,
  options: ParameterFileOptions,
): Promise<ParameterSource> {
  const { cwd } = options;
  const { file, environment: chosen } = fileAndEnvironment(named);
  const origin = reportName(cwd, file);
  if (isSamConfig(file)) {
    const sam = await samConfig(file, origin, options);
    return {
      environments: chosen === undefined ? sam.environments : [],
      assignments: (environment) => [
        { template, origin, ...sam.values(chosen ?? environment, chosen !== undefined) },
      ],
    };
  }
  if (chosen !== undefined) {
    throw new UsageError(
      `${origin} has no environments to choose from: only a samconfig.toml takes #${chosen}`,
    );
  }
  const read = parameterFile(readDocument(file, origin, options.byUser), { ...options, name: origin, file });
  return always([{ ...read, template: template ?? read.template, origin }]);
}

function always(assignments: readonly ParameterAssignment[]): ParameterSource {
  return { environments: [], assignments: () => assignments };
}

async function samConfig(file: string, origin: string, options: ParameterFileOptions): Promise<SamConfig> {
  const { parseToml, SamConfig } = await import('./samconfig.js');
  const value = /\.toml$/i.test(file)
    ? parseToml(readDocumentText(file, origin, options.byUser), origin)
    : readDocument(file, origin, options.byUser).value;
  return new SamConfig(value, {
    name: origin,
    notes: options.notes,
    readFile: (other) => {
      const absolute = path.resolve(path.dirname(file), other);
      const name = reportName(options.cwd, absolute);
      if (!options.mayFollow(absolute))
        throw new UsageError(`${origin} names ${name}, which is not there, or lies outside of the project`);
      return parameterFile(readDocument(absolute, name), { ...options, name, file: absolute });
    },
  });
}

/** The SAM CLI takes its configuration in TOML under any name, and in YAML under its own. */
function isSamConfig(file: string): boolean {
  return /\.toml$/i.test(file) || /^samconfig.*\.ya?ml$/i.test(path.basename(file));
}

/** `samconfig.toml#prod`; a file whose name has the character is taken as it is. */
function fileAndEnvironment(named: string): { file: string; environment: string | undefined } {
  const at = named.lastIndexOf('#');
  if (at < 0 || at < named.lastIndexOf(path.sep) || isFile(named, '/')) {
    return { file: named, environment: undefined };
  }
  return { file: named.slice(0, at), environment: named.slice(at + 1) };
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

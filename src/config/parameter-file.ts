import { existsSync } from 'node:fs';
import path from 'node:path';
import { reportName } from '../discover/inside.js';
import { repositoryRoot } from '../discover/project-root.js';
import { UsageError } from '../discover/usage-error.js';
import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Path } from '../source/types.js';
import type { ConfigDocument } from './document.js';
import { withSlashes } from './globs.js';
import { pairOf } from './pair.js';
import { asParameterText } from './scalars.js';
import { ValueCollector, type ValueTable } from './values.js';

/** What a file of parameters holds. */
export interface FileOfParameters extends ValueTable {
  /** The template that a deployment file of git sync names, relative to the working directory where it is below it. */
  readonly template: string | undefined;
}

export interface ParameterFileOptions {
  /** The name that messages give the file. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly cwd: string;
  /** Takes remarks for standard error. */
  readonly notes: string[];
}

/**
 * Reads one document of parameters, in whichever form: the list of the AWS CLI, the `Parameters` of CodePipeline or of
 * a whole call, a deployment file of git sync, or a plain map.
 *
 * @throws UsageError when it has none of these forms, or gives a parameter two values
 */
export function parameterFile(document: ConfigDocument, options: ParameterFileOptions): FileOfParameters {
  return new Reading(document, options).read();
}

class Reading {
  private readonly values = new ValueCollector();

  constructor(
    private readonly document: ConfigDocument,
    private readonly options: ParameterFileOptions,
  ) {}

  read(): FileOfParameters {
    const { value } = this.document;
    let template: string | undefined;
    if (Array.isArray(value)) this.takeList(value, []);
    else if (!isMap(value)) this.refuse([], 'must be a list or a map of parameters');
    else if (Object.hasOwn(value, TEMPLATE)) template = this.takeDeployment(value);
    else this.takeTop(value);
    return { template, ...this.values.table() };
  }

  private takeTop(value: PlainMap): void {
    const inner = own(value, 'Parameters');
    if (Array.isArray(inner)) this.takeList(inner, ['Parameters']);
    else if (isMap(inner)) this.takeMap(inner, ['Parameters']);
    else this.takeMap(value, []);
  }

  /** Source: the CloudFormation user guide, "Git sync stack deployment file". */
  private takeDeployment(value: PlainMap): string {
    const named = value[TEMPLATE];
    if (typeof named !== 'string' || named === '') this.refuse([TEMPLATE], 'must be the path of a template');
    const parameters = own(value, 'parameters');
    if (isMap(parameters)) this.takeMap(parameters, ['parameters']);
    else if (parameters !== undefined && parameters !== null)
      this.refuse(['parameters'], 'must be a map of parameters');
    return this.templateOf(named);
  }

  /** Git sync starts at the root of the repository; a file that is there only beside the deployment file is meant too. */
  private templateOf(named: string): string {
    const { file, cwd } = this.options;
    const directory = path.dirname(file);
    const places = [repositoryRoot(directory) ?? cwd, directory, cwd].map((place) =>
      path.resolve(place, withSlashes(named)),
    );
    return reportName(
      cwd,
      places.find((place) => existsSync(place)) ?? path.resolve(cwd, withSlashes(named)),
    );
  }

  private takeMap(map: PlainMap, at: Path): void {
    for (const [key, value] of Object.entries(map)) this.take(key, value, [...at, key]);
  }

  private takeList(list: readonly unknown[], at: Path): void {
    for (const [index, item] of list.entries()) this.takeItem(item, [...at, index]);
  }

  private takeItem(item: unknown, at: Path): void {
    if (typeof item === 'string') {
      const pair = pairOf(item);
      if (pair === undefined || pair.template !== undefined) this.refuse(at, 'must be Key=Value');
      this.take(pair.key, pair.value, at);
    } else if (isMap(item)) {
      this.takeEntry(item, at);
    } else {
      this.refuse(at, 'must be a map with ParameterKey and ParameterValue');
    }
  }

  private takeEntry(item: PlainMap, at: Path): void {
    const key = own(item, 'ParameterKey');
    if (typeof key !== 'string') this.refuse(at, 'lacks ParameterKey, the name of the parameter');
    if (Object.hasOwn(item, 'ParameterValue')) {
      this.take(key, item.ParameterValue, [...at, 'ParameterValue']);
    } else if (String(own(item, 'UsePreviousValue')) === 'true') {
      this.options.notes.push(
        `${this.options.name}: ${key} uses its previous value, which is not known here: it counts as not given`,
      );
    } else {
      this.refuse(at, `lacks ParameterValue, the value of ${key}`);
    }
  }

  private take(key: string, value: unknown, at: Path): void {
    const text = asParameterText(value);
    if (text === undefined) this.refuseValue(value, at);
    this.values.add(key, text, this.place(at));
  }

  /** Points at the item of a list that is wrong. */
  private refuseValue(value: unknown, at: Path): never {
    const wrong = Array.isArray(value)
      ? value.findIndex((item) => asParameterText([item]) === undefined)
      : -1;
    return this.refuse(
      wrong < 0 ? at : [...at, wrong],
      'must be a string, a number, true, false or a list of these',
    );
  }

  private refuse(at: Path, message: string): never {
    const keys = at.join('.');
    throw new UsageError(`${this.place(at)}: ${keys === '' ? 'the parameter file' : keys} ${message}`);
  }

  private place(at: Path): string {
    return `${this.options.name}${this.document.place(at, 'value')}`;
  }
}

const TEMPLATE = 'template-file-path';

import path from 'node:path';
import { reportName } from '../discover/inside.js';
import { UsageError } from '../discover/usage-error.js';
import type { BaselineEntry } from '../lint/result.js';
import { jsonText } from '../plain/json-text.js';
import { readDocument } from './document.js';
import { keyPath } from './read-layer.js';
import { type Schema, validate } from './validate.js';

/** What a baseline file holds. A key that this version does not know may be one of a later version. */
const SCHEMA: Schema = {
  type: 'object',
  properties: {
    version: { title: 'version', enum: [1] },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          rule: { type: 'string' },
          file: { type: 'string' },
          resource: { type: ['string', 'null'] },
          cause: { type: 'string' },
          message: { type: 'string' },
        },
        required: ['rule', 'file', 'resource', 'cause'],
      },
    },
  },
  required: ['version', 'findings'],
};

interface BaselineFile {
  readonly version: 1;
  readonly findings: readonly (Omit<BaselineEntry, 'message'> & { readonly message?: string })[];
}

/**
 * Reads a baseline. The files in it are relative to its own directory.
 *
 * @param file absolute
 * @param cwd the absolute working directory
 * @throws UsageError when it is not there, or is none
 */
export function readBaseline(file: string, cwd: string): BaselineEntry[] {
  const name = reportName(cwd, file);
  const document = readDocument(file, name);
  const [problem] = validate(document.value, SCHEMA);
  if (problem !== undefined) {
    const { path: keys, at, message } = problem;
    throw new UsageError(
      `${name}${document.place(keys, at)}: ${keys.length === 0 ? 'the baseline' : keyPath(keys)} ${message}; --update-baseline writes a new one`,
    );
  }
  const directory = path.dirname(file);
  return (document.value as BaselineFile).findings.map((entry) => ({
    ...entry,
    message: entry.message ?? '',
    file: reportName(cwd, path.resolve(directory, entry.file)),
  }));
}

/** The text of a baseline: sorted, so that a change of it shows in a diff as what it is. */
export function baselineText(entries: readonly BaselineEntry[], file: string, cwd: string): string {
  const directory = path.dirname(file);
  const findings = entries
    .map(({ rule, file: of, resource, cause, message }) => ({
      rule,
      file: path.relative(directory, path.resolve(cwd, of)).replaceAll(path.sep, '/'),
      resource,
      message,
      cause,
    }))
    .map((entry) => ({ entry, key: JSON.stringify([entry.file, entry.rule, entry.resource, entry.cause]) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ entry }) => entry);
  return jsonText({ version: 1, findings });
}

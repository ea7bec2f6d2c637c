import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/lint/result.js';
import {
  MAX_ALIASED_VALUES,
  MAX_FILE_BYTES,
  MAX_NESTING_DEPTH,
  MAX_YAML_TOKENS,
} from '../../src/source/limits.js';
import { temporaryDirectory } from '../config/temporary.js';
import { callProgram } from '../program.js';

/*
 * The limits of a file, through the whole program and in a process of its own: past some of them a parser ends the
 * process without an exception that a test could catch.
 */

const TYPE = 'AWS::BedrockAgentCore::Gateway';

/** What the program makes of a template: `checked`, or what is told about it. */
function told(name: string, text: string): string {
  const { status, stdout, stderr } = callProgram(temporaryDirectory({ [name]: text }), [
    name,
    '--format',
    'json',
  ]);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  if (report.files[0]?.status === 'checked') return 'checked';
  expect(status).toBe(1);
  expect(report.diagnostics.map(({ ruleId }) => ruleId)).toEqual(['template-unreadable']);
  return report.diagnostics[0]?.message ?? '';
}

/** A JSON template whose metadata is nested so that all of it has so many levels. */
function deepJson(levels: number): string {
  const inner = levels - 3;
  return `{"Resources":{"G":{"Type":"${TYPE}","Metadata":${'['.repeat(inner)}${']'.repeat(inner)}}}}`;
}

function deepYaml(levels: number): string {
  return `Resources:\n  G:\n    Type: ${TYPE}\n    Metadata: ${'['.repeat(levels - 3)}${']'.repeat(levels - 3)}\n`;
}

function deepBlocks(levels: number): string {
  const keys = Array.from({ length: levels - 3 }, (_, level) => `${' '.repeat(level + 5)}a:`).join('\n');
  return `Resources:\n  G:\n    Type: ${TYPE}\n    Metadata:\n${keys}\n`;
}

function aliases(values: number): string {
  const each = 100;
  return `Resources:\n  G:\n    Type: ${TYPE}\n    Metadata: { list: &list [${'x,'.repeat(each - 1)}], all: [${'*list,'.repeat(values / each)}] }\n`;
}

function laughs(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, level) => `      a${level}: &a${level} [${(level === 0 ? 'x,' : `*a${level - 1},`).repeat(10)}]\n`,
  );
  return `Resources:\n  G:\n    Type: ${TYPE}\n    Metadata:\n${lines.join('')}`;
}

function sized(bytes: number): string {
  const start = `{"Resources":{"G":{"Type":"${TYPE}"}},"Metadata":"`;
  return `${start}${'x'.repeat(bytes - start.length - 2)}"}`;
}

/** Each comment is a token, and so is its line feed. */
function comments(tokens: number): string {
  return `Resources:\n  G:\n    Type: ${TYPE}\n${'#\n'.repeat(tokens / 2)}`;
}

function documents(count: number): string {
  return Array.from({ length: count }, () => `---\nResources:\n  G:\n    Type: ${TYPE}\n`).join('');
}

const TOO_DEEP = `The text cannot be read: maps and lists are nested deeper than the limit of ${MAX_NESTING_DEPTH} levels.`;
const TOO_MANY_VALUES = `The text cannot be read: aliases and merge keys stand for more than the limit of ${MAX_ALIASED_VALUES} values.`;
const TOO_LARGE = 'The file cannot be read: it is larger than the limit of 16 MiB.';
const SEVERAL = 'The text cannot be read: the file holds several YAML documents, where a template is one.';
const TOO_MANY_TOKENS = `The text cannot be read: the file has more than the limit of ${MAX_YAML_TOKENS} YAML tokens.`;

describe('a file', () => {
  it.each([
    ['nested JSON', 'a.json', deepJson(MAX_NESTING_DEPTH)],
    ['nested YAML', 'a.yaml', deepYaml(MAX_NESTING_DEPTH)],
    ['nested YAML blocks', 'a.yaml', deepBlocks(MAX_NESTING_DEPTH)],
    ['aliases', 'a.yaml', aliases(MAX_ALIASED_VALUES)],
    ['aliases of aliases', 'a.yaml', laughs(4)],
    ['one document', 'a.yaml', documents(1)],
    ['its size', 'a.json', sized(MAX_FILE_BYTES)],
    ['YAML tokens', 'a.yaml', comments(MAX_YAML_TOKENS - 100)],
  ])('is checked up to the limit of %s', (_, name, text) => {
    expect(told(name, text)).toBe('checked');
  });

  it.each([
    ['nested JSON', 'a.json', deepJson(MAX_NESTING_DEPTH + 1), TOO_DEEP],
    ['deeply nested JSON', 'a.json', deepJson(500_000), TOO_DEEP],
    ['nested YAML', 'a.yaml', deepYaml(MAX_NESTING_DEPTH + 1), TOO_DEEP],
    ['deeply nested YAML', 'a.yaml', deepYaml(200_000), TOO_DEEP],
    ['nested YAML blocks', 'a.yaml', deepBlocks(MAX_NESTING_DEPTH + 1), TOO_DEEP],
    ['two documents nested deeply', 'a.yaml', `${deepBlocks(900)}\n---\n${deepBlocks(900)}`, TOO_DEEP],
    ['aliases', 'a.yaml', aliases(MAX_ALIASED_VALUES + 100), TOO_MANY_VALUES],
    ['aliases of aliases: a billion laughs', 'a.yaml', laughs(9), TOO_MANY_VALUES],
    ['documents', 'a.yaml', documents(2), SEVERAL],
    ['its size', 'a.json', sized(MAX_FILE_BYTES + 1), TOO_LARGE],
    ['YAML tokens', 'a.yaml', comments(MAX_YAML_TOKENS), TOO_MANY_TOKENS],
  ])('is unreadable past the limit of %s, which is named', (_, name, text, message) => {
    expect(told(name, text)).toBe(message);
  });
});

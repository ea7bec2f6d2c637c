import { chmodSync, linkSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeOutput } from '../../src/cli/output-file.js';
import { UsageError } from '../../src/discover/usage-error.js';
import { temporaryDirectory } from '../config/temporary.js';

it('keeps the mode of a report that is written over', () => {
  const cwd = temporaryDirectory({ 'report.json': 'old' });
  chmodSync(path.join(cwd, 'report.json'), 0o640);
  writeOutput(cwd, 'report.json', 'new');
  expect(readFileSync(path.join(cwd, 'report.json'), 'utf8')).toBe('new');
  expect(statSync(path.join(cwd, 'report.json')).mode & 0o7777).toBe(0o640);
  expect(readdirSync(cwd)).toEqual(['report.json']);
});

it('makes a new report as every program makes files', () => {
  const cwd = temporaryDirectory();
  writeOutput(cwd, 'reports/new.json', 'new');
  expect(statSync(path.join(cwd, 'reports/new.json')).mode & 0o777).toBe(0o666 & ~process.umask());
});

it('refuses to part a file from its hard links', () => {
  const cwd = temporaryDirectory({ 'report.json': 'old' });
  linkSync(path.join(cwd, 'report.json'), path.join(cwd, 'other.json'));
  expect(() => writeOutput(cwd, 'report.json', 'new')).toThrow(UsageError);
  expect(() => writeOutput(cwd, 'report.json', 'new')).toThrow(/hard links/);
  expect(readFileSync(path.join(cwd, 'report.json'), 'utf8')).toBe('old');
});

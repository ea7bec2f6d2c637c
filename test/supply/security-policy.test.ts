import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../hooks/project.js';

const POLICY = readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8');
const [, PROMISES = '', REST = ''] = /## What the program promises\n(.*?)\n## (.*)/s.exec(POLICY) ?? [];

/** The cells of the rows of a table below its heading. */
function rows(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) => {
    const cells = line.split('|').slice(1, -1);
    return cells.map((cell) => cell.trim());
  });
}

/** The test files that a text names. */
function namedTests(text: string): string[] {
  return [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
}

describe('the promises of SECURITY.md', () => {
  const promises = [...PROMISES.matchAll(/^- \*\*(.+?)\.\*\*/gm)].map(([, promise]) => promise);

  it('stand in the table, each of them once and in their order', () => {
    expect(promises.length).toBeGreaterThan(5);
    expect(rows(PROMISES).map(([promise]) => promise)).toEqual(promises);
  });

  it.each(rows(PROMISES))('%s: tests hold it', (_promise, tests = '') => {
    expect(namedTests(tests).length).toBeGreaterThan(0);
  });
});

describe('SECURITY.md', () => {
  it('has no empty cell', () => {
    expect([...rows(PROMISES), ...rows(REST)].flat()).not.toContain('');
  });

  it.each(namedTests(POLICY))('names %s, which is there', (file) => {
    expect(file).toMatch(/\.test\.ts$/);
    expect(existsSync(path.join(ROOT, file))).toBe(true);
  });
});

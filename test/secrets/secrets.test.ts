import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PICTURE_FORMATS } from '../../src/picture/index.js';
import { FORMAT_NAMES } from '../../src/report/index.js';
import { temporaryDirectory } from '../config/temporary.js';
import { runProgram } from '../run-program.js';
import { BROKEN, DUPLICATE, NESTED, PLANTED, TEMPLATE } from './planted.js';

const GIVEN = `Given=${PLANTED['value given for a NoEcho parameter']}`;

/** The places whose secret stands in an output. */
function leaks(output: string): string[] {
  return Object.entries(PLANTED).flatMap(([place, secret]) => (output.includes(secret) ? [place] : []));
}

function project(): string {
  return temporaryDirectory({
    'template.yaml': TEMPLATE,
    'nested.yaml': NESTED,
    'duplicate.yaml': DUPLICATE,
    'broken.yaml': BROKEN,
  });
}

const FILES = ['template.yaml', 'nested.yaml', 'duplicate.yaml', 'broken.yaml'];

describe('no secret gets out', () => {
  it.each(FORMAT_NAMES)('as %s', async (format) => {
    const args = [...FILES, '--parameters', GIVEN, '--stats', '--format', format];
    const { status, stdout, stderr } = await runProgram(project(), args);
    expect(status).toBe(1);
    expect(leaks(stdout + stderr)).toEqual([]);
    // What quotes the secrets is there.
    for (const rule of [
      'invalid-grant-type',
      'plaintext-client-secret',
      'template-unreadable',
      'provider-unresolved',
    ]) {
      expect(stdout).toContain(rule);
    }
  });

  it('as a job summary', async () => {
    const cwd = project();
    const args = [...FILES, '--parameters', GIVEN, '--report', 'job-summary=summary.md'];
    const { stdout, stderr } = await runProgram(cwd, args);
    const summary = readFileSync(path.join(cwd, 'summary.md'), 'utf8');
    expect(summary).toContain('mermaid');
    expect(leaks(summary + stdout + stderr)).toEqual([]);
  });

  it.each(PICTURE_FORMATS)('in a graph as %s', async (format) => {
    const { status, stdout, stderr } = await runProgram(project(), [
      'graph',
      ...FILES,
      '--parameters',
      GIVEN,
      '--format',
      format,
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('Branched');
    expect(leaks(stdout + stderr)).toEqual([]);
  });

  it('in the diff of a fix', async () => {
    const { stdout, stderr } = await runProgram(project(), [
      ...FILES,
      '--parameters',
      GIVEN,
      '--fix-dry-run',
    ]);
    expect(stdout).toContain('+          OnBehalfOfTokenExchangeConfig');
    expect(leaks(stdout + stderr)).toEqual([]);
  });

  it('when a rule is given a value that it does not allow', async () => {
    const { stdout, stderr } = await runProgram(project(), [
      'template.yaml',
      '--parameters',
      `Choice=${PLANTED['value given for a NoEcho parameter']}`,
    ]);
    expect(stderr).toContain('the value of Choice is not one that it allows');
    expect(leaks(stdout + stderr)).toEqual([]);
  });
});

describe('errors about other files tell no secret', () => {
  const secret = PLANTED['value given for a NoEcho parameter'];

  it.each([
    [
      'parameters that are no JSON',
      ['--parameters', 'p.json'],
      { 'p.json': `{"Given": "${secret}", ${secret}` },
    ],
    ['parameters of a wrong type', ['--parameters', 'p.json'], { 'p.json': { Given: { [secret]: secret } } }],
    [
      'parameters that are no YAML',
      ['--parameters', 'p.yaml'],
      { 'p.yaml': `Given: ${secret}\n  x: [${secret}` },
    ],
    ['a pair with a wrong name', ['--parameters', `Not a name=${secret}`], {}],
    [
      'a configuration that is no JSON',
      [],
      { 'cfn-tx-lint.config.json': `{"parameters": {"Given": "${secret}"` },
    ],
    [
      'a configuration of a wrong type',
      [],
      { 'cfn-tx-lint.config.json': { parameters: { Given: [{ a: secret }] } } },
    ],
    [
      'a configuration with an unknown key',
      [],
      { 'cfn-tx-lint.config.yaml': `parameter:\n  Given: ${secret}\n` },
    ],
  ])('%s', async (_, args, files) => {
    const cwd = temporaryDirectory({ 'template.yaml': TEMPLATE, 'nested.yaml': NESTED, ...files });
    const { status, stdout, stderr } = await runProgram(cwd, ['template.yaml', ...args]);
    expect(status).toBe(2);
    expect(stderr).not.toBe('');
    expect(leaks(stdout + stderr)).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lint } from '../src/index.js';

/* The examples of docs/library.md, run as they are written, against the built package. */

const root = path.join(import.meta.dirname, '..');
const project = path.join(root, 'fixtures/projects/quick-start');
const document = readFileSync(path.join(root, 'docs/library.md'), 'utf8');

function example(name: string): string {
  const code = new RegExp(`\`\`\`js\\n// example: ${name}\\n([\\s\\S]*?)\`\`\``).exec(document)?.[1];
  if (code === undefined) throw new Error(`docs/library.md has no example ${name}`);
  const library = pathToFileURL(path.join(root, 'dist/index.js')).href;
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'library-')), 'example.mjs');
  writeFileSync(file, code.replace("'cfn-tx-lint'", JSON.stringify(library)));
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: project, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

describe('docs/library.md', () => {
  it('lints templates on the disk', () => {
    expect(example('disk').split('\n')).toEqual([
      'gateway.yaml:53:26 token-exchange-without-config',
      expect.stringContaining("when Mode is 'm2m'"),
      '{ verified: 0, failed: 1, unverified: 0 }',
      '',
    ]);
  });

  it('lints templates in memory', () => {
    expect(example('memory').split('\n')).toEqual([
      expect.stringContaining("'token-exchange'"),
      'Write TOKEN_EXCHANGE',
      '',
    ]);
  });

  it('takes options', () => {
    expect(example('options')).toContain('tokenExchange: { verified: 1, failed: 0, unverified: 0 }');
  });
});

describe('lint', () => {
  it('gives the report of the command line', async () => {
    const bin = path.join(root, 'bin/cfn-tx-lint.js');
    const { stdout } = spawnSync(process.execPath, [bin, '--no-config', '--format', 'json', '.'], {
      cwd: project,
    });
    expect(await lint({ cwd: project, files: ['.'] })).toEqual(JSON.parse(String(stdout)));
  });

  it('finds nested templates among texts', async () => {
    const nested = (name: string) =>
      readFileSync(
        path.join(root, 'fixtures/token-exchange-without-config/invalid/nested-stack-output', name),
        'utf8',
      );
    const names = ['parent.yaml', 'identity.yaml'];
    const report = await lint({ texts: names.map((name) => ({ name, text: nested(name) })) });
    expect(report.diagnostics.map(({ ruleId, file }) => [ruleId, file])).toEqual([
      ['token-exchange-without-config', 'parent.yaml'],
    ]);
  });

  it('rejects with the reason of an aborted signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(lint({ cwd: project, files: ['.'], signal })).rejects.toThrow('enough');
  });

  it('rejects for a file that does not exist', async () => {
    await expect(lint({ cwd: project, files: ['none.yaml'] })).rejects.toThrow('none.yaml');
  });

  it('rejects for a rule that does not exist, with the nearest one', async () => {
    const rules = { 'provider-unresolvd': 'off' } as const;
    await expect(lint({ cwd: project, files: ['.'], rules })).rejects.toThrow('provider-unresolved');
  });

  it('tells a rule that throws after all others have run', async () => {
    const broken = {
      id: 'broken',
      severity: 'error',
      on: 'consumer',
      summary: '',
      rationale: '',
      remedy: '',
      sources: [],
      messages: {},
      check: {
        consumer() {
          throw new Error('by design');
        },
      },
    } as const;
    const failure = await lint({ cwd: project, files: ['.'], plugins: [{ rules: [broken] }] }).catch(
      (error) => error,
    );
    expect(failure).toBeInstanceOf(AggregateError);
    expect(String(failure.errors[0])).toContain('broken');
    expect(String(failure.errors[0])).toContain('by design');
  });

  it('keeps no state between calls', async () => {
    const first = await lint({ cwd: project, files: ['.'] });
    await lint({ cwd: project, files: ['.'], rules: { 'token-exchange-without-config': 'off' } });
    expect(await lint({ cwd: project, files: ['.'] })).toEqual(first);
  });
});

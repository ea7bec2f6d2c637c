import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../src/report/index.js';
import { directory, INSTALLATION, Project, ROOT } from './hooks/project.js';
import { gateway, identity } from './hooks/templates.js';
import { type PackedPackage, packPackage } from './packed.js';

const temporary = directory();
afterAll(temporary.remove);

const MEGABYTE = 1_000_000;
let packed: PackedPackage;
let project: Project;

beforeAll(() => {
  packed = packPackage(temporary.path);
  project = new Project(path.join(temporary.path, 'project'));
  project.write({
    'package.json': JSON.stringify({ name: 'project', private: true, type: 'module' }),
    'identity.yaml': identity({ exchanges: false }),
    'gateway.yaml': gateway(),
  });
  // Offline: there is nothing to fetch, because the package has no dependencies.
  project.succeed('npm', 'install', '--offline', '--no-audit', '--no-fund', packed.file);
}, INSTALLATION);

describe('the package', () => {
  it('is small, with all that runs', () => {
    expect(packed.unpackedSize).toBeLessThan(2.5 * MEGABYTE);
    const installed = readdirSync(path.join(project.path, 'node_modules')).filter(
      (name) => !name.startsWith('.'),
    );
    expect(installed).toEqual(['cfn-tx-lint']);
  });

  it('holds what it needs and what licences ask for, and no sources', () => {
    const folders = new Set(packed.files.map((file) => file.split('/')[0]));
    expect([...folders].sort()).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md'],
      ...['bin', 'dist', 'man', 'package.json', 'rules'],
    ]);
    expect(packed.files).toContain('dist/THIRD-PARTY-NOTICES.txt');
    expect(packed.files.filter((file) => /(?<!\.d)\.ts$|\.map$|expected\.json$/.test(file))).toEqual([]);
  });

  it('has a page for every rule', () => {
    const { rules } = JSON.parse(project.run('npx', 'cfn-tx-lint', 'rules', '--format', 'json').stdout);
    expect(packed.files).toEqual(
      expect.arrayContaining(rules.map(({ id }: { id: string }) => `rules/${id}.md`)),
    );
  });
});

describe('the shipped code', () => {
  const LAUNCHER = 'bin/cfn-tx-lint.js';
  const shipped = (file: string) =>
    readFileSync(path.join(project.path, 'node_modules/cfn-tx-lint', file), 'utf8');
  const scripts = () => packed.files.filter((file) => /\.c?js$/.test(file));
  const code = () => scripts().map(shipped).join('\n');

  it('opens no connection, starts no process and needs no other package', () => {
    const loaded = code().matchAll(/(?:require\)?|import)\(\s*(["'`])([^"'`]+)\1\s*\)/g);
    const names = [...loaded].map(([, , name = '']) => name.replace(/^node:/, ''));
    const modules = new Set(names.filter((name) => !name.startsWith('.')));
    expect([...modules].sort()).toEqual([
      ...['assert', 'buffer', 'crypto', 'events', 'fs', 'module', 'os', 'path', 'process', 'stream'],
      ...['timers/promises', 'tty', 'url', 'util', 'vm'],
    ]);
    expect(code()).not.toMatch(/\bfetch\(|\bWebSocket\b|\bXMLHttpRequest\b/);
  });

  it('evaluates no text but the program itself, which the launcher compiles', () => {
    const evaluates = /\beval\(|\bnew Function\(|[^\w.]Function\(|runInThisContext|runInNewContext|\bvm\b/;
    const others = scripts().filter((file) => file !== LAUNCHER);
    expect(others.filter((file) => evaluates.test(shipped(file)))).toEqual([]);
    expect(shipped(LAUNCHER).match(/\bvm\.\w+\([^)]*\)/g)).toEqual([
      'vm.Script(wrapped, { filename: PROGRAM, cachedData })',
    ]);
  });
});

describe('the installed program', () => {
  it('lints, explains and draws', () => {
    const { status, stdout } = project.run('npx', 'cfn-tx-lint', '--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout).diagnostics).toMatchObject([{ ruleId: 'token-exchange-without-config' }]);
    expect(project.succeed('npx', 'cfn-tx-lint', 'explain', 'token-exchange-without-config')).toContain(
      'token-exchange-without-config',
    );
    for (const format of ['mermaid', 'dot', 'json', 'svg', 'html']) {
      expect(project.succeed('npx', 'cfn-tx-lint', 'graph', '--format', format)).toContain('Target');
    }
  });

  it('writes every report', () => {
    const reports = [...FORMAT_NAMES, 'job-summary'];
    const args = reports.flatMap((format) => ['--report', `${format}=reports/${format}`]);
    expect(project.run('npx', 'cfn-tx-lint', ...args).status).toBe(1);
    for (const format of reports) {
      const text = readFileSync(path.join(project.path, 'reports', format), 'utf8');
      expect(text).toContain('token-exchange-without-config');
    }
  });
});

const CONSUMER = `
import { defineRule, lint, type Report } from 'cfn-tx-lint';
import { TokenExchangeValidation } from 'cfn-tx-lint/cdk';
import { RuleTester } from 'cfn-tx-lint/testing';

const report: Report = await lint({ files: ['gateway.yaml', 'identity.yaml'] });
const ids: string[] = report.diagnostics.map(({ ruleId }) => ruleId);
const kinds = [typeof defineRule, typeof TokenExchangeValidation, typeof RuleTester];
console.log(JSON.stringify([ids, kinds]));
`;

/** The same as people write it in CommonJS, and a look at whether a program that mixes both forms has two libraries. */
const COMMON_JS = `
const { defineRule, lint } = require('cfn-tx-lint');
const { TokenExchangeValidation } = require('cfn-tx-lint/cdk');
const { RuleTester } = require('cfn-tx-lint/testing');

async function main() {
  const report = await lint({ files: ['gateway.yaml', 'identity.yaml'] });
  const ids = report.diagnostics.map(({ ruleId }) => ruleId);
  const kinds = [typeof defineRule, typeof TokenExchangeValidation, typeof RuleTester];
  const modules = {
    ...(await import('cfn-tx-lint')),
    ...(await import('cfn-tx-lint/cdk')),
    ...(await import('cfn-tx-lint/testing')),
  };
  const same =
    modules.lint === lint &&
    modules.TokenExchangeValidation === TokenExchangeValidation &&
    modules.RuleTester === RuleTester;
  const count = same ? 'one library, whichever way it is loaded' : 'two libraries';
  console.log(JSON.stringify([ids, kinds, count]));
}
main();
`;

/** CommonJS has no `await` outside of functions. */
function inFunction(code: string): string {
  const [imports = '', rest = ''] = code.split('\n\n');
  return `${imports}\n\nasync function main() {\n${rest}\n}\nmain();\n`;
}

describe('the installed library', () => {
  it('runs', () => {
    project.write({
      'consumer.mjs': CONSUMER.replace(', type Report', '').replaceAll(/: (?:Report|string\[\])/g, ''),
    });
    expect(JSON.parse(project.succeed('node', 'consumer.mjs'))).toEqual([
      ['token-exchange-without-config'],
      ['function', 'function', 'function'],
    ]);
  });

  it('runs in CommonJS on a Node.js that cannot require ES modules', () => {
    project.write({ 'consumer.cjs': COMMON_JS });
    const script = ['--no-experimental-require-module', 'consumer.cjs'];
    expect(JSON.parse(project.succeed('node', ...script))).toEqual([
      ['token-exchange-without-config'],
      ['function', 'function', 'function'],
      'one library, whichever way it is loaded',
    ]);
  });

  it.each([
    ['nodenext', 'nodenext', 'consumer.ts'],
    ['nodenext', 'nodenext', 'consumer.cts'],
    ['node16', 'node16', 'consumer.ts'],
    ['node16', 'node16', 'consumer.cts'],
    ['esnext', 'bundler', 'consumer.ts'],
    ['commonjs', 'bundler', 'consumer.cts'],
  ])('has types for module %s with resolution %s in %s', (module, moduleResolution, file) => {
    const compilerOptions = {
      ...{ module, moduleResolution, target: 'es2022', lib: ['es2023', 'dom'], types: [] },
      ...{ strict: true, noEmit: true, skipLibCheck: false },
    };
    const wrong = file.replace('consumer', 'wrong');
    const code = file.endsWith('.cts') ? inFunction(CONSUMER) : CONSUMER;
    project.write({
      [file]: code,
      [wrong]: code.replace('ids: string[]', 'ids: number[]'),
      'tsconfig.json': JSON.stringify({ compilerOptions, files: [file] }),
    });
    expect(compile(project.path)).toBe('');
    project.write({ 'tsconfig.json': JSON.stringify({ compilerOptions, files: [wrong] }) });
    expect(compile(project.path)).toContain('TS2322');
  });
});

/** What the compiler has to say of the project; empty when it is content. */
function compile(folder: string): string {
  const manifest = createRequire(path.join(ROOT, 'package.json')).resolve('typescript/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  const compiler = path.join(path.dirname(manifest), bin.tsc);
  return spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: folder, encoding: 'utf8' }).stdout;
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { init } from '../../src/cli/init-command.js';
import { loadConfig } from '../../src/config/load.js';
import { temporaryDirectory } from '../config/temporary.js';
import { fakeSurroundings } from './fake.js';

const SAM = 'Transform: AWS::Serverless-2016-10-31\nResources: { F: { Type: AWS::Serverless::Function } }\n';

function started(files: Readonly<Record<string, string>>): { cwd: string; told: string } {
  const cwd = temporaryDirectory({ '.git/HEAD': 'ref: refs/heads/main\n', ...files });
  const { surroundings, written } = fakeSurroundings({ cwd });
  init(surroundings);
  return { cwd, told: written.stdout };
}

/** The steps of the workflow between the checkout and the linter. */
function stepsIn(cwd: string): unknown {
  const workflow = readFileSync(path.join(cwd, '.github/workflows/cfn-tx-lint.yml'), 'utf8');
  return parse(workflow).jobs.lint.steps.slice(1, -1);
}

describe('init', () => {
  it.each([
    ['a CDK app', { 'cdk.json': '{}' }, 'cdk synth'],
    ['a SAM project', { 'template.yaml': SAM }, undefined],
    ['a folder of templates', { 'template.yaml': 'Resources: {}\n' }, undefined],
    ['a project of the AgentCore CLI', { 'agentcore/agentcore.json': '{}' }, undefined],
  ])('sets up %s', async (name, files, step) => {
    const { cwd, told } = started(files);
    expect(told).toContain(`This is ${name}.`);
    const { config } = await loadConfig({ cwd, file: undefined, noCode: true, rules: async () => [] });
    expect(config?.strict).toBe(false);
    const hook = parse(readFileSync(path.join(cwd, '.pre-commit-config.yaml'), 'utf8'));
    const [{ id, pass_filenames: passesFiles = true }] = hook.repos[0].hooks;
    expect({ id, passesFiles }).toEqual({ id: 'cfn-tx-lint', passesFiles: step === undefined });
    const workflow = readFileSync(path.join(cwd, '.github/workflows/cfn-tx-lint.yml'), 'utf8');
    expect(parse(workflow).jobs.lint.steps.at(-1).uses).toMatch(/^cfn-tx-lint\/cfn-tx-lint@v\d/);
    expect(workflow.includes('cdk synth')).toBe(step !== undefined);
  });

  it('writes over nothing', () => {
    const { cwd, told } = started({
      'cfn-tx-lint.config.json': '{}',
      '.pre-commit-config.yaml': 'repos: []\n',
    });
    expect(told).toContain('kept  cfn-tx-lint.config.json');
    expect(told).toContain('add the hook to it:\n  - repo: https://');
    expect(existsSync(path.join(cwd, 'cfn-tx-lint.config.yaml'))).toBe(false);
    expect(readFileSync(path.join(cwd, '.pre-commit-config.yaml'), 'utf8')).toBe('repos: []\n');
  });

  it.each([
    ['npm', { 'package-lock.json': '{}', 'package.json': '{}' }, ['npm ci', 'npx cdk synth --quiet']],
    [
      'Yarn',
      { 'yarn.lock': '', 'package.json': '{}' },
      ['corepack enable && yarn install --frozen-lockfile', 'npx cdk synth --quiet'],
    ],
    ['no lock file', { 'package.json': '{}' }, ['npm install', 'npx cdk synth --quiet']],
    [
      'Python',
      { 'requirements.txt': 'aws-cdk-lib\n' },
      ['pip install -r requirements.txt', 'npx --yes aws-cdk synth --quiet'],
    ],
  ])('has the workflow install what a CDK app with %s needs', (_, files, commands) => {
    expect(stepsIn(started({ ...files, 'cdk.json': '{}' }).cwd)).toEqual(commands.map((run) => ({ run })));
  });

  it('synthesizes each app of a monorepo in its folder', () => {
    const { cwd, told } = started({
      'package-lock.json': '{}',
      'apps/tools/cdk.json': '{}',
      'apps/tools/package.json': '{}',
      'apps/identity/cdk.json': '{}',
      'apps/identity/requirements.txt': 'aws-cdk-lib\n',
      'node_modules/other/cdk.json': '{}',
    });
    expect(told).toContain('This is a repository of 2 CDK apps.');
    expect(stepsIn(cwd)).toEqual([
      { run: 'npm ci' },
      { run: 'pip install -r requirements.txt', 'working-directory': 'apps/identity' },
      { run: 'npx --yes aws-cdk synth --quiet', 'working-directory': 'apps/identity' },
      { run: 'npx cdk synth --quiet', 'working-directory': 'apps/tools' },
    ]);
  });

  it('names the branch that the repository has', () => {
    const { told } = started({ '.git/HEAD': 'ref: refs/heads/master\n' });
    expect(told).toContain('each pull request and each push to master is linted');
    expect(started({}).told).toContain('each push to main is linted');
  });

  it('takes each environment that samconfig.toml has, and none where it has none', async () => {
    const named = async (toml: string) => {
      const { cwd } = started({ 'template.yaml': SAM, 'samconfig.toml': toml });
      const { config } = await loadConfig({ cwd, file: undefined, noCode: true, rules: async () => [] });
      return config?.environments?.map(({ name }) => name);
    };
    const table = (name: string) => `[${name}.deploy.parameters]\nparameter_overrides = "Stage=${name}"\n`;
    expect(await named(`version = 0.1\n${table('dev')}${table('prod')}`)).toEqual(['dev', 'prod']);
    expect(await named('version = 0.1\n')).toEqual([]);
    expect(await named('not = = toml')).toEqual([]);
  });

  it('takes the values of samconfig.toml for the environment that they are', async () => {
    const { cwd } = started({
      'template.yaml': SAM,
      'samconfig.toml': 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "A=b"\n',
    });
    const { config } = await loadConfig({ cwd, file: undefined, noCode: true, rules: async () => [] });
    expect(config?.environments?.map(({ name }) => name)).toEqual(['default']);
  });
});

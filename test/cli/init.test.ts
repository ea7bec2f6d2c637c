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
  const cwd = temporaryDirectory({ ...files, '.git/HEAD': 'ref: refs/heads/main\n' });
  const { surroundings, written } = fakeSurroundings({ cwd });
  init(surroundings);
  return { cwd, told: written.stdout };
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

  it('takes the values of samconfig.toml for the environment that they are', async () => {
    const { cwd } = started({
      'template.yaml': SAM,
      'samconfig.toml': 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "A=b"\n',
    });
    const { config } = await loadConfig({ cwd, file: undefined, noCode: true, rules: async () => [] });
    expect(config?.environments?.map(({ name }) => name)).toEqual(['default']);
  });
});

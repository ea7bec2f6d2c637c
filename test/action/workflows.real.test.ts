import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { directory, INSTALLATION, Project, ROOT, shellEnvironment } from '../hooks/project.js';
import { recipes } from '../hooks/recipes.js';
import { gateway, identity } from '../hooks/templates.js';
import { packPackage } from '../packed.js';
import { type ActionRun, bash, readAction, runAction } from './runner.js';

interface WorkflowStep {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number>>;
}

const temporary = directory();
afterAll(temporary.remove);

const action = path.join(temporary.path, 'action');
const workflows = recipes('github.md').filter(({ language }) => language === 'yaml');

/** The steps of the workflow in that file. */
function stepsOf(name: string): readonly WorkflowStep[] {
  const text = workflows.find((recipe) => recipe.text.startsWith(`# .github/workflows/${name}\n`))?.text;
  const [job] = Object.values(parse(text ?? '').jobs) as { steps: readonly WorkflowStep[] }[];
  return job?.steps ?? [];
}

function actionStep(name: string): WorkflowStep | undefined {
  return stepsOf(name).find(({ uses }) => uses?.startsWith('cfn-tx-lint/'));
}

function project(name: string, exchanges: boolean): string {
  const made = new Project(path.join(temporary.path, name));
  made.commit({ 'identity.yaml': identity({ exchanges }), 'templates/deep/gateway.yaml': gateway() });
  return made.path;
}

function act(workspace: string, step: WorkflowStep | undefined): Promise<ActionRun> {
  const inputs = Object.entries(step?.with ?? {}).map(([name, value]) => [name, String(value)]);
  return runAction(action, workspace, Object.fromEntries(inputs));
}

beforeAll(() => {
  for (const part of ['action.yml', 'action', 'bin', 'dist', 'package.json']) {
    cpSync(path.join(ROOT, part), path.join(action, part), { recursive: true });
  }
});

describe('the workflows of the documentation', { timeout: INSTALLATION }, () => {
  it('give no more rights than needed', () => {
    expect(workflows).toHaveLength(4);
    for (const { text } of workflows) {
      const { permissions } = parse(text);
      expect(permissions.contents).toBe('read');
      const upload = text.includes('upload-sarif') ? { 'security-events': 'write' } : {};
      expect(permissions).toEqual({ contents: 'read', ...upload });
    }
  });

  it('lint', async () => {
    expect((await act(project('bad', false), actionStep('cfn-tx-lint.yml'))).outputs).toMatchObject({
      errors: '1',
    });
    expect((await act(project('good', true), actionStep('cfn-tx-lint.yml'))).status).toBe(0);
  });

  it('hand SARIF to code scanning, from a run that fails', async () => {
    const lint = actionStep('code-scanning.yml');
    const upload = stepsOf('code-scanning.yml').find(({ uses }) => uses?.includes('upload-sarif'));
    const { status, outputs } = await act(project('scanned', false), lint);
    expect(status).toBe(1);
    expect(upload?.if).toBe(`always() && steps.${lint?.id}.outputs.sarif-file != ''`);
    expect(upload?.with?.sarif_file).toBe(`\${{ steps.${lint?.id}.outputs.sarif-file }}`);
    expect(Object.keys(readAction(action).outputs)).toContain('sarif-file');
    const sarif = JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8'));
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      'templates/deep/gateway.yaml',
    );
  });

  it('lint what a CDK app synthesized', async () => {
    expect(stepsOf('cdk.yml').flatMap(({ run = [] }) => run)).toEqual(['npm ci', 'npx cdk synth --quiet']);
    const workspace = path.join(temporary.path, 'cdk');
    cpSync(path.join(ROOT, 'fixtures/projects/cloud-assembly'), workspace, { recursive: true });
    writeFileSync(path.join(workspace, '.gitignore'), 'cdk.out\n');
    const { outputs, log } = await act(workspace, actionStep('cdk.yml'));
    expect(Number(outputs.errors), log).toBeGreaterThan(0);
    expect(log).toMatch(/^::error file=cdk\.out\//m);
  });

  it('work without the action', async () => {
    const [script = ''] = stepsOf('plain.yml').flatMap(({ run = [] }) => run);
    const workspace = project('plain', false);
    // Not published yet: npx is given the package that is built here.
    const packed = packPackage(temporary.path).file;
    const here = script.replace(
      /npx --yes cfn-tx-lint@[\d.]+/,
      `npx --yes --package '${packed}' cfn-tx-lint`,
    );
    expect(here).not.toBe(script);
    mkdirSync(path.join(temporary.path, 'steps'));
    const [file, summary] = ['plain.sh', 'summary.md'].map((name) =>
      path.join(temporary.path, 'steps', name),
    );
    writeFileSync(file as string, here);
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_STEP_SUMMARY: summary as string,
    };
    const { status, log } = await bash(file as string, workspace, shellEnvironment(env));
    expect(log).toMatch(/^::error file=templates\/deep\/gateway\.yaml,/m);
    expect(status).toBe(1);
    expect(readFileSync(summary as string, 'utf8')).toContain('## cfn-tx-lint');
    expect(existsSync(path.join(workspace, 'reports/junit.xml'))).toBe(true);
  });
});

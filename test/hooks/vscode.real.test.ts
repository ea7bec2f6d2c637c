import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/lint/result.js';
import { directory, Project, ROOT, shellEnvironment } from './project.js';
import { recipe } from './recipes.js';
import { gateway, identity } from './templates.js';

interface Matcher {
  readonly severity?: string;
  readonly pattern: Readonly<Record<string, number>> & { readonly regexp: string };
  readonly background?: { readonly beginsPattern: string; readonly endsPattern: string };
}

interface Task {
  readonly command: string;
  readonly problemMatcher: Matcher | readonly Matcher[];
}

const PROGRAM = path.join(ROOT, 'bin/cfn-tx-lint.js');
const temporary = directory();
afterAll(temporary.remove);

const { tasks } = JSON.parse(recipe('vscode.md', /"tasks"/)) as { tasks: readonly [Task, Task] };

/** The names of severities that the editor knows; for any other it takes that of the matcher. */
const KNOWN = ['error', 'warning', 'info'];

/** Reads lines as the editor does: the first matcher that fits a line makes a problem of it. */
function problems(output: string, { problemMatcher }: Task) {
  const matchers = [problemMatcher].flat();
  return output.split('\n').flatMap((line) => {
    for (const { pattern, severity = 'error' } of matchers) {
      const match = new RegExp(pattern.regexp).exec(line);
      if (match === null) continue;
      const group = (name: string) => match[pattern[name] ?? -1];
      const found = group('severity') ?? '';
      return {
        severity: KNOWN.includes(found) ? found : severity,
        file: group('file'),
        line: Number(group('line')),
        column: Number(group('column')),
        code: group('code'),
        message: group('message'),
      };
    }
    return [];
  });
}

describe('the tasks for Visual Studio Code', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project(path.join(temporary.path, 'project'));
    project.write({
      'identity.yaml': identity({ exchanges: false }),
      'unseen.yaml': gateway().replace('provider-arn', 'another-arn'),
      // A secret in plain text is a warning.
      'unused.yaml': identity({ exchanges: true })
        .replace('Name: provider-arn', 'Name: other')
        .replace("'{{resolve:secretsmanager:client}}'", 'hunter2-hunter2-hunter2'),
    });
    for (let index = 0; index < 12; index++) project.write({ [`deep er/gateway ${index}.yaml`]: gateway() });
  });

  it('find every problem, with its place, severity, rule and message', () => {
    const [task] = tasks;
    const args = task.command.replace(/^npx cfn-tx-lint /, '').split(' ');
    const output = project.run(process.execPath, PROGRAM, ...args).stdout;
    const report = JSON.parse(project.run(process.execPath, PROGRAM, '--format', 'json').stdout);
    const expected = report.diagnostics.map((diagnostic: Diagnostic) => {
      const { severity, file, range, ruleId, message, help } = diagnostic;
      const { line, column } = range.start;
      return { severity, file, line, column, code: ruleId, message: `${message} ${help}` };
    });
    const severities = new Set(expected.map(({ severity }: Diagnostic) => severity));
    expect([...severities].sort()).toEqual(['error', 'info', 'warning']);
    const byPlace = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(problems(output, task).sort(byPlace)).toEqual(expected.sort(byPlace));
  });

  it('know when watching begins and ends a round', async () => {
    const [, task] = tasks;
    const { background } = [task.problemMatcher].flat()[0] as Matcher;
    const args = task.command.replace(/^npx cfn-tx-lint /, '').split(' ');
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: project.path, env: shellEnvironment() });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const rounds = (pattern: string | undefined) =>
      output.match(new RegExp(pattern ?? '(?!)', 'gm'))?.length ?? 0;
    const until = async (done: () => boolean) => {
      while (!done()) {
        expect(child.exitCode).toBeNull();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await until(() => rounds(background?.endsPattern) === 1);
    expect(rounds(background?.beginsPattern)).toBe(0);
    project.write({ 'identity.yaml': identity({ exchanges: true }) });
    await until(() => rounds(background?.endsPattern) === 2);
    expect(rounds(background?.beginsPattern)).toBe(1);
    child.kill('SIGINT');
    await new Promise((resolve) => child.on('exit', resolve));
  });
});

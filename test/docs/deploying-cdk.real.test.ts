import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesizeProject } from '../cdk/app-project.js';
import { temporaryDirectory } from '../cdk/synthesize.js';
import { runProgram } from '../run-program.js';
import { expectAsShown, readPage, writeFiles } from './deploying-pages.js';

const typescript = readPage('cdk-typescript.md');
const app = typescript.files.get('bin/app.ts') ?? '';

describe('docs/deploying/cdk-typescript.md', () => {
  it.each(typescript.sessions)('prints what it shows: %s', async (session) => {
    const cwd = temporaryDirectory();
    synthesizeProject(cwd, app);
    await expectAsShown('cdk-typescript.md', session, cwd);
  });
});

describe('docs/deploying/cdk-python-java.md', () => {
  const python = readPage('cdk-python-java.md');

  /**
   * The same constructs, made for an app in another language: the real CDK writes their places, of the frames that jsii
   * hands over (`jsii.context.hostStackTrace`, in aws-cdk-lib `core/lib/private/stack-trace.js`; what each runtime puts
   * into it: jsii's `_stack_trace.py` and `HostStackTrace.java`).
   */
  function synthesizeFor(cwd: string, frames: (className: string) => readonly unknown[]): void {
    const code = app.replace(/new (Cfn\w+)\(/g, (_, name: string) => {
      const trace = JSON.stringify(frames(name));
      return `new (globalThis[Symbol.for('jsii.context.hostStackTrace')] = ${trace}, ${name})(`;
    });
    const preamble = "globalThis[Symbol.for('jsii.context.hostDirName')] = __dirname;\n";
    synthesizeProject(cwd, preamble + code);
  }

  const lineIn = (text: string, words: string): number =>
    text.split('\n').findIndex((line) => line.includes(words)) + 1;

  it.each(python.sessions)('prints what it shows: %s', async (session) => {
    const cwd = temporaryDirectory();
    const code = python.files.get('app.py') ?? '';
    const binding = '/venv/lib/python3.13/site-packages/aws_cdk/aws_bedrockagentcore/__init__.py';
    synthesizeFor(cwd, (name) => [
      [binding, 4_711, 0, '__init__'],
      [path.join(cwd, 'app.py'), lineIn(code, `${name}(`), 0, '<module>'],
    ]);
    writeFiles(python, cwd);
    await expectAsShown('cdk-python-java.md', session, cwd);
  });

  it('holds for an app in Java, whose frames tell the class', async () => {
    const cwd = temporaryDirectory();
    const file = 'src/main/java/com/myorg/ToolsApp.java';
    const code = 'package com.myorg;\n// CfnOAuth2CredentialProvider(\n\n// CfnGatewayTarget(\n';
    synthesizeFor(cwd, (name) => [
      [`${name}.java`, 17, 0, `software.amazon.awscdk.services.bedrockagentcore.${name}.<init>`],
      [`${name}.java`, 99, 0, `software.amazon.awscdk.services.bedrockagentcore.${name}$Builder.build`],
      ['ToolsApp.java', lineIn(code, `${name}(`), 0, 'com.myorg.ToolsApp.main'],
    ]);
    mkdirSync(path.join(cwd, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(cwd, file), code);
    const { stdout } = await runProgram(cwd, ['--format', 'json']);
    const [fault] = JSON.parse(stdout).diagnostics;
    expect(fault.source).toEqual({ file, line: 4, column: 1 });
    expect(fault.related).toContainEqual(
      expect.objectContaining({ resource: 'Okta', source: { file, line: 2, column: 1 } }),
    );
  });

  it('points into the template where jsii was not asked for the frames', async () => {
    const cwd = temporaryDirectory();
    synthesizeProject(cwd, `globalThis[Symbol.for('jsii.context.hostDirName')] = __dirname;\n${app}`);
    const { stdout } = await runProgram(cwd, ['--format', 'json']);
    const [fault] = JSON.parse(stdout).diagnostics;
    expect(fault.source).toBeNull();
    expect(fault.file).toBe('cdk.out/Tools.template.json');
  });
});

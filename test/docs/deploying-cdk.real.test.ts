import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';
import { synthesizeProject } from '../cdk/app-project.js';
import { temporaryDirectory } from '../cdk/synthesize.js';
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
   * The same constructs, with the frames that the CDK writes for an app in Python (`formatExternalFrame` in
   * `core/lib/private/stack-trace.js` of aws-cdk-lib 2.276.0): the module, the file and a line without a column.
   */
  function asFromPython(cwd: string): void {
    const lines = (python.files.get('app.py') ?? '').split('\n');
    const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
    const assembly = path.join(cwd, 'cdk.out');
    for (const name of readdirSync(assembly).filter((file) => file.endsWith('.metadata.json'))) {
      const file = path.join(assembly, name);
      const metadata: Record<string, { type: string; data: unknown }[]> = JSON.parse(
        readFileSync(file, 'utf8'),
      );
      for (const [key, entries] of Object.entries(metadata)) {
        const line = lineOf(key.endsWith('/Okta') ? 'CfnOAuth2CredentialProvider(' : 'CfnGatewayTarget(');
        for (const entry of entries) {
          if (entry.type === 'aws:cdk:creationStack')
            entry.data = ['...jsii runtime...', `<module> (app.py:${line})`];
        }
      }
      writeFileSync(file, JSON.stringify(metadata, undefined, 2));
    }
  }

  it.each(python.sessions)('prints what it shows: %s', async (session) => {
    const cwd = temporaryDirectory();
    synthesizeProject(cwd, app);
    writeFiles(python, cwd);
    asFromPython(cwd);
    await expectAsShown('cdk-python-java.md', session, cwd);
  });
});

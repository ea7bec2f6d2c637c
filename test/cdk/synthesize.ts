import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { LintOptions } from '../../src/index.js';
import type { Diagnostic, Report } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';
import { type App, type AppProps, cdk } from './real-parts.js';

const made: string[] = [];
afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A new, empty directory, gone after the tests of the file. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-cdk-')));
  made.push(directory);
  return directory;
}

/**
 * Synthesizes an app into the `cdk.out` of a new directory.
 * @returns the directory
 */
export function synthesize(build: (app: App) => void, props: AppProps = {}): string {
  const directory = temporaryDirectory();
  const app = new cdk.App({
    outdir: path.join(directory, 'cdk.out'),
    analyticsReporting: false,
    treeMetadata: false,
    // It takes seconds and is not what is tested.
    builtinCloudFormationValidation: false,
    ...props,
  });
  build(app);
  app.synth();
  return directory;
}

/** Lints the `cdk.out` of a directory as the command line does. */
export async function lintAssembly(directory: string, options: LintOptions = {}): Promise<Report> {
  const result = await run(
    { cwd: directory, files: ['cdk.out'], ...options },
    { rules: builtInRules, url: ruleUrl },
  );
  if (result.internalErrors.length > 0) throw new Error(JSON.stringify(result.internalErrors));
  return result.report;
}

/** A finding in one line, its hops below it: what a reader follows. Names without the hash of the CDK. */
export function story(diagnostic: Diagnostic): string[] {
  const place = (file: string, resource: string | null): string =>
    `${path
      .basename(file)
      .replace(/\.template\.json$/, '')
      .replace(/^asset\.[0-9a-f]{64}/, 'asset')}${resource === null ? '' : ` ${plain(resource)}`}`;
  return [
    `${diagnostic.severity} ${diagnostic.ruleId} at ${place(diagnostic.file, diagnostic.resource)} (${diagnostic.constructPath})`,
    ...diagnostic.related.map(({ file, resource, message }) => `${place(file, resource)}: ${plain(message)}`),
  ];
}

/** A text without the hashes that the CDK puts behind logical ids, and with the middle of its longest names left out. */
function plain(text: string): string {
  return text
    .replace(/([A-Za-z])[0-9A-F]{8}(?![0-9A-Za-z])/g, '$1')
    .replace(/\b(\w{24})\w{24,}(\w{12})\b/g, '$1...$2');
}

/**
 * Lints once: annotations in the log, the job summary, the SARIF report if it is asked for, and the counts as outputs.
 * Ends as the linter does.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fail, input, inputLines, quoted, setOutputs } from './runner.js';

const directory = path.resolve(input('WORKING_DIRECTORY') || '.');
if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
  fail(`The working directory ${quoted(directory)} is no directory.`);
}
const sarif = input('SARIF_FILE') && path.resolve(directory, input('SARIF_FILE'));
const temporary = mkdtempSync(path.join(process.env.RUNNER_TEMP || tmpdir(), 'cfn-tx-lint-'));
const summary = path.join(temporary, 'summary.md');
const report = path.join(temporary, 'report.json');

const { status, stderr, error } = spawnSync(process.execPath, [process.env.PROGRAM ?? '', ...args()], {
  cwd: directory,
  encoding: 'utf8',
  stdio: ['ignore', 'inherit', 'pipe'],
  maxBuffer: 64 * 1024 * 1024,
});
process.stderr.write(stderr ?? '');
// The last report that the linter writes: where it is, the others are.
if (existsSync(report)) {
  if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, readFileSync(summary));
  const { errors, warnings, infos, tokenExchange } = JSON.parse(readFileSync(report, 'utf8')).summary;
  setOutputs({ errors, warnings, infos, ...tokenExchange, 'sarif-file': sarif });
}
rmSync(temporary, { recursive: true, force: true });

// Findings have annotations of their own. What kept the linter from finding any has not.
if (status === null || status > 1) {
  fail(stderr?.trim() || error?.message || 'The linter was ended from outside.', status ?? 3);
}
process.exit(status);

function args() {
  const option = (name, value) => (value === '' ? [] : [`--${name}=${value}`]);
  const flag = (name, value) => (value === 'true' ? [`--${name}`] : []);
  return [
    '--format=github',
    ...option('config', input('CONFIG')),
    ...inputLines('PARAMETERS').flatMap((line) => option('parameters', line)),
    ...option('max-warnings', input('MAX_WARNINGS')),
    ...option('fail-on', input('FAIL_ON')),
    ...option('baseline', input('BASELINE')),
    ...flag('strict', input('STRICT')),
    // What a pull request from a fork brings along is not run, unless the workflow says so.
    ...flag('no-code', input('NO_CODE') || String(process.env.FROM_FORK === 'true')),
    ...(sarif === '' ? [] : option('report', `sarif=${sarif}`)),
    ...option('report', `job-summary=${summary}`),
    ...option('report', `json=${report}`),
    '--',
    ...inputLines('FILES'),
  ];
}

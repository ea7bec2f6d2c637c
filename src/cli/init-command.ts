import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../discover/inside.js';
import { projectRoot } from '../discover/project-root.js';
import { readText } from '../discover/read.js';
import { UsageError } from '../discover/usage-error.js';
import { realPlace } from '../plain/real-place.js';
import { neutralise } from '../report/neutralise.js';
import { MAX_FILE_BYTES } from '../source/limits.js';
import { version } from '../version.js';
import { ExitStatus } from './exit-status.js';
import { type Kind, kindOf, type Step } from './init-kinds.js';
import type { Surroundings } from './surroundings.js';
import { writeReason } from './write-reason.js';

/** Looks at a repository and writes a configuration, a hook and a workflow; never over what is there. */
export function init({ cwd, stdout }: Surroundings): ExitStatus {
  const root = projectRoot(cwd);
  const kind = kindOf(root);
  const branch = mainBranch(root);
  const tell = (line: string): void => stdout.write(`${neutralise(line)}\n`);
  tell(`This is ${kind.name}.`);
  const files: readonly (readonly [file: string, text: string, use: string])[] = [
    ['cfn-tx-lint.config.yaml', config(kind), 'what is linted, and how'],
    ['.pre-commit-config.yaml', hookConfig(kind), kind.hook.use],
    [
      '.github/workflows/cfn-tx-lint.yml',
      workflow(kind, branch),
      `each pull request and each push to ${branch} is linted`,
    ],
  ];
  for (const [file, text, use] of files) {
    const there = existingOne(root, file);
    if (there !== undefined) {
      tell(`kept  ${there}: it is there already`);
      hint(root, there, kind).forEach(tell);
    } else {
      write(root, file, text);
      tell(`wrote ${file}: ${use}`);
    }
  }
  tell(
    'Next: cfn-tx-lint, and cfn-tx-lint --update-baseline --baseline cfn-tx-lint.baseline.json to accept what it finds today.',
  );
  return ExitStatus.clean;
}

function config({ config: lines }: Kind): string {
  return `# yaml-language-server: $schema=node_modules/cfn-tx-lint/dist/config.schema.json
${lines}# What cannot be verified fails the run where this is true.
strict: false
`;
}

const RELEASE = `v${version.replace(/-source$/, '').replace(/^0\.0\.0$/, '0.1.0')}`;

function hookConfig({ hook }: Kind): string {
  return [
    'repos:',
    '  - repo: https://github.com/cfn-tx-lint/cfn-tx-lint',
    `    rev: ${RELEASE}`,
    '    hooks:',
    '      - id: cfn-tx-lint',
    ...hook.lines,
    '',
  ].join('\n');
}

/** The branch that others start from, as far as a fresh repository tells. */
function mainBranch(root: string): string {
  const head = readText(path.join(root, '.git/HEAD'), MAX_FILE_BYTES);
  return head.ok && head.content.trim() === 'ref: refs/heads/master' ? 'master' : 'main';
}

function workflow({ steps }: Kind, branch: string): string {
  return [
    'name: cfn-tx-lint',
    'on:',
    '  pull_request:',
    '  push:',
    `    branches: [${branch}]`,
    'permissions:',
    '  contents: read',
    'jobs:',
    '  lint:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    ...steps.flatMap(stepLines),
    `      - uses: cfn-tx-lint/cfn-tx-lint@${RELEASE}`,
    '',
  ].join('\n');
}

function stepLines({ run, folder }: Step): string[] {
  const step = `      - run: ${run}`;
  return folder === '.' ? [step] : [step, `        working-directory: ${JSON.stringify(folder)}`];
}

/** The file that has the same part already, under any of its names. */
function existingOne(root: string, file: string): string | undefined {
  const names = file.startsWith('cfn-tx-lint.config.')
    ? ['json', 'yaml', 'yml', 'js', 'mjs'].map((ending) => `cfn-tx-lint.config.${ending}`)
    : [file];
  return names.find((name) => existsSync(path.join(root, name)));
}

/** Lines that say what to add to a file that is kept. */
function hint(root: string, file: string, kind: Kind): readonly string[] {
  if (file !== '.pre-commit-config.yaml') return [];
  const text = readText(path.join(root, file), MAX_FILE_BYTES);
  if (!text.ok || text.content.includes('cfn-tx-lint')) return [];
  return ['      add the hook to it:', ...hookConfig(kind).trimEnd().split('\n').slice(1)];
}

/** @throws UsageError when it cannot be written */
function write(root: string, file: string, text: string): void {
  const absolute = path.join(root, file);
  if (!isInside(realPlace(root), realPlace(absolute)))
    throw new UsageError(`cannot write ${file}: a link leads out of the project`);
  try {
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${writeReason(error)}`);
  }
}

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
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
import type { Surroundings } from './surroundings.js';
import { writeReason } from './write-reason.js';

/** What a repository is made of, as far as it decides what to lint. */
interface Kind {
  /** How the message calls it. */
  readonly name: string;
  /** The lines of its configuration, with a comment that says why. */
  readonly config: string;
  /** Steps of the workflow that come before the linter. */
  readonly steps: readonly string[];
  /** The hook, and what to say of it. */
  readonly hook: Hook;
}

interface Hook {
  /** Lines beneath its id. */
  readonly lines: readonly string[];
  readonly use: string;
}

const ON_CHANGED_FILES: Hook = {
  lines: [],
  use: 'run `pre-commit install` once, and the changed files of each commit are linted',
};

/** Templates of a CDK app are no files of a commit: git ignores them. */
const ON_THE_ASSEMBLY: Hook = {
  lines: [
    '        # The cloud assembly, as it was synthesized last; without one there is nothing to check.',
    '        always_run: true',
    '        pass_filenames: false',
    '        args: [--allow-empty]',
  ],
  use: 'run `pre-commit install` once, and each commit lints what was synthesized last',
};

/** Looks at a repository and writes a configuration, a hook and a workflow; never over what is there. */
export function init({ cwd, stdout }: Surroundings): ExitStatus {
  const root = projectRoot(cwd);
  const kind = kindOf(root);
  const tell = (line: string): void => stdout.write(`${neutralise(line)}\n`);
  tell(`This is ${kind.name}.`);
  const files: readonly (readonly [file: string, text: string, use: string])[] = [
    ['cfn-tx-lint.config.yaml', config(kind), 'what is linted, and how'],
    ['.pre-commit-config.yaml', hookConfig(kind), kind.hook.use],
    ['.github/workflows/cfn-tx-lint.yml', workflow(kind), 'each push and each pull request is linted'],
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

function kindOf(root: string): Kind {
  const has = (file: string): boolean => existsSync(path.join(root, file));
  if (has('agentcore/agentcore.json'))
    return {
      name: 'a project of the AgentCore CLI',
      config:
        '# agentcore/agentcore.json is read as it is; the templates of agentcore/cdk where they are synthesized.\n',
      steps: [],
      hook: ON_CHANGED_FILES,
    };
  if (has('cdk.json'))
    return {
      name: 'a CDK app',
      config: '# The cloud assembly is what is deployed: run `npx cdk synth` first.\n',
      steps: has('package.json')
        ? ['      - run: npm ci', '      - run: npx cdk synth --quiet']
        : ['      - run: npx --yes aws-cdk synth --quiet'],
      hook: ON_THE_ASSEMBLY,
    };
  if (topTemplates(root).some((text) => text.includes('AWS::Serverless')))
    return {
      name: 'a SAM project',
      config: samConfig(has('samconfig.toml')),
      steps: [],
      hook: ON_CHANGED_FILES,
    };
  return {
    name: 'a folder of templates',
    config: '# Every template that .gitignore does not exclude is linted.\n',
    steps: [],
    hook: ON_CHANGED_FILES,
  };
}

function samConfig(hasToml: boolean): string {
  return hasToml
    ? '# The values of the default environment; name others to check them side by side.\nenvironments:\n  default: samconfig.toml#default\n'
    : '# Every template that .gitignore does not exclude is linted.\n';
}

/** Templates that are larger decide nothing. */
const GLANCE_BYTES = 1024 * 1024;

/** The texts of the templates at the top of a repository, those that are small enough to glance at. */
function topTemplates(root: string): string[] {
  const names = readdirSync(root).filter((name) => /\.(?:ya?ml|json|template)$/.test(name));
  return names.slice(0, 50).flatMap((name) => {
    const text = readText(path.join(root, name), GLANCE_BYTES);
    return text.ok ? [text.content] : [];
  });
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

function workflow({ steps }: Kind): string {
  return [
    'name: cfn-tx-lint',
    'on:',
    '  pull_request:',
    '  push:',
    '    branches: [main]',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  lint:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    ...steps,
    `      - uses: cfn-tx-lint/cfn-tx-lint@${RELEASE}`,
    '',
  ].join('\n');
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

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../discover/project-root.js';
import { UsageError } from '../discover/usage-error.js';
import { neutralise } from '../report/neutralise.js';
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
}

/** Looks at a repository and writes a configuration, a hook and a workflow; never over what is there. */
export function init({ cwd, stdout }: Surroundings): ExitStatus {
  const root = projectRoot(cwd);
  const kind = kindOf(root);
  const tell = (line: string): void => stdout.write(`${neutralise(line)}\n`);
  tell(`This is ${kind.name}.`);
  const files: readonly (readonly [file: string, text: string, use: string])[] = [
    ['cfn-tx-lint.config.yaml', config(kind), 'what is linted, and how'],
    ['.pre-commit-config.yaml', HOOK, 'run `pre-commit install` once, and each commit is linted'],
    ['.github/workflows/cfn-tx-lint.yml', workflow(kind), 'each push and each pull request is linted'],
  ];
  for (const [file, text, use] of files) {
    const there = existingOne(root, file);
    if (there !== undefined) tell(`kept  ${there}: it is there already${hint(root, there)}`);
    else {
      write(path.join(root, file), file, text);
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
    };
  if (has('cdk.json'))
    return {
      name: 'a CDK app',
      config: '# The cloud assembly is what is deployed: run `npx cdk synth` first.\n',
      steps: has('package.json')
        ? ['      - run: npm ci', '      - run: npx cdk synth --quiet']
        : ['      - run: npx --yes aws-cdk synth --quiet'],
    };
  if (topTemplates(root).some((text) => text.includes('AWS::Serverless')))
    return { name: 'a SAM project', config: samConfig(has('samconfig.toml')), steps: [] };
  return {
    name: 'a folder of templates',
    config: '# Every template that .gitignore does not exclude is linted.\n',
    steps: [],
  };
}

function samConfig(hasToml: boolean): string {
  return hasToml
    ? '# The values of the default environment; name others to check them side by side.\nenvironments:\n  default: samconfig.toml#default\n'
    : '# Every template that .gitignore does not exclude is linted.\n';
}

/** The texts of the templates at the top of a repository, those that are small enough to glance at. */
function topTemplates(root: string): string[] {
  const names = readdirSync(root).filter((name) => /\.(?:ya?ml|json|template)$/.test(name));
  return names.slice(0, 50).flatMap((name) => {
    try {
      return [readFileSync(path.join(root, name), 'utf8').slice(0, 100_000)];
    } catch {
      return [];
    }
  });
}

function config({ config: lines }: Kind): string {
  return `# yaml-language-server: $schema=node_modules/cfn-tx-lint/dist/config.schema.json
${lines}# What cannot be verified fails the run where this is true.
strict: false
`;
}

const RELEASE = `v${version.replace(/-source$/, '').replace(/^0\.0\.0$/, '0.1.0')}`;

const HOOK = `repos:
  - repo: https://github.com/cfn-tx-lint/cfn-tx-lint
    rev: ${RELEASE}
    hooks:
      - id: cfn-tx-lint
`;

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

function hint(root: string, file: string): string {
  if (file !== '.pre-commit-config.yaml') return '';
  const text = readFileSync(path.join(root, file), 'utf8');
  return text.includes('cfn-tx-lint') ? '' : `; add the hook to it:\n${HOOK}`.replace(/\n/g, ' ');
}

/** @throws UsageError when it cannot be written */
function write(absolute: string, file: string, text: string): void {
  try {
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${writeReason(error)}`);
  }
}

import { type Dirent, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseToml, SamConfig } from '../config/samconfig.js';
import { CDK_APP } from '../discover/cdk-app.js';
import { readText } from '../discover/read.js';
import { compareText } from '../plain/compare-text.js';

/** What a repository is made of, as far as it decides what to lint. */
export interface Kind {
  /** How the message calls it. */
  readonly name: string;
  /** The lines of its configuration, with a comment that says why. */
  readonly config: string;
  /** Steps of the workflow that come before the linter. */
  readonly steps: readonly Step[];
  /** The hook, and what to say of it. */
  readonly hook: Hook;
}

/** A step of a workflow: a command, and the folder in which it runs, relative to the root. */
export interface Step {
  readonly run: string;
  readonly folder: string;
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

const ALL_TEMPLATES = '# Every template that .gitignore does not exclude is linted.\n';

/** Looks at a repository. */
export function kindOf(root: string): Kind {
  if (existsSync(path.join(root, 'agentcore/agentcore.json')))
    return {
      name: 'a project of the AgentCore CLI',
      config:
        '# agentcore/agentcore.json is read as it is; the templates of agentcore/cdk where they are synthesized.\n',
      steps: [],
      hook: ON_CHANGED_FILES,
    };
  const apps = cdkApps(root);
  if (apps.length > 0)
    return {
      name: apps.length === 1 ? 'a CDK app' : `a repository of ${apps.length} CDK apps`,
      config: '# The cloud assembly is what is deployed: run `npx cdk synth` first.\n',
      steps: synthesis(root, apps),
      hook: ON_THE_ASSEMBLY,
    };
  if (topTemplates(root).some((text) => text.includes('AWS::Serverless')))
    return {
      name: 'a SAM project',
      config: samConfig(root),
      steps: [],
      hook: ON_CHANGED_FILES,
    };
  return { name: 'a folder of templates', config: ALL_TEMPLATES, steps: [], hook: ON_CHANGED_FILES };
}

/** How deep below the root CDK apps are looked for. */
const APP_DEPTH = 3;

/** The folders of CDK apps, relative to the root: that itself, or those below it. */
function cdkApps(root: string, folder = '.', depth = 0): string[] {
  if (existsSync(path.join(root, folder, CDK_APP))) return [folder];
  if (depth === APP_DEPTH) return [];
  return entriesOf(path.join(root, folder))
    .filter((entry) => entry.isDirectory() && !/^(?:\..*|node_modules|cdk\.out)$/.test(entry.name))
    .map(({ name }) => path.posix.join(folder, name))
    .sort(compareText)
    .flatMap((below) => cdkApps(root, below, depth + 1));
}

/** What a folder holds; nothing where it cannot be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** How a package manager installs exactly what its lock file names. */
const INSTALLATIONS: readonly (readonly [lock: string, command: string])[] = [
  ['package-lock.json', 'npm ci'],
  ['npm-shrinkwrap.json', 'npm ci'],
  ['yarn.lock', 'corepack enable && yarn install --frozen-lockfile'],
  ['pnpm-lock.yaml', 'corepack enable && pnpm install --frozen-lockfile'],
  ['uv.lock', 'pip install uv && uv sync'],
  ['requirements.txt', 'pip install -r requirements.txt'],
];

/** What synthesizes apps on a machine that has nothing but what they are written in. */
function synthesis(root: string, apps: readonly string[]): Step[] {
  const has = (folder: string, file: string): boolean => existsSync(path.join(root, folder, file));
  const installed = (folder: string): Step[] =>
    INSTALLATIONS.flatMap(([lock, run]) => (has(folder, lock) ? [{ run, folder }] : []));
  const shared = apps.includes('.') ? [] : installed('.');
  return [
    ...shared,
    ...apps.flatMap((folder): Step[] => {
      const own = installed(folder);
      const isPackage = has(folder, 'package.json');
      // A package without a lock file of its own is one of a workspace, or was never installed.
      const alone = isPackage && own.length === 0 && shared.length === 0;
      const synth = isPackage ? 'npx cdk synth --quiet' : 'npx --yes aws-cdk synth --quiet';
      return [...own, ...(alone ? [{ run: 'npm install', folder }] : []), { run: synth, folder }];
    }),
  ];
}

/** The environments of `samconfig.toml` side by side, as far as there are any. */
function samConfig(root: string): string {
  const names = samEnvironments(root);
  if (names.length === 0) return ALL_TEMPLATES;
  return [
    '# The parameter values of each environment of samconfig.toml; all are checked side by side.',
    'environments:',
    ...names.map((name) => `  ${name}: samconfig.toml#${name}`),
    '',
  ].join('\n');
}

function samEnvironments(root: string): readonly string[] {
  const name = 'samconfig.toml';
  const text = readText(path.join(root, name), GLANCE_BYTES);
  if (!text.ok) return [];
  try {
    const options = { name, notes: [], readFile: () => ({ values: {}, places: {} }) };
    const { environments } = new SamConfig(parseToml(text.content, name), options);
    // Others would have to be quoted.
    return environments.filter((environment) => /^[a-z][\w-]*$/i.test(environment));
  } catch {
    return [];
  }
}

/** Files that are larger decide nothing. */
const GLANCE_BYTES = 1024 * 1024;

/** The texts of the templates at the top of a repository, those that are small enough to glance at. */
function topTemplates(root: string): string[] {
  const names = readdirSync(root).filter((name) => /\.(?:ya?ml|json|template)$/.test(name));
  return names.slice(0, 50).flatMap((name) => {
    const text = readText(path.join(root, name), GLANCE_BYTES);
    return text.ok ? [text.content] : [];
  });
}

import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { packPackage } from '../packed.js';
import { directory, INSTALLATION, Project } from './project.js';
import { recipe } from './recipes.js';
import { gateway, identity } from './templates.js';

const temporary = directory();
afterAll(temporary.remove);

/** The package is not published yet: the one that is built here is installed instead. */
function here(text: string): string {
  return text.replace(/(npm install .*) cfn-tx-lint$/m, `$1 ${packPackage(temporary.path).file}`);
}

function commitAll(project: Project) {
  return project.run('git', 'commit', '--message', 'A change');
}

it('husky and lint-staged check what is staged', { timeout: INSTALLATION }, () => {
  const project = new Project(path.join(temporary.path, 'husky'));
  project.commit({
    'package.json': JSON.stringify({ name: 'husky-project', private: true }),
    '.gitignore': 'node_modules/\n',
    'identity.yaml': identity({ exchanges: false }),
    'gateway.yaml': gateway(),
  });
  project.succeed('bash', '-euc', here(recipe('hooks.md', /npx husky init/)));
  // Not part of the recipe: an old fault in a file that nobody touches is not reported.
  project.commit({ 'other.yaml': gateway('other') });

  project.stage({ 'gateway.yaml': gateway('write'), 'notes.json': '{}' });
  const refused = commitAll(project);
  expect(refused.all).toContain('gateway.yaml:24:26  error  token-exchange-without-config');
  expect(refused.all).toContain('1 error in 1 file');
  expect(refused.status).toBe(1);

  project.stage({ 'identity.yaml': identity({ exchanges: true }) });
  expect(commitAll(project)).toMatchObject({ status: 0 });
});

it('a plain hook does the same', { timeout: INSTALLATION }, () => {
  const project = new Project(path.join(temporary.path, 'plain'));
  project.commit({ 'identity.yaml': identity({ exchanges: false }), '.gitignore': 'node_modules/\n' });
  project.succeed('npm', 'install', '--no-save', packPackage(temporary.path).file);
  const hook = path.join(project.path, '.git/hooks/pre-commit');
  project.write({ '.git/hooks/pre-commit': recipe('hooks.md', /^#!\/bin\/sh\n/) });
  project.succeed('chmod', '+x', hook);

  project.stage({ 'a gateway.yaml': gateway() });
  const refused = commitAll(project);
  expect(refused.all).toContain('a gateway.yaml:24:26  error  token-exchange-without-config');
  expect(refused.status).toBe(1);

  project.succeed('git', 'rm', '--quiet', '--cached', 'a gateway.yaml');
  project.stage({ 'README.md': 'No template is staged: nothing is checked, above all not everything.' });
  expect(commitAll(project)).toMatchObject({ status: 0 });
});

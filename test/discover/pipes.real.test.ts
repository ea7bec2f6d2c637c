import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readTemplateText } from '../../src/discover/read-template.js';
import { names, tree } from './tree.js';

function withPipe(): string {
  const cwd = tree({ 'a.yaml': '' });
  execFileSync('mkfifo', [path.join(cwd, 'pipe.yaml')]);
  return cwd;
}

it('the search of a directory meets pipes without waiting for them', async () => {
  expect(await names(withPipe())).toEqual(['a.yaml']);
});

it('a pipe that is named is not read', () => {
  expect(readTemplateText(path.join(withPipe(), 'pipe.yaml'))).toMatchObject({
    ok: false,
    reason: 'it is not a regular file (a pipe, socket or device)',
    mentionsAgentCore: undefined,
  });
});

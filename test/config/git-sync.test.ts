import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameters } from '../../src/config/parameters.js';
import { temporaryDirectory } from './temporary.js';

const DEPLOYMENT = {
  'template-file-path': './infra/gateway.yaml',
  parameters: { Mode: 'obo', Count: 3 },
  tags: { team: 'identity' },
};

async function read(files: Readonly<Record<string, unknown>>, argument: string, below = '.') {
  const given = await readParameters([argument], path.join(temporaryDirectory(files), below));
  return given.assignments(undefined)[0];
}

describe('a deployment file of git sync', () => {
  it('holds for its own template, from the root of the repository', async () => {
    const files = {
      '.git/HEAD': '',
      'deploy/prod.yaml': JSON.stringify(DEPLOYMENT),
      'infra/gateway.yaml': '',
    };
    expect(await read(files, 'deploy/prod.yaml')).toMatchObject({
      template: 'infra/gateway.yaml',
      values: { Mode: 'obo', Count: '3' },
      origin: 'deploy/prod.yaml',
      places: { Mode: expect.stringMatching(/^deploy\/prod\.yaml:1:\d+$/) },
    });
  });

  it('is found from a directory below', async () => {
    const files = { '.git/HEAD': '', 'infra/prod.json': DEPLOYMENT, 'infra/gateway.yaml': '' };
    expect(await read(files, 'prod.json', 'infra')).toMatchObject({ template: 'gateway.yaml' });
  });

  it('may name a template beside it', async () => {
    const deployment = { ...DEPLOYMENT, 'template-file-path': 'gateway.yaml' };
    expect(
      await read({ 'infra/prod.json': deployment, 'infra/gateway.yaml': '' }, 'infra/prod.json'),
    ).toMatchObject({
      template: 'infra/gateway.yaml',
    });
  });

  it('may be written on Windows', async () => {
    const deployment = { ...DEPLOYMENT, 'template-file-path': '.\\infra\\gateway.yaml' };
    const files = { '.git/HEAD': '', 'deploy/prod.json': deployment, 'infra/gateway.yaml': '' };
    expect(await read(files, 'deploy/prod.json')).toMatchObject({ template: 'infra/gateway.yaml' });
  });

  it('gives way to a template that the user names', async () => {
    expect(await read({ 'prod.json': DEPLOYMENT }, 'other.yaml:prod.json')).toMatchObject({
      template: 'other.yaml',
    });
  });

  it('may have no parameters', async () => {
    const { parameters: _, ...deployment } = DEPLOYMENT;
    expect(await read({ 'prod.json': deployment }, 'prod.json')).toMatchObject({ values: {} });
  });

  it.each([
    [
      { ...DEPLOYMENT, 'template-file-path': 3 },
      'prod.json:1:23: template-file-path must be the path of a template',
    ],
    [{ ...DEPLOYMENT, parameters: [] }, 'parameters must be a map of parameters'],
    [{ ...DEPLOYMENT, parameters: { Mode: null } }, 'parameters.Mode must be a string, a number'],
  ])('is refused: %j', async (deployment, message) => {
    await expect(read({ 'prod.json': deployment }, 'prod.json')).rejects.toThrow(message);
  });
});

import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../rules/index.js';
import { check } from '../../src/lint/run.js';
import { loadPictureFormat, PICTURE_FORMATS } from '../../src/picture/index.js';
import type { Picture } from '../../src/picture/picture.js';
import { pictureOf } from '../../src/picture/picture-of-run.js';
import { GATEWAY, IDENTITY } from '../deployment.js';

const texts = [
  { name: 'identity.yaml', text: IDENTITY },
  { name: 'gateway.yaml', text: GATEWAY },
];

async function pictureIn(modes: Readonly<Record<string, string>>): Promise<Picture> {
  const environments = Object.entries(modes).map(([name, Mode]) => ({
    name,
    parameters: [{ template: undefined, values: { Stage: name, Mode }, origin: `${name}.json` }],
  }));
  return pictureOf(await check({ texts, environments }, catalogueOf(), true));
}

const exchanges = ({ edges }: Picture) =>
  edges
    .filter(({ label }) => label === 'TOKEN_EXCHANGE')
    .map(({ status, environments, findings }) => ({ status, environments, findings }));

describe('the graph of several environments', () => {
  it('draws an exchange once for each way in which it ends, and names the environments', async () => {
    const picture = await pictureIn({ dev: 'obo', test: 'obo', prod: 'm2m' });
    expect(picture.environments).toEqual(['dev', 'test', 'prod']);
    expect(exchanges(picture)).toEqual([
      { status: 'verified', environments: ['dev', 'test'], findings: [] },
      { status: 'failed', environments: ['prod'], findings: [0] },
    ]);
    expect(picture.nodes.find(({ kind }) => kind === 'target')).toMatchObject({
      outcome: 'failed',
      outcomes: { dev: 'verified', test: 'verified', prod: 'failed' },
      environments: null,
    });
  });

  it('draws what is the same in all of them as without environments', async () => {
    const picture = await pictureIn({ test: 'm2m', prod: 'm2m' });
    expect(exchanges(picture)).toEqual([{ status: 'failed', environments: null, findings: [0] }]);
    const alone = await pictureIn({ prod: 'm2m' });
    expect({ ...picture, environments: alone.environments }).toEqual(alone);
  });

  it.each(PICTURE_FORMATS)('says in the format %s which environment fails', async (format) => {
    const render = await loadPictureFormat(format);
    expect(render(await pictureIn({ dev: 'obo', prod: 'm2m' }))).toMatch(/in prod|"prod"/);
    expect(render(await pictureIn({ dev: 'obo', prod: 'obo' }))).not.toContain('in prod');
  });
});

import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../rules/index.js';
import { run } from '../../src/lint/run.js';
import { FORMAT_NAMES, loadFormatter } from '../../src/report/index.js';
import { jobSummary } from '../../src/report/job-summary.js';
import { GATEWAY, IDENTITY } from '../deployment.js';
import { context } from './sample.js';

const environment = (name: string, values: Record<string, string>) => ({
  name,
  parameters: [{ template: undefined, values, origin: name }],
});

/** A run in which one of two environments has a fault. */
const result = () =>
  run(
    {
      texts: [
        { name: 'identity.yaml', text: IDENTITY },
        { name: 'gateway.yaml', text: GATEWAY },
      ],
      environments: [
        environment('development', { Stage: 'dev', Mode: 'obo' }),
        environment('production', { Stage: 'prod', Mode: 'm2m' }),
      ],
    },
    catalogueOf(),
  );

describe('the environment of a finding', () => {
  it.each(FORMAT_NAMES)('is told in %s', async (name) => {
    const format = await loadFormatter(name, { color: false });
    const text = format(await result(), context()).replace(/\s+/g, ' ');
    expect(text).toContain('in the environment production');
    expect(text).not.toContain('in the environment development');
  });

  it('is told in the job summary, with a row for each environment', async () => {
    const text = jobSummary(await result(), context());
    expect(text).toContain('in the environment production');
    expect(text).toContain('| development | 1 | 0 | 0 |\n| production | 0 | 1 | 0 |');
  });
});

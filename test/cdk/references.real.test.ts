import { describe, expect, it } from 'vitest';
import { lintAssembly, story, synthesize } from './synthesize.js';
import { nameWirings } from './wirings/names.js';
import { ssmWirings } from './wirings/ssm.js';
import { stackWirings } from './wirings/stacks.js';

const wirings = Object.entries({ ...stackWirings, ...ssmWirings, ...nameWirings });

describe.each(wirings)('a target that finds its provider by %s', (_name, { build, props, targets = 1 }) => {
  it('is verified', async () => {
    const report = await lintAssembly(synthesize((app) => build(app, 'set up'), props));
    expect(report.diagnostics).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ verified: targets, failed: 0, unverified: 0 });
  });

  it('is told, hop by hop, when the provider lacks its configuration', async () => {
    const report = await lintAssembly(synthesize((app) => build(app, 'not set up'), props));
    expect(report.diagnostics.map(story)).toMatchSnapshot();
    expect(new Set(report.diagnostics.map(({ ruleId }) => ruleId))).toEqual(
      new Set(['token-exchange-without-config']),
    );
    expect(report.summary.tokenExchange.unverified).toBe(0);
  });
});

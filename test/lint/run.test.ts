import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { type RunOptions, run } from '../../src/lint/run.js';
import { tree } from '../discover/tree.js';

const lint = async (options: RunOptions) => {
  const { report } = await run(options, { rules: builtInRules, url: ruleUrl });
  return report;
};
const GATEWAY = 'Resources: { G: { Type: AWS::BedrockAgentCore::Gateway, Properties: { Name: g } } }\n';

describe('what a run looks at', () => {
  it('is its texts, and no file where none is named', async () => {
    const cwd = tree({ 'a.yaml': GATEWAY });
    const texts = [{ name: 't.yaml', text: GATEWAY }];
    expect((await lint({ cwd, texts })).files.map(({ path }) => path)).toEqual(['t.yaml']);
  });

  it('is its texts beside the files that are named', async () => {
    const cwd = tree({ 'a.yaml': GATEWAY, 'b.yaml': GATEWAY });
    const texts = [{ name: 't.yaml', text: GATEWAY }];
    const { files } = await lint({ cwd, texts, files: ['a.yaml'] });
    expect(files.map(({ path }) => path)).toEqual(['a.yaml', 't.yaml']);
  });

  it('is counted without what is no template', async () => {
    const cwd = tree({ 'a.yaml': GATEWAY, 'b.yaml': 'a: 1\n' });
    const { files, summary } = await lint({ cwd, files: ['a.yaml', 'b.yaml'] });
    expect(files.map(({ path, status }) => `${path} ${status}`)).toEqual([
      'a.yaml checked',
      'b.yaml skipped',
    ]);
    expect(summary.files).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { run } from '../../src/lint/run.js';
import { oauthYaml, providerYaml, targetYaml } from '../yaml-base.js';

const RULE = 'invalid-grant-type';
const WRONG = `Resources:\n${providerYaml()}${targetYaml(oauthYaml({ grant: 'GrantType: TOKEN_EXCHANG' }))}`;
const disabling = (text: string, ...rules: string[]) =>
  text.replace(/^( *)(?=GrantType: TOKEN_EXCHANG$)/m, (indent) =>
    [...rules.map((rule) => `${indent}# cfn-tx-lint-disable-next-line ${rule} -- agreed\n`), indent].join(''),
  );

async function lint(texts: Readonly<Record<string, string>>, reportUnusedSuppressions = false) {
  const { report, suppressed, unusedSuppressions } = await run(
    { texts: Object.entries(texts).map(([name, text]) => ({ name, text })), reportUnusedSuppressions },
    { rules: builtInRules, url: ruleUrl },
  );
  return {
    found: report.diagnostics.map(({ ruleId, file }) => `${ruleId} in ${file}`),
    suppressed: suppressed.map(({ ruleId, file }) => `${ruleId} in ${file}`),
    unused: unusedSuppressions.map(({ ruleId, file }) => `${ruleId} in ${file}`),
  };
}

describe('suppressions in templates', () => {
  it('silence what they name', async () => {
    const { found, suppressed, unused } = await lint({ 'a.yaml': disabling(WRONG, RULE) });
    expect(found).not.toContain(`${RULE} in a.yaml`);
    expect(suppressed).toEqual([`${RULE} in a.yaml`]);
    expect(unused).toEqual([]);
  });

  it('are told behind one that is used, where they silence nothing', async () => {
    const text = disabling(WRONG, RULE, 'plaintext-client-secret');
    expect((await lint({ 'a.yaml': text })).unused).toEqual(['plaintext-client-secret in a.yaml']);
    expect((await lint({ 'a.yaml': text })).found).not.toContain('invalid-suppression in a.yaml');
    expect((await lint({ 'a.yaml': text }, true)).found).toContain('invalid-suppression in a.yaml');
  });

  it('hold behind a file that cannot be read', async () => {
    const broken = `# cfn-tx-lint\nResources: { G: { Type: AWS::BedrockAgentCore::Gateway }\n`;
    const { found, suppressed } = await lint({ 'a.yaml': broken, 'b.yaml': disabling(WRONG, RULE) });
    expect(found).toContain('template-unreadable in a.yaml');
    expect(suppressed).toEqual([`${RULE} in b.yaml`]);
  });
});

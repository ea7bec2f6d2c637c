import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import { defineRule } from '../../src/lint/rule.js';
import { run } from '../../src/lint/run.js';

/** A rule that fails with an error of a name where it looks at a gateway. */
const failing = (name: string) =>
  defineRule({
    id: 'fails',
    severity: 'error',
    on: 'gateway',
    summary: 'It fails.',
    rationale: 'It fails.',
    remedy: 'Leave it out.',
    sources: ['https://example.com'],
    messages: { never: { consequence: null, message: 'Never.', help: 'Never.' } },
    check: {
      gateway() {
        throw Object.assign(new Error('there is no such thing'), { name });
      },
    },
  });

const lint = (name: string) =>
  run(
    { texts: [{ name: 'a.yaml', text: 'Resources: { G: { Type: AWS::BedrockAgentCore::Gateway } }\n' }] },
    { rules: [...builtInRules, failing(name)], url: ruleUrl },
  );

describe('a rule that fails', () => {
  it.each(['Error', 'TypeError'])(
    'is told as a fault of the program, and stops no other: %s',
    async (name) => {
      const { internalErrors, report } = await lint(name);
      expect(JSON.stringify(internalErrors)).toContain('there is no such thing');
      expect(report.files).toMatchObject([{ path: 'a.yaml', status: 'checked' }]);
    },
  );

  it.each(['UsageError', 'ReaderNotPrepared'])(
    'ends the run where the call is at fault: %s',
    async (name) => {
      await expect(lint(name)).rejects.toThrow('there is no such thing');
    },
  );
});

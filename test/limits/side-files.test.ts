import { describe, expect, it } from 'vitest';
import { MAX_ENVIRONMENTS, MAX_GLOBS, MAX_LAYERS } from '../../src/config/config-limits.js';
import { loadConfig } from '../../src/config/load.js';
import { MAX_IGNORE_PATTERNS } from '../../src/discover/ignore-rules.js';
import { lint } from '../../src/index.js';
import { MAX_REPORTS } from '../../src/lint/check.js';
import { MAX_PROBLEMS } from '../../src/suppress/index.js';
import { temporaryDirectory } from '../config/temporary.js';

/*
 * The limits of what comes beside templates, and of how much is told of one file: each on both sides.
 */

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** What loading says against a configuration; undefined where it is taken. */
async function refusal(files: Readonly<Record<string, string>>): Promise<string | undefined> {
  const cwd = temporaryDirectory(files);
  try {
    await loadConfig({ cwd, file: undefined, noCode: true, rules: async () => [] });
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

describe('a configuration', () => {
  const config = (value: object) => ({ 'cfn-tx-lint.config.json': JSON.stringify(value) });

  it('has so many globs and no more', async () => {
    const withGlobs = (count: number) => config({ ignore: numbers(count).map((index) => `folder-${index}`) });
    expect(await refusal(withGlobs(MAX_GLOBS))).toBeUndefined();
    expect(await refusal(withGlobs(MAX_GLOBS + 1))).toContain('has more than 1,000 globs');
  });

  it('has so many environments and no more', async () => {
    const withEnvironments = (count: number) =>
      config({ environments: Object.fromEntries(numbers(count).map((index) => [`env-${index}`, {}])) });
    expect(await refusal(withEnvironments(MAX_ENVIRONMENTS))).toBeUndefined();
    expect(await refusal(withEnvironments(MAX_ENVIRONMENTS + 1))).toContain('has more than 100 environments');
  });

  it('is made of so many files and no more', async () => {
    const chain = (count: number) => ({
      ...config({ extends: ['./layer-1.json'] }),
      ...Object.fromEntries(
        numbers(count)
          .slice(1)
          .map((index) => [
            `layer-${index}.json`,
            JSON.stringify(index === count - 1 ? {} : { extends: [`./layer-${index + 1}.json`] }),
          ]),
      ),
    });
    expect(await refusal(chain(MAX_LAYERS))).toBeUndefined();
    expect(await refusal(chain(MAX_LAYERS + 1))).toContain('more than 100 files');
  });
});

it('lines of an ignore file past the limit leave nothing out', async () => {
  const checked = async (before: number) => {
    const cwd = temporaryDirectory({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': `${numbers(before)
        .map((index) => `gone-${index}`)
        .join('\n')}\nout.json\n`,
      'out.json': '{"Resources": {}}',
    });
    return (await lint({ cwd, files: ['.'] })).files.map(({ path }) => path);
  };
  expect(await checked(MAX_IGNORE_PATTERNS - 1)).toEqual([]);
  expect(await checked(MAX_IGNORE_PATTERNS)).toEqual(['out.json']);
});

it('suppressions that name no rule are told one by one up to the limit, and the rest counted', async () => {
  const told = async (count: number) => {
    const lines = numbers(count).map((index) => `# cfn-tx-lint-disable no-such-rule-${index}`);
    const cwd = temporaryDirectory({ 'a.yaml': `${lines.join('\n')}\nResources: {}\n` });
    return (await lint({ cwd, files: ['a.yaml'] })).diagnostics;
  };
  expect(await told(MAX_PROBLEMS)).toHaveLength(MAX_PROBLEMS);
  const past = await told(MAX_PROBLEMS + 3);
  expect(past).toHaveLength(MAX_PROBLEMS + 1);
  expect(past.at(-1)?.message).toContain('3 more suppressions');
});

it('faults of one file are told up to the limit, and what is past it is undecided and said', async () => {
  const report = async (count: number) => {
    const target = {
      Type: 'AWS::BedrockAgentCore::GatewayTarget',
      Properties: {
        Name: 'tool',
        GatewayIdentifier: 'gateway-0123456789',
        TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com' } } },
        CredentialProviderConfigurations: [
          {
            CredentialProviderType: 'OAUTH',
            CredentialProvider: {
              OauthCredentialProvider: {
                ProviderArn:
                  'arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default/oauth2credentialprovider/p',
                GrantType: 'CLIENT_CREDENTIALS',
                ...Object.fromEntries(numbers(count).map((index) => [`Unknown${index}`, 1])),
              },
            },
          },
        ],
      },
    };
    const cwd = temporaryDirectory({ 'a.json': JSON.stringify({ Resources: { Target: target } }) });
    return (await lint({ cwd, files: ['a.json'] })).diagnostics;
  };
  const unknown = ({ ruleId }: { readonly ruleId: string }) => ruleId === 'unknown-oauth-property';
  const within = await report(MAX_REPORTS);
  expect(within.filter(unknown)).toHaveLength(MAX_REPORTS);
  expect(within.every(unknown)).toBe(true);
  const past = await report(MAX_REPORTS + 1);
  expect(past.filter((found) => !unknown(found)).map(({ message }) => message)).toEqual([
    expect.stringContaining('more faults than are told (5,000)'),
  ]);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../../src/report/index.js';
import { temporaryDirectory } from '../config/temporary.js';
import { runProgram } from '../run-program.js';

/** What does not show, or steers what shows it; `name` is what stands around it in the template. */
const INVISIBLE = {
  tag: '\u{E0041}',
  'end of tags': '\u{E007F}',
  'soft hyphen': '\u00AD',
  joiner: '\u200D',
  'non-joiner': '\u200C',
  'right-to-left override': '\u202E',
  isolate: '\u2066',
  'carriage return': '\r',
  colour: '\u001B[31m',
};
const EVERY = Object.values(INVISIBLE).map((text) => `x${text}y`);
const FAMILY = '👩\u200D👩\u200D👧';
const HIDDEN = EVERY.join('');

const TEMPLATE = {
  Resources: {
    [`Target${HIDDEN}${FAMILY}`]: {
      Type: 'AWS::BedrockAgentCore::GatewayTarget',
      Properties: {
        Name: HIDDEN,
        GatewayIdentifier: 'gateway-1',
        TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.example.com' } } },
        CredentialProviderConfigurations: [
          {
            CredentialProviderType: 'OAUTH',
            CredentialProvider: {
              OauthCredentialProvider: {
                GrantType: `GRANT${HIDDEN}`,
                ProviderArn: { Ref: `Provider${HIDDEN}` },
              },
            },
          },
        ],
      },
    },
  },
};

/** The texts of `INVISIBLE` that stand in an output as they are, by name. */
function hidden(output: string): string[] {
  return Object.entries(INVISIBLE).flatMap(([name, text]) => (output.includes(`x${text}y`) ? [name] : []));
}

describe('text that does not show is made visible', () => {
  it.each(FORMAT_NAMES)('as %s', async (format) => {
    const cwd = temporaryDirectory({ 'template.json': TEMPLATE });
    const { status, stdout, stderr } = await runProgram(cwd, ['template.json', '--format', format]);
    expect(status).toBe(1);
    expect(hidden(stdout + stderr)).toEqual([]);
    expect(stdout).toMatch(/\\u(?:00ad|\{ad\})/);
    expect(stdout).toContain(FAMILY);
  });

  it('in a job summary', async () => {
    const cwd = temporaryDirectory({ 'template.json': TEMPLATE });
    await runProgram(cwd, ['template.json', '--report', 'job-summary=summary.md']);
    const summary = readFileSync(path.join(cwd, 'summary.md'), 'utf8');
    expect(hidden(summary)).toEqual([]);
    expect(summary).toContain(FAMILY);
  });
});

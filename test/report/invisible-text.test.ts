import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../config/temporary.js';
import { OUTPUTS } from '../secrets/outputs.js';

/** What does not show, or steers what shows it; `name` is what stands around it in the template. */
const INVISIBLE = {
  tag: '\u{E0041}',
  'end of tags': '\u{E007F}',
  'soft hyphen': '\u00AD',
  joiner: '\u200D',
  'selector of no emoji': '\uFE0F',
  'another selector': '\uFE00',
  'blank of Braille': '\u2800',
  'filler of Hangul': '\u3164',
  'vowel of Khmer': '\u17B5',
  'mark of music': '\u{1D173}',
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
    [`Target${FAMILY}${HIDDEN}`]: {
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

/** Those that say nothing of the names in a template. */
const SAY_NOTHING = ['the list of files', 'the configuration'];

describe('text that does not show is made visible', () => {
  it.each(OUTPUTS.filter(({ name }) => !SAY_NOTHING.includes(name)))('in $name', async ({ read }) => {
    const cwd = temporaryDirectory({ 'template.json': TEMPLATE });
    const written = await read(cwd, ['template.json']);
    // Mermaid and Markdown write characters as entities, and show what these stand for.
    const text = written.replace(/&?#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(hidden(text)).toEqual([]);
    // The soft hyphen, however the format writes a backslash and braces.
    expect(text).toMatch(/x\S{0,12}ad\S{0,8}y/);
    expect(text).toContain(FAMILY);
  });
});

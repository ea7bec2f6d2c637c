import { readFileSync } from 'node:fs';
import path from 'node:path';
import glob from 'fast-glob';
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../rules/index.js';
import { plainFrontEnds } from '../../src/frontends/all.js';
import { FRONT_ENDS, frontEndsFor, mayHoldApiCalls } from '../../src/frontends/index.js';
import { DIALECT_WORDS } from '../../src/frontends/words.js';
import { generatedShapes } from '../../src/spec/generated.js';
import { json, lint } from './report-on.js';

/** Names that are no properties: of a service, of a vendor, of an actor token. */
const VALUES = new Set(['BedrockAgentCore', 'CustomOauth2', 'M2M']);

/** The names of CloudFormation that are no words of English: of more than one part. */
const names = new Set(JSON.stringify(generatedShapes).match(/\b[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*\b/g));

const root = path.join(import.meta.dirname, '../../fixtures');
const fixtures = glob
  .sync('**/*', { cwd: root, dot: true, ignore: ['**/expected.json'] })
  .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));

describe('the front ends', () => {
  it.each(FRONT_ENDS.map(({ id }) => id))('%s has a fixture', (id) => {
    const asked = fixtures.filter(({ name, text }) =>
      frontEndsFor(name, text).some((entry) => entry.id === id),
    );
    expect(asked.length).toBeGreaterThan(0);
  });

  it.each(FRONT_ENDS.map(({ id }) => id))('%s bears its id when it is loaded', async (id) => {
    expect((await FRONT_ENDS.find((entry) => entry.id === id)?.load())?.id).toBe(id);
  });

  it('of JSON and YAML are all given to callers that cannot wait', () => {
    const plain = FRONT_ENDS.filter(({ extensions }) => extensions === undefined).map(({ id }) => id);
    expect(plainFrontEnds.map(({ id }) => id).sort()).toEqual(
      [...plain, 'aws-custom-resource', 'packaging'].sort(),
    );
  });

  it('of templates look for calls of the API in templates that may hold them only', () => {
    expect(mayHoldApiCalls('{"Type": "Custom::AWS", "service": "BedrockAgentCoreControl"}')).toBe(true);
    expect(mayHoldApiCalls('"Action": "bedrock-agentcore-control:CreateGateway"')).toBe(false);
    expect(mayHoldApiCalls('{"Type": "Custom::AWS", "service": "S3"}')).toBe(false);
  });
});

describe('a broken file', () => {
  const broken = (text: string) => lint({ 'a.json': text });

  it('is an error where it bears a mark', async () => {
    for (const { marks, extensions } of FRONT_ENDS) {
      if (extensions !== undefined) continue;
      for (const mark of marks) {
        const { files } = await broken(`{"${mark}": 1,`);
        expect(files).toMatchObject([{ status: 'failed' }]);
      }
    }
  });

  it('is passed over where it has words that others have as well', async () => {
    for (const { hints = [] } of FRONT_ENDS) {
      for (const hint of hints) {
        const { files } = await broken(`{"${hint}": 1,`);
        expect(files).toMatchObject([{ status: 'skipped' }]);
      }
    }
  });
});

describe('code and state files of Terraform', () => {
  it('are passed over, and it is said what is read in their place', async () => {
    const code = 'resource "aws_bedrockagentcore_gateway" "staff" {\n  name = "staff"\n}\n';
    const state = json({ version: 4, resources: [{ type: 'aws_bedrockagentcore_gateway', name: 'staff' }] });
    for (const [name, text] of Object.entries({ 'main.tf': code, 'terraform.tfstate': state })) {
      const { files, diagnostics } = await lint({ [name]: text });
      expect(files).toMatchObject([{ status: 'skipped', reason: expect.stringContaining('terraform show') }]);
      expect(diagnostics).toEqual([]);
    }
  });
});

describe('the words of dialects', () => {
  it('hold every property of AgentCore that a rule speaks of', () => {
    const spoken = builtInRules.flatMap(({ messages }) =>
      Object.values(messages).flatMap(
        ({ message, help }) => `${message} ${help}`.match(/\b[A-Z][A-Za-z0-9]+\b/g) ?? [],
      ),
    );
    const missing = [...new Set(spoken)]
      .filter((word) => names.has(word) && !DIALECT_WORDS.has(word) && !VALUES.has(word))
      .sort();
    expect(missing).toEqual([]);
  });
});

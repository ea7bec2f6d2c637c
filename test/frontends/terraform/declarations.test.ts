import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../../rules/index.js';
import { run } from '../../../src/lint/run.js';
import {
  customBlock,
  gateway,
  type PlannedModule,
  type PlannedResource,
  plan,
  provider,
  target,
} from './plan.js';

const wrong = provider(
  {},
  { custom_oauth2_provider_config: [{ ...customBlock, on_behalf_of_token_exchange_config: [] }] },
);

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'declarations-'));
  mkdirSync(path.join(project, '.git'));
});

afterEach(() => rmSync(project, { recursive: true }));

async function sources(
  files: Readonly<Record<string, string>>,
  resources: readonly PlannedResource[] = [wrong, gateway(), target()],
  modules: Readonly<Record<string, PlannedModule>> = {},
) {
  const all = { 'infra/tfplan.json': JSON.stringify(plan(resources, modules)), ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(path.join(project, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(project, name), text);
  }
  const { report } = await run(
    { cwd: project, files: ['infra/tfplan.json'] },
    { rules: builtInRules, url: ruleUrl },
  );
  const [finding] = report.diagnostics.filter(({ ruleId }) => ruleId === 'token-exchange-without-config');
  return { source: finding?.source, related: finding?.related[0]?.source };
}

const block = (type: string) => `# one\n  resource  "${type}"  "hr" {\n}\n`;
const TARGET = block('aws_bedrockagentcore_gateway_target');

describe('the code of a plan', () => {
  it('is found beside it', async () => {
    const found = await sources({
      'infra/main.tf': TARGET,
      'infra/idp.tf': block('aws_bedrockagentcore_oauth2_credential_provider'),
    });
    expect(found).toEqual({
      source: { file: 'infra/main.tf', line: 2, column: 3 },
      related: { file: 'infra/idp.tf', line: 2, column: 3 },
    });
  });

  it('is found in the folder of the module', async () => {
    const resources = [wrong, gateway(), target()].map((one) => ({ ...one, module: 'module.tools[0]' }));
    const { source } = await sources({ 'infra/tools/main.tf': TARGET, 'infra/main.tf': TARGET }, resources, {
      tools: { repeated: 'count' },
    });
    expect(source).toEqual({ file: 'infra/tools/main.tf', line: 2, column: 3 });
  });

  it.each<[string, Record<string, string>]>([
    ['no file has it', { 'infra/main.tf': block('aws_bedrockagentcore_gateway') }],
    ['the plan lies elsewhere', { 'main.tf': TARGET }],
    [
      'it is only mentioned',
      { 'infra/main.tf': '# see resource "aws_bedrockagentcore_gateway_target" "hr"\n' },
    ],
  ])('is not told where %s', async (_, files) => {
    expect((await sources(files)).source).toBeNull();
  });

  it('is not read through a link that leads out of the project', async () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
    writeFileSync(path.join(outside, 'main.tf'), TARGET);
    mkdirSync(path.join(project, 'infra'));
    symlinkSync(path.join(outside, 'main.tf'), path.join(project, 'infra', 'main.tf'));
    expect((await sources({})).source).toBeNull();
    rmSync(outside, { recursive: true });
  });
});

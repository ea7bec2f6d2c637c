import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account } from './frontends/account.js';
import { lint } from './frontends/report-on.js';

/* The audit of docs/inputs.md, run as it is written, with an `aws` that answers from a saved account. */
const document = readFileSync(path.join(import.meta.dirname, '..', 'docs/inputs.md'), 'utf8');
const [, script = ''] = /```sh\n(#!\/usr\/bin\/env bash\n[^`]*)```/.exec(document) ?? [];

const AWS = `#!/usr/bin/env node
const account = JSON.parse(require('node:fs').readFileSync(process.env.ACCOUNT, 'utf8'));
const [, command, ...options] = process.argv.slice(2);
const option = (name) => options[options.indexOf('--' + name) + 1];
const text = (values) => console.log(values.length === 0 ? 'None' : values.join('\\t'));
const answer = (value) => console.log(JSON.stringify(value, null, 4));
const isOf = (id) => ({ gatewayArn }) => gatewayArn.endsWith('/' + id);
switch (command) {
  case 'list-gateways': return text(account.gateways.map(({ gatewayId }) => gatewayId));
  case 'get-gateway': return answer(account.gateways.find(isOf(option('gateway-identifier'))));
  case 'list-gateway-targets':
    return text(account.targets.filter(isOf(option('gateway-identifier'))).map(({ targetId }) => targetId));
  case 'get-gateway-target': return answer(account.targets.find(({ targetId }) => targetId === option('target-id')));
  case 'list-oauth2-credential-providers': return text(account.credentialProviders.map(({ name }) => name));
  case 'get-oauth2-credential-provider':
    return answer(account.credentialProviders.find(({ name }) => name === option('name')));
  case 'list-harnesses': return text([]);
  default: process.exitCode = 1;
}
`;

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'cfn-tx-lint-audit-'));
  writeFileSync(path.join(directory, 'aws'), AWS);
  chmodSync(path.join(directory, 'aws'), 0o755);
});

afterAll(() => rmSync(directory, { recursive: true }));

describe.skipIf(process.platform === 'win32')('the audit of an account', () => {
  it.each([
    ['an account in which the exchange works', (_: ReturnType<typeof account>) => {}, 'verified'],
    [
      'one whose provider lost its block',
      (all: ReturnType<typeof account>) =>
        delete all.credentialProviders?.[0].oauth2ProviderConfigOutput.customOauth2ProviderConfig
          .onBehalfOfTokenExchangeConfig,
      'failed',
    ],
  ] as const)('saves %s', async (_, change, outcome) => {
    const all = account();
    change(all);
    const ACCOUNT = path.join(directory, 'answers.json');
    writeFileSync(ACCOUNT, JSON.stringify(all));
    const env = { ...process.env, ACCOUNT, PATH: `${directory}:${process.env.PATH}` };
    const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: directory, env, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const saved = readFileSync(path.join(directory, 'account.json'), 'utf8');
    const { summary } = await lint({ 'account.json': saved });
    expect(summary.tokenExchange).toEqual({ verified: 0, failed: 0, unverified: 0, [outcome]: 1 });
  });
});

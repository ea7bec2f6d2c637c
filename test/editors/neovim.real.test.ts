import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../config/temporary.js';
import { GATEWAY, SET_UP } from '../lsp/templates.js';
import { PROGRAM } from '../program.js';

const MISSPELLED = GATEWAY.replace('TOKEN_EXCHANGE', 'TOKEN_EXCHANG');

describe('Neovim', () => {
  it('is there: install it, the tests open a template in it', () => {
    expect(spawnSync('nvim', ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^NVIM/);
  });

  it('shows a finding, applies its fix, and jumps to the provider in another file', () => {
    const cwd = temporaryDirectory({ 'gateway.yaml': MISSPELLED, 'idp.yaml': SET_UP });
    const session = path.join(import.meta.dirname, 'session.lua');
    const { stdout, stderr } = spawnSync(
      'nvim',
      ['--headless', '-u', 'NONE', '-i', 'NONE', '-c', `luafile ${session}`],
      {
        cwd,
        encoding: 'utf8',
        env: { ...process.env, CFN_TX_LINT: PROGRAM, NODE: process.execPath, HOME: cwd },
        timeout: 100_000,
      },
    );
    expect(stdout, stderr).toMatch(/^\{/);
    const told = JSON.parse(stdout) as Record<string, unknown>;
    expect(told).toMatchObject({
      diagnostics: [{ line: 23 }],
      wrong: true,
      titles: expect.arrayContaining([expect.stringContaining('TOKEN_EXCHANGE')]),
      grant: 'GrantType: TOKEN_EXCHANGE',
      file: 'idp.yaml',
      line: 'Provider:',
    });
  });
});

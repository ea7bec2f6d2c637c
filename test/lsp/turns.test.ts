import { describe, expect, it } from 'vitest';
import { CancellationTokenSource, type Hover, type Location, LSPErrorCodes } from 'vscode-languageserver';
import { temporaryDirectory } from '../config/temporary.js';
import { checkWith, Editor } from './client.js';
import { GATEWAY, PROVIDER, SET_UP } from './templates.js';

const FILES = { 'idp.yaml': PROVIDER, 'gateway.yaml': GATEWAY };

/** A check that waits for its release, or for the end of its run. */
function held(check = checkWith({})) {
  let release = (): void => {};
  let begun = 0;
  const waiting = new Set<() => void>();
  const starts = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (begun >= count) resolve();
      };
      waiting.add(look);
      look();
    });
  const hold = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    release: () => release(),
    starts,
    check: async (...[folder, texts, signal]: Parameters<typeof check>) => {
      begun++;
      for (const look of waiting) look();
      await Promise.race([hold, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
      return check(folder, texts, signal);
    },
  };
}

describe('requests and runs of the language server', () => {
  it('ends a request that is cancelled while its run goes on', async () => {
    const { check, release, starts } = held();
    const editor = await Editor.open(temporaryDirectory(FILES), check);
    await starts(1);
    const source = new CancellationTokenSource();
    const asked = editor.ask('textDocument/hover', 'gateway.yaml', GATEWAY, 'Target:', source.token);
    const answered = editor.ask<Hover>('textDocument/hover', 'gateway.yaml', GATEWAY, 'Target:');
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    release();
    expect(JSON.stringify(await answered)).toContain('Target');
    await editor.close();
  });

  it('answers from what is typed last, whichever run was under way', async () => {
    const { check, release, starts } = held();
    const editor = await Editor.open(temporaryDirectory(FILES), check);
    await starts(1);
    const asked = editor.ask<Location[]>('textDocument/definition', 'gateway.yaml', GATEWAY, 'provider-arn');
    await editor.show('idp.yaml', PROVIDER.replace('Resources:', '# one line more\nResources:'));
    await starts(2);
    release();
    expect(await asked).toMatchObject([{ uri: editor.uri('idp.yaml'), range: { start: { line: 2 } } }]);
    await editor.close();
  });

  it('shows once what keeps it from checking, and again when that comes back', async () => {
    let wrong = 'no such environment';
    const check: ReturnType<typeof checkWith> = async (...given) => {
      if (wrong !== '') throw new Error(wrong);
      return checkWith({})(...given);
    };
    const editor = await Editor.open(temporaryDirectory(FILES), check);
    const asked = () => editor.ask('textDocument/hover', 'gateway.yaml', GATEWAY, 'Target:');
    await editor.show('gateway.yaml', GATEWAY);
    expect(await asked()).toBeNull();
    await editor.type('gateway.yaml', `${GATEWAY}# more\n`);
    expect(await asked()).toBeNull();
    expect(editor.messages).toEqual(['cfn-tx-lint: no such environment']);
    wrong = '';
    await editor.type('gateway.yaml', GATEWAY);
    expect(await asked()).not.toBeNull();
    wrong = 'no such environment';
    await editor.type('gateway.yaml', `${GATEWAY}# more\n`);
    await asked();
    expect(editor.messages).toHaveLength(2);
    await editor.close();
  });

  it('leads to where a reference leads in each environment', async () => {
    const imported = GATEWAY.replace(
      '!ImportValue provider-arn',
      "!ImportValue {'Fn::Sub': '${Stage}-idp'}",
    ).replace('Resources:', 'Parameters: { Stage: { Type: String } }\nResources:');
    const exported = (stage: string, text: string) => text.replaceAll('provider-arn', `${stage}-idp`);
    const folder = temporaryDirectory({
      'dev.yaml': exported('dev', PROVIDER),
      'prod.yaml': exported('prod', SET_UP),
      'gateway.yaml': imported,
    });
    const environments = ['dev', 'prod'].map((name) => ({
      name,
      parameters: [{ template: undefined, values: { Stage: name }, origin: 'the test' }],
    }));
    const editor = await Editor.open(folder, checkWith({ environments }));
    const found = await editor.ask<Location[]>(
      'textDocument/definition',
      'gateway.yaml',
      imported,
      'Stage}-idp',
    );
    expect(found.map(({ uri }) => uri).sort()).toEqual([editor.uri('dev.yaml'), editor.uri('prod.yaml')]);
    const hover = await editor.ask<Hover>('textDocument/hover', 'gateway.yaml', imported, 'Target:');
    expect(JSON.stringify(hover)).toMatch(/As whom .* is not known.*in dev.*as the user.*in prod/);
    const references = await editor.ask<Location[]>(
      'textDocument/references',
      'prod.yaml',
      SET_UP,
      'Provider:',
    );
    expect(references).toMatchObject([{ uri: editor.uri('gateway.yaml') }]);
    await editor.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CodeAction, DocumentSymbol, Hover, Location } from 'vscode-languageserver';
import { temporaryDirectory } from '../config/temporary.js';
import { Editor } from './client.js';
import { GATEWAY, PROVIDER, SET_UP } from './templates.js';

const RULE = 'token-exchange-without-config';

describe('the language server', () => {
  let editor: Editor;
  beforeEach(async () => {
    editor = await Editor.open(temporaryDirectory({ 'idp.yaml': PROVIDER, 'gateway.yaml': GATEWAY }));
  });
  afterEach(() => editor.close());

  it('shows what is wrong in files that are not open', async () => {
    const [found] = await editor.diagnostics('gateway.yaml', ({ length }) => length > 0);
    expect(found).toMatchObject({ code: RULE, source: 'cfn-tx-lint', severity: 1 });
    expect(found?.relatedInformation?.map(({ location }) => location.uri)).toContain(editor.uri('idp.yaml'));
  });

  it('follows what is typed, across files, and forgets it when the file is closed', async () => {
    await editor.diagnostics('gateway.yaml', ({ length }) => length > 0);
    await editor.show('idp.yaml', PROVIDER);
    await editor.type('idp.yaml', SET_UP);
    expect(await editor.diagnostics('gateway.yaml', ({ length }) => length === 0)).toEqual([]);
    await editor.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: editor.uri('idp.yaml') },
    });
    await editor.diagnostics('gateway.yaml', ({ length }) => length > 0);
  });

  it('leads to the provider in another file, and from there to its consumers', async () => {
    await editor.show('gateway.yaml', GATEWAY);
    const [definition] = await editor.ask<Location[]>(
      'textDocument/definition',
      'gateway.yaml',
      GATEWAY,
      'provider-arn',
    );
    expect(definition).toMatchObject({ uri: editor.uri('idp.yaml'), range: { start: { line: 1 } } });
    const [gateway] = await editor.ask<Location[]>(
      'textDocument/definition',
      'gateway.yaml',
      GATEWAY,
      '!Ref',
    );
    expect(gateway).toMatchObject({ uri: editor.uri('gateway.yaml'), range: { start: { line: 1 } } });
    const references = await editor.ask<Location[]>(
      'textDocument/references',
      'idp.yaml',
      PROVIDER,
      'Provider:',
    );
    expect(references).toMatchObject([{ uri: editor.uri('gateway.yaml'), range: { start: { line: 11 } } }]);
  });

  it('offers the fix, a comment with a reason, and the page of the rule', async () => {
    await editor.show('gateway.yaml', GATEWAY.replace('TOKEN_EXCHANGE', 'TOKEN_EXCHANG'));
    const wrong = GATEWAY.replace('TOKEN_EXCHANGE', 'TOKEN_EXCHANG');
    const actions = await editor.ask<CodeAction[]>(
      'textDocument/codeAction',
      'gateway.yaml',
      wrong,
      'TOKEN_EX',
    );
    const [fix, disable, page] = actions;
    expect(fix?.edit?.changes?.[editor.uri('gateway.yaml')]).toMatchObject([{ newText: 'TOKEN_EXCHANGE' }]);
    expect(fix?.isPreferred).toBe(true);
    expect(disable?.edit?.changes?.[editor.uri('gateway.yaml')]).toMatchObject([
      { newText: '              # cfn-tx-lint-disable-next-line invalid-grant-type -- why\n' },
    ]);
    expect(page?.command?.command).toBe('cfn-tx-lint.openRule');
  });

  it('tells of the finding under the cursor, and as whom the tool is called', async () => {
    const hover = await editor.ask<Hover>('textDocument/hover', 'gateway.yaml', GATEWAY, 'TOKEN_EXCHANGE');
    const told = JSON.stringify(hover.contents);
    expect(told).toContain(RULE);
    expect(told).toContain('As whom **Target** is called is not known.');
    expect(told).toContain('token exchange: **failed**');
    expect(await editor.ask('textDocument/hover', 'gateway.yaml', GATEWAY, 'Resources')).toBeNull();
  });

  it('tells what the reference under the cursor leads to', async () => {
    const hover = await editor.ask<Hover>('textDocument/hover', 'gateway.yaml', GATEWAY, 'provider-arn');
    expect(JSON.stringify(hover.contents)).toContain(
      'Leads to **Provider**, AWS::BedrockAgentCore::OAuth2CredentialProvider, in idp.yaml.',
    );
  });

  it('finds those that use a provider from a reference to it, too', async () => {
    const references = await editor.ask<Location[]>(
      'textDocument/references',
      'gateway.yaml',
      GATEWAY,
      'provider-arn',
    );
    expect(references).toMatchObject([{ uri: editor.uri('gateway.yaml'), range: { start: { line: 11 } } }]);
  });

  it('lists consumers with how they ended', async () => {
    const symbols = await editor.ask<DocumentSymbol[]>(
      'textDocument/documentSymbol',
      'gateway.yaml',
      GATEWAY,
      'Resources',
    );
    expect(symbols.map(({ name, detail }) => [name, detail])).toEqual([
      ['Gateway', 'Gateway'],
      ['Target', 'GatewayTarget, failed'],
    ]);
    // From the name to the last line, so that editors know in which of them the cursor stands.
    const lines = GATEWAY.split('\n');
    for (const { name, range, selectionRange } of symbols) {
      expect(lines[selectionRange.start.line]?.trim()).toBe(`${name}:`);
      expect(range.start).toEqual(selectionRange.start);
    }
    expect(lines[symbols[1]?.range.end.line ?? 0]).toContain('GrantType');
  });

  it('asks an editor that can to tell of files that change on the disk, and checks again then', async () => {
    await editor.diagnostics('gateway.yaml', ({ length }) => length > 0);
    expect(await editor.watched()).toContain('yaml');
    await editor.change('idp.yaml', SET_UP);
    expect(await editor.diagnostics('gateway.yaml', ({ length }) => length === 0)).toEqual([]);
  });

  it('lives through half-typed text', async () => {
    await editor.show('gateway.yaml', '');
    for (let end = 0; end < GATEWAY.length; end += 97) {
      await editor.type('gateway.yaml', GATEWAY.slice(0, end));
      const text = GATEWAY.slice(0, end);
      await editor.ask('textDocument/definition', 'gateway.yaml', text, text.slice(-5));
      await editor.ask('textDocument/hover', 'gateway.yaml', text, text.slice(-5));
      await editor.ask('textDocument/documentSymbol', 'gateway.yaml', text, '');
    }
    await editor.type('gateway.yaml', GATEWAY);
    await editor.diagnostics('gateway.yaml', (found) => found.some(({ code }) => code === RULE));
  });
});

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import { LanguageClient, type ServerOptions } from 'vscode-languageclient/node';

const LANGUAGES = ['yaml', 'json', 'jsonc', 'cloudformation', 'python'];

let client: LanguageClient | undefined;

/** Starts the language server of the workspace's own linter, else of the one on the PATH. */
export async function activate(context: ExtensionContext): Promise<void> {
  client = new LanguageClient('cfn-tx-lint', 'cfn-tx-lint', server(), {
    documentSelector: LANGUAGES.map((language) => ({ scheme: 'file', language })),
    synchronize: {
      fileEvents: workspace.createFileSystemWatcher('**/*.{json,yaml,yml,template,py,toml}'),
    },
  });
  context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => client?.restart()));
  await client.start();
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

function server(): ServerOptions {
  const trusted = workspace.isTrusted ? [] : ['--no-code'];
  const args = ['lsp', '--stdio', ...trusted];
  const configured = workspace.getConfiguration('cfn-tx-lint').get<string>('path');
  if (configured) return { command: configured, args };
  const [folder] = workspace.workspaceFolders ?? [];
  const own = folder && path.join(folder.uri.fsPath, 'node_modules/cfn-tx-lint/bin/cfn-tx-lint.js');
  // What an untrusted workspace brings along is not run.
  return own !== undefined && workspace.isTrusted && existsSync(own)
    ? { module: own, args }
    : {
        command: process.platform === 'win32' ? 'cfn-tx-lint.cmd' : 'cfn-tx-lint',
        args,
        options: { shell: process.platform === 'win32' },
      };
}

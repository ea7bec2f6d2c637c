import { writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  CancellationToken,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  FileChangeType,
  type PublishDiagnosticsParams,
  type RegistrationParams,
  type ShowMessageParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { catalogueOf } from '../../rules/index.js';
import { check, type RunOptions } from '../../src/lint/run.js';
import { serve } from '../../src/lsp/server.js';
import type { CheckFolder } from '../../src/lsp/session.js';

const NOT_CANCELLED: CancellationToken = CancellationToken.None;

/** A check of a folder with options that a configuration would give. */
export function checkWith(options: RunOptions): CheckFolder {
  return (cwd, overlay, signal) => check({ ...options, cwd, overlay, signal }, catalogueOf(), true);
}

/** An editor that has a folder open, in the same process as the server. */
export class Editor {
  private readonly shown = new Map<string, readonly Diagnostic[]>();
  private readonly waiting = new Set<() => void>();
  /** What the server has shown in a window. */
  readonly messages: string[] = [];
  private version = 0;
  private registered: RegistrationParams['registrations'] = [];

  private constructor(
    private readonly folder: string,
    readonly connection: ReturnType<typeof createProtocolConnection>,
  ) {
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.shown.set(params.uri, params.diagnostics);
      for (const look of this.waiting) look();
    });
    connection.onNotification('window/logMessage', () => {});
    connection.onNotification('window/showMessage', ({ message }: ShowMessageParams) => {
      this.messages.push(message);
    });
    connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      this.registered = registrations;
      for (const look of this.waiting) look();
      return null;
    });
  }

  /** @param checkFolder how the server checks; by default as it is without a configuration */
  static async open(folder: string, checkFolder: CheckFolder = checkWith({})): Promise<Editor> {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    void serve(
      createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
      checkFolder,
      folder,
    );
    const connection = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    connection.listen();
    const editor = new Editor(folder, connection);
    await connection.sendRequest('initialize', {
      processId: null,
      rootUri: pathToFileURL(folder).href,
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    await connection.sendNotification('initialized', {});
    return editor;
  }

  uri(file: string): string {
    return pathToFileURL(`${this.folder}/${file}`).href;
  }

  async show(file: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(file), languageId: 'yaml', version: ++this.version, text },
    });
  }

  async type(file: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(file), version: ++this.version },
      contentChanges: [{ text }],
    });
  }

  /** The pattern of the files of which the server wants to be told. */
  watched(): Promise<string> {
    return new Promise((resolve) => {
      const look = (): void => {
        const [watching] = this.registered;
        if (watching?.method !== 'workspace/didChangeWatchedFiles') return;
        this.waiting.delete(look);
        resolve(JSON.stringify(watching.registerOptions));
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Changes a file on the disk, and tells of it. */
  async change(file: string, text: string): Promise<void> {
    writeFileSync(`${this.folder}/${file}`, text);
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: this.uri(file), type: FileChangeType.Changed }],
    });
  }

  /** The findings of a file as soon as they are what is waited for. */
  diagnostics(
    file: string,
    wanted: (found: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.shown.get(this.uri(file));
        if (found === undefined || !wanted(found)) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Asks about the place of a word in a text, one character into it. */
  ask<Answer>(
    method: string,
    file: string,
    text: string,
    word: string,
    token = NOT_CANCELLED,
  ): Promise<Answer> {
    const before = text.slice(0, text.indexOf(word)).split('\n');
    const position = { line: before.length - 1, character: (before.at(-1)?.length ?? 0) + 1 };
    const params = {
      textDocument: { uri: this.uri(file) },
      position,
      range: { start: position, end: position },
      context: { diagnostics: [], includeDeclaration: true },
    };
    return this.connection.sendRequest<Answer>(method, params, token);
  }

  /** Ends the session. `exit` is left out: the server would end the process, which is that of the tests. */
  async close(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }
}

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CancellationToken,
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  type Location,
  LSPErrorCodes,
  MessageType,
  type Position,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from '../lint/result.js';
import type { CheckedRun } from '../lint/run.js';
import { gather } from '../plain/gather.js';
import { version } from '../version.js';
import { codeActions, OPEN_RULE } from './code-actions.js';
import { lspDiagnostic } from './diagnostics.js';
import { hoverText } from './hover.js';
import { type Navigation, navigationsOf, unique } from './navigation.js';
import { type CheckFolder, Session } from './session.js';
import { documentSymbols } from './symbols.js';

/**
 * How long nothing must be typed before a folder is checked again, in milliseconds: where that is done before the next key,
 * no longer than what is sent together needs to arrive.
 */
const QUIET_TIME = { short: 5, long: 120 };

/** Up to so many milliseconds a check counts as short: a key that comes earlier ends it, and not much was done in vain. */
const SHORT_CHECK = 250;

/** The files that may be inputs, and configurations. */
const WATCHED = '**/*.{json,yaml,yml,template,py,toml,js,mjs}';

/** A position in a document, as most requests name it. */
interface At {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/**
 * Serves the language server protocol on a connection: findings as one types, and what the run knows of a position.
 *
 * @param check checks a folder, with texts in place of those on the disk
 * @param fallback the absolute folder that is served when the editor names none
 * @returns when the editor has gone
 */
export function serve(connection: Connection, check: CheckFolder, fallback: string): Promise<void> {
  const documents = new TextDocuments(TextDocument);
  const server = new Server(connection, documents, check, fallback);
  server.listen();
  return new Promise((resolve) => {
    connection.onExit(() => resolve());
    documents.listen(connection);
    connection.listen();
  });
}

class Server {
  private sessions: readonly Session[] = [];
  /** The files that have findings in the editor, by session: they are cleared when these are gone. */
  private readonly shown = new Map<Session, ReadonlySet<string>>();
  private readonly timers = new Map<Session, NodeJS.Timeout>();
  /** Whether the editor tells of files that change on the disk, if it is asked to. */
  private watches = false;

  constructor(
    private readonly connection: Connection,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly check: CheckFolder,
    private readonly fallback: string,
  ) {}

  listen(): void {
    const { connection, documents } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => {
      if (this.watches) void this.watch();
      for (const session of this.sessions) this.refresh(session);
    });
    documents.onDidChangeContent(({ document }) => this.changed(document.uri, document.getText()));
    documents.onDidClose(({ document }) => this.closed(document.uri));
    connection.onDidChangeWatchedFiles(() => {
      for (const session of this.sessions) this.soon(session);
    });
    documents.onDidSave(({ document }) => {
      const session = this.sessionOf(document.uri);
      if (session !== undefined) this.soon(session);
    });
    connection.onCodeAction(({ textDocument, range }, token) =>
      this.answer(textDocument.uri, token, [], ({ result: { report } }, session) => {
        const name = session.nameOf(textDocument.uri);
        const isRead = report.files.some(({ path, status }) => path === name && status === 'checked');
        return codeActions(
          report.diagnostics.filter(({ file }) => file === name),
          range,
          isRead ? documents.get(textDocument.uri)?.getText() : undefined,
          (file) => session.uriOf(file),
        );
      }),
    );
    connection.onHover(({ textDocument, position }, token) =>
      this.answer(textDocument.uri, token, null, (run, session) => {
        const value = hoverText(run, session.nameOf(textDocument.uri), position, (file) =>
          session.uriOf(file),
        );
        return value === undefined ? null : { contents: { kind: 'markdown' as const, value } };
      }),
    );
    connection.onDefinition((at, token) =>
      this.navigate(at, token, (navigation, file) =>
        navigation.leadsTo(file, at.position).map((place) => navigation.location(place)),
      ),
    );
    connection.onReferences((at, token) =>
      this.navigate(at, token, (navigation, file) => navigation.references(file, at.position)),
    );
    connection.onDocumentSymbol(({ textDocument }, token) =>
      this.answer(textDocument.uri, token, [], (run, session) =>
        documentSymbols(run, session.nameOf(textDocument.uri), (file) => session.uriOf(file)),
      ),
    );
    connection.onExecuteCommand(async ({ command, arguments: [url] = [] }) => {
      if (command === OPEN_RULE && typeof url === 'string' && url.startsWith('https://'))
        await connection.window.showDocument({ uri: url, external: true });
    });
  }

  /** Asks the editor to tell of files that change on the disk: by a pull, or by another program. */
  private async watch(): Promise<void> {
    const watchers = [{ globPattern: WATCHED }];
    await this.connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch((error: unknown) => this.connection.console.warn(String(error)));
  }

  private initialize({ capabilities, workspaceFolders, rootUri }: InitializeParams): InitializeResult {
    this.watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === 'string' ? [rootUri] : []);
    const folders = uris.flatMap((uri) => (uri.startsWith('file:') ? [fileURLToPath(uri)] : []));
    // Without a run there are no findings, which looks as if all were well.
    const failed = (message: string): void => {
      const shown = { type: MessageType.Warning, message: `cfn-tx-lint: ${message}` };
      void this.connection.sendNotification(ShowMessageNotification.method, shown);
    };
    this.sessions = (folders.length > 0 ? folders : [this.fallback]).map(
      (folder) => new Session(path.resolve(folder), this.check, failed),
    );
    return {
      serverInfo: { name: 'cfn-tx-lint', version },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: { includeText: false },
        },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentSymbolProvider: true,
        executeCommandProvider: { commands: [OPEN_RULE] },
      },
    };
  }

  private sessionOf(uri: string): Session | undefined {
    const of = this.sessions.filter((session) => session.has(uri));
    return of.sort((a, b) => b.folder.length - a.folder.length)[0];
  }

  private changed(uri: string, text: string): void {
    const session = this.sessionOf(uri);
    session?.type(uri, text);
    if (session !== undefined) this.soon(session);
  }

  private closed(uri: string): void {
    const session = this.sessionOf(uri);
    session?.close(uri);
    if (session !== undefined) this.soon(session);
  }

  private soon(session: Session): void {
    clearTimeout(this.timers.get(session));
    this.timers.set(
      session,
      setTimeout(
        () => this.refresh(session),
        session.lastTook <= SHORT_CHECK ? QUIET_TIME.short : QUIET_TIME.long,
      ),
    );
  }

  private refresh(session: Session): void {
    clearTimeout(this.timers.get(session));
    this.timers.delete(session);
    void session.refresh().then((run) => {
      if (run !== undefined) this.publish(session, run);
    });
  }

  private publish(session: Session, { result }: CheckedRun): void {
    const uriOf = (file: string): string => session.uriOf(file);
    const byFile = new Map<string, Diagnostic[]>();
    for (const diagnostic of result.report.diagnostics) gather(byFile, diagnostic.file, diagnostic);
    for (const file of this.shown.get(session) ?? []) {
      if (!byFile.has(file)) void this.connection.sendDiagnostics({ uri: uriOf(file), diagnostics: [] });
    }
    for (const [file, diagnostics] of byFile) {
      void this.connection.sendDiagnostics({
        uri: uriOf(file),
        diagnostics: diagnostics.map((diagnostic) => lspDiagnostic(diagnostic, uriOf)),
      });
    }
    this.shown.set(session, new Set(byFile.keys()));
  }

  /** Answers from the run over what is typed now; a request that is cancelled waits for none. */
  private async answer<Answer>(
    uri: string,
    token: CancellationToken,
    nothing: Answer,
    ask: (run: CheckedRun, session: Session) => Answer,
  ): Promise<Answer> {
    const session = this.sessionOf(uri);
    if (session === undefined) return nothing;
    if (this.timers.has(session)) this.refresh(session);
    const run = await unlessCancelled(session.current(), token);
    return run === undefined ? nothing : ask(run, session);
  }

  private navigate(
    at: At,
    token: CancellationToken,
    ask: (navigation: Navigation, file: string) => Location[],
  ): Promise<Location[]> {
    return this.answer(at.textDocument.uri, token, [], (run, session) =>
      unique(
        navigationsOf(run, (file) => session.uriOf(file)).flatMap((navigation) =>
          ask(navigation, session.nameOf(at.textDocument.uri)),
        ),
      ),
    );
  }
}

/** What a promise gives, or the error of the protocol as soon as the editor cancels its request. */
function unlessCancelled<Value>(promise: Promise<Value>, token: CancellationToken): Promise<Value> {
  const error = (): Error => new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled');
  if (token.isCancellationRequested) return Promise.reject(error());
  return new Promise((resolve, reject) => {
    const listening = token.onCancellationRequested(() => reject(error()));
    void promise.then(resolve, reject).finally(() => listening.dispose());
  });
}

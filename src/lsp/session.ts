import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { reportName } from '../discover/inside.js';
import type { CheckedRun } from '../lint/run.js';

/** Checks a folder with texts in place of those on the disk, by the names that findings bear. */
export type CheckFolder = (
  folder: string,
  texts: ReadonlyMap<string, string>,
  signal: AbortSignal,
) => Promise<CheckedRun>;

/**
 * One folder of the workspace: what is typed there, and the last run over it. Requests are answered from that run, so
 * that they cost nothing; each change begins a new one, and ends one that is under way.
 */
export class Session {
  private readonly texts = new Map<string, string>();
  private running:
    | { readonly abort: AbortController; readonly done: Promise<CheckedRun | undefined> }
    | undefined;
  private last: CheckedRun | undefined;
  private took = Number.POSITIVE_INFINITY;
  /** What keeps runs from being made, as it was told; empty when nothing does. */
  private failure = '';

  /**
   * @param folder absolute
   * @param failed told what keeps a run from being made, in one sentence, once: a configuration that is half written
   */
  constructor(
    readonly folder: string,
    private readonly check: CheckFolder,
    private readonly failed: (message: string) => void,
  ) {}

  /** The name that findings of a file bear. */
  nameOf(uri: string): string {
    return reportName(this.folder, filePath(uri));
  }

  uriOf(name: string): string {
    return pathToFileURL(path.resolve(this.folder, name)).href;
  }

  has(uri: string): boolean {
    return uri.startsWith('file:') && !reportName(this.folder, filePath(uri)).startsWith('/');
  }

  type(uri: string, text: string): void {
    this.texts.set(this.nameOf(uri), text);
  }

  close(uri: string): void {
    this.texts.delete(this.nameOf(uri));
  }

  /** How long the last run took, in milliseconds; infinite before the first. */
  get lastTook(): number {
    return this.took;
  }

  /** Checks the folder as it is typed now; undefined when a later call took over, or nothing could be checked. */
  refresh(): Promise<CheckedRun | undefined> {
    this.running?.abort.abort();
    const abort = new AbortController();
    const done = this.run(abort.signal);
    this.running = { abort, done };
    return done;
  }

  /** The run that answers requests: the one that is under way, or what took its place meanwhile, else the last. */
  async current(): Promise<CheckedRun | undefined> {
    for (;;) {
      const { running } = this;
      const run = await running?.done;
      if (running === this.running) return run ?? this.last;
    }
  }

  /** Each key makes a run: what they all fail by is told at the first. */
  private fail(message: string): void {
    if (message === this.failure) return;
    this.failure = message;
    this.failed(message);
  }

  private async run(signal: AbortSignal): Promise<CheckedRun | undefined> {
    const started = performance.now();
    try {
      const run = await this.check(this.folder, new Map(this.texts), signal);
      if (signal.aborted) return undefined;
      this.last = run;
      this.failure = '';
      this.took = performance.now() - started;
      return run;
    } catch (error) {
      if (!signal.aborted) this.fail(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}

function filePath(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}

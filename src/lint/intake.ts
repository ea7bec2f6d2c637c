import type { Discovery } from '../discover/types.js';
import type { Intake, TemplateFile, TemplateStore } from '../graph/store.js';
import type { FileDiagnoser } from './file-diagnostic.js';
import type { Diagnostic, FileResult } from './result.js';

/** What became of the files of a run when they were opened. */
export class FileIntake {
  /** The files that are reported on, with their status. */
  readonly files: FileResult[] = [];
  /** What is told of those that cannot be read. */
  readonly unreadable: Diagnostic[] = [];
  /** The templates that are reported on. */
  readonly checked: TemplateFile[] = [];

  constructor(
    private readonly store: TemplateStore,
    private readonly diagnoser: FileDiagnoser,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Opens every file, and halts after each: what it is, and what it mentions. */
  *takeIn(discovery: Discovery): Generator<void, void> {
    for (const { name, reason } of discovery.unreadable) {
      this.files.push({ path: name, status: 'failed', reason });
      this.unreadable.push(this.unreadableTemplate(name, reason, undefined));
    }
    for (const discovered of discovery.files) {
      this.signal?.throwIfAborted();
      const file = this.store.add(discovered);
      const intake = file.open();
      if (discovered.role === 'context') continue;
      this.files.push({ path: file.name, ...this.status(file, intake) });
      yield;
    }
  }

  /** Takes in a template that another deploys: it is reported on as if it had been named. */
  adopt(file: TemplateFile): void {
    if (this.checked.includes(file) || this.files.some(({ path }) => path === file.name)) return;
    const status = this.status(file, file.open());
    // A template that another holds as a text is no file.
    if (file.file.within === undefined) this.files.push({ path: file.name, ...status });
  }

  /** Those of the templates that hold something to check. */
  relevant(): TemplateFile[] {
    return this.checked.filter((file) => file.mentions.agentCore);
  }

  private status(file: TemplateFile, intake: Intake): Omit<FileResult, 'path'> {
    switch (intake.kind) {
      case 'template':
        this.checked.push(file);
        return { status: 'checked', reason: null };
      case 'not-a-template':
        return { status: 'skipped', reason: intake.reason };
      case 'unreadable':
        if (!intake.relevant) return { status: 'skipped', reason: intake.reason };
        this.unreadable.push(this.unreadableTemplate(file.name, intake.reason, intake.error));
        return { status: 'failed', reason: intake.reason };
    }
  }

  private unreadableTemplate(
    file: string,
    reason: string,
    error: Extract<Intake, { kind: 'unreadable' }>['error'],
  ): Diagnostic {
    return {
      ...this.diagnoser.diagnose('unreadable', {
        message: error === undefined ? 'unreadableFile' : 'unreadable',
        data: { reason: sentencePart(reason) },
        file,
        range: error?.range,
      }),
      related:
        error?.related === undefined
          ? []
          : [
              {
                message: error.related.message,
                file,
                range: error.related.range,
                resource: null,
                constructPath: null,
                source: null,
              },
            ],
    };
  }
}

/** A sentence as a part of another. */
function sentencePart(text: string): string {
  const bare = text.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(bare) ? `${bare[0]?.toLowerCase()}${bare.slice(1)}` : bare;
}

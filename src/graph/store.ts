import type { DiscoveredFile } from '../discover/types.js';
import type { Source, SourceError } from '../source/types.js';
import { isMap, own, type PlainMap } from '../template/own.js';
import { looksLikeTemplate, readTemplate, type Template } from '../template/template.js';
import { type Mentions, NO_MENTIONS } from './mentions.js';

/** How much text is kept in memory for reports; what is past it is read again when a finding needs it. */
const KEPT_TEXT = 24 * 1024 * 1024;

/** How the store gets at files; the command line hands in the disk, tests hand in maps. */
export interface Reader {
  /** The text of a file. Throws an `Error` whose message is a clause without the file's name. */
  readText(file: DiscoveredFile): string;
  parse(file: DiscoveredFile, text: string): { ok: true; source: Source } | { ok: false; error: SourceError };
  mentions(text: string): Mentions;
}

/** What became of a file when it was first looked at. */
export type Intake =
  | { readonly kind: 'template' }
  | { readonly kind: 'not-a-template'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly error: SourceError }
  | { readonly kind: 'unreadable-file'; readonly reason: string };

/**
 * One file of a run. Its template is parsed when first asked for, and holds only what references can lead to: the
 * bodies of all other resources are dropped, so that thousands of templates fit into memory.
 */
export class TemplateFile {
  mentions: Mentions = NO_MENTIONS;
  private parsed: { template: Template | undefined; intake: Intake } | undefined;
  private kept: Source | undefined;

  constructor(
    readonly file: DiscoveredFile,
    private readonly reader: Reader,
    private readonly budget: { left: number },
  ) {}

  get name(): string {
    return this.file.name;
  }

  /**
   * Reads the text and finds what it mentions; parses it when it mentions an AgentCore type or costs little to
   * parse. A YAML text that mentions none is only glanced at.
   */
  open(): Intake {
    let text: string;
    try {
      text = this.reader.readText(this.file);
    } catch (error) {
      return this.settle({ kind: 'unreadable-file', reason: (error as Error).message });
    }
    this.mentions = this.reader.mentions(text);
    if (!this.mentions.agentCore && seemsYaml(text) && !isSuspicious(text)) {
      return TOP_LEVEL_RESOURCES.test(text)
        ? { kind: 'template' }
        : this.settle({ kind: 'not-a-template', reason: text.trim() === '' ? 'the file is empty' : NOT_A_TEMPLATE });
    }
    return this.parse(text).intake;
  }

  /** The template; undefined when the file is none or cannot be read. */
  template(): Template | undefined {
    if (this.parsed === undefined) {
      try {
        this.parse(this.reader.readText(this.file));
      } catch (error) {
        this.settle({ kind: 'unreadable-file', reason: (error as Error).message });
      }
    }
    return this.parsed?.template;
  }

  /** The parsed text, for positions; undefined when the file has gone or changed beyond reading. */
  source(): Source | undefined {
    if (this.kept !== undefined) return this.kept;
    try {
      const result = this.reader.parse(this.file, this.reader.readText(this.file));
      if (!result.ok) return undefined;
      this.keep(result.source, true);
      return result.source;
    } catch {
      return undefined;
    }
  }

  private parse(text: string): { template: Template | undefined; intake: Intake } {
    const result = this.reader.parse(this.file, text);
    if (!result.ok) {
      this.settle({ kind: 'unreadable', error: result.error });
    } else if (!isMap(result.source.value) || !looksLikeTemplate(result.source.value)) {
      this.settle({ kind: 'not-a-template', reason: NOT_A_TEMPLATE });
    } else {
      this.parsed = {
        template: readTemplate(this.name, project(result.source.value)),
        intake: { kind: 'template' },
      };
      if (this.mentions.agentCore) this.keep(result.source, false);
    }
    return this.parsed as { template: Template | undefined; intake: Intake };
  }

  private keep(source: Source, always: boolean): void {
    if (!always && this.budget.left < source.text.length) return;
    this.budget.left -= source.text.length;
    this.kept = source;
  }

  private settle(intake: Intake): Intake {
    this.parsed = { template: undefined, intake };
    return intake;
  }
}

const NOT_A_TEMPLATE = 'it is no CloudFormation template';
const TOP_LEVEL_RESOURCES = /^(?:Resources|"Resources"|'Resources'|AWSTemplateFormatVersion)\s*:/m;

function seemsYaml(text: string): boolean {
  return !/^\uFEFF?\s*[{[]/.test(text);
}

/** Whether a glance may miss that a YAML text is broken: binary content, or tabs for indentation. */
function isSuspicious(text: string): boolean {
  return text.includes('\0') || text.includes('\uFFFD') || /^ *\t/m.test(text);
}

/** Files of a run by their name. */
export class TemplateStore {
  private readonly files = new Map<string, TemplateFile>();
  private readonly byPath = new Map<string, TemplateFile>();
  private readonly budget = { left: KEPT_TEXT };

  constructor(private readonly reader: Reader) {}

  add(file: DiscoveredFile): TemplateFile {
    const known = this.byPath.get(file.path);
    if (known !== undefined) return known;
    const added = new TemplateFile(file, this.reader, this.budget);
    this.files.set(file.name, added);
    this.byPath.set(file.path, added);
    return added;
  }

  get(name: string): TemplateFile | undefined {
    return this.files.get(name);
  }

  atPath(path: string): TemplateFile | undefined {
    return this.byPath.get(path);
  }

  all(): IterableIterator<TemplateFile> {
    return this.files.values();
  }
}

/** Types whose properties references can lead into. */
const KEPT_TYPES = [
  'AWS::BedrockAgentCore::',
  'AWS::IAM::',
  'AWS::CloudFormation::Stack',
  'AWS::SSM::Parameter',
  'Custom::CrossRegionExport',
];

/** The template without the bodies of resources that nothing of ours refers into. */
function project(top: PlainMap): PlainMap {
  const resources = own(top, 'Resources');
  if (!isMap(resources)) return top;
  const kept: Record<string, unknown> = {};
  for (const [logicalId, resource] of Object.entries(resources)) {
    Object.defineProperty(kept, logicalId, {
      value: isKept(logicalId, resource) ? resource : outline(resource),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return { ...top, Resources: kept };
}

function isKept(logicalId: string, resource: unknown): boolean {
  if (logicalId.startsWith('Fn::')) return true;
  const type = own(resource, 'Type');
  return typeof type !== 'string' || KEPT_TYPES.some((prefix) => type.startsWith(prefix));
}

function outline(resource: unknown): PlainMap {
  return { Type: own(resource, 'Type'), Condition: own(resource, 'Condition') };
}

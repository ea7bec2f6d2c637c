import type { DiscoveredFile } from '../discover/types.js';
import type { Lowered, OpenPart } from '../frontends/front-end.js';
import {
  bearsMark,
  frontEnd,
  frontEndsFor,
  isOfForeignSyntax,
  mayHoldApiCalls,
  mayTakeParts,
} from '../frontends/index.js';
import { own } from '../plain/map.js';
import { parseAnything } from '../source/parse.js';
import type { ParseResult, Source, SourceError } from '../source/types.js';
import { readTemplate, type Template } from '../template/template.js';
import { type Mentions, mentionsIn, mentionsOf, NO_MENTIONS, type TextMentions } from './mentions.js';
import { project } from './projection.js';

/** How much is kept in memory for reports, texts and what was parsed; the rest is read again when a finding needs it. */
const KEPT_TEXT = 8 * 1024 * 1024;
const KEPT_FILES = 32;

/** A text, or why there is none. */
export type TextResult =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      /** A clause that fits after the file's name. */
      readonly reason: string;
      /** The same with its place, where there is one. */
      readonly error: SourceError | undefined;
      /** Whether the file mentions an AgentCore type; undefined when nobody can tell. */
      readonly mentionsAgentCore: boolean | undefined;
    };

/** How the store gets at files; the command line hands in the disk, tests hand in maps. */
export interface Reader {
  readText(file: DiscoveredFile): TextResult;
  /** May throw to say that the format is not prepared: then the run prepares it and starts again. */
  parse(file: DiscoveredFile, text: string): ParseResult;
  /** Whether what `parse` gives belongs to others, too, and has to stay as it is. */
  readonly isShared?: boolean;
  /** What a plain search of a template's text finds. */
  search(text: string): TextMentions;
  /**
   * The file that a template names as a part of itself, as one of the run would be; undefined for what is no file of the
   * project. Left out where there is no disk.
   */
  part?(location: string, from: DiscoveredFile): DiscoveredFile | undefined;
}

/** Why a file is no template, although nothing is wrong with it. */
export const NO_TEMPLATE_REASONS = ['it is no CloudFormation template', 'the file is empty'] as const;
const TERRAFORM_CODE = 'of Terraform only the plan or state is read that terraform show -json gives';
type NoTemplateReason = (typeof NO_TEMPLATE_REASONS)[number] | typeof TERRAFORM_CODE;
const [NOT_A_TEMPLATE, EMPTY] = NO_TEMPLATE_REASONS;

/** What became of a file when it was first looked at. */
export type Intake =
  | { readonly kind: 'template' }
  | { readonly kind: 'not-a-template'; readonly reason: NoTemplateReason }
  | {
      readonly kind: 'unreadable';
      readonly reason: string;
      readonly error: SourceError | undefined;
      /** Whether it mentions an AgentCore type; a file of which nobody can tell counts as one that does. */
      readonly relevant: boolean;
    };

interface Parsed {
  readonly template: Template | undefined;
  readonly intake: Intake;
}

/**
 * One file of a run. Its template is parsed when first asked for, and holds only what references can lead to: the
 * bodies of all other resources are dropped, so that thousands of templates fit into memory.
 */
export class TemplateFile {
  mentions: Mentions = NO_MENTIONS;
  /** How often its text was read, and how often parsed: more than once only where a report needs it again. */
  readonly work = { reads: 0, parses: 0 };
  /** The files that the template takes in. */
  readonly parts = new Set<TemplateFile>();
  private parsed: Parsed | undefined;
  private kept: Source | undefined;
  /** How its text is parsed: as a template, until it turns out to be something else. */
  private readAs = (text: string): ParseResult => this.reader.parse(this.file, text);

  /** @param openPart opens a file that the template, or a part of it, takes in: what names it, and the file that does */
  constructor(
    readonly file: DiscoveredFile,
    private readonly reader: Reader,
    private readonly budget: { left: number; files: number },
    private readonly openPart: (location: string, from: string) => TemplateFile | undefined,
  ) {}

  get name(): string {
    return this.file.name;
  }

  /**
   * Reads the text and finds what it mentions; parses it when it mentions an AgentCore type or costs little to
   * parse. A YAML text that mentions none is only glanced at.
   */
  open(): Intake {
    const read = this.read();
    if (!read.ok)
      return this.settle({ kind: 'unreadable', ...read, relevant: read.mentionsAgentCore !== false }).intake;
    const { text } = read;
    const found = this.reader.search(text);
    if (!found.agentCore && seemsYaml(text) && !isSuspicious(text) && !mayTakeParts(text)) {
      this.mentions = mentionsIn(text, found);
      if (hasTemplateOutline(text)) return { kind: 'template' };
      if (frontEndsFor(this.name, text).length === 0) {
        return this.settle({
          kind: 'not-a-template',
          reason: text.trim() === '' ? EMPTY : NOT_A_TEMPLATE,
        }).intake;
      }
    }
    this.mentions = { ...NO_MENTIONS, ...found };
    return this.parse(text).intake;
  }

  /** The template when it has been parsed already. */
  get known(): Template | undefined {
    return this.parsed?.template;
  }

  /** The template; undefined when the file is none or cannot be read. */
  template(): Template | undefined {
    if (this.parsed === undefined) {
      const read = this.read();
      if (read.ok) this.parse(read.text);
      else this.settle({ kind: 'unreadable', ...read, relevant: false });
    }
    return this.parsed?.template;
  }

  /** The parsed text, for positions; undefined when the file has gone or changed beyond reading. */
  source(): Source | undefined {
    if (this.kept !== undefined) return this.kept;
    const read = this.read();
    const result = read.ok ? this.parseText(read.text) : undefined;
    if (result?.ok !== true) return undefined;
    this.kept = result.source;
    this.budget.left -= result.source.text.length;
    return result.source;
  }

  /** The file as a part of a template; undefined when it cannot be read. */
  asPart(): OpenPart | undefined {
    const read = this.read();
    if (!read.ok) return undefined;
    // A part may be a list or a text as well as a map.
    if (this.parsed?.template === undefined) this.readAs = (text) => parseAnything(this.name, text);
    return {
      file: this.name,
      text: read.text,
      parse: () => {
        this.work.parses++;
        const result = parseAnything(this.name, read.text);
        return result.ok ? result.source.value : undefined;
      },
    };
  }

  private read(): TextResult {
    this.work.reads++;
    return this.reader.readText(this.file);
  }

  private parseText(text: string): ParseResult {
    this.work.parses++;
    return this.readAs(text);
  }

  private parse(text: string): Parsed {
    if (this.name.endsWith('.tf') || this.name.endsWith('.tfstate'))
      return this.settle({ kind: 'not-a-template', reason: TERRAFORM_CODE });
    const isForeign = isOfForeignSyntax(this.name);
    const result = isForeign ? undefined : this.parseText(text);
    const holes = this.file.within?.holes ?? [];
    if (result?.ok === true) {
      const kind = mayHoldApiCalls(text) ? 'aws-custom-resource' : 'cloudformation';
      const source =
        holes.length === 0
          ? result.source
          : withValue(result.source, frontEnd('packaging').withHoles?.(result.source.value, holes));
      const whole =
        mayTakeParts(text) || own(source.value, 'Modules') !== undefined
          ? this.putTogether(source)
          : undefined;
      const template = frontEnd(kind).lower(whole?.source ?? source);
      if (template !== undefined)
        return this.take(source, whole === undefined ? template : throughBoth(template, whole.lowered));
    }
    let failed = result?.ok === false ? result : undefined;
    for (const entry of frontEndsFor(this.name, text)) {
      const reader = frontEnd(entry.id);
      let parsed = result;
      if (parsed?.ok !== true && reader.parse !== undefined) {
        this.readAs = (again) => reader.parse?.(this.name, again) as ParseResult;
        parsed = this.parseText(text);
      }
      const lowered = parsed?.ok === true ? reader.lower(parsed.source) : undefined;
      const isBroken = parsed?.ok === false && bearsMark(entry, text);
      const agentCore = lowered !== undefined || isBroken || this.mentions.agentCore;
      this.mentions = { ...this.mentions, agentCore };
      if (parsed?.ok === true && lowered !== undefined) return this.take(parsed.source, lowered);
      if (isForeign && parsed?.ok === false) failed = parsed;
    }
    if (failed === undefined) return this.settle({ kind: 'not-a-template', reason: NOT_A_TEMPLATE });
    const { error } = failed;
    return this.settle({
      kind: 'unreadable',
      reason: error.message,
      error,
      relevant: this.mentions.agentCore,
    });
  }

  /** The template with the parts that a tool puts into it before the deployment. */
  private putTogether(source: Source): { source: Source; lowered: Lowered } | undefined {
    const lowered = frontEnd('packaging').lower(source, (location, from) => {
      const file = this.openPart(location, from);
      const part = file?.asPart();
      if (file === undefined || part === undefined) return undefined;
      this.parts.add(file);
      const { agentCore, suppression } = this.reader.search(part.text);
      if (suppression) file.mentions = { ...file.mentions, suppression };
      this.mentions = {
        ...this.mentions,
        agentCore: this.mentions.agentCore || agentCore,
        suppression: this.mentions.suppression || suppression,
      };
      return part;
    });
    return lowered && { source: withValue(source, lowered.value), lowered };
  }

  private take(source: Source, lowered: Lowered): Parsed {
    const isKept = this.mentions.agentCore && this.keep(source);
    const template = readTemplate(
      this.name,
      project(lowered.value, isKept || this.reader.isShared === true),
      lowered,
    );
    this.mentions = mentionsOf(template, this.mentions);
    this.parsed = { template, intake: { kind: 'template' } };
    return this.parsed;
  }

  /** Keeps a parsed text as far as the budget reaches. */
  private keep(source: Source): boolean {
    if (this.budget.left < source.text.length || this.budget.files === 0) return false;
    this.budget.left -= source.text.length;
    this.budget.files--;
    this.kept = source;
    return true;
  }

  private settle(intake: Intake): Parsed {
    this.parsed = { template: undefined, intake };
    return this.parsed;
  }
}

/** A parsed text as if it held another value: places are still those of the text. */
function withValue(source: Source, value: unknown): Source {
  return Object.create(source, { value: { value } }) as Source;
}

/** A template that was made of one that was put together: the way back leads through both. */
function throughBoth(template: Lowered, whole: Lowered): Lowered {
  return {
    ...template,
    origin: (path) => whole.origin(template.origin(path)),
    elsewhere: (path) => whole.elsewhere?.(template.origin(path)),
  };
}

/** Whether a YAML text has a template's sections among its top keys, which may be indented all alike. */
function hasTemplateOutline(text: string): boolean {
  const [, indent = ''] = /^(?!---|#|%|\uFEFF---)( *)[^\s#]/m.exec(text) ?? [];
  return new RegExp(
    `^\uFEFF?${indent}(["']?)(?:Resources|Modules|AWSTemplateFormatVersion)\\1\\s*:`,
    'm',
  ).test(text);
}

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
  private readonly budget = { left: KEPT_TEXT, files: KEPT_FILES };

  constructor(private readonly reader: Reader) {}

  add(file: DiscoveredFile): TemplateFile {
    const known = this.byPath.get(file.path);
    if (known !== undefined) return known;
    const added = new TemplateFile(file, this.reader, this.budget, (location, from) =>
      this.part(location, from),
    );
    this.files.set(file.name, added);
    this.byPath.set(file.path, added);
    return added;
  }

  private part(location: string, from: string): TemplateFile | undefined {
    const file = this.files.get(from)?.file;
    const part = file && this.reader.part?.(location, file);
    return part && (this.files.get(part.name) ?? this.add(part));
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

import path from 'node:path';
import { isInside, reportName } from '../discover/inside.js';
import { readTemplateText } from '../discover/read-template.js';
import type { DiscoveredFile, StackInfo } from '../discover/types.js';
import { knownText, type TextValue } from '../evaluate/value.js';
import { mayHoldApiCalls } from '../frontends/index.js';
import type { HeldTemplate } from '../graph/held-template.js';
import { textMentions } from '../graph/mentions.js';
import type { TemplateLocator } from '../graph/nested-stacks.js';
import type { Reader, TemplateFile, TemplateStore } from '../graph/store.js';
import { mentionsAgentCore } from '../source/mentions.js';
import { parseSource } from '../source/parse.js';
import type { ParsedTexts } from './parsed-texts.js';

/**
 * Reads templates from the disk, or from memory where a text is given.
 * @param overlay texts that stand in for those on disk, by the name of the file
 * @param cwd the absolute working directory
 * @param mayRead whether a file that only a template names may be read
 * @param parsed remembers what texts were parsed to; left out where nobody asks again
 */
export function diskReader(
  overlay: ReadonlyMap<string, string> | undefined,
  cwd: string,
  mayRead: (file: string) => boolean,
  parsed?: ParsedTexts,
): Reader {
  return {
    readText: (file) => {
      const text = overlay?.get(file.name) ?? file.text;
      return text === undefined ? readTemplateText(file.path) : { ok: true, text };
    },
    parse: (file, text) => parsed?.parse(file.name, text) ?? parseSource(file.name, text),
    isShared: parsed !== undefined,
    search: (text) => textMentions(text, mentionsAgentCore(text) || mayHoldApiCalls(text)),
    part: (location, from) => {
      const local = location.replace(/^file:\/\//, '');
      if (local === '' || local.includes('\0') || /^[a-z][a-z0-9+.-]*:\/\//i.test(local)) return undefined;
      const file = path.resolve(path.dirname(path.resolve(cwd, from.path)), local);
      return mayRead(file) ? fileOf(file, cwd) : undefined;
    },
  };
}

/** Finds the templates of nested stacks among the files of a run, and on the disk within the project. */
export class NestedTemplates implements TemplateLocator {
  constructor(
    private readonly store: TemplateStore,
    private readonly cwd: string,
    /** Whether a file that only a template names may be read. */
    private readonly mayRead: (file: string) => boolean,
    private readonly assetFile: (stack: StackInfo, url: string) => string | undefined,
  ) {}

  locate(
    url: TextValue,
    assetPath: string | undefined,
    from: TemplateFile,
    stack: StackInfo | undefined,
  ): TemplateFile | { readonly reason: string } {
    const directory = path.dirname(path.resolve(this.cwd, from.file.path));
    if (assetPath !== undefined) {
      const file = this.open(path.resolve(directory, assetPath));
      if (file !== undefined) return file;
    }
    const tail = url.parts[url.parts.length - 1];
    const asset = typeof tail === 'string' && stack !== undefined ? this.assetFile(stack, tail) : undefined;
    if (asset !== undefined) {
      // Its assembly was asked whether it may be read, and may lie outside of the project.
      const file = this.open(asset, true);
      if (file !== undefined) return file;
    }
    const known = knownText(url);
    if (known !== undefined && !/^[a-z][a-z0-9+.-]*:\/\//i.test(known) && known !== '') {
      return this.open(path.resolve(directory, known)) ?? { reason: 'there is no such file in this project' };
    }
    const segments = typeof tail === 'string' ? segmentsOf(tail) : [];
    const uploaded = this.byEnd(segments, from) ?? this.beside(segments, directory, from);
    return uploaded ?? { reason: 'it is no file of this project' };
  }

  embedded({ text, holes, path }: HeldTemplate, from: TemplateFile, logicalId: string): TemplateFile {
    // A property can hold several: one for each scenario, and for each deployment that puts other values in.
    let name = `${from.name}#${logicalId}`;
    for (let count = 2; ; count++) {
      const known = this.store.get(name);
      if (known?.file.text === text) return known;
      if (known === undefined) break;
      name = `${from.name}#${logicalId}@${count}`;
    }
    const within = { file: from.name, path, holes };
    const added = this.store.add({
      path: name,
      name,
      role: 'context',
      text,
      stacks: [],
      within,
    });
    added.open();
    return added;
  }

  /** The template beside a packaged one that a URL ends like: the nearest of its folders that lies there, too. */
  private beside(
    segments: readonly string[],
    directory: string,
    from: TemplateFile,
  ): TemplateFile | undefined {
    for (let length = Math.min(segments.length, MAX_FOLDERS); length > 0; length--) {
      const file = path.resolve(directory, ...segments.slice(-length));
      if (file === path.resolve(this.cwd, from.file.path) || !isInside(directory, file)) continue;
      const opened = this.open(file);
      if (opened?.template() !== undefined) return opened;
    }
    return undefined;
  }

  private open(file: string, trusted = false): TemplateFile | undefined {
    const known = this.store.atPath(file) ?? this.store.get(reportName(this.cwd, file));
    if (known !== undefined) return known;
    if (!trusted && !this.mayRead(file)) return undefined;
    const added = this.store.add(fileOf(file, this.cwd));
    added.open();
    return added;
  }

  /** The one file of the run whose path ends like a URL: templates are uploaded with their folders. */
  private byEnd(segments: readonly string[], from: TemplateFile): TemplateFile | undefined {
    let candidates = [...this.store.all()].filter((file) => file !== from);
    let matched: TemplateFile[] = [];
    for (let length = 1; length <= segments.length && candidates.length > 0; length++) {
      const end = `/${segments.slice(-length).join('/')}`;
      candidates = candidates.filter((file) => `/${file.name}`.endsWith(end));
      if (candidates.length > 0) matched = candidates;
    }
    return matched.length === 1 ? matched[0] : undefined;
  }
}

/** A file that only a template names. */
function fileOf(file: string, cwd: string): DiscoveredFile {
  return {
    path: file,
    name: reportName(cwd, file),
    role: 'context',
    text: undefined,
    stacks: [],
  };
}

/** How many folders of a URL are looked for beside a template. */
const MAX_FOLDERS = 8;

/** The folders and the file of a URL's end. */
function segmentsOf(tail: string): readonly string[] {
  const [place = ''] = tail.split(/[?#]/, 1);
  return place.split('/').filter((segment) => segment !== '' && !segment.includes('\0'));
}

import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Path } from '../source/types.js';
import { asItIs } from './cloudformation.js';
import type { FrontEnd, OpenPart, Part, PartReader } from './front-end.js';
import { Grafts } from './grafts.js';
import { withHoles } from './holes.js';
import { gatherModules } from './local-modules.js';
import { overriding } from './overrides.js';

/** How many files one template may take in, and how deep they may take in each other. */
export const MAX_PARTS = 500;
export const MAX_PART_DEPTH = 16;
/** How much text may come in with them, a file that is taken in twice counted twice. */
export const MAX_PART_CHARACTERS = 5_000_000;

/**
 * A template that `aws cloudformation package` or Rain (`rain pkg`) puts together from local files: what lies in the
 * project is put where they put it, all else stays as it is written.
 *
 * - `AWS::Include` with the path of a file as its `Location`: the AWS CLI uploads the file, and CloudFormation takes it in
 *   where the transform stands. Source: CloudFormation template reference, transform-aws-include; AWS CLI, `package`.
 * - `!Rain::Include` (the file's content), `!Rain::Embed` (its text) and `!Rain::Module`, as tags or as maps with one key.
 *   Source: README of aws-cloudformation/rain, "Packaging".
 * - local modules: see {@link gatherModules}.
 *
 * Paths start from the file that they stand in.
 */
export const packaging: FrontEnd = {
  id: 'packaging',
  overriding,
  withHoles,
  lower({ file, value }, read) {
    if (!isMap(value) || read === undefined) return undefined;
    const grafts = new Grafts(file);
    const whole = new Packaging(read, grafts).whole(value, file);
    return { ...asItIs(gatherModules(whole, grafts)), origin: grafts.origin, elsewhere: grafts.elsewhere };
  },
};

/** Where a value that is looked at stands. */
interface Here {
  /** In the template as it is put together. */
  readonly path: Path;
  /** The file that it is written in, and the files that took that in, the template first. */
  readonly files: readonly string[];
  /** In the template's own text: what took it in, or itself. */
  readonly tag: Path;
}

class Packaging {
  private parts = 0;
  private characters = 0;

  constructor(
    private readonly read: PartReader,
    private readonly grafts: Grafts,
  ) {}

  whole(top: PlainMap, file: string): PlainMap {
    const here: Here = { path: [], files: [file], tag: [] };
    const { Transform: transform, ...sections } = top;
    const expanded = this.map(sections, here);
    const without = isMap(expanded) ? expanded : {};
    if (transform === undefined) return expanded === sections ? top : without;
    const macros = Array.isArray(transform) ? transform : [transform];
    const left: unknown[] = [];
    let merged: PlainMap = without;
    for (const [index, macro] of macros.entries()) {
      const tag = Array.isArray(transform) ? ['Transform', index] : ['Transform'];
      const part = this.included(macro, here);
      const content = part && this.content(part, { path: [], files: here.files, tag });
      if (part !== undefined && isMap(content)) merged = this.sectionsOf(merged, content, part, tag);
      else left.push(macro);
    }
    if (left.length === macros.length && expanded === sections) return top;
    return {
      ...merged,
      ...(left.length > 0 && { Transform: Array.isArray(transform) ? left : left[0] }),
    };
  }

  /** The sections of a template with those of a part at its top: entry by entry, its own first. */
  private sectionsOf(sections: PlainMap, content: PlainMap, part: Part, tag: Path): PlainMap {
    const result: Record<string, unknown> = { ...sections };
    for (const [name, section] of Object.entries(content)) {
      const known = own(sections, name);
      if (known === undefined) {
        result[name] = section;
        this.grafts.noteUnlessKnown([name], { tag, place: { file: part.file, path: [name] } });
      } else if (isMap(known) && isMap(section)) {
        const entries: Record<string, unknown> = { ...known };
        for (const [key, entry] of Object.entries(section)) {
          if (Object.hasOwn(known, key)) continue;
          entries[key] = entry;
          this.grafts.noteUnlessKnown([name, key], { tag, place: { file: part.file, path: [name, key] } });
        }
        result[name] = entries;
      }
    }
    return result;
  }

  private value(value: unknown, here: Here): unknown {
    if (Array.isArray(value)) {
      let changed = false;
      const items = value.map((item, index) => {
        const expanded = this.value(item, below(here, index));
        changed ||= expanded !== item;
        return expanded;
      });
      return changed ? items : value;
    }
    return isMap(value) ? this.map(value, here) : value;
  }

  private map(map: PlainMap, here: Here): unknown {
    const keys = Object.keys(map);
    const [only] = keys;
    if (keys.length === 1 && only !== undefined) {
      const directive = /^(?:Fn::)?Rain::(Include|Embed|\w+)$/.exec(only)?.[1];
      if (directive !== undefined) return this.directive(directive, map[only], map, here);
    }
    const macro = own(map, 'Fn::Transform');
    const part = macro === undefined ? undefined : this.included(macro, here);
    let changed = part !== undefined;
    const result: Record<string, unknown> = {};
    for (const key of keys) {
      if (part !== undefined && key === 'Fn::Transform') continue;
      const entry = map[key];
      const expanded = this.value(entry, below(here, key));
      changed ||= expanded !== entry;
      result[key] = expanded;
    }
    if (part === undefined) return changed ? result : map;
    if (here.path.length === 0) return this.atTop(result, part, here) ?? map;
    return this.mixedIn(result, part, { ...here, tag: tagBelow(here, 'Fn::Transform') }) ?? map;
  }

  /** A template with a part that `Fn::Transform` takes in among its sections. */
  private atTop(sections: PlainMap, part: Part, here: Here): PlainMap | undefined {
    const tag = tagBelow(here, 'Fn::Transform');
    const content = this.content(part, { path: [], files: here.files, tag });
    return isMap(content) ? this.sectionsOf(sections, content, part, tag) : undefined;
  }

  /** A map with a part among its entries; the part alone where there are no others. Undefined where they do not mix. */
  private mixedIn(result: Record<string, unknown>, part: Part, here: Here): unknown {
    const content = this.content(part, here);
    if (Object.keys(result).length === 0) {
      this.grafts.noteUnlessKnown(here.path, { tag: here.tag, place: { file: part.file, path: [] } });
      return content;
    }
    if (!isMap(content)) return undefined;
    for (const [key, entry] of Object.entries(content)) {
      if (Object.hasOwn(result, key)) continue;
      result[key] = entry;
      this.grafts.noteUnlessKnown([...here.path, key], {
        tag: here.tag,
        place: { file: part.file, path: [key] },
      });
    }
    return result;
  }

  /** The file that an `AWS::Include` takes in; undefined for any other macro, and where it is no file of the project. */
  private included(macro: unknown, here: Here): Part | undefined {
    const [include] = Array.isArray(macro) && macro.length === 1 ? macro : [macro];
    if (own(include, 'Name') !== 'AWS::Include') return undefined;
    const location = own(own(include, 'Parameters'), 'Location');
    return typeof location === 'string' ? this.part(location, here) : undefined;
  }

  private directive(name: string, argument: unknown, written: PlainMap, here: Here): unknown {
    if (typeof argument === 'string' && (name === 'Include' || name === 'Embed')) {
      const part = this.part(argument, here);
      if (part !== undefined && name === 'Embed') {
        this.grafts.noteUnlessKnown(here.path, { tag: here.tag, place: undefined });
        return part.text.trim();
      }
      if (part?.value !== undefined) {
        const content = this.content(part, here);
        this.grafts.noteUnlessKnown(here.path, { tag: here.tag, place: { file: part.file, path: [] } });
        return content;
      }
    }
    // As a map with one key it is the same as the tag, which stands for `Fn::Rain::...`.
    return Object.hasOwn(written, `Rain::${name}`) ? { [`Fn::Rain::${name}`]: argument } : written;
  }

  /** What a part holds, with the parts that it takes in itself. */
  private content({ file, value }: Part, here: Here): unknown {
    return this.value(value, { path: here.path, files: [...here.files, file], tag: here.tag });
  }

  /** Undefined for what is no file of the project, for one that takes itself in, and past the limits. */
  private part(location: string, { files }: Here): Part | undefined {
    if (files.length > MAX_PART_DEPTH || this.parts >= MAX_PARTS) return undefined;
    const opened: OpenPart | undefined = this.read(location, files.at(-1) ?? '');
    if (opened === undefined || files.includes(opened.file)) return undefined;
    this.parts++;
    this.characters += opened.text.length;
    if (this.characters > MAX_PART_CHARACTERS) {
      this.parts = MAX_PARTS;
      return undefined;
    }
    return { file: opened.file, text: opened.text, value: opened.parse() };
  }
}

function below(here: Here, step: string | number): Here {
  return { path: [...here.path, step], files: here.files, tag: tagBelow(here, step) };
}

/** What stands in a part is told by the tag that took it in, what stands in the template by itself. */
function tagBelow({ tag, files }: Here, step: string | number): Path {
  return files.length > 1 ? tag : [...tag, step];
}

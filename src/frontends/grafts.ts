import type { Path, PathStep } from '../source/types.js';
import type { WrittenPlace } from './front-end.js';

/** Where a part comes from that was put into a template. */
export interface Graft {
  /** What put it there, in the template's own text. */
  readonly tag: Path;
  /** Where it is written itself; undefined where only the tag tells. */
  readonly place: WrittenPlace | undefined;
}

interface Branch {
  readonly branches: Map<PathStep, Branch>;
  graft: Graft | undefined;
}

/** Remembers which parts of a template are written elsewhere: in other files, or at other places of its own. */
export class Grafts {
  private readonly root: Branch = { branches: new Map(), graft: undefined };

  /** @param file the name of the template's file */
  constructor(private readonly file: string) {}

  /** Notes where what stands at a path comes from. What was noted there before, by a part within, stays. */
  noteUnlessKnown(path: Path, graft: Graft): void {
    let at = this.root;
    for (const step of path) {
      let next = at.branches.get(step);
      if (next === undefined) {
        next = { branches: new Map(), graft: undefined };
        at.branches.set(step, next);
      }
      at = next;
    }
    at.graft ??= graft;
  }

  /** Notes that what stands at a path of the template is written at another place of it. */
  noteMoved(path: Path, from: Path): void {
    const elsewhere = this.find(from);
    const [graft, rest] = elsewhere ?? [{ tag: from, place: { file: this.file, path: from } }, []];
    this.noteUnlessKnown(path, {
      tag: graft.tag,
      place: graft.place && { file: graft.place.file, path: [...graft.place.path, ...rest] },
    });
  }

  /** The path in the template's own text: what it is, or what put it there. The same path where nothing was put. */
  readonly origin = (path: Path): Path => {
    const found = this.find(path);
    if (found === undefined) return path;
    const [{ tag, place }, rest] = found;
    return place?.file === this.file ? [...place.path, ...rest] : tag;
  };

  /** The place in another file; undefined for what stands in the template's own. */
  readonly elsewhere = (path: Path): WrittenPlace | undefined => {
    const [{ place } = { place: undefined }, rest = []] = this.find(path) ?? [];
    return place === undefined || place.file === this.file
      ? undefined
      : { file: place.file, path: [...place.path, ...rest] };
  };

  /** The innermost graft that a path lies in, and the way from there. */
  private find(path: Path): readonly [Graft, Path] | undefined {
    let found: readonly [Graft, Path] | undefined;
    let at: Branch | undefined = this.root;
    for (let length = 0; at !== undefined; length++) {
      if (at.graft !== undefined) found = [at.graft, path.slice(length)];
      const step = path[length];
      at = step === undefined ? undefined : at.branches.get(step);
    }
    return found;
  }
}

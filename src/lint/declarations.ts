import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { reportName } from '../discover/inside.js';
import { isInsideProject } from '../discover/project-root.js';
import type { Declaration } from '../frontends/front-end.js';
import { LineIndex } from '../source/position.js';
import type { SourcePosition } from './result.js';

/** Larger files, and more of them, are no code that people write. */
const MAX_BYTES = 1024 * 1024;
const MAX_FILES = 500;

/**
 * Finds where what an input was made from is written: a plan of Terraform's lies beside the code, as a rule. A file
 * outside of the project is never read.
 */
export class Declarations {
  private readonly texts = new Map<string, readonly { readonly file: string; readonly text: string }[]>();

  /** @param cwd the absolute working directory */
  constructor(private readonly cwd: string) {}

  /**
   * The place of a declaration; undefined where no file has it.
   * @param input the path of the input that tells of it
   */
  find(input: string, { directory, extension, opening }: Declaration): SourcePosition | undefined {
    const folder = path.resolve(this.cwd, path.dirname(input), directory);
    for (const { file, text } of this.read(folder, extension)) {
      const found = opening.exec(text);
      if (found === null) continue;
      const { line, column } = new LineIndex(text).position(found.index + (found[1] ?? '').length);
      return { file: reportName(this.cwd, file), line, column };
    }
    return undefined;
  }

  private read(
    folder: string,
    extension: string,
  ): readonly { readonly file: string; readonly text: string }[] {
    const key = `${folder} ${extension}`;
    let texts = this.texts.get(key);
    if (texts === undefined) {
      texts = this.filesIn(folder, extension).flatMap((file) => {
        const text = textOf(file);
        return text === undefined ? [] : [{ file, text }];
      });
      this.texts.set(key, texts);
    }
    return texts;
  }

  private filesIn(folder: string, extension: string): string[] {
    if (!isInsideProject(this.cwd, folder)) return [];
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith(extension))
        .sort()
        .slice(0, MAX_FILES)
        .map((name) => path.join(folder, name))
        .filter((file) => isInsideProject(this.cwd, file));
    } catch {
      // No such folder: the input was brought here from elsewhere.
      return [];
    }
  }
}

function textOf(file: string): string | undefined {
  try {
    const status = statSync(file);
    return status.isFile() && status.size <= MAX_BYTES ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

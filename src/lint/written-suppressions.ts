import type { TemplateFile } from '../graph/store.js';
import type { Suppression, SuppressionProblem, Suppressions } from '../suppress/suppression.js';
import type { RuleIds } from './catalogue.js';

/** Whether a template, or a file that it takes in, may hold suppressions. */
export function maySuppress(file: TemplateFile): boolean {
  return file.mentions.suppression;
}

/** The suppressions of a run, and what is wrong with them. */
export interface WrittenSuppressions {
  /** By the name of the file in which they hold, those first that are written there. */
  readonly byFile: ReadonlyMap<string, readonly Suppression[]>;
  readonly problems: readonly (SuppressionProblem & { readonly file: string })[];
}

/**
 * Reads the suppressions of some templates and of the files that they take in. Comments hold in the file in which they
 * are written; what a template's metadata says holds in the files that it takes in, too.
 */
export function suppressionsIn(
  files: readonly TemplateFile[],
  known: RuleIds,
  { collectSuppressions, collectFromPart }: typeof import('../suppress/index.js'),
): WrittenSuppressions {
  const byFile = new Map<string, Suppression[]>();
  const problems: (SuppressionProblem & { readonly file: string })[] = [];
  const add = ({ name }: TemplateFile, suppressions: readonly Suppression[]): void => {
    const others = byFile.get(name);
    if (others === undefined) byFile.set(name, [...suppressions]);
    else others.push(...suppressions);
  };
  const take = (file: TemplateFile, found: Suppressions): void => {
    add(file, found.suppressions);
    problems.push(...found.problems.map((problem) => ({ ...problem, file: file.name })));
  };
  const ofMetadata: [TemplateFile, readonly Suppression[]][] = [];
  const parts = new Set<TemplateFile>();
  for (const file of files) {
    const source = file.source();
    if (source === undefined) continue;
    const found = collectSuppressions(source, known, file.template()?.input);
    take(file, found);
    for (const part of file.parts) {
      ofMetadata.push([part, found.suppressions.filter(({ kind }) => kind === 'metadata')]);
      if (maySuppress(part) && !files.includes(part)) parts.add(part);
    }
  }
  for (const part of parts) {
    const source = part.source();
    if (source !== undefined) take(part, collectFromPart(source, known));
  }
  for (const [part, suppressions] of ofMetadata) add(part, suppressions);
  return { byFile, problems };
}

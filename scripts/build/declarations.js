import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Takes away the declarations that no entry point leads to: the compiler writes one for every source, and most
 * belong to parts that nobody outside can import.
 *
 * @param {string} folder where the compiler wrote them
 * @param {string[]} entries the declarations of the entry points, relative to the folder
 */
export function pruneDeclarations(folder, entries) {
  const kept = new Set();
  const visit = (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g,
    )) {
      visit(path.resolve(path.dirname(file), specifier.replace(/\.js$/, '.d.ts')));
    }
  };
  for (const entry of entries) visit(path.resolve(folder, entry));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.resolve(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !kept.has(file)) rmSync(file);
  }
}

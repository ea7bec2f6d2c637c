import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/**
 * Gives the declarations to both forms of the package, as the code has it: those that the compiler wrote are of the
 * CommonJS files, and those of the ES modules pass them on. So a value of one form is of the same type in the other.
 *
 * @param {string} folder where the compiler wrote them
 * @param {{ commonJs: string, module: string }[]} entries declarations of the entry points, relative to the folder
 */
export function declareBothForms(folder, entries) {
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  for (const { commonJs, module } of entries) {
    const from = path.relative(path.dirname(path.resolve(folder, module)), path.resolve(folder, commonJs));
    const specifier = `./${from
      .split(path.sep)
      .join('/')
      .replace(/\.d\.ts$/, '.js')}`;
    writeFileSync(path.resolve(folder, module), `export * from '${specifier}';\n`);
  }
}

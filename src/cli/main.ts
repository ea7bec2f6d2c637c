import { linter } from './built-in-linter.js';
import { processSurroundings } from './process-surroundings.js';
import { program } from './program.js';

/**
 * Runs the program on the arguments of this process. Loading the module does nothing: the library takes its parts from
 * the same file.
 */
export function main(): void {
  // Not awaited: a module that waits at its top level could not be imported by the parts that it loads meanwhile.
  void program(process.argv.slice(2), processSurroundings(), linter).then((status) => {
    process.exitCode = status;
  });
}

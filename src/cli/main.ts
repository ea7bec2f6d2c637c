import { linter } from './built-in-linter.js';
import { processSurroundings } from './process-surroundings.js';
import { program } from './program.js';

/**
 * Runs the program on the arguments of this process, and leaves its exit status there. Loading the module does nothing:
 * the library takes its parts from the same file.
 */
export async function main(): Promise<void> {
  process.exitCode = await program(process.argv.slice(2), processSurroundings(), linter);
}

/** Calls what a clean run calls, for what V8 compiles of it. */
export async function warmUp(): Promise<void> {
  const { warmUp: callAll } = await import('./warm-up.js');
  await callAll(linter);
}

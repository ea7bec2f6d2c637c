import { linter } from '../src/cli/built-in-linter.js';
import { program } from '../src/cli/program.js';
import { fakeSurroundings } from './cli/fake.js';

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command line on these arguments in this process, from the sources: what it prints and how it ends, without
 * the time that a process of its own takes (`program.ts` starts one). Its environment and standard input are empty.
 * @param cwd its working directory
 */
export async function runProgram(cwd: string, args: readonly string[]): Promise<Run> {
  const { surroundings, written } = fakeSurroundings({ cwd });
  const status = await program(args, surroundings, linter);
  return { status, ...written };
}

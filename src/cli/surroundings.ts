/** A stream of text that leaves the program. */
export interface TextOutput {
  /** Writes at once; a reader that has gone away is no error. */
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

/** All that the command line takes from its process, so that tests can give their own. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** The whole of standard input. */
  readStdin(): Promise<string>;
  /** Calls back when the user interrupts the program (Ctrl-C); returns the function that stops listening. */
  onInterrupt(listener: () => void): () => void;
}

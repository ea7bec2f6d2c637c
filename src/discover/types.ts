import type { Path } from '../source/types.js';
import type { ConstructNotes, PlacedAcknowledgement } from './construct-notes.js';

/** What a cloud assembly says about one deployed stack. */
export interface StackInfo {
  /** The artifact's display name, or its id. */
  readonly label: string;
  /** The name the stack is deployed under; undefined when not known. */
  readonly stackName: string | undefined;
  /** From the artifact's environment; undefined when the stack is environment-agnostic. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** The absolute directory of the assembly, the app's or that of one of its stages. */
  readonly assembly: string;
  /** Values that the assembly gives to the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Absolute file of an asset by its hash (the file name that a template URL ends in, without its suffix). */
  readonly assets: ReadonlyMap<string, string>;
  /**
   * Logical id to construct path, from the manifest; `aws:cdk:path` metadata in a template comes first. In front of a
   * resource of a nested stack stand the logical ids of the nested stacks around it, as `constructPathKey` joins them.
   */
  readonly constructPaths: ReadonlyMap<string, string>;
  /** What the CDK wrote down of a construct, by its path. */
  constructNotes(constructPath: string): ConstructNotes;
  /** All that the app accepts for constructs of the stack; cheap where it accepts nothing. */
  acknowledgements(): readonly PlacedAcknowledgement[];
  /**
   * The values that stand in the template for what the CDK looks up in a second pass; undefined where it has looked up
   * everything.
   */
  readonly dummyValues: ReadonlySet<string> | undefined;
}

/** A file that the run is about. */
export interface DiscoveredFile {
  /** The absolute path; for standard input, the name that findings bear. */
  readonly path: string;
  /** The name that findings bear: relative to the working directory when below it, `/` separators. */
  readonly name: string;
  /** `context` files resolve references and are not reported on. */
  readonly role: 'target' | 'context';
  /** The text, when it does not come from the disk. */
  readonly text: string | undefined;
  /** Of a template that another holds as a text: the name of that file, and where the text stands in its template. */
  readonly within?: {
    readonly file: string;
    readonly path: Path;
    /** Why stretches of the text are not known, by the number that stands for each. */
    readonly holes: readonly string[];
  };
  /** The stacks of cloud assemblies that deploy this template; empty elsewhere. */
  readonly stacks: readonly StackInfo[];
}

export interface Discovery {
  /** Sorted by name, without duplicates; a file that is both target and context is a target. */
  readonly files: readonly DiscoveredFile[];
  /** Files and folders that could not be read: told per file, the run goes on. */
  readonly unreadable: readonly { readonly name: string; readonly reason: string }[];
  /** What a search left out though it may hold an input; only where it was asked for. */
  readonly leftOut?: readonly { readonly name: string; readonly reason: string }[];
  /** What was asked for and is not there, without being a wrong call. */
  readonly notes: readonly string[];
}

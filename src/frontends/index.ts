import type { FrontEnd, FrontEndId } from './front-end.js';

/** A front end as a run knows it before it is loaded. */
export interface FrontEndEntry {
  readonly id: FrontEndId;
  /** What people call the input, as it stands in a list: "agentcore.json". */
  readonly title: string;
  /**
   * Words of which one must stand in a text for it to be an input of this kind: the glance before anything is parsed.
   * Cheap, and rare in other files.
   */
  readonly marks: readonly string[];
  /** The ends of the names under which a search looks for it, beside those of templates: `.py`. Others are not asked. */
  readonly extensions?: readonly string[];
  load(): Promise<FrontEnd>;
}

/** Every kind of input, in the order in which they are asked. CloudFormation is asked first, and always loaded. */
export const FRONT_ENDS: readonly FrontEndEntry[] = [];

/** The front ends whose marks stand in a text. */
export function frontEndsFor(file: string, text: string): FrontEndEntry[] {
  return FRONT_ENDS.filter(
    ({ marks, extensions }) =>
      (extensions === undefined || extensions.some((end) => file.endsWith(end))) &&
      marks.some((mark) => text.includes(mark)),
  );
}

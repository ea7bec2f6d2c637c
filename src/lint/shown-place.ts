import type { Range } from '../source/types.js';
import type { Diagnostic, Related } from './result.js';

/** A place that a report points at. */
export interface ShownPlace {
  readonly file: string;
  readonly range: Range;
  /** Whether only the start of the range is known: then the range is empty. */
  readonly isPoint: boolean;
}

/** What has a place: a finding, or one of the places that explain it. */
type Placed = Pick<Diagnostic | Related, 'file' | 'range' | 'source'> & Partial<Pick<Diagnostic, 'path'>>;

/**
 * Where a report points first: at the construct in the user's own code where the CDK wrote it down, because the
 * template is generated; else at the template.
 */
export function shownPlace({ file, range, source }: Placed): ShownPlace {
  if (source === null) return { file, range, isPoint: false };
  const { line, column } = source;
  return { file: source.file, range: { start: { line, column }, end: { line, column } }, isPoint: true };
}

/** A place in a file that a tool has made of the user's own code. */
export interface GeneratedPlace extends ShownPlace {
  /** What the tool did: `cdk synth` synthesizes a template, `terraform plan` plans, a state keeps what was applied. */
  readonly made: 'synthesized' | 'planned' | 'applied';
  /** Where that is, as it follows "in". */
  readonly within: 'the synthesized template' | 'the Terraform plan' | 'the Terraform state';
}

/** The place in the template, where the report points first at the user's own code; undefined elsewhere. */
export function templatePlace({ file, range, source, path }: Placed): GeneratedPlace | undefined {
  if (source === null) return undefined;
  const place = { file, range, isPoint: false };
  if (!TERRAFORM_FILE.test(source.file))
    return { ...place, made: 'synthesized', within: 'the synthesized template' };
  return path?.[0] === 'values'
    ? { ...place, made: 'applied', within: 'the Terraform state' }
    : { ...place, made: 'planned', within: 'the Terraform plan' };
}

/** Files of a configuration: https://developer.hashicorp.com/terraform/language/files */
const TERRAFORM_FILE = /\.tf(?:\.json)?$/;

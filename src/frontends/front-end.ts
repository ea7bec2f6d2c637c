import type { ParseResult, Path, Source } from '../source/types.js';

/** The kinds of inputs, by their id. */
export type FrontEndId =
  | 'cloudformation'
  | 'template-answer'
  | 'aws-custom-resource'
  | 'packaging'
  | 'agentcore-project'
  | 'agentcore-harness'
  | 'agentcore-api'
  | 'terraform'
  | 'python';

/**
 * Reads one kind of input: turns its text into a template in CloudFormation's names. Behind it nobody asks what a
 * resource was written in, except through the {@link Dialect} that comes with it.
 *
 * Two steps: `parse` gives plain values with their places in the text, `lower` makes a template of them. A front end of
 * JSON or YAML needs no `parse` of its own.
 */
export interface FrontEnd {
  readonly id: FrontEndId;
  /**
   * Parses a text that is not JSON or YAML with a map at the top.
   * @param file the name that findings bear
   * @returns a source whose `locate` knows the paths that `origin` of what `lower` returns leads to; never throws for
   *   what stands in the text
   */
  parse?(file: string, text: string): ParseResult;
  /**
   * Makes a template of a parsed text.
   * @param source its value may be anything: a map, a list, a scalar
   * @param read opens the files that the input takes in; only templates do that
   * @returns undefined when this is no input of the kind: then the next front end is asked. Keys that it does not know
   *   never make it throw.
   */
  lower(source: Source, read?: PartReader): Lowered | undefined;
  /** How a template changes the modules that it uses; of the one that puts templates together. */
  readonly overriding?: Overriding;
  /** Makes unknown what stands for unknown stretches of a text that holds a template; of the same one. */
  withHoles?(value: unknown, holes: readonly string[]): unknown;
}

/**
 * What a stretch of text that is not known is marked by, around its 0-based number: characters for private use, which no
 * template has a use for.
 */
export const HOLE_START = '\uE000';
export const HOLE_END = '\uE001';

export interface Overriding {
  /**
   * A module's template with what the template around it overrides.
   * @param overrides by logical id: what to merge into the resource
   */
  merge(
    top: Readonly<Record<string, unknown>>,
    overrides: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>>;
  /** The way below the overrides to what stands at a path of that template; undefined for what the module says itself. */
  pathOf(overrides: Readonly<Record<string, unknown>>, path: Path): Path | undefined;
}

/** A file that a template takes in. */
export interface OpenPart {
  /** The name that findings bear. */
  readonly file: string;
  readonly text: string;
  /** The plain value of its text, which may be anything; undefined where the text is neither JSON nor YAML. */
  parse(): unknown;
}

/** The same, parsed. */
export interface Part {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
}

/**
 * Opens a file that a template takes in.
 * @param location as it is written
 * @param from the name of the file that it is written in
 * @returns undefined for what is no file of the project
 */
export type PartReader = (location: string, from: string) => OpenPart | undefined;

/** A place in a file of the run: the file's name, and the path in its value. */
export interface WrittenPlace {
  readonly file: string;
  readonly path: Path;
}

/** A template in CloudFormation's names, and the way back to what the user wrote. */
export interface Lowered {
  /**
   * `{ Resources, Parameters?, Outputs? }` as CloudFormation writes them. References within the input are `Ref` or
   * `Fn::GetAtt`; those to other inputs are literal ARNs and names. What cannot be known is {@link unknownValue}, never
   * left out, and never a reference to nothing: that means that the user refers to something that is not there.
   */
  readonly value: Readonly<Record<string, unknown>>;
  /**
   * Where in the source a part of `value` is written: the longest prefix that is known, and the rest step by step in
   * the source's spelling. See `Origins`.
   */
  origin(path: Path): Path;
  /** The place of a part that another file holds; undefined for what stands in the input itself. */
  elsewhere?(path: Path): WrittenPlace | undefined;
  /** What users call a resource: `hr-tools`, `module.a.aws_x.y[0]`. The logical id where that is what they wrote. */
  nameOf(logicalId: string): string;
  /** What sentences call it, where its name is that of several: "Target of aws_cloudformation_stack.tools". */
  labelOf?(logicalId: string): string | undefined;
  /** How the input writes what a resource says. One input can hold several: CloudFormation within Terraform. */
  dialectOf(logicalId: string): Dialect;
  /** Whether a tool makes templates of the input: what stands in both is looked at once. */
  readonly makesTemplates?: true;
  /** Whether a resource asks for what the tool does not put into the template that it makes. */
  isAhead?(logicalId: string): boolean;
  /** Where the code that the input was made from declares a resource; undefined where that is not told. */
  declarationOf?(logicalId: string): Declaration | undefined;
  /** Texts of the source that it says to be secret, beside those whose names tell. Asked for where something is told. */
  secrets?(): Iterable<string>;
  /** Where a resource is known to be deployed; undefined where nothing is known. */
  accountRegionOf?(logicalId: string): AccountRegion | undefined;
}

/** Where the code that an input was made from may have a resource. */
export interface Declaration {
  /** The folder of the code, relative to that of the input, with `/` separators; empty for the same. */
  readonly directory: string;
  /** How the names of the files end: `.tf`. */
  readonly extension: string;
  /** What opens the declaration; what its first group matches stands before it. */
  readonly opening: RegExp;
}

/** An account and a region, as far as they are known. */
export interface AccountRegion {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** The words of an input, and what holds in it alone. */
export interface Dialect {
  /** How people call this way of writing, as it follows "in": "agentcore.json", "Terraform", "the API". */
  readonly name: string;
  /**
   * How this input writes a property or block of CloudFormation: `GrantType` → `grant_type`. Called for the words of
   * messages, helps and related places that are in `DIALECT_WORDS`; gives back what it does not know.
   */
  word(name: string): string;
  /** Stretches of messages and helps that read otherwise here, each with what stands for it; the first that fits wins. */
  readonly phrases?: readonly (readonly [text: string, instead: string])[];
  /** Messages and helps that this input says in other words, by `rule-id/messageKey`, or `rule-id/*` for all of a rule. */
  readonly sayings: Readonly<Record<string, Saying>>;
  /** Whether fixes may be written into this input's text. */
  readonly fixes: boolean;
  readonly facts: DialectFacts;
}

/**
 * What a message says here. `{name}` stands for an entry of the report's data, as in the rule itself, and words are
 * not translated any more.
 */
export interface Saying {
  readonly message?: string;
  readonly help?: string;
}

/** What holds in one kind of input and not in CloudFormation. */
export interface DialectFacts {
  /** The grants that consumers of a resource type take here, where they differ from CloudFormation's. */
  readonly grants?: ReadonlyMap<string, readonly string[]>;
}

/**
 * The type of a resource that stands for code that asks for a provider's token: the consumer kind `runtime-code`. It
 * has `Properties: { Oauth: { ProviderArn, Scopes?, GrantType?, CustomParameters? } }`, with CloudFormation's names of
 * the grants.
 */
export const RUNTIME_CODE_TYPE = 'CfnTxLint::RuntimeCode';

/** The key of a value that nobody can know before the deployment; no function of CloudFormation bears the name. */
export const UNKNOWN_KEY = 'Fn::CfnTxLintUnknown';

/**
 * A value that an input leaves open.
 * @param reason a clause that fits behind a colon: "aws_x.y.arn is known only after apply"
 */
export function unknownValue(reason: string): Readonly<Record<string, unknown>> {
  return { [UNKNOWN_KEY]: reason };
}

/**
 * The ARN of an OAuth2 credential provider of which only the name is known: it leads to whatever bears the name, in
 * whichever account and region.
 * @param name a text, or an expression that gives one
 */
export function providerArnOf(name: unknown): Readonly<Record<string, unknown>> {
  return {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':bedrock-agentcore:',
        { Ref: 'AWS::Region' },
        ':',
        { Ref: 'AWS::AccountId' },
        ':token-vault/default/oauth2credentialprovider/',
        name,
      ],
    ],
  };
}

/*
 * The bounds that keep a hostile text from exhausting the program. A text past one of them is answered with a
 * `SourceError` that names the limit and its value.
 */

/** The size of a template in bytes: 16 MiB. CloudFormation itself takes 1 MB, from S3. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

/**
 * How deep maps and lists may stand in one another, the top map counted as 1 and a short tag such as `!Sub` as the
 * map that it stands for. Far above what people write, and far below where recursion overflows the stack: two YAML
 * documents nested 900 deep end Node.js 20 inside the `yaml` library with no exception to catch.
 */
export const MAX_NESTING_DEPTH = 250;

/**
 * How many values the aliases and merge keys of a YAML text may add when each is replaced by what it stands for
 * (the "billion laughs" attack). Aliases share one value in memory, but whoever walks the template meets each copy.
 */
export const MAX_ALIASED_VALUES = 100_000;

/** A text is one document; a second `---` is an error. */
export const MAX_DOCUMENTS = 1;

/**
 * The number of YAML tokens. A token can cost half a kilobyte of memory while a text is parsed, so that a small file
 * made of brackets could take gigabytes. Usual templates have about 135,000 tokens per megabyte.
 */
export const MAX_YAML_TOKENS = 1_000_000;

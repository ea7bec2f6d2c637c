import type { ErrorCode } from 'yaml';

/** What to say instead of the library's own words, where they speak of its insides or are not enough to act on. */
const BY_CODE: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'YAML is indented with spaces, but here is a tab',
  BLOCK_AS_IMPLICIT_KEY: 'A map or list cannot begin in the middle of a line, after a key or value',
  BLOCK_IN_FLOW: 'A map or list in brackets cannot hold one that is written by indentation',
  MULTILINE_IMPLICIT_KEY: "A key goes over several lines, or a line lacks its ':'",
  KEY_OVER_1024_CHARS: 'A key is longer than the 1024 characters that YAML allows',
  MULTIPLE_TAGS: 'A value has two tags; write the inner one in its long form, such as Fn::Sub',
  BAD_DIRECTIVE: "A line that begins with '%' is no directive that YAML knows",
  BAD_DQ_ESCAPE: 'A backslash in a string begins no escape that YAML knows',
  RESOURCE_EXHAUSTION: 'The file is too complex to be read',
  IMPOSSIBLE: 'The file is not valid YAML here',
};

const BY_MESSAGE: readonly [RegExp, string][] = [
  [/^Missing closing .quote/, 'A string is not closed with a quote'],
  [/^Implicit map keys need to be followed by map values/, "A key is not followed by ':'"],
  [/^Plain value cannot start with/, 'A value that begins with this character needs quotes'],
  [/^Flow map .*must .*end with/, "A map in brackets is not closed with '}'"],
  [/^Flow sequence .*must .*end with/, "A list in brackets is not closed with ']'"],
  [/^Block scalar header includes extra characters/, "Text stands behind '|' or '>' on the same line"],
  [/^Unexpected block-seq-ind on same line with key/, 'A list cannot begin on the line of its key'],
  [/^Unexpected .* at node end/, 'Something stands behind a value that is already complete'],
  [
    /^Could not resolve tag|tag has no suffix|^Not a valid tag|^Verbatim tags/,
    'The tag has no name that YAML knows',
  ],
  [/^Not a YAML token|^Unexpected .* token/, 'The file is not valid YAML here'],
];

/**
 * The message of an error of the `yaml` library as one sentence. Nothing that the library quotes from the text is
 * kept: it could be a secret.
 */
export function describeYamlError(code: ErrorCode, message: string): string {
  const known = BY_CODE[code] ?? BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
  if (known !== undefined) return known;
  const [firstLine = ''] = message.split('\n');
  return firstLine.replace(/(?<! ) *[:"'`!&|>].*$/, '');
}

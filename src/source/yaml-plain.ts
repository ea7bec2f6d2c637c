/*
 * What an unquoted YAML scalar stands for. CloudFormation reads YAML 1.1 without its timestamps
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html), so `yes`, `no`, `on` and
 * `off` are booleans there: aws/aws-cli pull request 5257 quotes them for that reason. `y` and `n` are strings all
 * the same, as in the YAML libraries that AWS uses.
 */

const WORDS = new Map<string, boolean | null>([
  ['', null],
  ['~', null],
  ...spellings(['null'], null),
  ...spellings(['true', 'yes', 'on'], true),
  ...spellings(['false', 'no', 'off'], false),
]);

const DECIMAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/**
 * The value of an unquoted scalar: null, a boolean, a number, or the text itself. A number is one only when it would
 * be written the same again; `012345678901`, `1.10`, `0x1F`, `1e3` and `22:30` stay the text that was written, since
 * CloudFormation passes on text and a leading or trailing zero matters in an account id or a version.
 */
export function plainValue(text: string): string | number | boolean | null {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (!DECIMAL.test(text)) return text;
  const number = Number(text);
  return String(number) === text ? number : text;
}

/** The boolean that an unquoted scalar stands for; undefined when it stands for something else. */
export function booleanOf(text: string): boolean | undefined {
  const word = WORDS.get(text);
  return word === null ? undefined : word;
}

/** Each word in the three spellings that YAML 1.1 knows: lower case, capitalised, upper case. */
function spellings<Value>(words: readonly string[], value: Value): [string, Value][] {
  return words.flatMap((word) =>
    [word, `${word[0]?.toUpperCase()}${word.slice(1)}`, word.toUpperCase()].map(
      (spelling): [string, Value] => [spelling, value],
    ),
  );
}

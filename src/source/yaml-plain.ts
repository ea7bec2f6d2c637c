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

/** What begins any of them: nearly all texts are known by their first character to be text. */
const SPECIAL = /^(?:$|[-+~0-9nNtTyYfFoO])/;

/** The whole numbers of YAML 1.1 beside plain decimal ones: with underscores or a sign, octal, hexadecimal, binary. */
const WHOLE = /^([-+]?)(?:0b([01_]+)|0x([0-9a-fA-F_]+)|0([0-7_]+)|([1-9][0-9_]*))$/;

/**
 * The value of an unquoted scalar: null, a boolean, a number, or the text itself. `1_0` is 10 and `010` is 8, as in
 * YAML 1.1: an account id of octal digits that begins with a zero has to be quoted for that reason
 * (DataDog/cloudformation-template, pull request 109). A number with a fraction is one only when it would be written
 * the same again; `1.10`, `1e3` and `22:30` stay the text that was written, and so does `012345678901`, which is no
 * octal number, since CloudFormation passes on text and a zero matters in an account id or a version.
 */
export function plainValue(text: string): string | number | boolean | null {
  if (!SPECIAL.test(text)) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (DECIMAL.test(text)) {
    const number = Number(text);
    return String(number) === text ? number : text;
  }
  return wholeNumber(text) ?? text;
}

function wholeNumber(text: string): number | undefined {
  const [whole, sign, binary, hexadecimal, octal, decimal] = WHOLE.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const read = (digits: string | undefined, base: number): number =>
    digits === undefined ? Number.NaN : Number.parseInt(digits.replaceAll('_', ''), base);
  const [number] = [read(binary, 2), read(hexadecimal, 16), read(octal, 8), read(decimal, 10)].filter(
    Number.isSafeInteger,
  );
  return number === undefined ? undefined : sign === '-' ? 0 - number : number;
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

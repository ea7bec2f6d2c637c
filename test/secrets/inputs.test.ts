import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../config/temporary.js';
import { runProgram } from '../run-program.js';
import { commandsIn, HOSTILE } from './hostile-text.js';
import { INPUT_KINDS, inputSample, NAME, SECRET } from './input-samples.js';
import { OUTPUTS } from './outputs.js';

describe.each(INPUT_KINDS)('no secret of %s gets out', (kind) => {
  const { file, text, rule } = inputSample(kind);

  it('and it stands beside a finding', async () => {
    const { stdout } = await runProgram(temporaryDirectory({ [file]: text }), [file]);
    expect(stdout).toContain(rule);
  });

  it.each(OUTPUTS)('into $name', async ({ read }) => {
    const cwd = temporaryDirectory({ [file]: text });
    expect(await read(cwd, [file])).not.toContain(SECRET);
  });
});

describe.each(INPUT_KINDS)('no name of %s acts on who reads it', (kind) => {
  const { file, text } = inputSample(kind);
  /** The sample with a hostile name: written as in JSON, which Python's texts take too, and JSON in JSON twice. */
  const escaped = (value: string) => JSON.stringify(value).slice(1, -1);
  const once = escaped(`${NAME} ${HOSTILE}`);
  const hostile = text
    .replaceAll(`${NAME}"`, () => `${once}"`)
    .replaceAll(`${NAME}\\"`, () => escaped(`${once}"`));

  it('and it is told', async () => {
    const { stdout } = await runProgram(temporaryDirectory({ [file]: hostile }), [file]);
    expect(hostile).not.toBe(text);
    expect(stdout).toContain('\\u{1b}');
  });

  it.each(OUTPUTS)('in $name', async ({ name, read }) => {
    const said = await read(temporaryDirectory({ [file]: hostile }), [file]);
    // CSV ends its lines with both; and an editor is no log that commands are read from.
    const text = said.replaceAll('\r\n', '\n').replaceAll('##[', name.includes('server') ? '' : '##[');
    expect(commandsIn(text, name.includes('github'))).toEqual([]);
  });
});

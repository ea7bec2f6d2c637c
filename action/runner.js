/**
 * What the steps of the action share: how a step reads its inputs and speaks to GitHub's runner.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import process from 'node:process';

/** An input without the white space around it; empty when it is not given. */
export function input(name) {
  return (process.env[`INPUT_${name}`] ?? '').trim();
}

/** An input of several lines, without the empty ones. */
export function inputLines(name) {
  return input(name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Sets outputs of the step. The delimiter cannot be guessed, so no value can end its own and begin another output. */
export function setOutputs(outputs) {
  const file = process.env.GITHUB_OUTPUT;
  if (!file) return;
  for (const [name, value] of Object.entries(outputs)) {
    const delimiter = randomUUID();
    appendFileSync(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
  }
}

/** A value in a message: what the log or a terminal would obey, or a reader would not see, stands as its code. */
export function quoted(value) {
  return JSON.stringify(value)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`)
    .replaceAll('##[', '##\\u{5b}');
}

/** Ends the step with an error that GitHub shows as an annotation. */
export function fail(message, status = 2) {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  process.stdout.write(`::error title=cfn-tx-lint::${escaped}\n`);
  process.exit(status);
}

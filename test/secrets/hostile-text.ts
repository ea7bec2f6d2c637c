/** What a terminal, a CI service, a browser or a drawing program would act on. */
export const HOSTILE = [
  '\u001b[31m\u001b]0;title\u0007',
  '\u009b2J',
  '\n::error::injected\n::add-mask::x',
  '##[error]injected',
  '\u202egnp\u2066',
  '\u2028\u2029\u0085',
  '</text></svg><script>injected()</script>',
  '<img src=x onerror="injected()">',
  ']]><injected/>',
  '"]\nclick n0 call injected()',
  '"]; injected [shape=box]; x [label="',
  '| injected | [link](javascript:injected()) `code` @somebody',
  '%0A::error::injected%0D',
  '${injected} {reason} {{injected}}',
  '\ud800',
].join(' ');

const UNSAFE = /(?![\n\t])\p{Cc}|\p{Cs}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const OUR_COMMAND = /^::(?:(?:error|warning|notice) [^\n]*|group::[^\n]*|endgroup::)$/;

/**
 * What a terminal or the log of a CI service would obey.
 *
 * @param ownCommands whether the text is a report made of workflow commands, whose own are not meant
 */
export function commandsIn(text: string, ownCommands = false): string[] {
  const lines = text
    .split('\n')
    .filter((line) => /^\s*::/.test(line) && !(ownCommands && OUR_COMMAND.test(line)));
  return [
    ...(text.match(new RegExp(UNSAFE, 'gu')) ?? []).map(escape),
    ...(text.match(/##\[\w+/g) ?? []),
    ...lines,
  ];
}

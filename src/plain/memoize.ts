/** How many answers are kept: hostile templates have more names than anybody needs to remember. */
const MAX_ANSWERS = 10_000;
/** Longer texts are no names that templates repeat, and would be kept for as long as the process lives. */
const MAX_LENGTH = 500;

/** Remembers the answers to a question about names and other texts of which templates repeat a few all over. */
export function memoize<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>();
  return (text) => {
    if (text.length > MAX_LENGTH) return ask(text);
    const known = answers.get(text);
    if (known !== undefined) return known.answer;
    const answer = ask(text);
    if (answers.size < MAX_ANSWERS) answers.set(text, { answer });
    return answer;
  };
}

/** Remembers the answer about the last text alone: many questions in a row are about one file. */
export function memoizeLast<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
  let last: { text: string; readonly answer: Answer } | undefined;
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, answer: ask(text) };
    // An equal text can be another one in memory, and to find out that a megabyte is equal takes as long as to read it:
    // the next question is about this one.
    else last.text = text;
    return last.answer;
  };
}

/**
 * The small changes that a mutation run makes to the code: of the tests (`mutate.js`) or of the laws
 * (`laws.js --mutants`).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import glob from 'fast-glob';
import { parseAst } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What an operator becomes. */
const OPERATORS = {
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '<': '<=',
  '>': '>=',
  '+': '-',
};

/** What a method becomes. */
const METHODS = { some: 'every', every: 'some', filter: 'concat' };

/**
 * What a node of the syntax tree becomes; undefined where nothing is changed.
 * @returns the offsets of what is replaced, and the text in its place: as an expression or statement of its own, and
 *   `switched`, the two of them with what chooses at run time, where it is put together otherwise than by `?:`
 */
function change(node, text) {
  const source = ({ start, end }) => text.slice(start, end);
  const whole = (found, replacement, mutated) => ({ ...span(node), found, replacement, mutated });
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const { operator, left } = node;
      const instead = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
      if (instead === undefined) return undefined;
      const at = text.indexOf(operator, left.end);
      const [before, after] = [text.slice(node.start, at), text.slice(at + operator.length, node.end)];
      return whole(operator, instead, `(${before.trim()}) ${instead} (${after.trim()})`);
    }
    case 'Literal':
      return typeof node.value === 'boolean'
        ? whole(String(node.value), String(!node.value), String(!node.value))
        : undefined;
    case 'IfStatement':
    case 'ConditionalExpression': {
      const { test } = node;
      return {
        ...span(test),
        found: 'condition',
        replacement: 'its opposite',
        mutated: `!(${source(test)})`,
      };
    }
    case 'ReturnStatement':
      return node.argument?.type === 'ArrayExpression' && node.argument.elements.length === 0
        ? { ...span(node.argument), found: '[]', replacement: '[undefined]', mutated: '[undefined]' }
        : undefined;
    case 'ContinueStatement':
      return node.label === null
        ? { ...whole('continue', 'break', 'break;'), switched: (is) => `{ if (${is}) break; continue; }` }
        : undefined;
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
        return undefined;
      const { name, start, end } = callee.property;
      const instead = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
      if (instead === undefined) return undefined;
      // The dot belongs to it: `a?.some(b)` and `a.some(b)` become `a?.[...](b)` and `a[...](b)`.
      const dot = text.lastIndexOf('.', start);
      const optional = text[dot - 1] === '?';
      return {
        start: optional ? dot - 1 : dot,
        end,
        found: name,
        replacement: instead,
        mutated: `${optional ? '?.' : '.'}${instead}`,
        switched: (is) => `${optional ? '?.' : ''}[${is} ? '${instead}' : '${name}']`,
      };
    }
    default:
      return undefined;
  }
}

function span({ start, end }) {
  return { start, end };
}

/** Around an expression, these have a type; all other nodes of types have no code. */
const TYPED = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

/** The nodes of a syntax tree that are code, from the outside in. */
function* nodes(node) {
  if (Array.isArray(node)) {
    for (const each of node) yield* nodes(each);
  } else if (typeof node?.type === 'string') {
    if (node.type.startsWith('TS') && !TYPED.has(node.type)) return;
    yield node;
    for (const [key, child] of Object.entries(node)) if (key !== 'parent') yield* nodes(child);
  }
}

/** All changes of a file of src. */
function mutantsOf(file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const { body } = parseAst(text, { lang: 'ts' });
  return [...nodes(body)].flatMap((node) => {
    const made = change(node, text);
    return made === undefined ? [] : { file, line: text.slice(0, made.start).split('\n').length, ...made };
  });
}

/**
 * A mutant: one change to one file. Its offsets `start` and `end` are those of what is replaced.
 * @typedef {{ file: string, line: number, start: number, end: number, found: string, replacement: string, mutated: string,
 *   switched?: (is: string) => string }} Mutant
 */

/**
 * A sample of the changes to the code of some rooms, the same for the same seed. A change has its place in the draw by
 * what it changes, not by where that stands: when code elsewhere changes, the rest of the sample stays.
 * @param {readonly string[]} rooms names of folders of src
 * @returns {Mutant[]}
 */
export function sampleMutants(rooms, size, seed) {
  const files = rooms.flatMap((room) => glob.sync(`src/${room}/**/*.ts`, { cwd: root }).sort());
  const drawn = files.flatMap((file) => {
    const times = new Map();
    return mutantsOf(file).map((mutant) => {
      const { found, replacement, mutated } = mutant;
      const change = [seed, file, found, replacement, mutated].join('\n');
      const time = (times.get(change) ?? 0) + 1;
      times.set(change, time);
      return { mutant, lot: createHash('sha256').update(`${change}\n${time}`).digest('hex') };
    });
  });
  drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1));
  return drawn.slice(0, size).map(({ mutant }) => mutant);
}

/** The text of a mutant's file with the change in it. */
export function mutatedText({ file, start, end, mutated }) {
  const text = readFileSync(path.join(root, file), 'utf8');
  return `${text.slice(0, start)}${mutated}${text.slice(end)}`;
}

/**
 * The text of a file with several mutants in it, of which `chooses(index)`, code, tells at run time whether it is the one.
 * @param {readonly [index: number, mutant: Mutant][]} mutants all of this text
 * @param {(index: number) => string} chooses
 */
export function switchedText(text, mutants, chooses) {
  // At one place: what ends there from the inside out, then what begins from the outside in.
  const insertions = mutants.flatMap(([index, { start, end, mutated, switched }]) => {
    if (switched !== undefined) return [{ at: start, until: end, order: 0, text: switched(chooses(index)) }];
    const size = end - start;
    return [
      { at: start, until: start, order: -size, begins: true, text: `(${chooses(index)} ? (${mutated}) : (` },
      { at: end, until: end, order: size, begins: false, text: '))' },
    ];
  });
  insertions.sort(
    (a, b) => a.at - b.at || Number(a.begins ?? true) - Number(b.begins ?? true) || a.order - b.order,
  );
  let done = 0;
  let result = '';
  for (const { at, until, text: inserted } of insertions) {
    result += text.slice(done, at) + inserted;
    done = until;
  }
  return result + text.slice(done);
}

/** A mutant as a line: where it is, what became of what, and the line of code. */
export function shownMutant({ file, line, found, replacement }) {
  const code = readFileSync(path.join(root, file), 'utf8').split('\n')[line - 1]?.trim();
  return `${file}:${line}  ${found} → ${replacement}   ${code}`;
}

import { Composer, type CST, type ErrorCode, Lexer, type ParsedNode, Parser, Schema } from 'yaml';
import { characterAt, EMPTY_FILE, type Fault, FaultFound, failure, tooDeep } from './fault.js';
import { MAX_DOCUMENTS, MAX_NESTING_DEPTH, MAX_YAML_TOKENS } from './limits.js';
import { TextSource } from './text-source.js';
import type { ParseResult, Span } from './types.js';
import { describeYamlError } from './yaml-message.js';
import { YamlPlaces } from './yaml-places.js';
import { unclosedStart } from './yaml-unclosed.js';
import { YamlValueReader } from './yaml-value.js';

/** Leaves every scalar as its text: `YamlValueReader` says what it stands for. */
const SCHEMA = new Schema({ schema: 'failsafe' });

/** Parses a YAML text: one document, as plain values with their places. */
export function parseYaml(file: string, text: string): ParseResult {
  try {
    const { documents, comments } = readTokens(text);
    const contents = compose(text, documents);
    const places = new YamlPlaces(comments);
    const { value, span } = new YamlValueReader(text, places).readDocument(contents);
    places.seal(span);
    return { ok: true, source: new TextSource(file, 'yaml', text, value, places) };
  } catch (thrown) {
    if (thrown instanceof FaultFound) return failure(text, thrown.fault);
    throw thrown;
  }
}

/**
 * Runs the library's lexer and parser, neither of which recurses, and refuses what would overflow the stack in the
 * steps after them. Comments are picked up on the way: no other lexeme begins with `#`, since a string comes with its
 * quote or its indentation, and an unquoted value cannot begin so.
 */
function readTokens(text: string): { readonly documents: CST.Token[]; readonly comments: readonly number[] } {
  const parser = new Parser();
  const documents: CST.Token[] = [];
  const comments: number[] = [];
  const keep = (token: CST.Token): void => {
    if (token.type === 'error') throw new FaultFound(tokenFault(text, token));
    documents.push(token);
  };
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > MAX_YAML_TOKENS) {
      fail(
        `The file has more than the limit of ${MAX_YAML_TOKENS} YAML tokens`,
        characterAt(text, parser.offset),
      );
    }
    if (lexeme.startsWith('#')) comments.push(parser.offset, parser.offset + lexeme.length);
    for (const token of parser.next(lexeme)) keep(token);
    // The stack holds the document, its open maps and lists, and at most one scalar.
    if (parser.stack.length > MAX_NESTING_DEPTH + 2) fail(tooDeep(), characterAt(text, parser.offset - 1));
  }
  for (const token of parser.end()) keep(token);
  return { documents, comments };
}

/** The contents of the only document. */
function compose(text: string, tokens: readonly CST.Token[]): ParsedNode {
  const places = tokens.flatMap((token, index) => (token.type === 'document' ? [index] : []));
  const second = places[MAX_DOCUMENTS];
  const composer = firstErrorComposer(text, tokens);
  const [document] = [...composer.compose(tokens.slice(0, second), true, text.length)];
  const error = document?.errors[0];
  if (error) throw new FaultFound(errorFault(text, tokens, error.code, error.message, error.pos[0]));
  if (second !== undefined) {
    const token = tokens[second];
    const start = token && 'offset' in token ? token.offset : 0;
    fail('The file holds several YAML documents, where a template is one', characterAt(text, start));
  }
  return document?.contents ?? fail(EMPTY_FILE, { start: 0, end: 0 });
}

/**
 * A composer that stops at the first error and makes no warnings. The library collects both as exceptions with a
 * stack trace each: for an unknown tag, which a short tag is to it, that costs more than the rest of its work, and a
 * text with an error in every character takes minutes. `onError` is the library's own affair; should it change its
 * name, `compose` finds the errors where they are collected.
 */
function firstErrorComposer(text: string, tokens: readonly CST.Token[]): Composer {
  const composer = new Composer({ schema: SCHEMA, uniqueKeys: false, prettyErrors: false });
  let first: FaultFound | undefined;
  const onError: ComposeErrorHandler = (source, code, message, warning) => {
    if (warning) return;
    const offset = typeof source === 'number' ? source : 'offset' in source ? source.offset : source[0];
    // Each collection around the fault catches what is thrown and reports it again.
    first ??= new FaultFound(errorFault(text, tokens, code, message, offset));
    throw first;
  };
  Object.assign(composer, { onError });
  return composer;
}

type ComposeErrorHandler = (
  source: number | readonly [number, ...number[]] | { readonly offset: number },
  code: ErrorCode,
  message: string,
  warning?: boolean,
) => void;

function errorFault(
  text: string,
  tokens: readonly CST.Token[],
  code: ErrorCode,
  message: string,
  offset: number,
): Fault {
  const start = Math.min(unclosedStart(tokens, message, offset), text.length);
  return { message: describeYamlError(code, message), span: characterAt(text, start) };
}

function tokenFault(text: string, token: CST.ErrorToken): Fault {
  return {
    message: describeYamlError('UNEXPECTED_TOKEN', token.message),
    span: characterAt(text, token.offset),
  };
}

function fail(message: string, span: Span): never {
  throw new FaultFound({ message, span });
}

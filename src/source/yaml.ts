import { Composer, type CST, Lexer, type ParsedNode, Parser, Schema, type YAMLParseError } from 'yaml';
import { characterAt, type Fault, FaultFound, failure, tooDeep } from './fault.js';
import { MAX_DOCUMENTS, MAX_NESTING_DEPTH, MAX_YAML_TOKENS } from './limits.js';
import { TextSource } from './text-source.js';
import type { ParseResult, Span } from './types.js';
import { describeYamlError } from './yaml-message.js';
import { YamlPlaces } from './yaml-places.js';
import { YamlValueReader } from './yaml-value.js';

/** The short tags of CloudFormation. Others are taken as well; the library is slow with what it does not know. */
const SHORT_TAGS = [
  ...[
    'Ref',
    'Condition',
    'Base64',
    'Cidr',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Select',
  ],
  ...[
    'Split',
    'Sub',
    'Transform',
    'And',
    'Equals',
    'Not',
    'Or',
    'Contains',
    'EachMemberEquals',
    'EachMemberIn',
  ],
  ...['RefAll', 'ValueOf', 'ValueOfAll', 'ToJsonString', 'Length', 'GetStackOutput'],
].map((name) => `!${name}`);

/** Leaves every scalar as its text: `YamlValueReader` says what it stands for. */
const SCHEMA = new Schema({
  schema: 'failsafe',
  customTags: (tags) => [
    ...tags,
    ...SHORT_TAGS.flatMap((tag) => [
      { tag, resolve: (text: string) => text },
      { tag, collection: 'map' as const },
      { tag, collection: 'seq' as const },
    ]),
  ],
});

/** The first character of a text's lexeme that announces a scalar: what follows is content, whatever it looks like. */
const SCALAR_ANNOUNCEMENT = '\x1f';

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
 * steps after them. Comments are picked up on the way, where `#` in a string cannot be mistaken for one.
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
  let previous = '';
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > MAX_YAML_TOKENS) {
      fail(
        `The file has more than the limit of ${MAX_YAML_TOKENS} YAML tokens`,
        characterAt(text, parser.offset),
      );
    }
    if (lexeme.charCodeAt(0) === 0x23 && previous !== SCALAR_ANNOUNCEMENT) {
      comments.push(parser.offset, parser.offset + lexeme.trimEnd().length);
    }
    previous = lexeme;
    for (const token of parser.next(lexeme)) keep(token);
    // The stack holds the document, its open maps and lists, and at most one scalar.
    if (parser.stack.length > MAX_NESTING_DEPTH + 2) fail(tooDeep(), characterAt(text, parser.offset - 1));
  }
  for (const token of parser.end()) keep(token);
  return { documents, comments };
}

/** The contents of the only document. */
function compose(text: string, tokens: CST.Token[]): ParsedNode {
  const composer = new Composer({ schema: SCHEMA, uniqueKeys: false, prettyErrors: false });
  const documents = [...composer.compose(tokens, true, text.length)];
  for (const { errors } of documents) {
    const [first] = errors.sort((a, b) => a.pos[0] - b.pos[0]);
    if (first) throw new FaultFound(libraryFault(text, first));
  }
  const second = tokens.filter((token) => token.type === 'document')[MAX_DOCUMENTS];
  if (second) {
    const start = 'offset' in second ? second.offset : 0;
    fail('The file holds several YAML documents, where a template is one', { start, end: start + 3 });
  }
  const contents = documents[0]?.contents;
  return contents ?? fail('The file is empty', { start: 0, end: 0 });
}

function tokenFault(text: string, token: CST.ErrorToken): Fault {
  return {
    message: describeYamlError('UNEXPECTED_TOKEN', token.message),
    span: characterAt(text, token.offset),
  };
}

function libraryFault(text: string, { code, message, pos }: YAMLParseError): Fault {
  const start = Math.min(pos[0], text.length);
  const span = characterAt(text, start);
  return { message: describeYamlError(code, message), span };
}

function fail(message: string, span: Span): never {
  throw new FaultFound({ message, span });
}

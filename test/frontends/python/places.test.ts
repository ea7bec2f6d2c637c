import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../src/frontends/python/parse.js';
import type { Path } from '../../../src/source/types.js';

/** What stands in a text at a path, and where. */
function at(text: string, path: Path) {
  const parsed = parsePython('a.py', text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const location = parsed.source.locate(path);
  if (location === undefined) return undefined;
  const { start } = parsed.source.range(location.value);
  return {
    key: location.key && text.slice(location.key.start, location.key.end),
    value: text.slice(location.value.start, location.value.end),
    place: `${start.line}:${start.column}`,
  };
}

const CALL = 'c.create_gateway_target(name="é😀", gatewayIdentifier="g")';

describe('the places of a Python text', () => {
  it.each([
    ['LF', `# é\n${CALL}\n`],
    ['CRLF', `# é\r\n${CALL}\r\n`],
    ['a byte order mark', `\uFEFF# é\n${CALL}\n`],
    ['no line break at the end', `# é\n${CALL}`],
  ])('are right with %s', (_, text) => {
    expect(at(text, ['create_gateway_target', 0, 'name'])).toEqual({
      key: 'name',
      value: '"é😀"',
      place: '2:30',
    });
    // Columns count UTF-16 units: the emoji is two.
    expect(at(text, ['create_gateway_target', 0, 'gatewayIdentifier'])).toEqual({
      key: 'gatewayIdentifier',
      value: '"g"',
      place: '2:55',
    });
  });

  it('count a byte order mark before a call as no column', () => {
    expect(at(`\uFEFF${CALL}`, ['create_gateway_target', 0, 'name'])).toMatchObject({
      value: '"é😀"',
      place: '1:30',
    });
  });

  it('lead to the call by the name that is called', () => {
    expect(at(`x = 1\n${CALL}\n`, ['create_gateway_target', 0])).toMatchObject({
      key: 'create_gateway_target',
    });
  });

  it('lead through a name to what it is bound to', () => {
    const text =
      'T = {\n    "mcp": {"mcpServer": {}},\n}\nc.create_gateway_target(name="a", targetConfiguration=T)\n';
    expect(at(text, ['create_gateway_target', 0, 'targetConfiguration'])).toMatchObject({
      value: 'T',
      place: '4:55',
    });
    expect(at(text, ['create_gateway_target', 0, 'targetConfiguration', 'mcp'])).toEqual({
      key: '"mcp"',
      value: '{"mcpServer": {}}',
      place: '2:12',
    });
  });

  it('lead into what is spread', () => {
    const text = 'R = dict(name="a", gatewayIdentifier="g")\nc.create_gateway_target(**R)\n';
    expect(at(text, ['create_gateway_target', 0, 'name'])).toEqual({
      key: 'name',
      value: '"a"',
      place: '1:15',
    });
  });

  it('are those of comments as well', () => {
    const parsed = parsePython('a.py', `# one\n${CALL}  # two\r\n`);
    expect(parsed.ok && parsed.source.comments().map(({ text }) => text)).toEqual([' one', ' two']);
  });
});

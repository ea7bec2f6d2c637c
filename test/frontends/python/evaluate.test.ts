import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../src/frontends/python/parse.js';
import { own } from '../../../src/plain/map.js';

/** What the reader makes of the argument `name` of the one call in a text. */
function valueIn(text: string): unknown {
  const parsed = parsePython('a.py', text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return ['create_gateway_target', 0, 'name'].reduce(own, parsed.source.value);
}

/** What the reader makes of an expression. */
const valueFor = (expression: string, before = ''): unknown =>
  valueIn(`${before}\nclient.create_gateway_target(name=${expression}, description="x")\n`);

const unknown = { 'Fn::CfnTxLintUnknown': expect.any(String) };

describe('literals of Python', () => {
  it.each<[string, unknown]>([
    [`'a'`, 'a'],
    [`"a" 'b'`, 'ab'],
    [`("a"\n  "b")`, 'ab'],
    [`'''a\nb'''`, 'a\nb'],
    [`"a\\n\\x41\\u00e9\\U0001F600\\101\\\\"`, 'a\nAé😀A\\'],
    [`"a\\\nb"`, 'ab'],
    [`r"a\\n"`, 'a\\n'],
    [`u"ä"`, 'ä'],
    ['1_000', 1000],
    ['-1.5', -1.5],
    ['True', true],
    ['False', false],
    ['None', null],
    ['[1, "a", [True]]', [1, 'a', [true]]],
    ['(1, 2)', [1, 2]],
    ['{"a": {"b": [1]}, **{"c": 2}}', { a: { b: [1] }, c: 2 }],
    ['dict(a=1, b=dict(c="d"))', { a: 1, b: { c: 'd' } }],
    ['dict({"a": 1}, b=2)', { a: 1, b: 2 }],
    ['{"a": 1, "b": 1} | {"a": 2}', { a: 2, b: 1 }],
    ['{"a": 1, "a": 2}', { a: 2 }],
    ['"a" + "b"', 'ab'],
    ['[1] + [2]', [1, 2]],
    ['[*[1, 2], 3]', [1, 2, 3]],
    ['f"a{"b"}c{{d}}"', 'abc{d}'],
    ['{"a": [5, 6]}["a"][1]', 6],
    ['{"a": 1}.get("a")', 1],
    ['await "a"', 'a'],
    [`json.loads('{"a": [1, null]}')`, { a: [1, null] }],
    ['[  # a comment\n  1,  # one\n]', [1]],
  ])('%s', (expression, value) => {
    expect(valueFor(expression)).toEqual(value);
  });

  it.each([
    'b"a"',
    '0x1f',
    'foo()',
    'a.b',
    'x if y else z',
    'x or "a"',
    '"a" % "b"',
    '"a".format()',
    '[x for x in y]',
    '{"a": 1}["b"]',
    '{"a": 1}.get("a", 2)',
    'json.loads("{")',
    'json.loads(text)',
    `json.loads('${'['.repeat(5_000)}${']'.repeat(5_000)}')`,
    'os.environ["A"]',
    'lambda: 1',
    'missing',
    'a + b',
    'not True',
    '...',
  ])('%s is unknown', (expression) => {
    expect(valueFor(expression)).toEqual(unknown);
  });

  it('are known in part where text is put together', () => {
    expect(valueFor('f"arn:{account}:x"')).toEqual({ 'Fn::Join': ['', ['arn:', unknown, ':x']] });
    expect(valueFor('"a" + b + "c"')).toEqual({ 'Fn::Join': ['', ['a', unknown, 'c']] });
    expect(valueFor('f"{a!r}"')).toEqual({ 'Fn::Join': ['', [unknown]] });
  });

  it('are known in part where a map has more than they say', () => {
    expect(valueFor('{"a": 1, **more}')).toEqual({ a: 1, 'Fn::CfnTxLintUnknown': expect.any(String) });
    expect(valueFor('{"a": 1, key: 2}')).toEqual({ a: 1, 'Fn::CfnTxLintUnknown': expect.any(String) });
  });
});

describe('names of Python', () => {
  it.each<[string, string, unknown]>([
    ['bound once', 'X = "a"', 'a'],
    ['with a type', 'X: str = "a"', 'a'],
    ['bound below', 'def f():\n    pass\nX = "a"', 'a'],
    ['bound with another', 'X = Y = "a"', 'a'],
    ['bound with others', 'X, y = "a", "b"', 'a'],
    ['bound to another', 'Y = "a"\nX = Y', 'a'],
    ['bound in a branch', 'if y:\n    X = "a"', 'a'],
    ['set in the same block', 'X = {"a": 1}\nX["b"] = 2', { a: 1, b: 2 }],
    ['of a type that is only declared', 'X: str\nX = "a"', 'a'],
    ['in a class', 'class A:\n    X = "b"\nX = "a"', 'a'],
    ['of another function', 'def f():\n    X = "b"\nX = "a"', 'a'],
    ['that a comprehension binds for itself', 'X = "a"\n[X for X in y]', 'a'],
    ['handed to a function that only prints', 'X = {"a": 1}\nprint(X)\njson.dumps(X)', { a: 1 }],
  ])('%s', (_, before, value) => {
    expect(valueFor('X', before)).toEqual(value);
  });

  it.each([
    ['bound twice', 'X = "a"\nX = "b"'],
    ['bound twice to the same', 'if y:\n    X = "a"\nelse:\n    X = "a"'],
    ['added to', 'X = "a"\nX += "b"'],
    ['bound by a loop', 'for X in ["a"]:\n    pass'],
    ['bound by a loop as well', 'X = "a"\nfor X, y in z:\n    pass'],
    ['bound by an import', 'from config import X'],
    ['bound by an import under another name', 'from config import Y as X'],
    ['bound by `with`', 'with y as X:\n    pass'],
    ['bound by `except`', 'try:\n    pass\nexcept E as X:\n    pass'],
    ['bound in an expression', 'X = "a"\nif (X := y):\n    pass'],
    ['bound by a pattern', 'X = "a"\nmatch y:\n    case {"a": X}:\n        pass'],
    ['bound with others to what is one', 'X, y = z'],
    ['bound with others to some of what there is', 'X, y = *z, "a"'],
    ['deleted', 'X = "a"\ndel X'],
    ['that is a function', 'def X():\n    pass'],
    ['that functions bind as well', 'X = "a"\ndef f():\n    global X\n    X = "b"'],
    ['made of itself', 'X = [X]'],
    ['that a method changes', 'X = {"a": 1}\nX.update(y)'],
    ['that a function may change', 'X = {"a": 1}\nadd_auth(X)'],
    ['changed by an attribute', 'X = {"a": 1}\nX[y] = 2'],
  ])('%s are unknown', (_, before) => {
    const value = valueFor('X', before);
    expect(Array.isArray(value) ? value[0] : value).toEqual(unknown);
  });

  it('lose the entries that are set elsewhere, and no others', () => {
    const before =
      'X = {"a": 1, "b": 2, "c": {"d": 1}}\nif y:\n    X["a"] = 3\nX["c"]["d"] = 2\nX["e"] = 1\nX["e"] = 2';
    expect(valueFor('X', before)).toEqual({ a: unknown, b: 2, c: unknown, e: unknown });
  });

  it('are those of the function around before those of the module', () => {
    const call = 'client.create_gateway_target(name=X, description="x")';
    expect(valueIn(`X = "a"\ndef f():\n    X = "b"\n    ${call}\n`)).toBe('b');
    expect(valueIn(`X = "a"\ndef f(X):\n    ${call}\n`)).toEqual(unknown);
    expect(valueIn(`X = "a"\nclass A:\n    X = "b"\n    def f(self):\n        ${call}\n`)).toBe('a');
  });

  it('do not grow past all limits where names stand for names', () => {
    const laughs = [
      'L0 = ["a"]',
      ...Array.from({ length: 40 }, (_, index) => `L${index + 1} = [L${index}, L${index}]`),
    ];
    expect(JSON.stringify(valueFor('L40', laughs.join('\n')))).toContain('it holds more than');
    const texts = [
      'T0 = "aaaaaaaaaa"',
      ...Array.from({ length: 40 }, (_, index) => `T${index + 1} = T${index} + T${index}`),
    ];
    expect(valueFor('T40', texts.join('\n'))).toEqual(unknown);
  });
});

describe('attributes of Python', () => {
  const call = (expression: string): string =>
    `        client.create_gateway_target(name=${expression}, description="x")\n`;
  const method = (expression: string, before: string): string =>
    `class Setup:\n    NAME = "a"\n    def f(self):\n${before}${call(expression)}`;

  it.each<[string, string, unknown]>([
    ['of the class', method('self.NAME', ''), 'a'],
    ['of a class by its name', method('Setup.NAME', ''), 'a'],
    ['set once on the object', method('self.x', '        self.x = {"b": 1}\n'), { b: 1 }],
    [
      'set by another method',
      `${method('self.x', '')}    def g(self):\n        self.x = self.NAME + "b"\n`,
      'ab',
    ],
    ['of a text that is handed on', method('self.NAME', '        log(self.NAME)\n'), 'a'],
    ['that are members', `class Grant(Enum):\n    OBO = "a"\n${method('Grant.OBO.value', '')}`, 'a'],
    ['that are members and texts', `class Grant(str, Enum):\n    OBO = "a"\n${method('Grant.OBO', '')}`, 'a'],
  ])('%s are known', (_, text, value) => {
    expect(valueIn(text)).toEqual(value);
  });

  it.each<[string, string]>([
    ['of nobody knows what', method('other.NAME', '')],
    ['set on the object as well', method('self.NAME', '        self.NAME = "b"\n')],
    ['set on something else as well', method('self.NAME', '        other.NAME = "b"\n')],
    ['of two classes', `class A:\n    NAME = "b"\n${method('self.NAME', '')}`],
    ['of a class with a base', method('self.NAME', '').replace('Setup:', 'Setup(Base):')],
    ['of a class with a decorator', `@dataclass\n${method('self.NAME', '')}`],
    ['set to a parameter', method('self.x', '        self.x = x\n').replace('(self)', '(self, x)')],
    ['changed in part', method('self.x', '        self.x = {"a": 1}\n        self.x["a"] = 2\n')],
    ['changed by a method', method('self.x', '        self.x = ["a"]\n        self.x.append("b")\n')],
    ['handed to a function', method('self.x', '        self.x = ["a"]\n        change(self.x)\n')],
    ['made of themselves', method('self.x', '        self.x = self.x\n')],
    ['that are members', `class Grant(Enum):\n    OBO = "a"\n${method('Grant.OBO', '')}`],
    ['of a class that is bound twice', `${method('Setup.NAME', '')}Setup = other\n`],
  ])('%s are unknown', (_, text) => {
    expect(valueIn(text)).toEqual(unknown);
  });

  it('lead to the answers of calls', () => {
    const parsed = parsePython(
      'a.py',
      `class A:\n    def f(self):\n        self.gw = client.create_gateway(name="g")\n    def g(self):\n        client.create_gateway_target(name="t", gatewayIdentifier=self.gw["gatewayId"])\n`,
    );
    expect(
      parsed.ok && own(own(own(parsed.source.value, 'create_gateway_target'), 0), 'gatewayIdentifier'),
    ).toEqual({
      call: 0,
      entry: 'gatewayId',
    });
  });
});

describe('a text of Python', () => {
  it.each([
    ['brackets', '['.repeat(20_000)],
    ['calls', 'f('.repeat(20_000)],
    ['blocks', Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}if a:`).join('\n')],
    ['sums', `x = ${'1 + '.repeat(50_000)}1`],
  ])('that nests %s deep does no harm', (_, text) => {
    expect(() => parsePython('a.py', `${text}\nclient.create_gateway(name="a")\n`)).not.toThrow();
  });

  it('that breaks off within a call cannot be read', () => {
    const parsed = parsePython('a.py', 'x = 1\nclient.create_gateway(name="a",\n');
    expect(parsed).toMatchObject({
      ok: false,
      error: { message: 'The text leaves the grammar of Python here' },
    });
  });

  it('that leaves the grammar elsewhere is read', () => {
    expect(parsePython('a.py', 'x = = 1\n\n\nclient.create_gateway(name="a")\n')).toMatchObject({ ok: true });
  });

  it('has no call where a function of the user bears the name', () => {
    const parsed = parsePython('a.py', 'create_gateway(name="a")\nself.create_gateway(gateway_name="a")\n');
    expect(parsed.ok && parsed.source.value).toEqual({ texts: expect.anything() });
  });
});

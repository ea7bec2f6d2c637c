import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.js';
import { UsageError } from '../../src/discover/usage-error.js';

const parse = (...argv: string[]) => parseArguments(argv);

describe('the command', () => {
  it('is lint when none is named', async () => {
    expect(await parse()).toMatchObject({
      command: 'lint',
      files: [],
      config: { kind: 'search' },
      fix: 'no',
    });
  });

  it.each(['graph', 'rules'])('is the first operand: %s', async (command) => {
    expect(await parse('--no-color', command)).toMatchObject({ command, color: false });
  });

  it('is not taken from a later operand', async () => {
    expect(await parse('a.yaml', 'graph')).toMatchObject({ command: 'lint', files: ['a.yaml', 'graph'] });
  });

  it('can be lint by name', async () => {
    expect(await parse('lint', 'rules')).toMatchObject({ command: 'lint', files: ['rules'] });
  });

  it('explains one rule', async () => {
    expect(await parse('explain', 'invalid-grant-type')).toMatchObject({ rule: 'invalid-grant-type' });
    await expect(parse('explain')).rejects.toThrow('explain needs the id of one rule');
    await expect(parse('explain', 'a', 'b')).rejects.toThrow(UsageError);
  });

  it('completes for a known shell', async () => {
    expect(await parse('completions', 'fish')).toMatchObject({ shell: 'fish' });
    await expect(parse('completions', 'bsh')).rejects.toThrow('unknown shell bsh; did you mean bash?');
  });

  it('shows the help of the command it stands beside', async () => {
    expect(await parse('graph', '--help')).toMatchObject({ command: 'help', topic: 'graph' });
    expect(await parse('-h')).toMatchObject({ command: 'help', topic: 'lint' });
    expect(await parse('-v')).toMatchObject({ command: 'version' });
  });
});

describe('options', () => {
  it('are read in all their forms', async () => {
    const invocation = await parse(
      ...[
        '--format=sarif',
        '-o',
        'out/report.sarif',
        '--max-warnings',
        '0',
        '--strict',
        '--quiet',
        '--stats',
      ],
      ...['--parameters', 'Mode=obo', '--parameters=b.yaml:Mode=m2m', '--context', 'x/*.yaml', 'a.yaml'],
      ...['--stdin-filename', 'b.yaml', '-'],
    );
    expect(invocation).toMatchObject({
      format: 'sarif',
      output: 'out/report.sarif',
      maxWarnings: 0,
      strict: true,
      quiet: true,
      stats: true,
      parameters: ['Mode=obo', 'b.yaml:Mode=m2m'],
      context: ['x/*.yaml'],
      stdinFilename: 'b.yaml',
      files: ['a.yaml', '-'],
    });
  });

  it('end at --', async () => {
    expect(await parse('--', '--fix', 'graph')).toMatchObject({ fix: 'no', files: ['--fix', 'graph'] });
  });

  it('count the last time they are given', async () => {
    expect(await parse('--format', 'json', '--format', 'junit')).toMatchObject({ format: 'junit' });
    expect(await parse('--color', '--no-color')).toMatchObject({ color: false });
    expect(await parse('--no-color', '--color')).toMatchObject({ color: true });
    expect(await parse('--config', 'a.json', '--no-config')).toMatchObject({ config: { kind: 'none' } });
    expect(await parse('--no-config', '--config', 'a.json')).toMatchObject({
      config: { kind: 'file', file: 'a.json' },
    });
  });

  it('set severities of rules', async () => {
    const invocation = await parse('--rule', 'a=off', '--rule=b=warning', '--rule', 'a=error');
    expect(invocation).toMatchObject({
      rules: new Map([
        ['a', 'error'],
        ['b', 'warning'],
      ]),
    });
  });

  it('ask for more reports', async () => {
    expect(await parse('--report', 'sarif=out/a=b.sarif', '--report=job-summary=s.md')).toMatchObject({
      reports: [
        { format: 'sarif', file: 'out/a=b.sarif' },
        { format: 'job-summary', file: 's.md' },
      ],
    });
  });

  it.each([
    [['--formt', 'json'], 'unknown option --formt; did you mean --format?'],
    [['--max-warning=3'], 'unknown option --max-warning; did you mean --max-warnings?'],
    [['--zzzzzzzz'], 'unknown option --zzzzzzzz'],
    [['-z'], 'unknown option -z'],
    [['--format'], '--format needs a value: --format NAME'],
    [['--output', '--strict'], '--output needs a value: --output FILE'],
    [['--strict=yes'], '--strict takes no value'],
    [['--format', 'sarff'], 'unknown format sarff; did you mean sarif?'],
    [['graph', '--format', 'sarif'], 'unknown format sarif; known are mermaid, dot, json, svg, html'],
    [['--max-warnings', 'many'], '--max-warnings takes a whole number, and got many'],
    [['--max-warnings=-1'], '--max-warnings takes a whole number, and got -1'],
    [['--rule', 'invalid-grant-type'], '--rule takes ID=SEVERITY, and got invalid-grant-type'],
    [['--report', 'sarif'], '--report takes FORMAT=FILE, and got sarif'],
    [['--report', 'sarif='], '--report takes FORMAT=FILE, and got sarif='],
    [['--report', 'sarff=a'], 'unknown format in --report sarff=a; did you mean sarif?'],
    [['graph', '--report', 'sarif=a'], 'graph does not take the option --report'],
    [['--rule', 'a=warn'], 'unknown severity in --rule a=warn'],
    [['--fix', '--fix-dry-run'], '--fix writes what --fix-dry-run only shows: give one of them'],
    [['--fix', '-'], '--fix does not go with standard input'],
    [['--watch', '-'], '--watch does not go with standard input'],
    [['graph', '--fix'], 'graph does not take the option --fix'],
    [['rules', 'a'], 'rules takes no operand, and got a'],
  ])('%j are refused', async (argv, message) => {
    const refusal = await parseArguments(argv).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as Error).message).toContain(message);
  });

  it('suggest nothing that is far away', async () => {
    await expect(parse('--zzzzzzzz')).rejects.toThrow(/^unknown option --zzzzzzzz$/);
  });

  it('take names that objects have for what they are', async () => {
    await expect(parse('--constructor')).rejects.toThrow('unknown option --constructor');
    await expect(parse('--__proto__=x')).rejects.toThrow('unknown option --__proto__');
  });
});

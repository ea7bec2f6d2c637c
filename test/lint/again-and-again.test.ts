import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../../rules/index.js';
import { ParsedTexts } from '../../src/lint/parsed-texts.js';
import { check } from '../../src/lint/run.js';
import { temporaryDirectory } from '../config/temporary.js';
import { GATEWAY, PROVIDER } from '../lsp/templates.js';

const FOREIGN = JSON.stringify({
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'logs' } } },
});
const FILES = { 'idp.yaml': PROVIDER, 'gateway.yaml': GATEWAY, 'foreign.json': FOREIGN };

describe('ParsedTexts', () => {
  it('parses a text once, and another of the same file again', () => {
    const parsed = new ParsedTexts();
    const first = parsed.parse('idp.yaml', PROVIDER);
    expect(parsed.parse('idp.yaml', PROVIDER)).toBe(first);
    expect(parsed.parse('idp.yaml', `${PROVIDER}# more\n`)).not.toBe(first);
  });

  it('forgets what was not asked for lately, and keeps the rest', () => {
    const parsed = new ParsedTexts(2 * PROVIDER.length);
    const [first, second] = ['a.yaml', 'b.yaml'].map((name) => parsed.parse(name, PROVIDER));
    parsed.parse('a.yaml', PROVIDER);
    parsed.parse('c.yaml', PROVIDER);
    expect(parsed.parse('a.yaml', PROVIDER)).toBe(first);
    expect(parsed.parse('b.yaml', PROVIDER)).not.toBe(second);
  });

  it('stays as it is through a run, and the next run finds the same', async () => {
    const parsed = new ParsedTexts();
    const cwd = temporaryDirectory(FILES);
    const [plain, first, second] = [
      await check({ cwd }, catalogueOf()),
      await check({ cwd, parsed }, catalogueOf()),
      await check({ cwd, parsed }, catalogueOf()),
    ];
    expect(parsed.parse('foreign.json', FOREIGN)).toMatchObject({ source: { value: JSON.parse(FOREIGN) } });
    expect(plain.result.report.diagnostics).not.toEqual([]);
    expect(first.result.report).toEqual(plain.result.report);
    expect(second.result.report).toEqual(plain.result.report);
  });
});

describe('a run that pauses', () => {
  it('finds what one without pauses does', async () => {
    const cwd = temporaryDirectory(FILES);
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses++;
    };
    const { result } = await check({ cwd, pause }, catalogueOf());
    expect(result.report).toEqual((await check({ cwd }, catalogueOf())).result.report);
    // Each file is opened, and those that hold something of ours are checked.
    expect(pauses).toBe(5);
  });

  it('ends in a pause in which it is called off', async () => {
    const cwd = temporaryDirectory(FILES);
    const abort = new AbortController();
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses++;
      abort.abort();
    };
    await expect(check({ cwd, pause, signal: abort.signal }, catalogueOf())).rejects.toThrow();
    expect(pauses).toBe(1);
  });
});

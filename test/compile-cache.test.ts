import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callProgram, type Outcome } from './program.js';

/*
 * What the program keeps of its compiled self. How much faster it makes a start is the benchmark's business; here it
 * changes nothing else, and harm to an entry does none.
 */

const TEMPLATE = 'Resources:\n  Gateway:\n    Type: AWS::BedrockAgentCore::Gateway\n';

let directory: string;
let folder: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'cfn-tx-lint-cache-'));
  folder = path.join(directory, 'cache', 'cfn-tx-lint');
  writeFileSync(path.join(directory, 'template.yaml'), TEMPLATE);
});

afterEach(() => rmSync(directory, { recursive: true }));

function run(env: Readonly<Record<string, string>> = {}): Outcome {
  const cache = {
    XDG_CACHE_HOME: path.join(directory, 'cache'),
    LOCALAPPDATA: path.join(directory, 'cache'),
  };
  const unset = { CI: '', NODE_COMPILE_CACHE: '', NODE_DISABLE_COMPILE_CACHE: '' };
  return callProgram(directory, ['template.yaml', '--format', 'json'], {
    env: { ...unset, ...cache, ...env },
  });
}

function entries(): string[] {
  try {
    return readdirSync(folder).map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

function onlyEntry(): string {
  const [entry, ...others] = entries();
  if (entry === undefined || others.length > 0) throw new Error(`entries: ${entries()}`);
  return entry;
}

describe('the compile cache', () => {
  it('has one entry for a program, and gives the same report with it', () => {
    const first = run();
    const written = readFileSync(onlyEntry());
    expect(path.basename(onlyEntry())).toMatch(/^[0-9a-f]{16}-v/);
    expect(run()).toEqual(first);
    expect(readFileSync(onlyEntry()).equals(written)).toBe(true);
  });

  it.each<[string, (entry: Buffer) => Buffer]>([
    [
      'a byte is another',
      (entry) => Buffer.concat([entry.subarray(0, 5000), Buffer.of(0x5a), entry.subarray(5001)]),
    ],
    ['half of it is missing', (entry) => entry.subarray(0, entry.length / 2)],
    ['it is empty', () => Buffer.alloc(0)],
    ['it is of something else', () => Buffer.from('{}{}')],
  ])('is written again where %s', (_, harm) => {
    const first = run();
    const whole = readFileSync(onlyEntry());
    writeFileSync(onlyEntry(), harm(whole));
    expect(run()).toEqual(first);
    const again = readFileSync(onlyEntry());
    expect(again.subarray(0, again.length / 2).equals(again.subarray(again.length / 2))).toBe(true);
    expect(again.length).toBeGreaterThan(whole.length / 2);
  });

  it('is not written on a machine of a CI service, nor where compile caches are off', () => {
    const written = run();
    rmSync(folder, { recursive: true });
    const off: Readonly<Record<string, string>>[] = [{ CI: 'true' }, { NODE_DISABLE_COMPILE_CACHE: '1' }];
    for (const env of off) {
      expect(run(env)).toEqual(written);
      expect(entries()).toEqual([]);
    }
  });

  it('lies in the folder of compile caches where one is named', () => {
    run({ NODE_COMPILE_CACHE: path.join(directory, 'named') });
    expect(entries()).toEqual([]);
    expect(readdirSync(path.join(directory, 'named', 'cfn-tx-lint'))).toHaveLength(1);
  });

  it.skipIf(process.getuid === undefined)('is not used in a folder that others can write into', () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    expect(run().status).toBe(0);
    expect(entries()).toEqual([]);
  });

  it('goes on where no folder can be made', () => {
    writeFileSync(path.join(directory, 'cache'), '');
    expect(run()).toMatchObject({ status: 0, stderr: '' });
  });

  it('takes entries of a month ago away', () => {
    mkdirSync(folder, { recursive: true });
    const [old, recent] = ['old', 'recent'].map((name) => path.join(folder, name)) as [string, string];
    for (const file of [old, recent]) writeFileSync(file, '');
    const longAgo = Date.now() / 1000 - 31 * 24 * 60 * 60;
    utimesSync(old, longAgo, longAgo);
    run();
    expect(entries()).toContain(recent);
    expect(entries()).not.toContain(old);
  });
});

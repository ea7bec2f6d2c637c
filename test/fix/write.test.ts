import { EventEmitter } from 'node:events';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SignalTarget, uninterrupted } from '../../src/fix/uninterrupted.js';
import { replaceFile } from '../../src/fix/write.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('replaceFile', () => {
  it('writes the new text, keeps the mode, and leaves nothing else', () => {
    const file = join(folder, 't.yaml');
    writeFileSync(file, 'old');
    chmodSync(file, 0o666);
    expect(replaceFile(file, 'old', '\uFEFFnew ✓')).toBe('written');
    expect(readFileSync(file, 'utf8')).toBe('\uFEFFnew ✓');
    expect(statSync(file).mode & 0o7777).toBe(0o666);
    expect(readdirSync(folder)).toEqual(['t.yaml']);
  });

  it('leaves a file alone that is no longer what was linted', () => {
    const file = join(folder, 't.yaml');
    writeFileSync(file, 'changed meanwhile');
    expect(replaceFile(file, 'old', 'new')).toBe('changed');
    expect(readFileSync(file, 'utf8')).toBe('changed meanwhile');
    expect(readdirSync(folder)).toEqual(['t.yaml']);
  });

  it('replaces what a symbolic link leads to, and not the link', () => {
    mkdirSync(join(folder, 'real'));
    const file = join(folder, 'real', 't.yaml');
    const link = join(folder, 'link.yaml');
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    expect(replaceFile(link, 'old', 'new')).toBe('written');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['link.yaml', 'real']);
    expect(readdirSync(join(folder, 'real'))).toEqual(['t.yaml']);
  });

  it('keeps the owner, which root may and others cannot change', () => {
    const file = join(folder, 't.yaml');
    writeFileSync(file, 'old');
    if (process.getuid?.() === 0) chownSync(file, 65534, 65534);
    const { uid, gid } = statSync(file);
    expect(replaceFile(file, 'old', 'new')).toBe('written');
    expect(statSync(file)).toMatchObject({ uid, gid });
  });

  it('leaves a file with hard links alone, and says so', () => {
    const file = join(folder, 't.yaml');
    writeFileSync(file, 'old');
    linkSync(file, join(folder, 'other.yaml'));
    expect(() => replaceFile(file, 'old', 'new')).toThrow(/hard links/);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['other.yaml', 't.yaml']);
  });

  it('clears what killed runs left of the file, and nothing else', () => {
    const file = join(folder, 't.yaml');
    const left = [
      '.t.yaml.0123456789ab.tmp',
      '.t.yaml.ffffffffffff.tmp',
      '.t.yaml.mine.tmp',
      '.u.yaml.0123456789ab.tmp',
    ];
    for (const name of ['t.yaml', ...left]) writeFileSync(join(folder, name), 'old');
    const hourAgo = new Date(Date.now() - 3_600_000);
    // The second is of a run that is writing now.
    for (const name of left) if (name !== left[1]) utimesSync(join(folder, name), hourAgo, hourAgo);
    expect(replaceFile(file, 'old', 'new')).toBe('written');
    expect(readdirSync(folder).sort()).toEqual([...left.slice(1), 't.yaml'].sort());
  });

  it('throws for a file that is gone, and makes none', () => {
    expect(() => replaceFile(join(folder, 't.yaml'), 'old', 'new')).toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('uninterrupted', () => {
  /** A process of which only the signals are real. */
  function fakeProcess() {
    const emitter = new EventEmitter();
    const killed: unknown[] = [];
    const kill = (_: number, signal?: string | number) => killed.push(signal) > 0;
    return {
      target: Object.assign(emitter, { pid: 1, kill }) as unknown as SignalTarget & EventEmitter,
      killed,
    };
  }

  it('gives the result and stops listening', async () => {
    const { target, killed } = fakeProcess();
    expect(await uninterrupted(target, () => target.listenerCount('SIGINT'))).toBe(1);
    expect(target.listenerCount('SIGINT')).toBe(0);
    expect(killed).toEqual([]);
  });

  it('passes a signal on, unless somebody else listens', async () => {
    const alone = fakeProcess();
    await uninterrupted(alone.target, () => alone.target.emit('SIGINT', 'SIGINT'));
    expect(alone.killed).toEqual(['SIGINT']);
    const heard = fakeProcess();
    heard.target.on('SIGINT', () => undefined);
    await uninterrupted(heard.target, () => heard.target.emit('SIGINT', 'SIGINT'));
    expect(heard.killed).toEqual([]);
  });

  it('stops listening when the work fails', async () => {
    const { target } = fakeProcess();
    const work = () => {
      throw new Error('disk full');
    };
    await expect(uninterrupted(target, work)).rejects.toThrow('disk full');
    expect(target.listenerCount('SIGTERM')).toBe(0);
  });
});

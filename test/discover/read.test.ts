import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInside, reportName } from '../../src/discover/inside.js';
import { isInsideProject, projectRoot } from '../../src/discover/project-root.js';
import { readText, someText } from '../../src/discover/read.js';
import { readTemplateText } from '../../src/discover/read-template.js';
import { MAX_FILE_BYTES } from '../../src/source/limits.js';
import { tree } from './tree.js';

describe('reading a template', () => {
  it('gives its text', () => {
    const root = tree({ 'a.yaml': 'Größe: 🔑\r\n' });
    expect(readTemplateText(path.join(root, 'a.yaml'))).toEqual({ ok: true, text: 'Größe: 🔑\r\n' });
  });

  it('stops at the size limit, and tells whether the file concerns us', () => {
    const root = tree({ 'a.yaml': 'Resources: {}', 'b.json': `{"T": "AWS::BedrockAgentCore::Gateway"}` });
    for (const [name, mentions] of [
      ['a.yaml', false],
      ['b.json', true],
    ] as const) {
      const file = path.join(root, name);
      truncateSync(file, MAX_FILE_BYTES);
      expect(readTemplateText(file)).toMatchObject({ reason: expect.stringContaining('NUL') });
      truncateSync(file, MAX_FILE_BYTES + 1);
      expect(readTemplateText(file)).toEqual({
        ok: false,
        reason: 'it is larger than the limit of 16 MiB',
        error: undefined,
        text: undefined,
        mentionsAgentCore: mentions,
      });
    }
  });

  it('tells binary content with its place, and whether it concerns us', () => {
    const root = tree({});
    const file = path.join(root, 'a.yaml');
    writeFileSync(file, Buffer.from([0x41, 0xff, 0xfe, 0x41]));
    expect(readTemplateText(file)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('UTF-8'),
      mentionsAgentCore: false,
    });
    writeFileSync(file, Buffer.concat([Buffer.from('AWS::BedrockAgentCore::Gateway'), Buffer.from([0xff])]));
    expect(readTemplateText(file)).toMatchObject({
      ok: false,
      mentionsAgentCore: true,
      error: { range: { start: { line: 1, column: 31 } } },
    });
  });

  it.each([
    ['folder', 'it is a directory'],
    ['gone.yaml', 'it is not there any more'],
    ['a.yaml/b.yaml', 'it is not there any more'],
    ['loop.yaml', 'it is a symbolic link that leads in a circle'],
  ])('gives the reason when it cannot: %s', (name, reason) => {
    const root = tree({ 'folder/': '', 'a.yaml': '' });
    symlinkSync('loop.yaml', path.join(root, 'loop.yaml'));
    expect(readTemplateText(path.join(root, name))).toMatchObject({
      ok: false,
      reason,
      mentionsAgentCore: undefined,
    });
  });

  it('does not read from a device', () => {
    expect(readTemplateText('/dev/zero')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('device'),
    });
  });
});

describe('the limit of any other file', () => {
  it('lets through what is as large as it, and no more', () => {
    const file = path.join(tree({ a: '1234' }), 'a');
    expect(readText(file, 4)).toEqual({ ok: true, content: '1234' });
    expect(readText(file, 3)).toMatchObject({ ok: false, isTooLarge: true });
  });
});

describe('looking through a large file', () => {
  it('sees what lies across two parts', () => {
    const part = 1024 * 1024;
    for (const at of [0, part - 5, part, 2 * part - 1029, 2 * part - 1024, 3 * part - 6]) {
      const file = path.join(tree({ a: `${' '.repeat(at)}needle${' '.repeat(3 * part - at)}` }), 'a');
      expect(
        someText(file, (text) => text.includes('needle')),
        String(at),
      ).toBe(true);
      expect(
        someText(file, (text) => text.includes('noodle')),
        String(at),
      ).toBe(false);
    }
    expect(someText('/nowhere', () => true)).toBe(false);
  });
});

describe('the project', () => {
  it('is the nearest directory with a .git, else the working directory', () => {
    const root = tree({
      'repo/.git/': '',
      'repo/app/': '',
      'tree/.git': 'gitdir: ../repo/.git/worktrees/tree',
      'bare/app/': '',
    });
    expect(projectRoot(path.join(root, 'repo/app'))).toBe(path.join(root, 'repo'));
    expect(projectRoot(path.join(root, 'tree'))).toBe(path.join(root, 'tree'));
    expect(projectRoot(path.join(root, 'bare/app'))).toBe(path.join(root, 'bare/app'));
  });

  it('holds what lies in it, links followed', () => {
    const root = tree({
      'repo/.git/': '',
      'repo/app/': '',
      'repo/shared/a.yaml': '',
      'outside.yaml': '',
      'repo2/a.yaml': '',
    });
    const cwd = path.join(root, 'repo/app');
    symlinkSync('../../outside.yaml', path.join(cwd, 'out.yaml'));
    symlinkSync('../shared/a.yaml', path.join(cwd, 'in.yaml'));
    symlinkSync('../..', path.join(cwd, 'up'));
    symlinkSync('repo', path.join(root, 'alias'));
    const holds = (name: string) => isInsideProject(cwd, path.join(root, name));
    expect(holds('repo/shared/a.yaml')).toBe(true);
    expect(holds('repo/app/in.yaml')).toBe(true);
    expect(holds('alias/shared/a.yaml')).toBe(true);
    expect(isInsideProject(path.join(root, 'alias/app'), path.join(root, 'repo/shared/a.yaml'))).toBe(true);
    expect(holds('outside.yaml')).toBe(false);
    expect(holds('repo/app/out.yaml')).toBe(false);
    expect(holds('repo/app/up/outside.yaml')).toBe(false);
    expect(holds('repo2/a.yaml')).toBe(false);
    expect(holds('repo/gone.yaml')).toBe(false);
    expect(holds('repo/a\0.yaml')).toBe(false);
    expect(holds('repo/app/../../outside.yaml')).toBe(false);
  });
});

describe('the names in a report', () => {
  const { win32, posix } = path;

  it('have slashes on every system', () => {
    expect(reportName('C:\\app', 'C:\\app\\infra\\a.yaml', win32)).toBe('infra/a.yaml');
    expect(reportName('C:\\app', 'C:\\other\\a.yaml', win32)).toBe('C:/other/a.yaml');
    expect(reportName('C:\\app', 'D:\\app\\a.yaml', win32)).toBe('D:/app/a.yaml');
    expect(isInside('C:\\app', 'D:\\app\\a.yaml', win32)).toBe(false);
    expect(isInside('C:\\app', 'c:\\App\\a.yaml', win32)).toBe(true);
    expect(reportName('/app', '/app/infra/a.yaml', posix)).toBe('infra/a.yaml');
  });

  it('keep a backslash that is a part of the name', () => {
    expect(reportName('/app', '/app/a\\b.yaml', posix)).toBe('a\\b.yaml');
  });

  it('are absolute outside of the working directory', () => {
    expect(reportName('/app', '/app2/a.yaml', posix)).toBe('/app2/a.yaml');
    expect(reportName('/app', '/a.yaml', posix)).toBe('/a.yaml');
    expect(reportName('/app', '/app', posix)).toBe('/app');
    expect(reportName('/', '/a.yaml', posix)).toBe('a.yaml');
    expect(reportName('/app', '/app/..a.yaml', posix)).toBe('..a.yaml');
    expect(isInside('/app', '/app/..a', posix)).toBe(true);
    expect(isInside('/app', '/app/../a', posix)).toBe(false);
  });
});

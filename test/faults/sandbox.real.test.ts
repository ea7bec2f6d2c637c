import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/lint/result.js';
import { temporaryDirectory } from '../config/temporary.js';
import { resources, target } from '../limits/templates.js';
import { callProgram } from '../program.js';

/*
 * What a template says decides nothing about what is read, run or sent: only the user does.
 */

const OUTPUT = { 'Fn::GetAtt': ['Nested', 'Outputs.Arn'] };

function nestedStack(url: unknown, metadata: object = {}): object {
  return { Type: 'AWS::CloudFormation::Stack', Metadata: metadata, Properties: { TemplateURL: url } };
}

/** A template whose target's provider stands in a nested stack. */
function outer(url: unknown, metadata: object = {}): object {
  return {
    Resources: resources({ Nested: nestedStack(url, metadata), Target: target({ ProviderArn: OUTPUT }) }),
  };
}

/** That nested stack: with it in view, the target is verified. */
const INNER = {
  Resources: resources({ Target: { Type: 'AWS::SNS::Topic' } }),
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Provider', 'CredentialProviderArn'] } } },
};

/** A folder with a repository in `project/` and the nested stack beside it, in `outside.json`. */
function folder(files: Readonly<Record<string, unknown>>): string {
  const root = temporaryDirectory({ 'project/.git/HEAD': '', 'outside.json': INNER });
  for (const [name, content] of Object.entries(files)) addFile(root, name, content);
  return root;
}

function addFile(root: string, name: string, content: unknown): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
}

function exchange(cwd: string, ...args: string[]): Report['summary']['tokenExchange'] {
  const { stdout, stderr } = callProgram(cwd, [...args, '--format', 'json']);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  return report.summary.tokenExchange;
}

const VERIFIED = { verified: 1, failed: 0, unverified: 0 };
const UNVERIFIED = { verified: 0, failed: 0, unverified: 1 };

describe('a TemplateURL', () => {
  it('is read within the project', () => {
    const root = folder({ 'project/app/a.json': outer('../inner.json'), 'project/inner.json': INNER });
    expect(exchange(path.join(root, 'project/app'), 'a.json')).toEqual(VERIFIED);
  });

  it.each([
    ['upwards', () => '../../outside.json'],
    ['absolute', (root: string) => path.join(root, 'outside.json')],
    ['as a file URL', (root: string) => `file://${root}/outside.json`],
    ['through a folder that is not there', () => 'none/../../../outside.json'],
    ['put together', () => ({ 'Fn::Join': ['/', ['..', '..', 'outside.json']] })],
  ])('is not read out of the project: %s', (_, url) => {
    const root = folder({});
    addFile(root, 'project/app/a.json', outer(url(root)));
    expect(exchange(path.join(root, 'project/app'), 'a.json')).toEqual(UNVERIFIED);
  });

  it('is not read through a link that leads out', () => {
    const root = folder({ 'project/a.json': outer('linked.json') });
    symlinkSync(path.join(root, 'outside.json'), path.join(root, 'project/linked.json'));
    symlinkSync(root, path.join(root, 'project/up'));
    addFile(root, 'project/b.json', outer('up/outside.json'));
    expect(exchange(path.join(root, 'project'), 'a.json')).toEqual(UNVERIFIED);
    expect(exchange(path.join(root, 'project'), 'b.json')).toEqual(UNVERIFIED);
  });

  it('is not read through links in a cycle', () => {
    const root = folder({ 'project/a.json': outer('one.json') });
    symlinkSync('two.json', path.join(root, 'project/one.json'));
    symlinkSync('one.json', path.join(root, 'project/two.json'));
    expect(exchange(path.join(root, 'project'), 'a.json')).toEqual(UNVERIFIED);
  });

  it.each(['/dev/stdin', '/dev/zero', '/proc/self/environ', '/etc/passwd', '.', 'a.json\0b'])(
    'is not read: %s',
    (url) => {
      const root = folder({ 'project/a.json': outer(url) });
      expect(exchange(path.join(root, 'project'), 'a.json')).toEqual(UNVERIFIED);
    },
  );

  it('is read out of the project when the user names the file', () => {
    const root = folder({ 'project/a.json': outer('../outside.json') });
    expect(exchange(path.join(root, 'project'), 'a.json', '--context', '../outside.json')).toEqual(VERIFIED);
  });
});

describe('other names of files', () => {
  it('in aws:asset:path are not read out of the project', () => {
    const url = { 'Fn::Sub': 'https://${AWS::Region}.example.com/x' };
    const root = folder({
      'project/a.json': outer(url, { 'aws:asset:path': '../outside.json' }),
      'project/b.json': outer(url, { 'aws:asset:path': 'inner.json' }),
      'project/inner.json': INNER,
    });
    expect(exchange(path.join(root, 'project'), 'a.json')).toEqual(UNVERIFIED);
    expect(exchange(path.join(root, 'project'), 'b.json')).toEqual(VERIFIED);
  });

  it('in a manifest are not read out of the project, and told', () => {
    const root = folder({
      'project/cdk.out/cdk.out': '{}',
      'project/cdk.out/manifest.json': {
        version: '36.0.0',
        artifacts: {
          Stack: { type: 'aws:cloudformation:stack', properties: { templateFile: '../../outside.json' } },
        },
      },
    });
    const { status, stdout } = callProgram(path.join(root, 'project'), ['cdk.out', '--format', 'json']);
    expect(status).toBe(1);
    expect(stdout).toContain('outside of the cloud assembly and of the project');
    expect((JSON.parse(stdout) as Report).files.map((file) => file.status)).toEqual(['failed']);
  });
});

describe('keys that every object of JavaScript has', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

  it.each(names)('are logical ids like any other: %s', (name) => {
    const { Provider, ...others } = resources({
      Target: target({ ProviderArn: { 'Fn::GetAtt': [name, 'CredentialProviderArn'] } }),
    });
    const text = JSON.stringify({ Resources: { ...others, PROVIDER: Provider } }).replace(
      '"PROVIDER"',
      JSON.stringify(name),
    );
    expect(exchange(temporaryDirectory({ 'a.json': text }), 'a.json')).toEqual(VERIFIED);
  });

  it.each(names)('are no logical ids where they are not declared: %s', (name) => {
    const template = {
      Resources: resources({
        Target: target({ ProviderArn: { 'Fn::GetAtt': [name, 'CredentialProviderArn'] } }),
      }),
    };
    expect(exchange(temporaryDirectory({ 'a.json': template }), 'a.json')).toEqual({
      verified: 0,
      failed: 1,
      unverified: 0,
    });
  });

  it.each(names)('are parameters, conditions and keys of mappings like any other: %s', (name) => {
    const text = JSON.stringify({
      Parameters: { NAME: { Type: 'String', AllowedValues: ['NAME', 'b'] } },
      Conditions: { NAME: { 'Fn::Equals': [{ Ref: 'NAME' }, 'NAME'] } },
      Mappings: { NAME: { NAME: { NAME: 'TOKEN_EXCHANGE' } } },
      Resources: resources({
        Target: target({
          GrantType: {
            'Fn::If': ['NAME', { 'Fn::FindInMap': ['NAME', { Ref: 'NAME' }, 'NAME'] }, 'TOKEN_EXCHANGE'],
          },
        }),
      }),
    }).replaceAll('"NAME"', JSON.stringify(name));
    expect(exchange(temporaryDirectory({ 'a.json': text }), 'a.json')).toEqual(VERIFIED);
    expect(exchange(temporaryDirectory({ 'a.template': `# YAML\n${text}` }), 'a.template')).toEqual(VERIFIED);
  });

  it.each(names)('decide nothing where they are not declared: %s', (name) => {
    const grant = { 'Fn::If': [name, { Ref: name }, { 'Fn::FindInMap': [name, name, name] }] };
    const { status, stderr } = callProgram(
      temporaryDirectory({ 'a.json': { Resources: resources({ Target: target({ GrantType: grant }) }) } }),
      ['a.json'],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('pass as parameter values, rules and stacks', () => {
    const cwd = temporaryDirectory({
      'p.json': '{"__proto__": "x", "constructor": "y"}',
      'a.json': { Resources: resources() },
    });
    const { status, stderr } = callProgram(cwd, ['a.json', '--parameters', 'p.json']);
    expect(status).toBe(0);
    expect(stderr).toContain('no template has a parameter __proto__');
  });
});

import { describe, expect, it } from 'vitest';
import { MAX_LOOP_ENTRIES, MAX_LOOP_VALUES } from '../../src/template/loops.js';
import { lintTemplates, messagesOf, range, resources, target } from './templates.js';

const LIMIT = `the loops of its template make more than ${MAX_LOOP_ENTRIES.toLocaleString('en')} entries or ${MAX_LOOP_VALUES.toLocaleString('en')} values`;

/** A template with these loops over resources beside a target of its own. */
function looping(loops: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  return {
    Transform: 'AWS::LanguageExtensions',
    Parameters: { Names: { Type: 'CommaDelimitedList' } },
    Resources: resources({ ...loops, ...more }),
  };
}

const queue = { Type: 'AWS::SQS::Queue' };

describe('the entries of loops', () => {
  /** A loop that makes so many entries, and one that makes a target. */
  const entries = (count: number) =>
    looping({
      'Fn::ForEach::Queues': ['X', range(count - 1, (index) => `v${index}`), { 'Queue${X}': queue }],
      'Fn::ForEach::Targets': ['X', ['a'], { 'Target${X}': target() }],
    });

  it('are made to the limit', async () => {
    const { report } = await lintTemplates({ 'a.json': entries(MAX_LOOP_ENTRIES) });
    expect(report.diagnostics).toEqual([]);
    expect(report.summary.tokenExchange).toEqual({ verified: 2, failed: 0, unverified: 0 });
  });

  it('past it leave what they would make unverified, and say so', async () => {
    const result = await lintTemplates({ 'a.json': entries(MAX_LOOP_ENTRIES + 1) });
    expect(messagesOf(result, 'provider-unresolved')).toEqual([
      `Fn::ForEach::Targets cannot be verified: ${LIMIT}.`,
    ]);
    expect(result.report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 1 });
  });

  it('are counted through loops in loops', async () => {
    let body: Record<string, unknown> = { 'T${X0}${X1}${X2}${X3}': target() };
    for (let level = 3; level >= 0; level--) {
      body = { [`Fn::ForEach::L${level}`]: [`X${level}`, range(20, (index) => `v${index}`), body] };
    }
    const result = await lintTemplates({ 'a.json': looping(body) });
    expect(messagesOf(result, 'provider-unresolved')).toEqual([
      `Fn::ForEach::L0 cannot be verified: ${LIMIT}.`,
    ]);
  });
});

describe('the values of loops', () => {
  const values = (each: number) =>
    looping({
      'Fn::ForEach::Targets': [
        'X',
        range(1_000, (index) => `v${index}`),
        { 'Target${X}': { ...target(), Metadata: range(each, () => 1) } },
      ],
    });

  it('are made to the limit', async () => {
    const { report } = await lintTemplates({ 'a.json': values(150) });
    expect(report.summary.tokenExchange.verified).toBe(1_001);
  });

  it('past it leave what they would make unverified, and say so', async () => {
    const result = await lintTemplates({ 'a.json': values(250) });
    expect(messagesOf(result, 'provider-unresolved')).toEqual([
      `Fn::ForEach::Targets cannot be verified: ${LIMIT}.`,
    ]);
  });

  it('are counted by their length: names that double forty times', async () => {
    let body: Record<string, unknown> = { 'T${X40}': target() };
    for (let level = 40; level > 0; level--) {
      body = { [`Fn::ForEach::L${level}`]: [`X${level}`, [`\${X${level - 1}}\${X${level - 1}}`], body] };
    }
    const result = await lintTemplates({ 'a.json': looping({ 'Fn::ForEach::L0': ['X0', ['ab'], body] }) });
    expect(messagesOf(result, 'provider-unresolved')).toEqual([
      `Fn::ForEach::L0 cannot be verified: ${LIMIT}.`,
    ]);
  });
});

describe('a loop that cannot be unrolled', () => {
  const open = { 'Fn::ForEach::Open': ['X', { Ref: 'Names' }, { '${X}': target() }] };

  it('may make consumers: these are unverified', async () => {
    const result = await lintTemplates({ 'a.json': looping(open) });
    expect(messagesOf(result, 'provider-unresolved')).toEqual([
      'Fn::ForEach::Open cannot be verified: what it goes over is known only when it is deployed.',
    ]);
    expect(result.report.summary.tokenExchange).toEqual({ verified: 1, failed: 0, unverified: 1 });
  });

  it('may make what others refer to: these do not point at nothing', async () => {
    const providers = {
      'Fn::ForEach::Open': [
        'X',
        { Ref: 'Names' },
        { '${X}': { Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider' } },
      ],
    };
    const made = target({ ProviderArn: { 'Fn::GetAtt': ['Made', 'CredentialProviderArn'] } });
    const result = await lintTemplates({ 'a.json': looping(providers, { Target: made }) });
    expect(messagesOf(result, 'invalid-provider-reference')).toEqual([]);
    expect(messagesOf(result, 'provider-unresolved')).toEqual([
      'Whether the provider of Target exchanges tokens cannot be verified: Made may be made by a macro or a loop.',
    ]);
  });

  it('that makes neither is passed over', async () => {
    const { report } = await lintTemplates({
      'a.json': looping({ 'Fn::ForEach::Open': ['X', { Ref: 'Names' }, { '${X}': queue }] }),
    });
    expect(report.diagnostics).toEqual([]);
  });
});

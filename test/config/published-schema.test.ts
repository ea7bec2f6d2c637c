import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../rules/index.js';
import { publishedSchema } from '../../src/config/published-schema.js';

const schema = publishedSchema(builtInRules);
const isValid = new Ajv({ strict: false }).compile(schema);
const rules = (setting: unknown) => isValid({ rules: setting });

describe('the schema for editors', () => {
  it('knows every rule with what it finds', () => {
    const described = Object.entries(schema.properties.rules.properties).map(([id, { description }]) => [
      id,
      description,
    ]);
    expect(described).toEqual(builtInRules.map(({ id, summary }) => [id, summary]));
  });

  it('knows the options of a rule', () => {
    expect(
      rules({ 'token-exchange-on-built-in-vendor': ['error', { nativeVendors: ['MicrosoftOauth2'] }] }),
    ).toBe(true);
    expect(rules({ 'token-exchange-on-built-in-vendor': ['error', { nativeVendor: [] }] })).toBe(false);
    expect(rules({ 'invalid-grant-type': ['error', { nativeVendors: [] }] })).toBe(false);
    expect(rules({ 'invalid-grant-type': 'eror' })).toBe(false);
  });

  it('knows the same of rules for some files', () => {
    const override = (setting: unknown) => isValid({ overrides: [{ files: ['a.yaml'], rules: setting }] });
    expect(override({ 'invalid-grant-type': 'off' })).toBe(true);
    expect(override({ 'token-exchange-on-built-in-vendor': ['error', { nativeVendor: [] }] })).toBe(false);
    expect(isValid({ overrides: [{ rules: {} }] })).toBe(false);
  });

  it('lets rules of plugins be', () => {
    expect(rules({ 'own-rule': ['error', { anything: 1 }] })).toBe(true);
    expect(rules({ 'own-rule': 'eror' })).toBe(false);
  });

  it('describes every key', () => {
    const undescribed = Object.entries(schema.properties).filter(([, property]) => !property.description);
    expect(undescribed).toEqual([]);
  });

  it('ships', () => {
    const shipped = readFileSync(new URL('../../dist/config.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});

import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import schema from '../../src/config/config.schema.json' with { type: 'json' };
import { type Schema, validate } from '../../src/config/validate.js';
import { holds } from '../samples.js';

const isValid = new Ajv({ strict: false }).compile(schema);
const problems = (value: unknown) => validate(value, schema as unknown as Schema);

const severity = fc.constantFrom<unknown>('error', 'warning', 'info', 'off', 'eror', 3, null);
const scalar = fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean(), fc.constant(null));
const setting = fc.oneof(
  severity,
  fc.array(
    fc.oneof(
      severity,
      fc.dictionary(fc.constantFrom('nativeVendors', 'x'), fc.array(scalar, { maxLength: 2 })),
    ),
    {
      maxLength: 3,
    },
  ),
);
const configuration = fc.oneof(
  fc.record(
    {
      files: fc.array(fc.constant('a.yaml'), { maxLength: 1 }),
      rules: fc.dictionary(fc.constantFrom('token-exchange-on-built-in-vendor', 'of-a-plugin'), setting, {
        maxKeys: 1,
      }),
      parameters: fc.dictionary(
        fc.constantFrom('Mode', 'a.yaml'),
        fc.oneof(fc.string(), fc.dictionary(fc.constant('Mode'), scalar)),
        { maxKeys: 1 },
      ),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.record(
    {
      $schema: scalar,
      files: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })),
      ignore: fc.array(fc.string(), { maxLength: 2 }),
      rules: fc.dictionary(
        fc.constantFrom(
          'invalid-grant-type',
          'token-exchange-on-built-in-vendor',
          'of-a-plugin',
          '__proto__',
        ),
        setting,
      ),
      parameters: fc.dictionary(
        fc.constantFrom('Mode', 'a.yaml', 'constructor'),
        fc.jsonValue({ maxDepth: 3 }),
      ),
      plugins: fc.array(scalar, { maxLength: 2 }),
      strict: scalar,
      stritc: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
);

it('takes exactly what a full validator takes', () => {
  holds(
    fc.property(configuration, (value) => {
      expect(problems(value).length === 0).toBe(isValid(value));
    }),
    { few: 500, many: 5_000 },
  );
});

it('is held against configurations of both kinds', () => {
  const outcomes = fc.sample(configuration, { numRuns: 500, seed: 1 }).map((value) => isValid(value));
  expect(outcomes.filter(Boolean).length).toBeGreaterThan(25);
  expect(outcomes.filter((valid) => !valid).length).toBeGreaterThan(25);
});

it('checks a plugin rule of any options', () => {
  const options: Schema = { type: 'object', properties: { depth: { type: 'integer' } }, required: ['depth'] };
  expect(validate({ depth: 2 }, options)).toEqual([]);
  expect(validate({ depth: 2.5 }, options)[0]?.message).toBe('must be a whole number, and is a number');
  expect(validate({}, options)[0]?.message).toBe('lacks the key "depth"');
});

#!/usr/bin/env node
/*
 * Writes the schema of the Terraform resources that the linter reads, as the provider's bindings have it:
 *
 *   npm pack @cdktn/provider-aws
 *   tar xzf cdktn-provider-aws-*.tgz
 *   node scripts/terraform-schema.js package > test/frontends/terraform/schema.json
 *
 * The package is large, so that the tests hold the linter's table against what this wrote.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const RESOURCES = [
  'aws_bedrockagentcore_api_key_credential_provider',
  'aws_bedrockagentcore_gateway',
  'aws_bedrockagentcore_gateway_target',
  'aws_bedrockagentcore_harness',
  'aws_bedrockagentcore_oauth2_credential_provider',
  'aws_cloudcontrolapi_resource',
  'aws_cloudformation_stack',
  'aws_cloudformation_stack_instances',
  'aws_cloudformation_stack_set',
  'aws_cloudformation_stack_set_instance',
  'aws_cognito_managed_user_pool_client',
  'aws_cognito_user_pool',
  'aws_cognito_user_pool_client',
  'aws_iam_policy',
  'aws_iam_policy_attachment',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_iam_role_policy_attachments_exclusive',
];

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('name the folder of the unpacked package');

let version;
const resources = {};
for (const type of RESOURCES) {
  const file = path.join(directory, 'lib', type.replace(/^aws_/, '').replaceAll('_', '-'), 'index.js');
  if (!existsSync(file)) throw new Error(`the package has no ${type}`);
  const text = readFileSync(file, 'utf8');
  version ??= /providerVersion: '([^']+)'/.exec(text)?.[1];
  resources[type] = schemaOf(text);
}
process.stdout.write(`${JSON.stringify({ provider: 'hashicorp/aws', version, resources }, null, 1)}\n`);

/** The attributes of a resource, and its blocks as objects of the same. */
function schemaOf(text) {
  const bodies = new Map();
  for (const [, name, body] of text.matchAll(/function (\w+)ToHclTerraform\(struct\) \{([\s\S]*?)\n\}/g)) {
    bodies.set(name, body);
  }
  const own = /synthesizeHclAttributes\(\) \{([\s\S]*?)\n {4}\}/.exec(text)?.[1] ?? '';
  const schema = attributesIn(own, bodies, 0);
  // What only Terraform sets is no argument: comments tell of it in the class of the resource itself.
  const main = text.slice(text.indexOf('static tfResourceType'));
  for (const [, name] of main.matchAll(/\/\/ (\w+) - computed: true, optional: (?:true|false)/g))
    schema[name] ??= true;
  return sorted(schema);
}

function attributesIn(body, bodies, depth) {
  const schema = {};
  for (const [, name, struct] of body.matchAll(
    /^ +(\w+): \{\s*value: (?:cdktn\.listMapperHcl\((\w+)ToHclTerraform)?/gm,
  )) {
    const inner = struct === undefined || depth > 8 ? undefined : bodies.get(struct);
    schema[name] = inner === undefined ? true : sorted(attributesIn(inner, bodies, depth + 1));
  }
  return schema;
}

function sorted(schema) {
  return Object.fromEntries(Object.entries(schema).sort(([a], [b]) => (a < b ? -1 : 1)));
}

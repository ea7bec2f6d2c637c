#!/usr/bin/env node
/**
 * Makes the files of a new rule, and puts it into the catalogue.
 *
 *     npm run new-rule -- my-rule-id
 *
 * What it makes works at once: a rule with a check to be replaced, and two fixtures that it fits.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectation, ruleModule, template } from './new-rule/skeleton.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const index = path.join(root, 'rules', 'index.ts');

const [id, ...rest] = process.argv.slice(2);
const problem = problemWith(id, rest);
if (problem === undefined) {
  make(id);
} else {
  console.error(`${problem}; usage: npm run new-rule -- my-rule-id`);
  process.exitCode = 2;
}

function problemWith(ruleId, others) {
  if (ruleId === undefined || others.length > 0) return 'one rule id is needed';
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(ruleId)) return `the id ${ruleId} is not in kebab-case`;
  const taken = [`rules/${ruleId}.ts`, `fixtures/${ruleId}`].find((file) =>
    existsSync(path.join(root, file)),
  );
  return taken === undefined ? undefined : `${taken} is there already`;
}

function make(ruleId) {
  const name = ruleId.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  write(`rules/${ruleId}.ts`, ruleModule(ruleId, name));
  for (const kind of ['valid', 'invalid']) {
    write(`fixtures/${ruleId}/${kind}/example/template.yaml`, template(kind));
    write(`fixtures/${ruleId}/${kind}/example/expected.json`, expectation(kind, ruleId));
  }
  writeFileSync(index, withRule(readFileSync(index, 'utf8'), ruleId, name));
  console.log(`Made rules/${ruleId}.ts and fixtures/${ruleId}, and put the rule into rules/index.ts.

What is left to do:
1. Fill in what says TODO in rules/${ruleId}.ts, and replace its check. docs/writing-rules.md tells how.
2. Make its fixtures: two valid and two invalid ones at least, in YAML and JSON, an invalid one under a
   condition and one across templates. fixtures/README.md tells their form. The two called "example" stand on the page.
3. Put its fault into test/frontends/every-rule/cases.ts, so that it is looked for in every input.
4. npm run generate builds rules/${ruleId}.md and the index.
5. npm test says what is missing.`);
}

function write(name, text) {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The catalogue with the rule: its import in the order of the alphabet, itself before the rules about files. */
function withRule(text, ruleId, name) {
  const lines = text.split('\n');
  const line = `import { ${name} } from './${ruleId}.js';`;
  const idOf = (written) => /^import .* from '\.\/(.*)\.js';$/.exec(written)?.[1];
  const after = lines.findIndex((written) => (idOf(written) ?? '') > ruleId);
  const last = lines.findLastIndex((written) => written.startsWith('import '));
  lines.splice(after < 0 ? last + 1 : after, 0, line);
  const aboutFiles = lines.indexOf('  templateUnreadable,');
  if (aboutFiles < 0)
    throw new Error('rules/index.ts has another form than this script knows: add the rule by hand');
  lines.splice(aboutFiles, 0, `  ${name},`);
  return lines.join('\n');
}

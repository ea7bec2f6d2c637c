import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { cloudAssembly } from './assembly.js';
import { OTHER_INPUTS } from './other-inputs.js';
import {
  importingStacks,
  jsonText,
  manyTargets,
  SMALL_JSON,
  SMALL_YAML,
  staged,
  stagedTargets,
  synthesized,
} from './templates.js';

const MEGABYTE = 1_000_000;

/**
 * Writes all inputs of the benchmark. The same version of these modules writes the same bytes everywhere.
 *
 * @param {string} directory an empty one
 * @param {{ large: boolean }} options without the large inputs it is done in seconds
 */
export function writeInputs(directory, { large }) {
  const write = (name, text) => writeFileSync(path.join(directory, name), text);
  const yaml = (template) => stringify(template, { aliasDuplicateObjects: false });
  const ours = synthesized(MEGABYTE);
  const foreign = synthesized(MEGABYTE, { agentCore: false });
  write('small.json', SMALL_JSON);
  write('small.yaml', SMALL_YAML);
  write('megabyte.json', jsonText(ours));
  write('megabyte.yaml', yaml(ours));
  write('foreign.json', jsonText(foreign));
  write('foreign.yaml', yaml(foreign));
  for (const { file, text } of Object.values(OTHER_INPUTS)) write(file, text(MEGABYTE));
  write('targets.json', jsonText(manyTargets(10_000)));
  for (const count of [500, 5_000]) write(`targets-${count}.json`, jsonText(manyTargets(count)));
  for (const stacks of [75, 150, 300]) {
    const assembly = cloudAssembly({ stacks, providers: (stacks * 10) / 3, targets: stacks * 10 });
    writeFiles(
      path.join(directory, `assembly-${stacks}`),
      [...assembly].map(([name, content]) => [name, () => jsonText(content)]),
    );
  }
  const faulty = { stacks: 300, providers: 1_000, targets: 3_000 };
  for (const [name, sources] of [
    ['assembly-faulty', false],
    ['assembly-sources', true],
  ]) {
    writeFiles(
      path.join(directory, name),
      [...cloudAssembly(faulty, { faulty: true, sources })].map(([file, content]) => [
        file,
        () => jsonText(content),
      ]),
    );
  }
  const many = (folder, count, text, extension = 'template.json') =>
    writeFiles(
      path.join(directory, folder),
      Array.from({ length: count }, (_, n) => [`stack-${n}.${extension}`, () => text(n)]),
    );
  many('hundred', 100, (n) => SMALL_JSON.replaceAll('hr-tools', `tools-${n}`));
  many('editor', 100, (n) => edited(SMALL_YAML.replaceAll('hr-tools', `tools-${n}`), n), 'yaml');
  const larger = (n) => yaml(synthesized(10_000, { name: `stack-${n}` }));
  many('editor-10kb', 100, (n) => edited(larger(n), n), 'yaml');
  many('hundred-yaml', 100, (n) => SMALL_YAML.replaceAll('hr-tools', `tools-${n}`), 'yaml');
  for (const count of [10, 100, 1_000, ...(large ? [10_000] : [])]) {
    many(`count-${count}`, count, (n) => jsonText(synthesized(10_000, { name: `stack-${n}` })));
  }
  many('staged', 20, (n) => jsonText(staged(100_000, `stack-${n}`)));
  for (const [name, stages] of [
    ['one', ['prod']],
    ['three', ['dev', 'test', 'prod']],
  ]) {
    const valued = (values) => Object.fromEntries(stages.map((stage) => [stage, values(stage)]));
    write(`${name}-environments.json`, jsonText({ environments: valued((Stage) => ({ Stage })) }));
    const sizes = valued((Size) => ({ Stage: 'prod', Size }));
    write(`${name}-sizes.json`, jsonText({ environments: sizes }));
  }
  // Five stacks that hold nothing but what is checked, so that the checks are all of the cost.
  many('staged-small', 5, (n) => jsonText(stagedTargets(200, `stack-${n}`)));
  const importing = importingStacks(5, 200);
  many('staged-imports', importing.length, (n) => jsonText(importing[n]));
  if (!large) return;
  many('thousand', 1_000, (n) => jsonText(synthesized(100_000, { name: `stack-${n}` })));
  many('thousand-foreign', 1_000, () => jsonText(synthesized(100_000, { agentCore: false })));
}

/** A template of a workspace: all import the provider of the last one, and the first misspells the grant. */
function edited(yaml, n) {
  if (n === 99)
    return `${yaml}Outputs: { Idp: { Value: !GetAtt Provider.CredentialProviderArn, Export: { Name: idp } } }\n`;
  const importing = yaml
    .replaceAll('!GetAtt Provider.CredentialProviderArn', '!ImportValue idp')
    .replaceAll(/Fn::GetAtt:\s+- Provider\s+- CredentialProviderArn/g, 'Fn::ImportValue: idp');
  return n === 0 ? importing.replace('GrantType: TOKEN_EXCHANGE', 'GrantType: TOKEN_XCHANGE') : importing;
}

function writeFiles(directory, files) {
  mkdirSync(directory);
  for (const [name, text] of files) writeFileSync(path.join(directory, name), text());
}

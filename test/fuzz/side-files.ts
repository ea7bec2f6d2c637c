import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { linter } from '../../src/cli/built-in-linter.js';
import { ExitStatus } from '../../src/cli/exit-status.js';
import { program } from '../../src/cli/program.js';
import { fakeSurroundings } from '../cli/fake.js';
import { LawBroken } from './laws.js';
import { editText, type TextEdit, textEdit } from './mutations.js';

/*
 * What stands beside templates: configurations, parameter files, ignore files, baselines, manifests of cloud
 * assemblies. Each is edited at random, and the whole program runs on it, from its arguments to its exit status.
 */

/** A value that a parameter file gives to a `NoEcho` parameter: no output may hold it. */
const SECRET = 'zQ7vK2mXw9';

const TEMPLATE = `Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Hidden: { Type: String, NoEcho: true, Default: none }
Resources:
  Provider:
    Type: AWS::BedrockAgentCore::OAuth2CredentialProvider
    Properties:
      Name: !Sub hr-\${Stage}
      CredentialProviderVendor: CustomOauth2
      Oauth2ProviderConfigInput:
        CustomOauth2ProviderConfig:
          ClientId: !Ref Hidden
          ClientSecret: !Ref Hidden
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      GatewayIdentifier: gateway
      Name: !Select [0, !Split ['-', !Ref Hidden]]
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: !GetAtt Provider.CredentialProviderArn
              GrantType: !Ref Hidden
`;

/** A side file as people write it, and the arguments that lead to it. */
interface SideFile {
  readonly name: string;
  readonly text: string;
  readonly args: readonly string[];
}

const values = { Stage: 'prod', Hidden: SECRET };
const json = (value: unknown) => JSON.stringify(value, null, 2);

/** A side file of each kind; every format that the program reads it in. */
export const SIDE_FILES: readonly SideFile[] = [
  {
    name: 'cfn-tx-lint.config.json',
    text: json({
      files: ['**/*.yaml'],
      ignore: ['build/'],
      context: ['shared/*.yaml'],
      rules: { 'actor-token-unspecified': 'off' },
      overrides: [{ files: ['t*.yaml'], rules: { 'invalid-grant-type': 'warning' } }],
      environments: { prod: values, dev: { 't.yaml': { Stage: 'dev' } } },
      failOn: 'warning',
    }),
    args: ['.'],
  },
  {
    name: 'cfn-tx-lint.config.yaml',
    text: `extends: [./other.json]\nparameters: { Hidden: ${SECRET} }\nstrict: true\nbaseline: baseline.json\n`,
    args: ['.', '--print-config'],
  },
  { name: 'package.json', text: json({ name: 'a', 'cfn-tx-lint': { parameters: values } }), args: ['.'] },
  { name: 'parameters.json', text: json(values), args: ['--parameters', 'parameters.json', 't.yaml'] },
  {
    name: 'list.json',
    text: json([{ ParameterKey: 'Hidden', ParameterValue: SECRET }]),
    args: ['--parameters', 'list.json', 't.yaml'],
  },
  {
    name: 'pipeline.json',
    text: json({ Parameters: values, Tags: { a: 'b' } }),
    args: ['--parameters', 'pipeline.json', 't.yaml'],
  },
  {
    name: 'deployment.yaml',
    text: `template-file-path: t.yaml\nparameters:\n  Hidden: ${SECRET}\n`,
    args: ['--parameters', 'deployment.yaml', 't.yaml'],
  },
  {
    name: 'samconfig.toml',
    text: `version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "Hidden=${SECRET} Stage=prod"\n`,
    args: ['--parameters', 'samconfig.toml', 't.yaml'],
  },
  {
    name: '.gitignore',
    text: 'build/\n*.log\n!keep.log\n/t[0-9].yaml\n**/cache/**\n',
    args: ['.', '--list-files'],
  },
  {
    name: 'baseline.json',
    text: json({
      version: 1,
      findings: [
        { rule: 'invalid-grant-type', file: 't.yaml', resource: 'Target', cause: 'x:1', message: 'm' },
      ],
    }),
    args: ['--baseline', 'baseline.json', 't.yaml'],
  },
  {
    name: 'manifest.json',
    text: json({
      version: '36.0.0',
      artifacts: {
        Stack: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: 't.yaml', parameters: values },
          metadata: { '/Stack/Target': [{ type: 'aws:cdk:logicalId', data: 'Target' }] },
        },
        Assets: { type: 'cdk:asset-manifest', properties: { file: 't.assets.json' } },
        Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'stage' } },
      },
    }),
    args: ['.'],
  },
  { name: 'cdk.json', text: json({ app: 'node app.js', output: 'out', context: { a: 1 } }), args: ['.'] },
  {
    name: 'samconfig.yaml',
    text: `version: 0.1\nprod:\n  deploy:\n    parameters:\n      parameter_overrides: Hidden=${SECRET} Stage=prod\n`,
    args: ['--parameters', 'samconfig.yaml', '--environment', 'prod', 't.yaml'],
  },
];

/** Runs the program on a template beside an edited side file, each time with one of the formats of its report. */
export const sideFile = (file: SideFile, formats: readonly string[]) =>
  fc.asyncProperty(
    fc.array(textEdit, { maxLength: 4 }),
    fc.constantFrom(...formats),
    async (edits, format) => {
      await holdSideFile(file, edits, format);
    },
  );

async function holdSideFile(file: SideFile, edits: readonly TextEdit[], format: string): Promise<void> {
  const cwd = mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-side-'));
  try {
    mkdirSync(path.join(cwd, '.git'));
    writeFileSync(path.join(cwd, 't.yaml'), TEMPLATE);
    const [edited] = editText([{ name: file.name, text: file.text }], 0, edits);
    writeFileSync(path.join(cwd, file.name), edited?.text ?? '');
    const { surroundings, written } = fakeSurroundings({ cwd });
    const status = await program([...file.args, '--no-code', '--format', format], surroundings, linter);
    const output = written.stdout + written.stderr;
    if (status === ExitStatus.fault) throw new LawBroken(`a fault of the program: ${output}`);
    if (status > ExitStatus.fault) throw new LawBroken(`the exit status ${status}`);
    // An edit can take the secret apart, or give it to a parameter that is none: as it was written it is one.
    if (edited?.text === file.text && output.includes(SECRET))
      throw new LawBroken(`the value of a NoEcho parameter: ${output}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(output))
      throw new LawBroken(`a control character: ${JSON.stringify(output)}`);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

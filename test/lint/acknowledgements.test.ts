import { describe, expect, it } from 'vitest';
import { builtInRules, ruleUrl } from '../../rules/index.js';
import type { LintResult } from '../../src/lint/result.js';
import { run } from '../../src/lint/run.js';
import { manifest, stackArtifact } from '../discover/assembly-files.js';
import { tree } from '../discover/tree.js';

const RULE = 'plaintext-client-secret';
const TEMPLATE = {
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Idp1A2B: {
      Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
      Properties: {
        Name: 'idp',
        CredentialProviderVendor: 'CustomOauth2',
        Oauth2ProviderConfigInput: {
          CustomOauth2ProviderConfig: {
            ClientId: 'c',
            ClientSecret: 'hunter2-hunter2',
            OauthDiscovery: { DiscoveryUrl: 'https://id.example.com/.well-known/openid-configuration' },
          },
        },
      },
    },
  },
};

/** Lints an assembly whose app acknowledges rules: construct path to ids. */
async function lint(
  acknowledged: Readonly<Record<string, readonly string[]>>,
  isInline: boolean,
): Promise<LintResult> {
  const metadata: Record<string, object[]> = {
    '/Tools/Bucket/Resource': [{ type: 'aws:cdk:logicalId', data: 'Bucket' }],
    '/Tools/Idp/Resource': [
      { type: 'aws:cdk:logicalId', data: 'Idp1A2B' },
      { type: 'aws:cdk:creationStack', data: ['new Tools (bin/app.ts:7:3)'] },
    ],
  };
  for (const [path, ids] of Object.entries(acknowledged)) {
    const data = Object.fromEntries(ids.map((id) => [id, 'agreed']));
    metadata[path] = [...(metadata[path] ?? []), { type: 'aws:cdk:acknowledged-rules', data }];
  }
  const cwd = tree({
    'cdk.json': {},
    'bin/app.ts': '',
    'cdk.out/cdk.out': {},
    'cdk.out/manifest.json': manifest({
      Tools: stackArtifact('Tools', {
        dependencies: [],
        ...(isInline ? { metadata } : { additionalMetadataFile: 'Tools.metadata.json' }),
      }),
    }),
    'cdk.out/Tools.template.json': TEMPLATE,
    ...(!isInline && { 'cdk.out/Tools.metadata.json': metadata }),
  });
  return run({ cwd }, { rules: builtInRules, url: ruleUrl });
}

const found = ({ report }: LintResult) => report.diagnostics.map(({ ruleId }) => ruleId);

describe.each([
  ['in the manifest', true],
  ['in a file of its own', false],
])('what a CDK app acknowledges, written %s', (_, isInline) => {
  it.each(['/Tools/Idp/Resource', '/Tools/Idp', '/Tools', '/'])('holds for what lies in %s', async (path) => {
    const result = await lint({ [path]: [`cfn-tx-lint::${RULE}`] }, isInline);
    expect(found(result)).toEqual([]);
    expect(result.report.summary.suppressed).toBe(1);
  });

  it('is told where no rule bears the name, at the construct', async () => {
    const result = await lint(
      { '/Tools/Idp/Resource': ['cfn-tx-lint::plaintext-client-secrets', `cfn-tx-lint::${RULE}`] },
      isInline,
    );
    expect(result.report.diagnostics).toMatchObject([
      {
        ruleId: 'invalid-suppression',
        severity: 'warning',
        message: expect.stringContaining('did you mean "plaintext-client-secret"?'),
        resource: 'Idp1A2B',
        constructPath: 'Tools/Idp/Resource',
        source: { file: 'bin/app.ts', line: 7, column: 3 },
      },
    ]);
  });

  it('is nobody else’s business where it names another plugin, or none', async () => {
    const others = { '/Tools': ['other::no-rule', 'no-rule', 'Annotation::no-rule'] };
    expect(found(await lint(others, isInline))).toEqual([RULE]);
  });
});

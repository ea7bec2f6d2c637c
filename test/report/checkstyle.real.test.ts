import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from 'sarif';
import { afterAll, expect, it } from 'vitest';
import type { PrintedReport } from '../../src/report/json.js';
import { callProgram } from '../program.js';

/*
 * The report as a program of others reads it: checkstyle-to-sarif, by which it reaches code scanning. What that makes of it
 * is held against our own JSON.
 */

const READER = path.resolve('test/real/node_modules/checkstyle-to-sarif/dist/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'cfn-tx-lint-checkstyle-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A text that XML has to escape, in a place that a message quotes. */
const TEMPLATE = `Resources:
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      CredentialProviderConfigurations:
        - CredentialProviderType: OAUTH
          CredentialProvider:
            OauthCredentialProvider:
              ProviderArn: 'a <"quoted"> & ''odd'' ]]> text'
              GrantType: TOKEN_EXCHANG
`;

it('is read as it was meant', () => {
  writeFileSync(path.join(folder, 'odd name & more.yaml'), TEMPLATE);
  const report = path.join(folder, 'report.xml');
  callProgram(folder, ['--format', 'checkstyle', '--output', report, '.']);
  const { diagnostics }: PrintedReport = JSON.parse(callProgram(folder, ['--format', 'json', '.']).stdout);
  expect(diagnostics.length).toBeGreaterThan(1);

  const { stdout, stderr, status } = spawnSync(process.execPath, [READER, '--input', report], {
    encoding: 'utf8',
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const read = (JSON.parse(stdout) as Log).runs.flatMap(({ results = [] }) =>
    results.map(({ ruleId, level, message, locations }) => ({
      rule: ruleId,
      level,
      message: message.text,
      file: locations?.[0]?.physicalLocation?.artifactLocation?.uri,
      line: locations?.[0]?.physicalLocation?.region?.startLine,
      column: locations?.[0]?.physicalLocation?.region?.startColumn,
    })),
  );
  expect(read).toEqual(
    diagnostics.map(({ ruleId, severity, message, help, range }) => ({
      rule: ruleId,
      level: severity === 'info' ? 'note' : severity,
      message: `${message} ${help}`,
      file: expect.stringContaining('odd'),
      line: range.start.line,
      column: range.start.column,
    })),
  );
});

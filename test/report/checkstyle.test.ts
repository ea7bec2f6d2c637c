import { describe, expect, it } from 'vitest';
import { checkstyle } from '../../src/report/checkstyle.js';
import { context, diagnostic, result } from './sample.js';

describe('checkstyle', () => {
  it('has an error for each finding, grouped by file', async () => {
    const found = [diagnostic(), diagnostic({ severity: 'warning' }), diagnostic({ severity: 'info' })];
    const text = checkstyle(result([...found, diagnostic({ file: 'other.yaml' })]), context());
    expect(text.match(/<file /g)).toHaveLength(2);
    expect(text.match(/ severity="(\w+)"/g)).toEqual(
      ['error', 'warning', 'info', 'error'].map((severity) => ` severity="${severity}"`),
    );
    expect(text).toContain(`source="cfn-tx-lint.${found[0]?.ruleId}"`);
  });

  it('tells a file that could not be read', () => {
    const { report, ...rest } = result([]);
    const files = [{ path: 'broken.yaml', status: 'failed' as const, reason: 'it is no YAML' }];
    const text = checkstyle({ ...rest, report: { ...report, files } }, context());
    expect(text).toContain('<file name="broken.yaml">');
    expect(text).toContain('message="it is no YAML"');
  });

  it('is empty of files for a clean run', () => {
    expect(checkstyle(result([]), context())).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3"/>\n',
    );
  });
});

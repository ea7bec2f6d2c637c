import { builtInRules } from '../../rules/index.js';
import { cloudFormationPage } from './cloudformation-page.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { indexPage } from './index-page.js';
import { manPage } from './man-page.js';
import { rulePage } from './page.js';

/**
 * Builds the page of every rule, and their index, from the rules' metadata and fixtures, the page that says what is
 * followed of CloudFormation, and the manual page of the command.
 *
 * @param root the repository
 * @returns path relative to the repository to content
 * @throws Error when a rule's examples are missing or do not show what the page says
 */
export async function pages(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const evidence = new Map<string, Evidence>();
  for (const rule of builtInRules) {
    const found = await evidenceOf(root, rule);
    evidence.set(rule.id, found);
    files.set(`rules/${rule.id}.md`, rulePage(rule, found));
  }
  const rows = builtInRules.flatMap((rule) => {
    const fixes = evidence.get(rule.id)?.fixes;
    return fixes === undefined ? [] : [{ rule, fixes }];
  });
  files.set('rules/README.md', indexPage(rows));
  files.set('docs/cloudformation.md', cloudFormationPage());
  files.set('man/cfn-tx-lint.1', manPage());
  return files;
}

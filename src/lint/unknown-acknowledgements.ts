import type { PlacedAcknowledgement } from '../discover/construct-notes.js';
import { reportName } from '../discover/inside.js';
import type { StackInfo } from '../discover/types.js';
import type { TemplateFile } from '../graph/store.js';
import { own } from '../plain/map.js';
import { complaintAboutRule } from '../suppress/rule-name.js';
import { FILE_START } from './diagnose.js';
import { fileDiagnostic } from './file-diagnostic.js';
import type { Diagnostic, Severity } from './result.js';
import type { AnyRule } from './rule.js';
import type { RuleSettings } from './settings.js';

/** What the CDK puts in front of the ids of this program's rules. */
const PREFIX = 'cfn-tx-lint::';

/**
 * What a CDK app acknowledges of this program's rules and no rule bears the name of: it silences nothing, and its author
 * believes that it does.
 *
 * @param cwd the absolute working directory, which the files of constructs are named from
 */
export function unknownAcknowledgements(
  files: readonly TemplateFile[],
  catalogue: { readonly rules: readonly AnyRule[]; readonly url: (ruleId: string) => string },
  settings: RuleSettings,
  cwd: string,
): Diagnostic[] {
  const known = new Set(catalogue.rules.map(({ id }) => id));
  const rule = catalogue.rules.find(({ id }) => id === 'invalid-suppression') as AnyRule;
  return files.flatMap((file) =>
    file.file.stacks.flatMap((stack) =>
      stack.acknowledgements().flatMap((acknowledgement): Diagnostic[] => {
        const { id, constructPath } = acknowledgement;
        const complaint = id.startsWith(PREFIX)
          ? complaintAboutRule(id.slice(PREFIX.length), known, 'acknowledgement')
          : undefined;
        if (complaint === undefined) return [];
        const resource = resourceOf(stack, file, acknowledgement);
        const source = file.source();
        const key = resource === null ? undefined : source?.locate(['Resources', resource])?.key;
        const place = stack.constructNotes(constructPath).source;
        return [
          {
            ...fileDiagnostic({
              rule,
              severity: settings.severityIn(file.name, rule).severity as Severity,
              url: catalogue.url(rule.id),
              message: 'invalid',
              data: { problem: complaint },
              file: file.name,
              range: (key && source?.range(key)) ?? FILE_START,
              resource,
            }),
            constructPath,
            source: place === undefined ? null : { ...place, file: reportName(cwd, place.file) },
          },
        ];
      }),
    ),
  );
}

/** The first resource of a construct, which findings about the construct stand on; null for a whole stack. */
function resourceOf(
  { constructPaths }: StackInfo,
  file: TemplateFile,
  { constructPath }: PlacedAcknowledgement,
): string | null {
  const resources = file.template()?.section('Resources');
  const ids = [...constructPaths].filter(
    ([logicalId, path]) =>
      own(resources, logicalId) !== undefined &&
      [constructPath, `${constructPath}/Resource`, `${constructPath}/Default`].includes(path),
  );
  return ids[0]?.[0] ?? null;
}

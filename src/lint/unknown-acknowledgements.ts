import type { PlacedAcknowledgement } from '../discover/construct-notes.js';
import { reportName } from '../discover/inside.js';
import type { StackInfo } from '../discover/types.js';
import type { TemplateFile } from '../graph/store.js';
import { own } from '../plain/map.js';
import { complaintAboutRule } from '../suppress/rule-name.js';
import type { RuleIds } from './catalogue.js';
import type { FileDiagnoser } from './file-diagnostic.js';
import type { Diagnostic } from './result.js';

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
  known: RuleIds,
  diagnoser: FileDiagnoser,
  cwd: string,
): Diagnostic[] {
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
            ...diagnoser.diagnose('suppression', {
              message: 'invalid',
              data: { problem: complaint },
              file: file.name,
              range: key && source?.range(key),
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

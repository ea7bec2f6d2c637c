import { likelyMeant } from '../plain/did-you-mean.js';
import { isMap } from '../plain/map.js';
import type { Path, Source } from '../source/types.js';
import { complaintAboutRule, quoted } from './rule-name.js';
import type {
  KnownRules,
  Suppression,
  SuppressionProblem,
  SuppressionScope,
  Suppressions,
} from './suppression.js';

const METADATA_KEY = 'cfn-tx-lint';
const HOW = 'write "ignore: [rule-id]"';

/** A template, and where its parts stand in the text. */
export interface Holder {
  readonly value: unknown;
  origin(path: Path): Path;
}

/**
 * Reads `Metadata: { cfn-tx-lint: { ignore: [...] } }` at the top level and on each resource.
 * @param template the template that the source holds, where it does not stand there as it is
 */
export function fromMetadata(
  source: Source,
  knownRules: KnownRules,
  template: Holder = { value: source.value, origin: (path) => path },
): Suppressions {
  const suppressions: Suppression[] = [];
  const problems: SuppressionProblem[] = [];

  const read = (holder: unknown, holderPath: Path, scope: SuppressionScope): void => {
    const block = member(member(holder, 'Metadata'), METADATA_KEY);
    if (block === undefined) return;
    const path = [...holderPath, 'Metadata', METADATA_KEY];
    const resource = scope.kind === 'resource' ? scope.logicalId : null;
    const rangeOf = (place: Path) => {
      const location = source.locate(template.origin(place));
      return source.range(location?.value ?? { start: 0, end: 0 });
    };
    const complain = (message: string, place: Path): void => {
      problems.push({ message, range: rangeOf(place), resource });
    };

    const ignore = member(block, 'ignore');
    if (ignore === undefined) {
      complain(complaintAboutBlock(block), path);
      return;
    }
    const listPath = [...path, 'ignore'];
    if (!Array.isArray(ignore)) {
      complain(`"ignore" under ${METADATA_KEY} takes a list of rule ids: ${HOW}.`, listPath);
      return;
    }
    if (ignore.length === 0) {
      complain(`This suppression names no rule; ${HOW}.`, listPath);
      return;
    }
    const seen = new Set<string>();
    for (const [index, name] of ignore.entries()) {
      const place = [...listPath, index];
      if (typeof name !== 'string') {
        complain(
          'A rule id in "ignore" must be a plain string: no function, number or map can name a rule.',
          place,
        );
        continue;
      }
      const complaint = complaintAboutRule(name, knownRules);
      if (complaint !== undefined) complain(complaint, place);
      else if (!seen.has(name)) {
        seen.add(name);
        const line = rangeOf(place).start.line;
        suppressions.push({ ruleId: name, kind: 'metadata', scope, justification: null, line });
      }
    }
  };

  read(template.value, [], { kind: 'file' });
  const resources = member(template.value, 'Resources');
  if (isMap(resources)) {
    for (const logicalId of Object.keys(resources)) {
      read(member(resources, logicalId), ['Resources', logicalId], { kind: 'resource', logicalId });
    }
  }
  return { suppressions, problems };
}

function complaintAboutBlock(block: unknown): string {
  if (!isMap(block)) return `The metadata ${METADATA_KEY} takes a map: ${HOW} in it.`;
  const near = Object.keys(block).find((key) => likelyMeant(key, ['ignore']) !== undefined);
  const hint = near === undefined ? HOW : `${quoted(near)} must be spelt "ignore"`;
  return `This suppression names no rule; ${hint}.`;
}

function member(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

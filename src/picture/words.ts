import type { CalledAs } from '../lint/result.js';
import type { PictureCause, PictureEdge, PictureNode } from './picture.js';

/** As whom a call is made, as an edge says it. */
export const CALLED_AS: Readonly<Record<CalledAs, string>> = {
  user: 'as the user',
  'shared-client': 'as shared client',
  'callers-token': "caller's token",
  'gateway-role': 'as gateway role',
  'caller-role': "as caller's role",
  'api-key': 'API key',
  nobody: 'as nobody',
  unknown: 'identity unknown',
};

/** What is said wherever the user's identity is lost. */
export const LOST = 'identity lost';

/** What is written on an edge, a line each; none where there is nothing to say. */
export function edgeLines(edge: PictureEdge): readonly string[] {
  const { label, calledAs, lost } = edge;
  return [
    label,
    // That it is lost says more than that nobody knows whose it is.
    calledAs === null || (lost && calledAs === 'unknown') ? '' : CALLED_AS[calledAs],
    lost && calledAs !== null ? LOST : '',
    ...conditionLines(edge),
  ].filter((line) => line !== '');
}

/** Under which parameters something holds, and in which environments; empty for what always holds. */
export function conditionLines({
  scenario,
  environments,
}: Pick<PictureEdge, 'scenario' | 'environments'>): readonly string[] {
  return [scenario ?? '', environmentWords(environments)].filter((line) => line !== '');
}

/** Whether something holds only for some parameters, or in some environments. */
export function isConditional({
  scenario,
  environments,
}: Pick<PictureEdge, 'scenario' | 'environments'>): boolean {
  return scenario !== null || environments !== null;
}

/** What a node is the cause of, in one line. */
export function causeLine(cause: PictureCause): string {
  return ['Cause:', cause.says, ...conditionLines(cause)].join(' ');
}

/** The environments as the end of a phrase: `in prod, qa`; empty for what holds in all of them. */
export function environmentWords(environments: readonly string[] | null): string {
  return environments === null ? '' : `in ${environments.join(', ')}`;
}

/**
 * What is written in a node below its name, a line each: its details, and the environments that it stands in, or ends
 * differently in.
 */
export function detailLines({ detail, lines, outcomes, environments }: PictureNode): readonly string[] {
  const ended = Object.entries(outcomes ?? {});
  const ways = [...new Set(ended.map(([, outcome]) => outcome))].map((way) =>
    [way, environmentWords(ended.flatMap(([name, outcome]) => (outcome === way ? name : [])))].join(' '),
  );
  const where = ways.length > 0 ? ways : [environmentWords(environments)];
  return [detail, ...(lines ?? []), ...where].filter((line) => line !== '');
}

import { isMap, own } from '../plain/map.js';
import { parseSource } from '../source/parse.js';
import type { Path } from '../source/types.js';
import { cloudFormationDialect, lowerTemplate } from './cloudformation.js';
import type { Dialect, FrontEnd } from './front-end.js';

/** The answer is a copy of what is deployed: a fix belongs into the template that it was deployed from. */
const dialect: Dialect = { ...cloudFormationDialect, fixes: false };

/**
 * The answer of `aws cloudformation get-template`: `{ TemplateBody, StagesAvailable }`, where the body is a map for a
 * template in JSON and a text for one in YAML. Source: API_GetTemplate of the CloudFormation API reference, and the AWS
 * CLI, which parses what is JSON.
 */
export const templateAnswer: FrontEnd = {
  id: 'template-answer',
  lower({ file, value }) {
    const body = isMap(value) ? own(value, BODY) : undefined;
    // The body has a format of its own, whatever the name of the file around it says.
    const parsed = typeof body === 'string' ? parseSource(`${file}#${BODY}`, body) : undefined;
    const template = parsed?.ok ? parsed.source : isMap(body) ? { value: body } : undefined;
    const lowered = template === undefined ? undefined : lowerTemplate(template.value);
    if (lowered === undefined) return undefined;
    // Within a text nobody looks up places: the whole of it is where everything stands.
    const origin = (path: Path): Path => (typeof body === 'string' ? [BODY] : [BODY, ...path]);
    return { ...lowered, origin, dialectOf: () => dialect };
  },
};

const BODY = 'TemplateBody';

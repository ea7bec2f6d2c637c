import { isMap, own, type PlainMap } from '../plain/map.js';
import type { Dialect, FrontEnd, Lowered } from './front-end.js';

/** CloudFormation's own words. */
export const cloudFormationDialect: Dialect = {
  name: 'CloudFormation',
  word: (name) => name,
  sayings: {},
  fixes: true,
  facts: {},
};

/** A template as it is: nothing has to be translated. */
export function asItIs(value: PlainMap): Lowered {
  return {
    value,
    origin: (path) => path,
    nameOf: (logicalId) => logicalId,
    dialectOf: () => cloudFormationDialect,
  };
}

/** Templates of CloudFormation, SAM and the CDK. */
export const cloudFormation: FrontEnd = {
  id: 'cloudformation',
  lower({ value }) {
    return lowerTemplate(value);
  },
};

/** A plain value as a template; undefined when it has not the outline of one. */
export function lowerTemplate(value: unknown): Lowered | undefined {
  return isMap(value) && looksLikeTemplate(value) ? asItIs(value) : undefined;
}

/** Whether a plain value has the outline of a CloudFormation template. */
function looksLikeTemplate(value: PlainMap): boolean {
  const resources = own(value, 'Resources');
  if (isMap(resources)) {
    if (own(value, 'AWSTemplateFormatVersion') !== undefined) return true;
    let isEmpty = true;
    // Plain maps inherit no keys.
    for (const key in resources) {
      if (key.startsWith('Fn::') || typeof own(resources[key], 'Type') === 'string') return true;
      isEmpty = false;
    }
    return isEmpty;
  }
  return own(value, 'AWSTemplateFormatVersion') !== undefined || hasModules(value);
}

/** Whether a template is made of modules alone, which a tool puts in before the deployment. */
function hasModules(value: PlainMap): boolean {
  const modules = own(value, 'Modules');
  return isMap(modules) && Object.values(modules).some((module) => typeof own(module, 'Source') === 'string');
}

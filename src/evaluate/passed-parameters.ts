import { own } from '../plain/map.js';
import { nestingType } from '../template/nested-stack-types.js';
import { opaque } from './answers.js';
import { entryAt } from './entries.js';
import type { Evaluation } from './evaluation.js';
import type { Scenario } from './scenario.js';
import { Cursor, cursorAt, type StackInstance } from './stack-instance.js';
import { ABSENT, type Alternative, chain, unknown } from './value.js';

/**
 * What the outer stack passes for a parameter of a nested one, however the resource writes that: by name, as a list of
 * keys and values, for a group of deployments of its own, or as a property of a module.
 * @returns absent in the scenarios in which it passes nothing; undefined for a stack of its own
 */
export function passedParameter(
  evaluation: Evaluation,
  instance: StackInstance,
  parameter: string,
  when: Scenario,
): Alternative[] | undefined {
  if (instance.parent === undefined) return undefined;
  const { instance: outer, logicalId, section, group } = instance.parent;
  const properties = cursorAt(outer, section, logicalId, 'Properties');
  if (section === 'Modules') {
    const written = properties.child(parameter);
    return written.exists
      ? evaluation.evaluate(written, when)
      : entryAt(evaluation, evaluation.evaluate(properties, when), parameter);
  }
  const nesting = nestingType(own(cursorAt(outer, section, logicalId).raw, 'Type'));
  const isList = nesting?.parameters === 'list';
  if (group !== undefined && nesting?.groups !== undefined) {
    const overrides = properties.at(nesting.groups.list, group, nesting.groups.overrides);
    const overridden = listedParameter(overrides, parameter);
    if (overridden.exists) return evaluation.evaluate(overridden, when);
    if (!Array.isArray(overrides.raw))
      return opaque(overrides, when, `${nesting.groups.overrides} is known only when it is deployed`);
  }
  // Nearly always it is written right there.
  const written = isList
    ? listedParameter(properties.child('Parameters'), parameter)
    : properties.at('Parameters', parameter);
  if (written.exists) return evaluation.evaluate(written, when);
  const block = evaluation.evaluate(properties, when);
  return isList
    ? chain(entryAt(evaluation, block, 'Parameters'), (list) => listedValue(evaluation, list, parameter))
    : entryAt(evaluation, block, 'Parameters', parameter);
}

/** What a list of `ParameterKey` and `ParameterValue` gives for a parameter. */
function listedValue(evaluation: Evaluation, list: Alternative, parameter: string): Alternative[] {
  const { value } = list;
  if (value.kind === 'absent' || value.kind === 'unknown') return [list];
  if (value.kind !== 'list') return [{ ...list, value: unknown('a list is expected here') }];
  for (const item of value.items) {
    if (item instanceof Cursor && own(item.raw, 'ParameterKey') === parameter)
      return evaluation.evaluate(item.child('ParameterValue'), list.when);
  }
  return [{ ...list, value: ABSENT }];
}

/** The value of a parameter in a list of `ParameterKey` and `ParameterValue`. */
function listedParameter(list: Cursor, parameter: string): Cursor {
  const index = Array.isArray(list.raw)
    ? list.raw.findIndex((entry) => own(entry, 'ParameterKey') === parameter)
    : -1;
  return list.at(index, 'ParameterValue');
}

import { openIn } from '../evaluate/derived.js';
import { type Alternative, displayText, knownText, type TextSymbol, type Value } from '../evaluate/value.js';

/**
 * Why nobody knows what a value is before the deployment, as a clause: "the parameter Arn has no value".
 * @param value one that is not known
 */
export function openReason(value: Value): string {
  if (value.kind === 'unknown') return value.reason;
  if (value.kind !== 'text') return 'it is known only when it is deployed';
  for (const part of value.parts) {
    const reason = typeof part === 'string' ? undefined : symbolReason(part);
    if (reason !== undefined) return reason;
  }
  return `${displayText(value)} is known only when it is deployed`;
}

function symbolReason(symbol: TextSymbol): string | undefined {
  switch (symbol.kind) {
    case 'opaque':
      return symbol.reason;
    case 'dangling':
      return `${symbol.name} is not declared`;
    case 'variable':
    case 'derived': {
      const [variable] = openIn(symbol);
      return variable === undefined ? undefined : `the parameter ${variable.name} has no value`;
    }
    case 'attribute':
      return undefined;
  }
}

/** Whether an alternative is what remains of a parameter beside its default, which is taken to hold where nobody sets it. */
export function isBesideDefault({ value, when }: Alternative): boolean {
  return (
    value.kind === 'text' &&
    value.parts.some(
      (part) =>
        typeof part !== 'string' &&
        openIn(part).some(
          (variable) =>
            variable.default !== undefined &&
            variable.default !== '' &&
            !when.allows(variable, variable.default),
        ),
    )
  );
}

/**
 * Why nobody can tell whether a value is right, as a clause; undefined where it is known, or where it is what remains of
 * a parameter beside its default.
 */
export function unprovenReason(alternative: Alternative): string | undefined {
  const { value } = alternative;
  const isOpen = value.kind === 'unknown' || (value.kind === 'text' && knownText(value) === undefined);
  return isOpen && !isBesideDefault(alternative) ? openReason(value) : undefined;
}

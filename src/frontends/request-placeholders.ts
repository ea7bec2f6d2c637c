import { isMap } from '../plain/map.js';
import { unknownValue } from './front-end.js';

/** What a script or a template engine fills in before a request is sent: `${ACCOUNT}`, `{{ account }}`. */
const PLACEHOLDER = /(\$\{[^${}]+\}|\{\{[\w .-]+\}\})/;

/** Whether a text can have a placeholder at all. */
export function mayHavePlaceholders(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** What things are called: a name is shown as it is written. */
const NAMES: ReadonlySet<string> = new Set(['name', 'Name', 'harnessName', 'HarnessName']);

/** A value in which what a placeholder stands for is unknown, but for names. */
export function withPlaceholders(value: unknown): unknown {
  if (typeof value === 'string') return PLACEHOLDER.test(value) ? filled(value) : value;
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, NAMES.has(key) ? entry : withPlaceholders(entry)]),
  );
}

function filled(text: string): unknown {
  // Every second piece is a placeholder.
  const parts = text
    .split(PLACEHOLDER)
    .map((piece, index) =>
      index % 2 === 0 ? piece : unknownValue(`${piece} is filled in before the request is sent`),
    )
    .filter((piece) => piece !== '');
  const [only] = parts;
  return parts.length === 1 ? only : { 'Fn::Join': ['', parts] };
}

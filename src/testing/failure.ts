import { AssertionError } from 'node:assert';

export interface FailureDetails {
  readonly actual?: unknown;
  readonly expected?: unknown;
  readonly cause?: unknown;
}

/**
 * Ends a test as failed. Test frameworks show `actual` and `expected` as a difference.
 * @throws AssertionError always
 */
export function fail(message: string, { cause, ...details }: FailureDetails = {}): never {
  const error = new AssertionError({ message, operator: 'fail', stackStartFn: fail, ...details });
  if (cause !== undefined) error.cause = cause;
  throw error;
}

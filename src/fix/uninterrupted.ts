import { setImmediate } from 'node:timers/promises';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The part of `process` that is needed here. */
export type SignalTarget = Pick<NodeJS.Process, 'on' | 'off' | 'listenerCount' | 'kill' | 'pid'>;

/**
 * Does work whose synchronous steps must not end halfway. A signal takes effect between them: while somebody listens
 * to it, Node.js delivers it between two turns of the event loop instead of ending the process at once.
 *
 * @param target the process
 */
export async function uninterrupted<Result>(
  target: SignalTarget,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const stopListening = (): void => {
    for (const signal of SIGNALS) target.off(signal, passOn);
  };
  const passOn = (signal: NodeJS.Signals): void => {
    stopListening();
    // Where others listen, they have it as well; where nobody does, it ends the process.
    if (target.listenerCount(signal) === 0) target.kill(target.pid, signal);
  };
  for (const signal of SIGNALS) target.on(signal, passOn);
  try {
    return await work();
  } finally {
    // Signals that came during the last step are delivered in the next turn.
    await setImmediate();
    await setImmediate();
    stopListening();
  }
}

import { setImmediate } from 'node:timers/promises';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The part of `process` that is needed here. */
export type SignalTarget = Pick<NodeJS.Process, 'on' | 'off' | 'listenerCount' | 'kill' | 'pid'>;

/**
 * Does work that must not end halfway. A signal that comes meanwhile takes effect afterwards: while somebody listens,
 * Node.js delivers it between two turns of the event loop, and the work takes none.
 */
export async function uninterrupted<Result>(target: SignalTarget, work: () => Result): Promise<Result> {
  let caught: NodeJS.Signals | undefined;
  const listen = (signal: NodeJS.Signals): void => {
    caught = signal;
  };
  for (const signal of SIGNALS) target.on(signal, listen);
  try {
    return work();
  } finally {
    // One turn of the event loop, so that a signal which came during the work is delivered to `listen`.
    await setImmediate();
    await setImmediate();
    for (const signal of SIGNALS) target.off(signal, listen);
    // Others that listen have had it already; without them it would be lost.
    if (caught !== undefined && target.listenerCount(caught) === 0) target.kill(target.pid, caught);
  }
}

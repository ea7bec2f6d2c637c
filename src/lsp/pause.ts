/** How long the server may be deaf, in milliseconds: what is typed or cancelled meanwhile waits for so long at most. */
const DEAF = 12;

/** A pause for a run, whenever enough time has gone by: what has arrived from the editor is heard, and may end the run. */
export function everyNowAndThen(): () => Promise<void> | undefined {
  let heard = performance.now();
  return () => {
    if (performance.now() - heard < DEAF) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        heard = performance.now();
        resolve();
      }),
    );
  };
}

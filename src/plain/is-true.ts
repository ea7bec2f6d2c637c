const TRUE = /^(?:true|yes|on|y|1)$/i;

/** Whether a value is true in any way in which it is written, quoted too: what hides a secret is better taken for it. */
export function isTrue(value: unknown): boolean {
  return (
    value === true || ((typeof value === 'string' || typeof value === 'number') && TRUE.test(String(value)))
  );
}

/**
 * Milliseconds since the process started. (`performance.now` would do, and makes Node load a dozen of its modules,
 * which a short run would notice.)
 */
export function now(): number {
  return process.uptime() * 1000;
}

/**
 * Lets a promise go that the test does not look at: its request is never answered, and fails at its deadline, seconds after the
 * test has ended, as an error outside of any test.
 */
export function ignored(promise: Promise<unknown>): void {
  promise.catch(() => {});
}

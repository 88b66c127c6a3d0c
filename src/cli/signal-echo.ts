/**
 * npm passes on the SIGINT that the terminal has sent to the whole process group already, so one Ctrl-C under
 * `npm start` arrives twice, less than a millisecond apart. What comes this soon after another is the same key press.
 */
const ECHO_MS = 250;

/** `listener` without the echoes of what it has been told. `now` in milliseconds. */
export function withoutEchoes<T>(listener: (signal: T) => void, now: () => number): (signal: T) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (signal) => {
    const at = now();
    const isEcho = at - last < ECHO_MS;
    last = at;
    if (!isEcho) listener(signal);
  };
}

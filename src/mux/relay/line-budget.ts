/**
 * The lines that the clients of one socket may cause in the log: what a client does wrong under a new name each time is not folded
 * by the log, and must not fill a disk. Beyond the budget lines are counted, and the count is logged with the next minute's first.
 */

type WriteLine = (level: 'debug' | 'info' | 'warn', text: string) => void;

/** Warnings of a minute. */
const A_MINUTE = 60;
const MINUTE_MS = 60_000;

/** Returns a log that writes to `log` within the budget; `debug` and `info` lines are not counted. */
export function withinBudget(
  log: WriteLine,
  where: () => string,
  now: () => number = () => performance.now(),
): WriteLine {
  let begun = Number.NEGATIVE_INFINITY;
  let written = 0;
  let left = 0;
  return (level, text) => {
    if (level !== 'warn') {
      log(level, text);
      return;
    }
    if (now() - begun >= MINUTE_MS) {
      if (left > 0)
        log(
          'warn',
          `${left} more warnings about clients of ${where()} were not logged: at most ${A_MINUTE} a minute are`,
        );
      begun = now();
      written = 0;
      left = 0;
    }
    if (written < A_MINUTE) log(level, text);
    else left++;
    written++;
  };
}

/** One at a time, in the order in which they came: rounds, applies and roll-backs do not mix. */

export class Sequence {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `run` when everything before has ended; settles as it does. */
  take<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.last.then(run);
    this.last = turn.catch(() => {});
    return turn;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    let seen: unknown;
    while (seen !== this.last) {
      seen = this.last;
      await seen;
    }
  }
}

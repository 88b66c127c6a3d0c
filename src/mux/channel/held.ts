/** The requests of one channel that wait to be let in (`Gate`): the end of the channel is theirs. */

export class Held {
  private readonly ends = new Set<(error: Error) => void>();

  /** Settles as `admitted` does, or rejects before it when the channel is closed. */
  wait<T>(admitted: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.ends.add(reject);
      admitted.then(resolve, reject).finally(() => this.ends.delete(reject));
    });
  }

  end(error: Error): void {
    for (const reject of this.ends) reject(error);
    this.ends.clear();
  }
}

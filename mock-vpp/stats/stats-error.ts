/** Thrown where the stats segment of a mock cannot be made, or its socket not listened on; `cause` is the reason. */
export class StatsError extends Error {
  constructor(cause: unknown) {
    super((cause as Error).message, { cause });
    this.name = 'StatsError';
  }
}

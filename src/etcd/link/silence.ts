/**
 * A time within which a sign of life has to come. A busy event loop reads late, so when the time is over, it reads what has come
 * meanwhile, before somebody is said to be silent.
 */
export class Silence {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOver = false;

  /** Calls `silent` after `ms`, unless `end` was called before. */
  constructor(ms: number, silent: () => void) {
    const late = () => {
      if (!this.isOver) silent();
    };
    // Bytes that the first turn reads may be decrypted in the second.
    this.timer = setTimeout(() => setImmediate(() => setImmediate(late)), ms);
  }

  end(): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

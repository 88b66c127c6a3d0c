/** A handler that holds VPP up: nobody is served until it has finished. */

/** Longest time of a timer: a client may ask for a ping of centuries, and a timer of more ends immediately. */
const MOST_MS = 2 ** 31 - 1;

export class Hold {
  private timer: NodeJS.Timeout | undefined;
  private over = (): void => {};
  private isOver = false;

  constructor(
    private readonly ms: number,
    /** The fate of messages that come meanwhile: the first one `ends` it early, and is served. */
    readonly meanwhile: 'waits' | 'is lost' | 'ends',
    /** Called when it has finished. */
    private readonly finished: () => void,
  ) {}

  /** Starts the time; `over` is called behind `finished`. */
  begin(over: () => void): void {
    this.over = over;
    this.timer = setTimeout(() => this.end(), Math.min(this.ms, MOST_MS));
  }

  end(): void {
    if (this.isOver) return;
    this.cancel();
    this.finished();
    this.over();
  }

  /** Ends it with nothing finished: VPP is gone. */
  cancel(): void {
    this.isOver = true;
    clearTimeout(this.timer);
  }
}

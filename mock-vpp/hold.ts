/** A handler that holds VPP up: nobody is served until it has finished. */
export class Hold {
  private timer: NodeJS.Timeout | undefined;
  private over = (): void => {};

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
    this.timer = setTimeout(() => this.end(), this.ms);
  }

  end(): void {
    clearTimeout(this.timer);
    this.finished();
    this.over();
  }

  /** Ends it with nothing finished: VPP is gone. */
  cancel(): void {
    clearTimeout(this.timer);
  }
}

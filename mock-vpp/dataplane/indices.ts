/** Numbers given out one by one, the one given back last first, as VPP's load-balance indices. */
export class Indices {
  private readonly free: number[] = [];

  constructor(private next: number) {}

  /** All that are given out are below it. */
  get end(): number {
    return this.next;
  }

  take(): number {
    return this.free.pop() ?? this.next++;
  }

  giveBack(index: number): void {
    this.free.push(index);
  }
}

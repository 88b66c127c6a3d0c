/** A number of places that several share; one that finds none free is refused, or waits for it in order. */

export class Places {
  private used = 0;
  private readonly waiting = new Set<() => void>();

  constructor(private most = 0) {}

  get taken(): number {
    return this.used;
  }

  /** Whether the next one would have to wait. */
  get isFull(): boolean {
    return this.waiting.size > 0 || this.used >= this.most;
  }

  /** Calls `begin` when a place is free, immediately if one is. The function given back frees it, or gives the wait up. */
  take(begin: () => void = () => {}): () => void {
    const start = () => begin();
    let isOver = false;
    this.waiting.add(start);
    this.next();
    return () => {
      if (isOver) return;
      isOver = true;
      if (!this.waiting.delete(start)) this.used -= 1;
      this.next();
    };
  }

  /** Changes the number; places that are taken stay taken. */
  configure(most: number): void {
    this.most = most;
    this.next();
  }

  private next(): void {
    for (const start of this.waiting) {
      if (this.used >= this.most) return;
      this.waiting.delete(start);
      this.used += 1;
      start();
    }
  }
}

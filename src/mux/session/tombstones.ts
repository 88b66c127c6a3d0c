/** Recently abandoned requests by context, so that a late reply can be attributed. Bounded. */

interface Tombstone {
  readonly requestName: string;
  readonly channel: number;
}

const KEPT = 4096;

export class Tombstones {
  private readonly byContext = new Map<number, Tombstone>();

  add(context: number, requestName: string, channel: number): void {
    this.byContext.set(context, { requestName, channel });
    if (this.byContext.size <= KEPT) return;
    const oldest = this.byContext.keys().next();
    if (!oldest.done) this.byContext.delete(oldest.value);
  }

  find(context: number): Tombstone | undefined {
    return this.byContext.get(context);
  }
}

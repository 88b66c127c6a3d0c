/** Instances of a driver's interfaces, the N of loopN: chosen by the client, or the lowest free one. */
export class Instances {
  private readonly used = new Set<number>();
  /** No instance below it is free. */
  private lowest = 0;

  has(instance: number): boolean {
    return this.used.has(instance);
  }

  /** The lowest free one; it stays free. */
  get lowestFree(): number {
    while (this.used.has(this.lowest)) this.lowest++;
    return this.lowest;
  }

  take(instance: number): void {
    this.used.add(instance);
  }

  giveBack(instance: number): void {
    if (this.used.delete(instance)) this.lowest = Math.min(this.lowest, instance);
  }
}

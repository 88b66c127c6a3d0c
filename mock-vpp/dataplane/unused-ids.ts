/** Ids that VPP chooses when it is asked for any: pseudo-random ones, the same in each run. */
export class UnusedIds {
  private seed = 0;

  /** `bits`: the id's size. */
  constructor(private readonly bits: number) {}

  /** The next id that is not used: as VPP, it looks around a random one. */
  next(isUsed: (id: number) => boolean): number {
    for (;;) {
      this.seed = this.fitting(Math.imul(1664525, this.seed) + 1013904223);
      for (let i = 0; i < 1024; i++) {
        this.seed = this.fitting(this.seed + (2 * (i % 2) - 1) * i);
        if (this.seed !== 0 && this.seed !== 0xffffffff && !isUsed(this.seed)) return this.seed;
      }
    }
  }

  private fitting(id: number): number {
    return (id >>> 0) % 2 ** this.bits;
  }
}

/** A map whose values are made when they are asked for; its keys and their order are known. */
export class LazyMap<T extends object> implements ReadonlyMap<string, T> {
  private readonly made = new Map<string, T>();

  /** `make`: makes the value of a key from the number that it has in `numbers`. */
  constructor(
    private readonly numbers: ReadonlyMap<string, number>,
    private readonly make: (number: number) => T,
  ) {}

  get size(): number {
    return this.numbers.size;
  }

  has(key: string): boolean {
    return this.numbers.has(key);
  }

  get(key: string): T | undefined {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const number = this.numbers.get(key);
    if (number === undefined) return undefined;
    const value = this.make(number);
    this.made.set(key, value);
    return value;
  }

  keys(): MapIterator<string> {
    return this.numbers.keys();
  }

  *values(): MapIterator<T> {
    for (const key of this.numbers.keys()) yield this.get(key) as T;
  }

  *entries(): MapIterator<[string, T]> {
    for (const key of this.numbers.keys()) yield [key, this.get(key) as T];
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  forEach(each: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [key, value] of this) each(value, key, this);
  }
}

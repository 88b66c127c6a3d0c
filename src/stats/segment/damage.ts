/** Thrown where the segment leads nowhere: the entry is skipped, with the message as its reason. */
export class Damage extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Damage';
  }
}

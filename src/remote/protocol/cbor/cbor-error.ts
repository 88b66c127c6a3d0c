/** Bytes that are no CBOR, or more than is taken; a value that CBOR is not made of. */

export class CborError extends Error {
  override readonly name = 'CborError';
  /** Byte at which the input is wrong; undefined for a value that cannot be encoded. */
  readonly offset: number | undefined;

  constructor(message: string, offset?: number) {
    super(offset === undefined ? message : `${message}, at byte ${offset}`);
    this.offset = offset;
  }
}

import { type Encodable, type Field, type Fields, isVarint, type MessageType, WIRE } from './protobuf.js';

/** The bytes of a message. @throws RangeError for a number that is no safe integer. */
export function encode<F extends Fields>(type: MessageType<F>, value: Encodable<MessageType<F>>): Buffer {
  const parts: Uint8Array[] = [];
  for (const [name, field] of Object.entries(type.fields)) {
    const given = (value as Record<string, unknown>)[name];
    if (given === undefined) continue;
    for (const each of field.repeated ? (given as readonly unknown[]) : [given]) encodeField(parts, field, each);
  }
  return Buffer.concat(parts);
}

function encodeField(parts: Uint8Array[], field: Field<unknown>, value: unknown): void {
  const { number, kind } = field;
  parts.push(varint(BigInt(number * 8 + (isVarint(field) ? WIRE.varint : WIRE.length))));
  if (isVarint(field)) {
    if (kind === 'int' && !Number.isSafeInteger(value))
      throw new RangeError(`${value} is no whole number that etcd takes`);
    parts.push(varint(BigInt.asUintN(64, BigInt(value as number | bigint | boolean))));
    return;
  }
  const content =
    kind === 'text'
      ? Buffer.from(value as string)
      : kind === 'bytes'
        ? (value as Uint8Array)
        : encode(kind as MessageType<Fields>, value as object);
  parts.push(varint(BigInt(content.length)), content);
}

function varint(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    out.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(out);
}

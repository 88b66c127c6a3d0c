/**
 * Reads messages. Everything is bounded: by the message's own length, by MOST_ELEMENTS, and by the depth of the tables.
 */

import { type Decoded, type Field, type Fields, isVarint, type Kinds, type MessageType, WIRE } from './protobuf.js';

/** Elements of all lists of one message. */
const MOST_ELEMENTS = 500_000;

/** A message that is none, with where it broke. */
export class ProtobufError extends Error {}

/** @throws ProtobufError for bytes that are no such message. Unknown fields are skipped: newer etcds send them. */
export function decode<F extends Fields>(type: MessageType<F>, buffer: Buffer): Decoded<MessageType<F>> {
  return new Reading(buffer).message(type as unknown as MessageType<Fields>, buffer.length) as Decoded<MessageType<F>>;
}

class Reading {
  private at = 0;
  private elements = 0;

  constructor(private readonly buffer: Buffer) {}

  message(type: MessageType<Fields>, end: number): Record<string, unknown> {
    const value = defaultsOf(type);
    while (this.at < end) {
      const tag = this.safe(this.varint(end), type.name);
      const known = type.byNumber.get(Math.floor(tag / 8));
      if (known === undefined) this.skip(tag % 8, end, type.name);
      else this.field(value, known, tag % 8, end, type.name);
    }
    return value;
  }

  private field(
    value: Record<string, unknown>,
    known: readonly [string, Field<unknown>],
    wire: number,
    end: number,
    of: string,
  ): void {
    const [name, field] = known;
    const where = `${of}.${name}`;
    const isNumber = isVarint(field);
    if (wire !== (isNumber ? WIRE.varint : WIRE.length)) throw new ProtobufError(`${where} has wire type ${wire}`);
    const read = isNumber ? this.scalar(field, end, where) : this.content(field, this.length(end, where));
    if (field.repeated) this.add(value, name, read, where);
    else value[name] = read;
  }

  private add(value: Record<string, unknown>, name: string, element: unknown, where: string): void {
    this.elements++;
    if (this.elements > MOST_ELEMENTS) throw new ProtobufError(`${where} has more than ${MOST_ELEMENTS} elements`);
    (value[name] as unknown[]).push(element);
  }

  private scalar({ kind }: Field<unknown>, end: number, where: string): number | bigint | boolean {
    const read = this.varint(end);
    if (kind === 'bool') return read !== 0n;
    return kind === 'id' ? read : this.safe(BigInt.asIntN(64, read), where);
  }

  private content({ kind }: Field<unknown>, end: number): unknown {
    if (typeof kind === 'object') return this.message(kind, end);
    const { at } = this;
    this.at = end;
    // A copy, so that a short value does not keep the answer that it came with.
    return kind === 'text' ? this.buffer.toString('utf8', at, end) : Buffer.from(this.buffer.subarray(at, end));
  }

  private safe(value: bigint, where: string): number {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new ProtobufError(`${where} is ${value}, which is beyond 2^53`);
    return number;
  }

  /** Reads a length, and gives where its content ends. */
  private length(end: number, where: string): number {
    const length = this.safe(this.varint(end), where);
    const until = this.at + length;
    if (until > end) throw new ProtobufError(`${where} ends behind its message`);
    return until;
  }

  private varint(end: number): bigint {
    let low = 0;
    for (let shift = 0; shift < 28 && this.at < end; shift += 7) {
      const byte = this.buffer[this.at++];
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt(low);
      if (shift === 21) return this.longVarint(BigInt(low), end);
    }
    throw new ProtobufError('a number ends behind its message');
  }

  private longVarint(low: bigint, end: number): bigint {
    let value = low;
    for (let shift = 28n; shift < 70n; shift += 7n) {
      if (this.at >= end) throw new ProtobufError('a number ends behind its message');
      const byte = this.buffer[this.at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new ProtobufError('a number takes more than ten bytes');
  }

  private skip(wire: number, end: number, where: string): void {
    if (wire === WIRE.varint) this.varint(end);
    else if (wire === WIRE.length) this.at = this.length(end, where);
    else if (wire === WIRE.fixed64 || wire === WIRE.fixed32) this.at += wire === WIRE.fixed64 ? 8 : 4;
    else throw new ProtobufError(`${where} has a field of wire type ${wire}`);
    if (this.at > end) throw new ProtobufError(`${where} ends within a field`);
  }
}

const DEFAULTS: Readonly<Record<keyof Kinds, unknown>> = {
  ...{ int: 0, id: 0n, bool: false, bytes: Buffer.alloc(0), text: '' },
};

function defaultsOf(type: MessageType<Fields>): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, { kind, repeated }] of Object.entries(type.fields)) {
    value[name] = repeated ? [] : typeof kind === 'string' ? DEFAULTS[kind] : undefined;
  }
  return value;
}

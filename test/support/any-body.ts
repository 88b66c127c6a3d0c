/**
 * Bodies of any content for a message, made from its definition: numbers at the borders of their types, enums out of range, texts
 * that do not end, lists of all lengths, and now and then a length or a count that lies.
 */
import type { Field, MessageDef, Type } from '../../src/mux/internal.js';

const MESSAGE_ID = '_vl_msg_id';
/** Elements of a list, mostly. */
const COUNTS = [0, 0, 1, 1, 2, 3, 17];
const SIZES: Readonly<Record<string, number>> = { u8: 1, i8: 1, bool: 1, u16: 2, i16: 2, u32: 4, i32: 4, f64: 8 };

export interface AnyBody {
  readonly bytes: Buffer;
  /** Whether all that it announces is there: such a request has to be answered. */
  readonly isWhole: boolean;
}

/** The parts of the header. */
export interface Head {
  readonly id: number;
  readonly clientIndex: number;
  readonly context: number;
}

/** `random` gives numbers from 0 up to 1. */
export function anyBody({ fields }: MessageDef, head: Head, random: () => number): AnyBody {
  const maker = new Maker(random);
  const given = new Map([
    [MESSAGE_ID, [head.id, 2]],
    ['client_index', [head.clientIndex, 4]],
    ['context', [head.context, 4]],
  ]);
  for (const field of fields) {
    const [value, size] = given.get(field.name) ?? [];
    if (value === undefined || size === undefined) maker.field(field, fields);
    else maker.number(value, size);
  }
  return maker.done();
}

class Maker {
  private readonly parts: Buffer[] = [];
  /** Elements to come, by the name of their count. */
  private readonly counts = new Map<string, number>();
  private isWhole = true;

  constructor(private readonly random: () => number) {}

  done(): AnyBody {
    // Bytes behind the end are no harm.
    if (this.oneIn(8)) this.bytes(this.below(40));
    return { bytes: Buffer.concat(this.parts), isWhole: this.isWhole };
  }

  number(value: number, size: number): void {
    const bytes = Buffer.alloc(size);
    bytes.writeUIntBE(value, 0, size);
    this.parts.push(bytes);
  }

  field(field: Field, siblings: readonly Field[]): void {
    const { name, type, array } = field;
    const list = siblings.find((each) => each.array?.kind === 'counted' && each.array.countField === name);
    if (list !== undefined) this.count(name, type as Type);
    else if (type.kind === 'string') this.text(array?.kind === 'fixed' ? array.length : undefined);
    else if (array === undefined) this.value(type);
    else this.list(type, this.lengthOf(array));
  }

  private lengthOf(array: NonNullable<Field['array']>): number {
    if (array.kind === 'fixed') return array.length;
    if (array.kind === 'counted') return this.counts.get(array.countField) ?? 0;
    return this.pick(COUNTS);
  }

  /** A count, mostly that of what follows. */
  private count(name: string, type: Type): void {
    const count = this.pick(COUNTS);
    const size = sizeOf(type);
    const isLie = this.oneIn(12);
    const said = isLie ? this.pick([count + 1, count * 2, 2 ** (8 * size) - 1]) : count;
    this.counts.set(name, count);
    if (said > count) this.isWhole = false;
    this.number(said, size);
  }

  private list(type: Type, length: number): void {
    // Long arrays of bytes are one value of many: an address, a key, a mask.
    if (type.kind === 'scalar' && type.size === 1 && length > 4) this.bytes(length);
    else for (let i = 0; i < length; i++) this.value(type);
  }

  private value(type: Type): void {
    switch (type.kind) {
      case 'scalar':
        this.scalar(sizeOf(type), type.name === 'bool');
        break;
      case 'enum':
        if (this.oneIn(6)) this.scalar(type.size, false);
        else this.number(unsigned(this.pick([...type.values.values()]), type.size), type.size);
        break;
      case 'alias':
        if (type.length === undefined) this.value(type.target);
        else this.list(type.target, type.length);
        break;
      case 'struct':
        for (const field of type.fields) this.field(field, type.fields);
        break;
      case 'union':
        this.bytes(type.size);
    }
  }

  private scalar(size: number, isBool: boolean): void {
    if (isBool && !this.oneIn(20)) this.number(this.below(2), 1);
    else if (this.oneIn(3)) this.bytes(size);
    else if (size === 8) this.pair();
    else
      this.number(
        this.pick([0, 0, 0, 1, 1, 2, 3, 2 ** (8 * size) - 1, 2 ** (8 * size) - 2, 2 ** (8 * size - 1)]),
        size,
      );
  }

  /** A number of eight bytes. */
  private pair(): void {
    this.scalar(4, false);
    this.scalar(4, false);
  }

  /** Bytes that are all the same, or random. */
  private bytes(length: number): void {
    const bytes = Buffer.alloc(length, this.pick([0, 0, 1, 0x7f, 0xff]));
    if (this.oneIn(2)) for (let i = 0; i < length; i++) bytes[i] = this.below(256);
    this.parts.push(bytes);
  }

  /** A text of `room` bytes that may not end; undefined: one behind its length, which may lie. */
  private text(room: number | undefined): void {
    const length = room ?? this.pick([0, 1, 7, 70, 300]);
    const text = Buffer.alloc(length);
    const kind = this.below(4);
    if (kind === 0) text.fill('x');
    else if (kind === 1) for (let i = 0; i < length; i++) text[i] = this.below(256);
    else if (kind === 2) text.write(this.pick(['a', 'loop0', 'show version', 'é\n\0b', '../../x']));
    if (room === undefined) {
      const isLie = this.oneIn(12);
      if (isLie) this.isWhole = false;
      this.number(isLie ? this.pick([length + 1, 0x7fffffff, 0xffffffff]) : length, 4);
    }
    this.parts.push(text);
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private oneIn(count: number): boolean {
    return this.below(count) === 0;
  }
}

function sizeOf(type: Type): number {
  if (type.kind === 'alias') return sizeOf(type.target);
  if (type.kind === 'scalar') return SIZES[type.name] ?? 8;
  return type.kind === 'enum' ? type.size : 4;
}

/** A value of an enum as the number that its bytes are. */
const unsigned = (value: number, size: number) => (value < 0 ? value + 2 ** (8 * size) : value);

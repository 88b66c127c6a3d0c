/** Frames gone wrong: random ones, and mutations of real ones. */
import fc from 'fast-check';

const HEADER = 16;
const LENGTH = 8;

/** Mutations of a frame's bytes. Only the last four leave the stream out of step. */
const WAYS = [
  'none',
  'flip',
  'flip',
  'flip',
  'overwrite',
  'cut',
  'lengthen',
  'random body',
  'random id',
  'random header',
  'context',
  'tiny',
] as const;
const LIES = ['announce less', 'announce more', 'announce far too much', 'bytes in between'] as const;

type Way = (typeof WAYS)[number] | (typeof LIES)[number];

export interface Mutation {
  /** Which real frame. */
  readonly frame: number;
  /** The request whose answer it pretends to be. */
  readonly whose: number;
  readonly way: Way;
  readonly at: number;
  readonly value: number;
}

const u32 = fc.nat(0xffffffff);

/** `lies`: now and then one whose header does not say what follows. */
export function mutations(count: number, lies: boolean): fc.Arbitrary<Mutation[]> {
  const honest = fc.constantFrom<Way>(...WAYS);
  const way = lies ? fc.oneof({ arbitrary: honest, weight: 30 }, fc.constantFrom<Way>(...LIES)) : honest;
  const one = fc.tuple(fc.nat(1000), fc.nat(1000), way, u32, u32);
  return fc
    .array(one, { minLength: count, maxLength: count, size: 'max' })
    .map((all) => all.map(([frame, whose, how, at, value]) => ({ frame, whose, way: how, at, value })));
}

/** True when the stream cannot be read on after it. */
export function isLie({ way }: Mutation): boolean {
  return (LIES as readonly Way[]).includes(way);
}

/** `frame` is overwritten or copied; `contextAt`: offset of its context within the body. */
export function mutate(frame: Buffer, { way, at, value }: Mutation, contextAt: number): Buffer {
  const size = frame.length - HEADER;
  const place = HEADER + (at % Math.max(1, size));
  switch (way) {
    case 'none':
      return frame;
    case 'flip':
      frame[place] ^= 1 + (value % 255);
      return frame;
    case 'overwrite':
      noise(frame.subarray(place), value);
      return frame;
    case 'cut':
      return announced(frame.subarray(0, place));
    case 'lengthen':
      return announced(Buffer.concat([frame, noise(Buffer.alloc(1 + (at % 300)), value)]));
    case 'random body':
      noise(frame.subarray(HEADER + 2), value);
      return frame;
    case 'random id':
      frame.writeUInt16BE(value & 0xffff, HEADER);
      return frame;
    case 'random header':
      noise(frame.subarray(0, LENGTH), value);
      noise(frame.subarray(LENGTH + 4, HEADER), at);
      return frame;
    case 'context':
      if (contextAt >= 0) frame.writeUInt32BE(value, HEADER + contextAt);
      return frame;
    case 'tiny':
      return announced(frame.subarray(0, HEADER + (at % 8)));
    case 'announce less':
      frame.writeUInt32BE(at % size, LENGTH);
      return frame;
    case 'announce more':
      frame.writeUInt32BE(size + 1 + (value % 100_000), LENGTH);
      return frame;
    case 'announce far too much':
      frame.writeUInt32BE(0x80000000 + (value & 0x7fffffff), LENGTH);
      return frame;
    default:
      return Buffer.concat([noise(Buffer.alloc(1 + (at % 40)), value), frame]);
  }
}

/** The frame with a header that is right about it. */
function announced(frame: Buffer): Buffer {
  const whole = Buffer.from(frame);
  whole.writeUInt32BE(whole.length - HEADER, LENGTH);
  return whole;
}

/** Fills `bytes` with what follows from `seed`. */
export function noise(bytes: Buffer, seed: number): Buffer {
  let state = seed | 1;
  for (let i = 0; i < bytes.length; i++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
    bytes[i] = state >>> 16;
  }
  return bytes;
}

/**
 * A union given with several arms. Arms that say the same bytes, as decoding gives them, are all written by the largest.
 * Of a decoded union in which the caller changed an arm, the changed one counts, as if it were given alone. Whatever else
 * contradicts itself is refused.
 */

import { originOf } from './union-origin.js';
import { BAD, givenIn } from './wire-write.js';

export interface Arm {
  readonly name: string;
  readonly size: number;
  /** Writes the arm's value into zeroed room. */
  readonly write: (b: Buffer, o: number, value: unknown) => void;
}

/** An arm and the bytes that its value makes. */
interface Image {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Writes into zeroed room. */
export function writeArms(
  b: Buffer,
  o: number,
  size: number,
  value: Readonly<Record<string, unknown>>,
  arms: readonly Arm[],
): void {
  const images = imagesOf(value, arms, size);
  const counting = contradiction(images) === undefined ? images : changedArms(value, arms, images, size);
  if (counting.length === 0 || contradiction(counting) !== undefined) throw BAD;
  counting.reduce((a, c) => (c.bytes.length > a.bytes.length ? c : a)).bytes.copy(b, o);
}

/** The reason why a union cannot be written, when it is given with several arms that are each right. */
export function whyContradictory(
  value: Readonly<Record<string, unknown>>,
  arms: readonly Arm[],
  size: number,
): string | undefined {
  const images = imagesOf(value, arms, size);
  const pair = contradiction(images);
  if (pair === undefined) return undefined;
  const changed = changedArms(value, arms, images, size);
  if (changed.length === 0) {
    return `${pair.join(' and ')} share their bytes, but are given different ones; give one of them`;
  }
  const clash = contradiction(changed);
  return (
    clash && `${clash.join(' and ')} share their bytes, and both were changed, to different ones; change one of them`
  );
}

function imagesOf(value: Readonly<Record<string, unknown>>, arms: readonly Arm[], size: number): Image[] {
  return arms.flatMap((arm) => {
    const given = givenIn(value, arm.name);
    return given === undefined ? [] : [imageOf(arm, given, size)];
  });
}

function imageOf({ name, size: own, write }: Arm, value: unknown, size: number): Image {
  const bytes = Buffer.alloc(size);
  write(bytes, 0, value);
  return { name, bytes: bytes.subarray(0, own) };
}

/** The names of two that do not agree in the bytes that they share. */
function contradiction(images: readonly Image[]): readonly [string, string] | undefined {
  for (const a of images) {
    for (const b of images) {
      const shared = Math.min(a.bytes.length, b.bytes.length);
      if (a.bytes.compare(b.bytes, 0, shared, 0, shared) !== 0) return [a.name, b.name];
    }
  }
  return undefined;
}

/** The arms that say something else than the bytes that were decoded; none where nothing was decoded. */
function changedArms(
  value: Readonly<Record<string, unknown>>,
  arms: readonly Arm[],
  images: readonly Image[],
  size: number,
): readonly Image[] {
  const origin = originOf(value);
  if (origin === undefined) return [];
  const whole = typeof origin === 'string' ? arms.find(({ name }) => name === 'ip6') : undefined;
  const bytes = whole === undefined ? (origin as Uint8Array) : imageOf(whole, origin, size).bytes;
  return images.filter((image) => image.bytes.compare(bytes, 0, image.bytes.length) !== 0);
}

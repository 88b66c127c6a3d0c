/** Source that reads and writes one scalar at a position. Integers are big-endian (WIRE 3.5). */

import type { Scalar } from '../schema/model.js';
import { at } from './source.js';

/** Expression that reads a scalar. Every `b[…]` is within what the caller has checked. */
export function load(name: Scalar, base: string, o: number): string {
  const byte = (i: number) => `b[${at(base, o + i)}]`;
  switch (name) {
    case 'u8':
      return byte(0);
    case 'i8':
      return `${byte(0)}<<24>>24`;
    case 'bool':
      return `${byte(0)}!==0`;
    case 'u16':
      return `(${byte(0)}<<8|${byte(1)})`;
    case 'i16':
      return `(${byte(0)}<<24>>16|${byte(1)})`;
    case 'u32':
      return `((${byte(0)}<<24|${byte(1)}<<16|${byte(2)}<<8|${byte(3)})>>>0)`;
    case 'i32':
      return `(${byte(0)}<<24|${byte(1)}<<16|${byte(2)}<<8|${byte(3)})`;
    case 'u64':
      return `readU64(b,${at(base, o)})`;
    case 'i64':
      return `readI64(b,${at(base, o)})`;
    default:
      return `readF64(b,${at(base, o)})`;
  }
}

/** Checks and stores a scalar. `v !== (v & 255)` refuses strings, NaN, fractions and what is out of range at once. */
export function storeChecked(name: Scalar, v: string, base: string, o: number): string {
  const a = at(base, o);
  switch (name) {
    case 'bool':
      return `if(${v}===true||${v}===1)b[${a}]=1;else if(${v}===false||${v}===0)b[${a}]=0;else throw BAD;`;
    case 'u64':
      return `writeU64(b,${a},${v});`;
    case 'i64':
      return `writeI64(b,${a},${v});`;
    case 'f64':
      return `writeF64(b,${a},${v});`;
    default:
      return `if(${v}!==${FITTED[name](v)})throw BAD;${store(name, v, a)}`;
  }
}

const FITTED: Readonly<Record<'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32', (v: string) => string>> = {
  u8: (v) => `(${v}&255)`,
  i8: (v) => `(${v}<<24>>24)`,
  u16: (v) => `(${v}&65535)`,
  i16: (v) => `(${v}<<16>>16)`,
  u32: (v) => `(${v}>>>0)`,
  i32: (v) => `(${v}|0)`,
};

/** Stores an integer, big-endian. */
export function store(name: Scalar, v: string, a: string): string {
  if (name === 'u8' || name === 'i8') return `b[${a}]=${v};`;
  if (name === 'u16' || name === 'i16') return `b[${a}]=${v}>>>8;b[${a}+1]=${v};`;
  return `b[${a}]=${v}>>>24;b[${a}+1]=${v}>>>16;b[${a}+2]=${v}>>>8;b[${a}+3]=${v};`;
}

/**
 * Message definition → a function that puts a message's JSON text into a buffer, straight from its bytes: the bytes that
 * `JSON.stringify(toJson(message, message.read(…)))` gives, without the objects in between. It is to `toJson` what
 * `codec/compile-read.ts` is to decoding, and reads what that reads; a test compares both on all messages of VPP.
 * Held by the benchmarks "dump, ndjson".
 *
 * Invariant: room for the text of the part of fixed size is made once, for each array before its elements, so that
 * nothing that puts text there has to look. A message that ends too early throws BAD, and nothing was written.
 */

import type { ByteWriter, ReadEnd } from '../codec/codec.js';
import { countOf, isSigned, loadCount } from '../codec/count-source.js';
import * as ip from '../codec/ip-text.js';
import { longestBody } from '../codec/memory.js';
import { load } from '../codec/scalar-source.js';
import { at, checked, compile, num } from '../codec/source.js';
import * as forms from '../codec/text-forms.js';
import type { Field, MessageDef, Type } from '../schema/model.js';
import { isIdentifier } from '../schema/names.js';
import { isScalar, minSizeOf, unaliased } from '../schema/sizes.js';
import * as bytes from './json-bytes.js';
import type { JsonSource } from './json-source.js';
import type { ShownOptions } from './shown-fields.js';
import { CLOSING, ESCAPED } from './single-values.js';
import { ValueCompiler } from './value-compiler.js';

/** Appends the JSON of the body in `b[p, end)` to `w`. Throws BAD where it is no such message. */
export type WriteJson = (w: ByteWriter, b: Buffer, p: number, end: number, at: ReadEnd) => void;

/** Thrown for a message that cannot be decoded; decoding it says why. */
export const BAD = new Error('not such a message');

const RUNTIME = {
  literal: bytes.literal,
  unsigned: bytes.unsigned,
  signed: bytes.signed,
  quotedU64: bytes.quotedU64,
  quotedI64: bytes.quotedI64,
  double: bytes.double,
  quoted: bytes.quoted,
  quotedBytes: bytes.quotedBytes,
  quotedIp4: bytes.quotedIp4,
  quotedPrefix: bytes.quotedPrefix,
  quotedIp4Prefix: bytes.quotedIp4Prefix,
  quotedIp6Prefix: bytes.quotedIp6Prefix,
  fixedString: bytes.fixedString,
  countedString: bytes.countedString,
  isZero: bytes.isZero,
  ip6Text: ip.ip6Text,
  macText: ip.macText,
  addressText: forms.addressText,
  exactAddressText: forms.exactAddressText,
  exactPrefixText: forms.exactPrefixText,
  TRUE: Uint8Array.from(Buffer.from('true')),
  FALSE: Uint8Array.from(Buffer.from('false')),
  BAD,
};

/** `skip`: leading fields to leave out. `encode`: makes a JSON string of text. */
export function compileJson(def: MessageDef, skip: number, options: ShownOptions, encode: bytes.EncodeText): WriteJson {
  const compiler = new JsonCompiler(options);
  const body = compiler.message(def, skip);
  return compile<WriteJson>(body, { ...RUNTIME, ...compiler.functions.constants(), encode });
}

class JsonCompiler extends ValueCompiler {
  private readonly variables = new Map<Type, string>();

  message(def: MessageDef, skip: number): string {
    const name = `json_${checked(def.name, isIdentifier)}`;
    const longest = longestBody(def);
    const tooLong = longest === Number.POSITIVE_INFINITY ? '' : `||end-p>${num(longest)}`;
    const source = this.functions.source();
    this.fields(source, def.fields, 'p', 0, skip);
    const text = `${source}`;
    const size = num(def.minSize);
    return (
      `${this.functions}\nreturn function ${name}(w,b,p,end,at){if(end-p<${size}${tooLong})throw BAD;` +
      `w.reserve(${num(source.bound)});let out=w.bytes,o=w.pos,q=p+${size};${text}at.end=q;w.pos=o;}`
    );
  }

  protected variable(
    source: JsonSource,
    { name, type, array }: Field,
    siblings: readonly Field[],
    base: string,
    structOffset: number,
    o: number,
  ): void {
    const n = this.functions.name('n');
    if (type.kind === 'string') {
      source.code(`const ${n}=${load('u32', base, o)};q=${at(base, o + 4)};if(${n}>end-q)throw BAD;`);
      source.code(`${this.room(n, ESCAPED)}o=countedString(out,o,b,q,${n},encode);q+=${n};`);
      return;
    }
    if (array === undefined) {
      const plain = unaliased(type);
      if (plain.kind !== 'struct') throw new Error(`${name} has no size`);
      this.struct(source, plain, base, o);
      return;
    }
    source.code(`q=${at(base, o)};`);
    const least = num(minSizeOf(type));
    let count = `Math.floor((end-q)/${least})`;
    if (array.kind === 'counted') count = loadCount(countOf(array.countField, siblings), siblings, base, structOffset);
    if (array.kind === 'fixed') count = num(array.length);
    const below = array.kind === 'counted' && isSigned(countOf(array.countField, siblings)) ? `${n}<0||` : '';
    source.code(`const ${n}=${count};if(${below}${n}*${least}>end-q)throw BAD;`);
    if (isScalar(type, 'u8')) source.code(`${this.room(n, 2)}o=quotedBytes(out,o,b,q,${n});q+=${n};`);
    else this.elements(source, type, n);
  }

  /** Elements from `q` on, as many as the variable `n` says. */
  private elements(source: JsonSource, type: Type, n: string): void {
    const element = this.functions.source();
    if (type.size === undefined) {
      element.code(`w.pos=o;${this.variableWriter(type)}(w,b,q,end,at);out=w.bytes;o=w.pos;q=at.end;`);
    } else {
      this.element(element, type, 'q', 0);
      element.code(`q+=${num(type.size)};`);
    }
    source.code(`${this.room(n, element.bound + 1)}out[o++]=91;`);
    // Elements of their own function have made room for themselves only.
    const more = type.size === undefined ? this.room('0', 0) : '';
    source.code(`for(let i=0;i<${n};i++){if(i>0){${more}out[o++]=44;}${element}}`);
    source.code(`${more}out[o++]=93;`);
  }

  /** Makes room for `n` times so many bytes, and for what closes a value and all that is open around it. */
  private room(n: string, each: number): string {
    return `w.pos=o;w.reserve(${n}*${num(each)}+${num(this.open + CLOSING)});out=w.bytes;`;
  }

  /** Function that writes a struct without fixed size at `p` and leaves its end in `at`. */
  private variableWriter(aliased: Type): string {
    const type = unaliased(aliased);
    if (type.kind !== 'struct') throw new Error(`${type.name} has no size`);
    const known = this.variables.get(type);
    if (known !== undefined) return known;
    const name = `${this.functions.name('f')}_${checked(type.name, isIdentifier)}`;
    this.variables.set(type, name);
    const outside = this.open;
    this.open = 0;
    const source = this.functions.source();
    this.struct(source, type, 'p', 0);
    this.open = outside;
    const text = `${source}`;
    const size = num(type.minSize);
    this.functions.add(
      `function ${name}(w,b,p,end,at){if(end-p<${size})throw BAD;w.reserve(${num(source.bound)});` +
        `let out=w.bytes,o=w.pos,q=p+${size};${text}at.end=q;w.pos=o;}`,
    );
    return name;
  }
}

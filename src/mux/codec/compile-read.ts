/**
 * Message definition → a function that decodes it. Every decision the schema settles is taken here, once:
 * the function is one bounds check and object literals of fixed shape over constant offsets; only what has
 * no fixed size is a loop. Held by test/mux/codec/speed.ts.
 *
 * Profile of a route dump: two thirds of the time make the objects of paths and label stacks, a tenth the
 * prefix's text, a twentieth the next hop's IPv6 text (cached); nothing else shows.
 *
 * Invariant: the function never reads outside [p, end): the fixed part is checked against `minSize` first,
 * each array against its count before anything is allocated for it. A message that can become far more in memory
 * than it is on the wire is refused above the size for which that is too much; others have no such check.
 */

import { FieldError } from '../errors.js';
import type { Field, MessageDef, StructType, Type, UnionType } from '../schema/model.js';
import { isIdentifier } from '../schema/names.js';
import { fieldSize, isScalar, minSizeOf, unaliased } from '../schema/sizes.js';
import type { ReadMessage } from './codec.js';
import { countOf, isSigned, loadCount } from './count-source.js';
import * as ip from './ip-text.js';
import { longestBody, MAX_MEMORY } from './memory.js';
import { load } from './scalar-source.js';
import { at, checked, compile, isInlined, num, valuesIn } from './source.js';
import * as forms from './text-forms.js';
import { findTruncation } from './truncation.js';
import { decodedAddress, decodedUnion } from './union-origin.js';
import * as wire from './wire-read.js';

const RUNTIME = {
  readU64: wire.readU64,
  readI64: wire.readI64,
  readF64: wire.readF64,
  copyBytes: wire.copyBytes,
  decodedAddress,
  decodedUnion,
  fixedText: wire.fixedText,
  countedText: wire.countedText,
  ip4Text: ip.ip4Text,
  ip6Text: ip.ip6Text,
  macText: ip.macText,
  addressText: forms.addressText,
  prefixText: forms.prefixText,
  exactAddressText: forms.exactAddressText,
  exactPrefixText: forms.exactPrefixText,
  ip4PrefixText: forms.ip4PrefixText,
  ip6PrefixText: forms.ip6PrefixText,
};

/** `start`: the variable that holds where the message begins. */
const failAt = (start: string) => `throw truncated(b,${start},end);`;
const FAIL = failAt('p');

/** Arrays up to this long are written out, unless what is in them is large. */
const UNROLLED = 16;

/** The source that reads a text form; `within`: the one for a union's arm. */
const FORM_READERS: Readonly<Partial<Record<forms.TextForm, { readonly plain: string; readonly within: string }>>> = {
  ip4_address: { plain: 'ip4Text', within: 'ip4Text' },
  ip6_address: { plain: 'ip6Text', within: 'ip6Text' },
  mac_address: { plain: 'macText', within: 'macText' },
  address: { plain: 'addressText', within: 'exactAddressText' },
  prefix: { plain: 'prefixText', within: 'exactPrefixText' },
  ip4_prefix: { plain: 'ip4PrefixText', within: 'ip4PrefixText' },
  ip6_prefix: { plain: 'ip6PrefixText', within: 'ip6PrefixText' },
};

/** `skip`: leading fields to leave out; `raw`: no text forms, unions as bytes. */
export function compileRead(def: MessageDef, skip: number, raw: boolean): ReadMessage {
  const source = new ReadSource(raw);
  const body = source.message(def, skip);
  const truncated = (b: Buffer, start: number, end: number) => {
    const { path, need, have } = findTruncation(def, b, start, end);
    return new FieldError(
      'TRUNCATED',
      `${def.name} ends within ${path}: ${need} more bytes are needed, ${have} are there (the message has ${end - start})`,
      { messageName: def.name, path },
    );
  };
  const tooLarge = (size: number) =>
    new FieldError(
      'MESSAGE_TOO_LARGE',
      `${def.name} has ${size} bytes and would take more than ${MAX_MEMORY >> 20} MiB of memory: no VPP sends that; it was not decoded`,
      { messageName: def.name },
    );
  return compile<ReadMessage>(body, { ...RUNTIME, truncated, tooLarge });
}

class ReadSource {
  private readonly helpers: string[] = [];
  /** Functions for types: first as they are anywhere, then as they are within a union. */
  private readonly named = [new Map<Type, string>(), new Map<Type, string>()];
  private names = 0;
  private unions = 0;
  /** Functions for structs without fixed size. */
  private readonly variables = new Map<Type, string>();
  private start = 'p';

  constructor(readonly raw: boolean) {}

  message(def: MessageDef, skip: number): string {
    const name = `read_${checked(def.name, isIdentifier)}`;
    const minSize = num(def.minSize);
    const longest = longestBody(def);
    const bound = longest === Number.POSITIVE_INFINITY ? '' : `if(end-p>${num(longest)})throw tooLarge(end-p);`;
    const lines = [`if(end-p<${minSize})${FAIL}${bound}let q=p+${minSize};`];
    const value = this.fields(def.fields, 'p', 0, lines, skip);
    return `${this.helpers.join('\n')}\nreturn function ${name}(b,p,end,at){${lines.join('')}at.end=q;return ${value};}`;
  }

  /** An object literal. What has no fixed size (the last field, if any) is read by statements put into `lines`. */
  private fields(fields: readonly Field[], base: string, offset: number, lines: string[], skip = 0): string {
    const parts: string[] = [];
    let o = offset;
    fields.forEach((field, i) => {
      const size = fieldSize(field);
      const value =
        size !== undefined ? this.fixed(field, base, o) : this.variable(field, fields, base, offset, o, lines);
      if (i >= skip) parts.push(`${checked(field.name)}:${value}`);
      o += size ?? 0;
    });
    return `{${parts.join(',')}}`;
  }

  private variable(
    field: Field,
    siblings: readonly Field[],
    base: string,
    structOffset: number,
    o: number,
    lines: string[],
  ): string {
    const { type, array } = field;
    const id = this.names++;
    if (type.kind === 'string') {
      const length = `n${id}`;
      lines.push(
        `const ${length}=${load('u32', base, o)};q=${at(base, o + 4)};if(${length}>end-q)${failAt(this.start)}`,
      );
      lines.push(`const s${id}=countedText(b,q,${length});q+=${length};`);
      return `s${id}`;
    }
    if (array === undefined) {
      const plain = unaliased(type);
      if (plain.kind !== 'struct') throw new Error(`${field.name} has no size`);
      return this.fields(plain.fields, base, o, lines);
    }
    lines.push(`q=${at(base, o)};`);
    const least = minSizeOf(type);
    let count = `Math.floor((end-q)/${num(least)})`;
    if (array.kind === 'counted') count = loadCount(countOf(array.countField, siblings), siblings, base, structOffset);
    if (array.kind === 'fixed') count = num(array.length);
    const below = array.kind === 'counted' && isSigned(countOf(array.countField, siblings)) ? `n${id}<0||` : '';
    lines.push(`const n${id}=${count};if(${below}n${id}*${num(least)}>end-q)${failAt(this.start)}`);
    if (isScalar(type, 'u8')) {
      lines.push(`const a${id}=copyBytes(b,q,n${id});q+=n${id};`);
    } else if (type.size === undefined) {
      const call = `${this.variableReader(type)}(b,q,end,at,${this.start})`;
      lines.push(`const a${id}=new Array(n${id});for(let i=0;i<n${id};i++){a${id}[i]=${call};q=at.end;}`);
    } else {
      const element = this.element(type, 'q', 0);
      lines.push(`const a${id}=new Array(n${id});for(let i=0;i<n${id};i++,q+=${num(least)})a${id}[i]=${element};`);
    }
    return `a${id}`;
  }

  /** Function that reads a struct without fixed size at `p` and leaves its end in `at`; `start` is where the message begins. */
  private variableReader(aliased: Type): string {
    const type = unaliased(aliased);
    if (type.kind !== 'struct') throw new Error(`${type.name} has no size`);
    const known = this.variables.get(type);
    if (known !== undefined) return known;
    const name = `f${this.names++}_${checked(type.name, isIdentifier)}`;
    this.variables.set(type, name);
    const outer = this.start;
    this.start = 'start';
    const size = num(type.minSize);
    const lines = [`if(end-p<${size})${failAt('start')}let q=p+${size};`];
    const value = this.fields(type.fields, 'p', 0, lines);
    this.start = outer;
    this.helpers.push(`function ${name}(b,p,end,at,start){${lines.join('')}at.end=q;return ${value};}`);
    return name;
  }

  private fixed({ type, array }: Field, base: string, o: number): string {
    if (type.kind === 'string') return `fixedText(b,${at(base, o)},${num(array?.kind === 'fixed' ? array.length : 0)})`;
    return array?.kind === 'fixed' ? this.array(type, array.length, base, o) : this.value(type, base, o);
  }

  private array(type: Type, length: number, base: string, o: number): string {
    if (isScalar(type, 'u8')) return `copyBytes(b,${at(base, o)},${num(length)})`;
    const size = type.size ?? 0;
    if (length <= UNROLLED && valuesIn(type, length) <= 4 * UNROLLED) {
      const elements = Array.from({ length }, (_, i) => this.element(type, base, o + i * size));
      return `[${elements.join(',')}]`;
    }
    const element = this.element(type, 'p', 0);
    const name = `f${this.names++}`;
    this.helpers.push(
      `function ${name}(b,p){const a=new Array(${num(length)});for(let i=0;i<${num(length)};i++,p+=${num(size)})a[i]=${element};return a;}`,
    );
    return `${name}(b,${at(base, o)})`;
  }

  /** One of many: structs are read by a function of their own. */
  private element(type: Type, base: string, o: number): string {
    const plain = unaliased(type);
    if (plain.kind === 'struct' && (this.raw || forms.textFormOf(plain) === undefined)) {
      return `${this.structReader(plain)}(b,${at(base, o)})`;
    }
    return this.value(type, base, o);
  }

  private value(type: Type, base: string, o: number): string {
    const form = this.raw ? undefined : forms.textFormOf(type);
    const reader = form && FORM_READERS[form]?.[this.unions > 0 ? 'within' : 'plain'];
    const plain = unaliased(type);
    if (reader !== undefined) {
      const text = `${reader}(b,${at(base, o)})`;
      return plain.kind === 'struct' ? `(${text}??${this.structReader(plain)}(b,${at(base, o)}))` : text;
    }
    switch (plain.kind) {
      case 'scalar':
        return load(plain.name, base, o);
      case 'enum':
        return load(plain.base, base, o);
      case 'alias':
        return this.array(plain.target, plain.length ?? 0, base, o);
      case 'struct':
        if (!isInlined(plain)) return `${this.structReader(plain)}(b,${at(base, o)})`;
        return this.fields(plain.fields, base, o, []);
      default:
        return this.raw ? `copyBytes(b,${at(base, o)},${num(plain.size)})` : this.union(plain, base, o);
    }
  }

  private union(type: UnionType, base: string, o: number): string {
    if (isInlined(type)) return this.arms(type, base, o);
    return `${this.helper(type, (name) => `function ${name}(b,p){return ${this.arms(type, 'p', 0)};}`)}(b,${at(base, o)})`;
  }

  /** All arms of a union: each starts where the union does. What it held is kept, so that a changed arm can be told. */
  private arms(type: UnionType, base: string, o: number): string {
    this.unions++;
    const arms = type.arms.map((arm) => ({ name: checked(arm.name), value: this.fixed(arm, base, o) }));
    this.unions--;
    const isAddress = forms.textFormOf(type) === 'address_union' && arms[0].name === 'ip4';
    if (isAddress) return `decodedAddress(${arms.map(({ value }) => value).join(',')})`;
    const members = arms.map(({ name, value }) => `${name}:${value}`);
    return `decodedUnion({${members.join(',')}},copyBytes(b,${at(base, o)},${num(type.size)}))`;
  }

  private structReader(type: StructType): string {
    return this.helper(type, (name) => `function ${name}(b,p){return ${this.fields(type.fields, 'p', 0, [])};}`);
  }

  private helper(type: StructType | UnionType, make: (name: string) => string): string {
    const named = this.named[this.unions > 0 ? 1 : 0];
    const known = named.get(type);
    if (known !== undefined) return known;
    const name = `f${this.names++}_${checked(type.name, isIdentifier)}`;
    named.set(type, name);
    this.helpers.push(make(name));
    return name;
  }
}

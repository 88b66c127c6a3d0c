/**
 * Source that writes the JSON of values of fixed size, at constant offsets of a message. Mirrors what `codec/compile-read.ts`
 * makes of them, and `shown-fields.ts` of that.
 */

import { load } from '../codec/scalar-source.js';
import { at, checked, isInlined, num, valuesIn } from '../codec/source.js';
import * as forms from '../codec/text-forms.js';
import { discriminatedIn } from '../schema/discriminators.js';
import type { EnumType, Field, Scalar, StructType, Type, UnionType } from '../schema/model.js';
import { isIdentifier } from '../schema/names.js';
import { fieldSize, INTEGER_RANGE, isScalar, offsetOf, unaliased } from '../schema/sizes.js';
import { enumBound, enumTexts } from './enum-texts.js';
import { JsonSource } from './json-source.js';
import type { ShownOptions } from './shown-fields.js';

/** The function that writes a text form in quotes, or -1; `within`: the one for a union's arm. */
const FORM_WRITERS: Readonly<Partial<Record<forms.TextForm, { readonly plain: string; readonly within: string }>>> = {
  ip4_address: both('quotedIp4(out,o,b,$)'),
  ip6_address: both('quoted(out,o,ip6Text(b,$))'),
  mac_address: both('quoted(out,o,macText(b,$))'),
  address: { plain: 'quoted(out,o,addressText(b,$))', within: 'quoted(out,o,exactAddressText(b,$))' },
  prefix: { plain: 'quotedPrefix(out,o,b,$)', within: 'quoted(out,o,exactPrefixText(b,$))' },
  ip4_prefix: both('quotedIp4Prefix(out,o,b,$)'),
  ip6_prefix: both('quotedIp6Prefix(out,o,b,$)'),
};

function both(call: string) {
  return { plain: call, within: call };
}

/** The most characters of each scalar, quotes included. */
const SCALAR_BOUND: Readonly<Record<Scalar, number>> = {
  u8: 3,
  i8: 4,
  bool: 5,
  u16: 5,
  i16: 6,
  u32: 10,
  i32: 11,
  u64: 22,
  i64: 22,
  f64: 26,
};
/** The longest address with its prefix length, in quotes. */
const FORM_BOUND = 51;
/** A byte of text that has to be escaped: `\u0000`. */
export const ESCAPED = 6;
/** The most that a value's own end takes: quotes, `0x`, brackets. */
export const CLOSING = 4;
/** Elements of fixed size whose bytes are all zero are written from a kept text, if they have as many values. */
const WORTH_KEEPING = 8;

interface Helper {
  readonly name: string;
  readonly bound: number;
}

/** A union below a struct whose arm is known. */
interface OpenUnion {
  /** Names of the fields that lead to it from here. */
  readonly path: readonly string[];
  /** Source of the value that says which arm counts. */
  readonly value: string;
  readonly armOf: ReadonlyMap<number, string>;
}

/** Compiles values; its subclass adds those without fixed size. */
export abstract class ValueCompiler {
  protected readonly helpers: string[] = [];
  protected readonly literals = new Map<string, string>();
  private readonly enums = new Map<EnumType, string>();
  /** Functions for types: first as they are anywhere, then as they are within a union. */
  private readonly named = [new Map<Type, Helper>(), new Map<Type, Helper>()];
  protected names = 0;
  private unions = 0;
  /** Objects that are not closed yet in the function that is made. */
  protected open = 0;

  constructor(private readonly options: ShownOptions) {}

  constants(): Record<string, unknown> {
    const texts = [...this.literals].map(([text, name]) => [name, Uint8Array.from(Buffer.from(text))]);
    const names = [...this.enums].map(([type, name]) => [name, enumTexts(type)]);
    return Object.fromEntries([...texts, ...names]);
  }

  /** Writes the field of a struct or message, which begins at `structOffset`, from `o` on. */
  protected abstract variable(
    source: JsonSource,
    field: Field,
    siblings: readonly Field[],
    base: string,
    structOffset: number,
    o: number,
  ): void;

  /** An object. What has no fixed size is the last of its fields. */
  protected fields(
    source: JsonSource,
    fields: readonly Field[],
    base: string,
    offset: number,
    skip = 0,
    unions: readonly OpenUnion[] = [],
  ): void {
    source.text('{');
    this.open++;
    let o = offset;
    fields.forEach((field, i) => {
      const size = fieldSize(field);
      if (i >= skip) {
        source.text(`${i > skip ? ',' : ''}"${checked(field.name)}":`);
        if (size === undefined) this.variable(source, field, fields, base, offset, o);
        else this.fixed(source, field, base, o, below(unions, field.name));
      }
      o += size ?? 0;
    });
    this.open--;
    source.text('}');
  }

  private fixed(source: JsonSource, field: Field, base: string, o: number, unions: readonly OpenUnion[]): void {
    const { type, array } = field;
    if (type.kind === 'string') {
      const length = array?.kind === 'fixed' ? array.length : 0;
      const bound = ESCAPED * length + CLOSING;
      source.code(`o=fixedString(out,o,b,${at(base, o)},${num(length)},encode);`, bound);
    } else if (array?.kind === 'fixed') this.array(source, type, array.length, base, o);
    else this.value(source, type, base, o, unions);
  }

  private array(source: JsonSource, type: Type, length: number, base: string, o: number): void {
    if (isScalar(type, 'u8')) {
      source.code(`o=quotedBytes(out,o,b,${at(base, o)},${num(length)});`, 2 * length + 4);
      return;
    }
    const name = `f${this.names++}`;
    const element = new JsonSource(this.literals);
    this.element(element, type, 'p', 0);
    const size = num(type.size ?? 0);
    const bound = 2 + length * (element.bound + 1);
    const loop = `out[o++]=91;for(let i=0;i<${num(length)};i++,p+=${size}){if(i>0)out[o++]=44;${element}}out[o++]=93;`;
    this.helpers.push(
      valuesIn(type, length) < WORTH_KEEPING
        ? `function ${name}(out,o,b,p){${loop}return o;}`
        : `let z_${name};function ${name}(out,o,b,p){const e=p+${num(length)}*${size};` +
            `if(!isZero(b,p,e)){${loop}return o;}if(z_${name})return literal(out,o,z_${name});` +
            `const from=o;${loop}z_${name}=Uint8Array.from(out.subarray(from,o));return o;}`,
    );
    source.code(`o=${name}(out,o,b,${at(base, o)});`, bound);
  }

  /** One of many: structs are written by a function of their own. */
  protected element(source: JsonSource, type: Type, base: string, o: number): void {
    const plain = unaliased(type);
    if (plain.kind === 'struct' && forms.textFormOf(plain) === undefined) {
      this.call(source, this.structWriter(plain), base, o);
    } else this.value(source, type, base, o, []);
  }

  private value(source: JsonSource, type: Type, base: string, o: number, unions: readonly OpenUnion[]): void {
    const form = forms.textFormOf(type);
    const writer = form && FORM_WRITERS[form]?.[this.unions > 0 ? 'within' : 'plain'];
    const plain = unaliased(type);
    if (writer !== undefined) {
      const call = writer.replace('$', at(base, o));
      if (plain.kind !== 'struct') {
        source.code(`o=${call};`, FORM_BOUND);
        return;
      }
      const t = `t${this.names++}`;
      const raw = new JsonSource(this.literals);
      this.call(raw, this.structWriter(plain), base, o);
      source.code(`const ${t}=${call};if(${t}>=0)o=${t};else{${raw}}`, FORM_BOUND + raw.bound);
      return;
    }
    switch (plain.kind) {
      case 'scalar':
        this.scalar(source, plain.name, base, o);
        break;
      case 'enum':
        this.enumeration(source, plain, base, o);
        break;
      case 'alias':
        this.array(source, plain.target, plain.length ?? 0, base, o);
        break;
      case 'struct':
        // The arm of a union within is chosen by a value around it.
        if (unions.length > 0) this.struct(source, plain, base, o, unions);
        else if (isInlined(plain)) this.struct(source, plain, base, o);
        else this.call(source, this.structWriter(plain), base, o);
        break;
      default:
        this.union(source, plain, base, o, unions);
    }
  }

  private scalar(source: JsonSource, name: Scalar, base: string, o: number): void {
    const place = at(base, o);
    const bound = SCALAR_BOUND[name];
    if (name === 'bool') source.code(`o=b[${place}]!==0?literal(out,o,TRUE):literal(out,o,FALSE);`, bound);
    else if (name === 'u64') source.code(`o=quotedU64(out,o,b,${place});`, bound);
    else if (name === 'i64') source.code(`o=quotedI64(out,o,b,${place});`, bound);
    else if (name === 'f64') source.code(`o=double(out,o,b,${place});`, bound);
    else source.code(`o=${name.startsWith('u') ? 'unsigned' : 'signed'}(out,o,${load(name, base, o)});`, bound);
  }

  private enumeration(source: JsonSource, type: EnumType, base: string, o: number): void {
    if (!this.options.names || !(type.base in INTEGER_RANGE)) {
      this.scalar(source, type.base, base, o);
      return;
    }
    const name = this.enums.get(type) ?? `E${this.enums.size}`;
    this.enums.set(type, name);
    source.code(`o=literal(out,o,${name}(${load(type.base, base, o)}));`, enumBound(type));
  }

  protected struct(
    source: JsonSource,
    type: StructType,
    base: string,
    o: number,
    outer: readonly OpenUnion[] = [],
  ): void {
    const own = this.options.allArms ? [] : discriminatedIn(type);
    const open = own.map(({ path, by, armOf }): OpenUnion => {
      const value = unaliased(by.type as Type) as EnumType;
      return { path, value: load(value.base, base, o + (offsetOf(type.fields, by.name) ?? 0)), armOf };
    });
    this.fields(source, type.fields, base, o, 0, [...outer, ...open]);
  }

  /** The arms of a union: of one that is open, the arm that counts where it is known. */
  private union(source: JsonSource, type: UnionType, base: string, o: number, unions: readonly OpenUnion[]): void {
    const open = unions.at(-1);
    if (open === undefined) {
      if (isInlined(type)) this.arms(source, type.arms, base, o);
      else
        this.call(
          source,
          this.writer(type, (own) => this.arms(own, type.arms, 'p', 0)),
          base,
          o,
        );
      return;
    }
    const cases = [...new Set(open.armOf.values())].map((arm) => {
      const values = [...open.armOf].flatMap(([value, its]) => (its === arm ? [`case ${num(value)}:`] : []));
      const one = new JsonSource(this.literals);
      this.arms(
        one,
        type.arms.filter(({ name }) => name === arm),
        base,
        o,
      );
      return { code: `${values.join('')}${block(one)}break;`, bound: one.bound };
    });
    const all = new JsonSource(this.literals);
    this.arms(all, type.arms, base, o);
    const bound = Math.max(all.bound, ...cases.map((each) => each.bound));
    source.code(`switch(${open.value}){${cases.map(({ code }) => code).join('')}default:${block(all)}}`, bound);
  }

  private arms(source: JsonSource, arms: readonly Field[], base: string, o: number): void {
    this.unions++;
    source.text('{');
    arms.forEach((arm, i) => {
      source.text(`${i > 0 ? ',' : ''}"${checked(arm.name)}":`);
      this.fixed(source, arm, base, o, []);
    });
    source.text('}');
    this.unions--;
  }

  private structWriter(type: StructType): Helper {
    return this.writer(type, (own) => this.struct(own, type, 'p', 0));
  }

  /** The function that writes a type of fixed size. */
  private writer(type: StructType | UnionType, write: (source: JsonSource) => void): Helper {
    const named = this.named[this.unions > 0 ? 1 : 0];
    let helper = named.get(type);
    if (helper === undefined) {
      const name = `f${this.names++}_${checked(type.name, isIdentifier)}`;
      const source = new JsonSource(this.literals);
      write(source);
      this.helpers.push(`function ${name}(out,o,b,p){${source}return o;}`);
      helper = { name, bound: source.bound };
      named.set(type, helper);
    }
    return helper;
  }

  private call(source: JsonSource, { name, bound }: Helper, base: string, o: number): void {
    source.code(`o=${name}(out,o,b,${at(base, o)});`, bound);
  }
}

const block = (source: JsonSource) => `{${source}}`;

/** The unions that the field leads to. */
function below(unions: readonly OpenUnion[], field: string): readonly OpenUnion[] {
  return unions.flatMap((union) => (union.path[0] === field ? [{ ...union, path: union.path.slice(1) }] : []));
}

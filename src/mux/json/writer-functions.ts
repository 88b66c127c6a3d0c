/** The functions and constants that the source of one message's writer is made of, with their names. */

import { checked, num, valuesIn } from '../codec/source.js';
import type { EnumType, StructType, Type, UnionType } from '../schema/model.js';
import { isIdentifier } from '../schema/names.js';
import { enumTexts } from './enum-texts.js';
import { JsonSource } from './json-source.js';

/** Elements of fixed size whose bytes are all zero are written from a kept text, if they have as many values. */
const WORTH_KEEPING = 8;

export interface WriterFunction {
  readonly name: string;
  /** The most bytes that it writes. */
  readonly bound: number;
}

export class WriterFunctions {
  private readonly texts: string[] = [];
  private readonly literals = new Map<string, string>();
  private readonly enums = new Map<EnumType, string>();
  /** Functions for types: first as they are anywhere, then as they are within a union. */
  private readonly named = [new Map<Type, WriterFunction>(), new Map<Type, WriterFunction>()];
  private names = 0;

  /** Source of a function, or of a part of one. */
  source(): JsonSource {
    return new JsonSource(this.literals);
  }

  /** A name that nothing else has: `f3`. */
  name(letter: string): string {
    return `${letter}${this.names++}`;
  }

  add(text: string): void {
    this.texts.push(text);
  }

  /** All functions. */
  toString(): string {
    return this.texts.join('\n');
  }

  /** Values of the names that the functions use. */
  constants(): Record<string, unknown> {
    const texts = [...this.literals].map(([text, name]) => [name, Uint8Array.from(Buffer.from(text))]);
    const names = [...this.enums].map(([type, name]) => [name, enumTexts(type)]);
    return Object.fromEntries([...texts, ...names]);
  }

  /** The function that gives the text of an enum's value. */
  ofEnum(type: EnumType): string {
    const name = this.enums.get(type) ?? `E${this.enums.size}`;
    this.enums.set(type, name);
    return name;
  }

  /** The function that writes a type of fixed size, made by `write` when it is needed first. */
  ofType(type: StructType | UnionType, isWithin: boolean, write: (source: JsonSource) => void): WriterFunction {
    const named = this.named[isWithin ? 1 : 0];
    let known = named.get(type);
    if (known === undefined) {
      const name = `${this.name('f')}_${checked(type.name, isIdentifier)}`;
      const source = this.source();
      write(source);
      this.add(`function ${name}(out,o,b,p){${source}return o;}`);
      known = { name, bound: source.bound };
      named.set(type, known);
    }
    return known;
  }

  /** A function that writes so many elements of fixed size, each made by `write`. */
  ofArray(type: Type, length: number, write: (element: JsonSource) => void): WriterFunction {
    const name = this.name('f');
    const element = this.source();
    write(element);
    const size = num(type.size ?? 0);
    const loop = `out[o++]=91;for(let i=0;i<${num(length)};i++,p+=${size}){if(i>0)out[o++]=44;${element}}out[o++]=93;`;
    this.add(
      valuesIn(type, length) < WORTH_KEEPING
        ? `function ${name}(out,o,b,p){${loop}return o;}`
        : `let z_${name};function ${name}(out,o,b,p){const e=p+${num(length)}*${size};` +
            `if(!isZero(b,p,e)){${loop}return o;}if(z_${name})return literal(out,o,z_${name});` +
            `const from=o;${loop}z_${name}=Uint8Array.from(out.subarray(from,o));return o;}`,
    );
    return { name, bound: 2 + length * (element.bound + 1) };
  }
}

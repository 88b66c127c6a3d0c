/**
 * Source that writes the JSON of values of fixed size, at constant offsets of a message. Mirrors what `codec/compile-read.ts`
 * makes of them, and `shown-fields.ts` of that.
 */

import { at, checked, isInlined, num } from '../codec/source.js';
import * as forms from '../codec/text-forms.js';
import type { EnumType, Field, StructType, Type, UnionType } from '../schema/model.js';
import { fieldSize, INTEGER_RANGE, isScalar, unaliased } from '../schema/sizes.js';
import type { JsonSource } from './json-source.js';
import { below, type OpenUnion, openUnionsOf, writeOpenUnion } from './open-unions.js';
import type { ShownOptions } from './shown-fields.js';
import { CLOSING, ESCAPED, FORM_BOUND, formCall, writeEnum, writeScalar } from './single-values.js';
import { type WriterFunction, WriterFunctions } from './writer-functions.js';

/** Compiles values; its subclass adds those without fixed size. */
export abstract class ValueCompiler {
  readonly functions = new WriterFunctions();
  /** Unions around the value. */
  private unions = 0;
  /** Objects that are not closed yet in the function that is made. */
  protected open = 0;

  constructor(private readonly options: ShownOptions) {}

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
    const writer = this.functions.ofArray(type, length, (element) => this.element(element, type, 'p', 0));
    this.call(source, writer, base, o);
  }

  /** One of many: structs are written by a function of their own. */
  protected element(source: JsonSource, type: Type, base: string, o: number): void {
    const plain = unaliased(type);
    if (plain.kind === 'struct' && forms.textFormOf(plain) === undefined) {
      this.call(source, this.structWriter(plain), base, o);
    } else this.value(source, type, base, o, []);
  }

  private value(source: JsonSource, type: Type, base: string, o: number, unions: readonly OpenUnion[]): void {
    const call = formCall(forms.textFormOf(type), at(base, o), this.unions > 0);
    const plain = unaliased(type);
    if (call !== undefined) {
      if (plain.kind === 'struct') this.formOr(source, call, plain, base, o);
      else source.code(`o=${call};`, FORM_BOUND);
      return;
    }
    switch (plain.kind) {
      case 'scalar':
        writeScalar(source, plain.name, base, o);
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

  /** A struct in its text form; as an object where it has none. */
  private formOr(source: JsonSource, form: string, type: StructType, base: string, o: number): void {
    const t = this.functions.name('t');
    const raw = this.functions.source();
    this.call(raw, this.structWriter(type), base, o);
    source.code(`const ${t}=${form};if(${t}>=0)o=${t};else{${raw}}`, FORM_BOUND + raw.bound);
  }

  private enumeration(source: JsonSource, type: EnumType, base: string, o: number): void {
    const isNamed = this.options.names && type.base in INTEGER_RANGE;
    if (isNamed) writeEnum(source, this.functions.ofEnum(type), type, base, o);
    else writeScalar(source, type.base, base, o);
  }

  protected struct(
    source: JsonSource,
    type: StructType,
    base: string,
    o: number,
    outer: readonly OpenUnion[] = [],
  ): void {
    const own = this.options.allArms ? [] : openUnionsOf(type, base, o);
    this.fields(source, type.fields, base, o, 0, [...outer, ...own]);
  }

  /** The arms of a union: of one that is open, the arm that counts where it is known. */
  private union(source: JsonSource, type: UnionType, base: string, o: number, unions: readonly OpenUnion[]): void {
    const open = unions.at(-1);
    if (open !== undefined) {
      writeOpenUnion(source, open, (arm) => {
        const arms = this.functions.source();
        const shown = arm === undefined ? type.arms : type.arms.filter(({ name }) => name === arm);
        this.arms(arms, shown, base, o);
        return arms;
      });
    } else if (isInlined(type)) this.arms(source, type.arms, base, o);
    else {
      const writer = this.functions.ofType(type, this.unions > 0, (own) => this.arms(own, type.arms, 'p', 0));
      this.call(source, writer, base, o);
    }
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

  private structWriter(type: StructType): WriterFunction {
    return this.functions.ofType(type, this.unions > 0, (own) => this.struct(own, type, 'p', 0));
  }

  private call(source: JsonSource, { name, bound }: WriterFunction, base: string, o: number): void {
    source.code(`o=${name}(out,o,b,${at(base, o)});`, bound);
  }
}

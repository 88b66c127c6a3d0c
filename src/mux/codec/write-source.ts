/** Source of the functions that `compile-write.ts` makes of a message definition. */

import type { Field, MessageDef, StructType, Type, UnionType } from '../schema/model.js';
import { isIdentifier } from '../schema/names.js';
import { fieldMinSize, fieldSize, isScalar, minSizeOf, unaliased } from '../schema/sizes.js';
import { countOf, givenCount, mostOf, storeCount } from './count-source.js';
import { imageOf, imageOfFields } from './image.js';
import { store, storeChecked } from './scalar-source.js';
import { at, checked, isInlined, member, num } from './source.js';
import { textFormOf } from './text-forms.js';

export class WriteSource {
  /** Values that the source refers to besides the runtime: images, enums, key sets. */
  readonly constants: Record<string, unknown> = {};
  private readonly helpers: string[] = [];
  private readonly named = new Map<Type, string>();
  private names = 0;

  message(def: MessageDef, skip: number): string {
    const header: Record<string, string> = {
      _vl_msg_id: 'b[p]=id>>>8;b[p+1]=id;',
      client_index: store('u32', 'clientIndex', at('p', def.clientIndexOffset)),
      context: store('u32', 'context', at('p', def.contextOffset)),
    };
    const lead = def.fields.slice(0, skip).map((field) => header[field.name]);
    const size = num(def.minSize);
    const image = this.image(imageOfFields(def.fields, def.minSize), 'p', lead.length === 0 ? 0 : 4 * lead.length - 2);
    const body = this.fields(def.fields, 'fields', 'p', 0, skip);
    return this.functions(
      `return function write_${checked(def.name, isIdentifier)}(w,fields,id,clientIndex,context){` +
        `const p=w.pos;w.reserve(${size});let b=w.bytes,q=p+${size};${image}${lead.join('')}` +
        `try{${body}}catch(e){w.pos=p;throw explain(fields,e);}w.pos=q;}`,
    );
  }

  functions(last: string): string {
    return `${this.helpers.join('\n')}\n${last}`;
  }

  private constant(prefix: string, value: unknown): string {
    const name = `${prefix}${this.names++}`;
    this.constants[name] = value;
    return name;
  }

  /** Lays down `bytes` at `base`; `written` of its first bytes are written by others. */
  private image(bytes: Buffer, base: string, written = 0): string {
    if (bytes.length > 24) return `b.set(${this.constant('IMAGE', new Uint8Array(bytes))},${base});`;
    let code = '';
    bytes.forEach((byte, i) => {
      if (i >= written) code += `b[${at(base, i)}]=${num(byte)};`;
    });
    return code;
  }

  /** Writes the fields of the object in variable `v`; the first `skip` are not for the caller to give. */
  private fields(fields: readonly Field[], v: string, base: string, offset: number, skip = 0): string {
    const id = this.names++;
    const [n, s] = [`n${id}`, `s${id}`];
    const counted = new Set(fields.map(({ array }) => (array?.kind === 'counted' ? array.countField : undefined)));
    const counts = new Map<string, number>();
    let body = '';
    let o = offset;
    fields.forEach((field, i) => {
      if (counted.has(field.name)) counts.set(field.name, o);
      else if (i >= skip) body += this.field(field, fields, v, s, base, o, counts);
      o += fieldMinSize(field);
    });
    const known = this.constant('KEYS', new Set(fields.slice(skip).map((field) => field.name)));
    return (
      `if(typeof ${v}!=='object'||${v}===null||Array.isArray(${v}))throw BAD;` +
      `let ${n}=0,${s}=0;for(const k in ${v})${n}++;` +
      `if(${n}!==0){${body}if(${s}!==${n})onlyKnown(${v},${known});}` +
      `else if(${v}.constructor!==Object)onlyPlain(${v});`
    );
  }

  private field(
    field: Field,
    siblings: readonly Field[],
    parent: string,
    seen: string,
    base: string,
    o: number,
    counts: ReadonlyMap<string, number>,
  ): string {
    const v = `v${this.names++}`;
    const get = `let ${v}=${member(parent, field.name)};`;
    const whenGiven = (write: string) => `${get}if(${v}!==undefined){${seen}++;${write}}`;
    const { type, array } = field;
    const limit = field.limit === undefined ? 'Infinity' : num(field.limit);
    if (fieldSize(field) !== undefined) {
      const size = field.default === undefined ? 0 : (fieldSize(field) ?? 0);
      const clear = type.kind === 'string' && size > 0 ? `b.fill(0,${at(base, o)},${at(base, o + size)});` : '';
      return whenGiven(clear + this.fixed(field, v, base, o));
    }
    if (type.kind === 'string') {
      return whenGiven(`w.pos=${at(base, o)};q=writeCountedText(w,${v},${limit});b=w.bytes;`);
    }
    if (array?.kind === 'fixed') return whenGiven(this.variableElements(type, v, base, o, array.length));
    if (array?.kind === 'counted') {
      const count = countOf(array.countField, siblings);
      return get + this.counted(field, count, v, parent, seen, base, o, counts.get(count.name) ?? 0);
    }
    if (array?.kind === 'trailing') {
      const l = `l${this.names++}`;
      return whenGiven(`let ${l};${this.elements(type, v, l, base, o, limit)}`);
    }
    const plain = unaliased(type);
    if (plain.kind !== 'struct') throw new Error(`${field.name} has no size`);
    return whenGiven(this.fields(plain.fields, v, base, o));
  }

  /** An array and the count before it, which may be left out and must agree when given. */
  private counted(
    field: Field,
    count: Field,
    v: string,
    parent: string,
    seen: string,
    base: string,
    o: number,
    countAt: number,
  ): string {
    const [c, l] = [`c${this.names++}`, `l${this.names++}`];
    if (field.type.kind === 'string') throw new Error(`${field.name} is a counted string`);
    const most = num(Math.min(mostOf(count), field.limit ?? Number.MAX_SAFE_INTEGER));
    return (
      `const ${c}=${givenCount(count, parent)};if(${c}!==undefined)${seen}++;` +
      `if(${v}===undefined){if(${c}!==undefined&&${c}!==0)throw BAD;}else{${seen}++;let ${l};` +
      `${this.elements(field.type, v, l, base, o, most, c)}${storeCount(count, l, at(base, countAt))}}`
    );
  }

  /** The elements of an array at the end of a message. */
  private elements(type: Type, v: string, l: string, base: string, o: number, most: string, c?: string): string {
    const bytes = isScalar(type, 'u8');
    const size = num(minSizeOf(type));
    const agree = c === undefined ? '' : `||${c}!==undefined&&${c}!==${l}`;
    const room = `w.pos=${at(base, o)};w.reserve(${l}*${size});b=w.bytes;q=w.pos;`;
    const list = bytes ? `${v}=bytesOf(${v},${c ?? 'undefined'});` : `${v}=listOf(${v});`;
    // The length is read once: a getter among the elements may change it.
    const check = `${list}${l}=${v}.length;if(${l}>${most}${agree})throw BAD;${room}`;
    if (bytes) return `${check}b.set(${v},q);q+=${l};`;
    if (type.size === undefined) return check + this.variableElement(type, `${v}[i]`, l);
    const e = `e${this.names++}`;
    const image = this.image(imageOf(type), 'q');
    const write = `${image}${this.element(type, e, 'q', 0)}`;
    return `${check}for(let i=0;i<${l};i++,q+=${size}){let ${e}=${v}[i];${write}}`;
  }

  /** Fixed many structs without fixed size: those that are not given take the fewest bytes. */
  private variableElements(type: Type, v: string, base: string, o: number, length: number): string {
    const l = `l${this.names++}`;
    const check = `${v}=listOf(${v});const ${l}=${v}.length;if(${l}>${num(length)})throw BAD;q=${at(base, o)};`;
    return check + this.variableElement(type, `i<${l}?${v}[i]:{}`, num(length));
  }

  /** `times` structs without fixed size, one behind the other from `q` on. */
  private variableElement(type: Type, element: string, times: string): string {
    const plain = unaliased(type);
    if (plain.kind !== 'struct') throw new Error(`${plain.name} has no fixed size`);
    return `for(let i=0;i<${times};i++)q=${this.variableWriter(plain)}(w,q,${element});b=w.bytes;`;
  }

  /** Function that writes a struct without fixed size, and gives its end. */
  private variableWriter(type: StructType): string {
    const size = num(type.minSize);
    return this.helper(type, (name) => {
      const image = this.image(imageOf(type), 'p');
      const body = this.fields(type.fields, 'v', 'p', 0);
      return `function ${name}(w,p,v){w.pos=p;w.reserve(${size});let b=w.bytes,q=p+${size};${image}${body}return q;}`;
    });
  }

  private fixed({ type, array, limit }: Field, v: string, base: string, o: number): string {
    if (type.kind === 'string') {
      const size = array?.kind === 'fixed' ? array.length : 0;
      return `writeFixedText(b,${at(base, o)},${num(size)},${v},${limit === undefined ? 'Infinity' : num(limit)});`;
    }
    return array?.kind === 'fixed' ? this.array(type, array.length, v, base, o) : this.value(type, v, base, o);
  }

  /**
   * Bytes and structs may be fewer than there is room for (keys and label stacks are): the rest stays as left out.
   * Other lists are whole or empty, and so is what has a text form (`whole`): three bytes are no address.
   */
  private array(type: Type, length: number, v: string, base: string, o: number, whole = false): string {
    if (isScalar(type, 'u8'))
      return `${whole ? 'writeBytes' : 'writeFewerBytes'}(b,${at(base, o)},${num(length)},${v});`;
    const [e, r, l] = [`e${this.names++}`, `r${this.names++}`, `l${this.names++}`];
    const misfit = unaliased(type).kind === 'struct' ? `${l}>${num(length)}` : `${l}!==${num(length)}&&${l}!==0`;
    const element = this.element(type, e, r, 0);
    return (
      `${v}=listOf(${v});const ${l}=${v}.length;if(${misfit})throw BAD;` +
      `for(let i=0,${r}=${at(base, o)};i<${l};i++,${r}+=${num(type.size ?? 0)}){let ${e}=${v}[i];${element}}`
    );
  }

  private element(type: Type, v: string, base: string, o: number): string {
    const plain = unaliased(type);
    return plain.kind === 'struct' && textFormOf(plain) === undefined
      ? `${this.structWriter(plain)}(b,${at(base, o)},${v});`
      : this.value(type, v, base, o);
  }

  private value(type: Type, v: string, base: string, o: number): string {
    const form = textFormOf(type);
    const plain = unaliased(type);
    const size = num(plain.size ?? 0);
    const text = form && `if(typeof ${v}==='string')writeText(b,${at(base, o)},'${form}',${size},${v});else `;
    const bytes = `if(${v} instanceof Uint8Array)writeBytes(b,${at(base, o)},${size},${v});else `;
    switch (plain.kind) {
      case 'scalar':
        return storeChecked(plain.name, v, base, o);
      case 'enum':
        return `if(typeof ${v}!=='number')${v}=enumNumber(${v},${this.constant('ENUM', plain)});${storeChecked(plain.base, v, base, o)}`;
      case 'alias':
        return `${text ?? ''}{${this.array(plain.target, plain.length ?? 0, v, base, o, form !== undefined)}}`;
      case 'struct': {
        const inlined = text === undefined && isInlined(plain);
        const fields = inlined
          ? this.fields(plain.fields, v, base, o)
          : `${this.structWriter(plain)}(b,${at(base, o)},${v});`;
        return text === undefined ? fields : `${text}${bytes}${fields}`;
      }
      default:
        return `${text ?? ''}${bytes}${this.unionWriter(plain)}(b,${at(base, o)},${v});`;
    }
  }

  private structWriter(type: StructType): string {
    return this.helper(type, (name) => `function ${name}(b,p,v){${this.fields(type.fields, 'v', 'p', 0)}}`);
  }

  private unionWriter(type: UnionType): string {
    return this.helper(type, (name) => {
      const arms = type.arms.map((arm, i) => ({ arm, name: this.arm(arm), v: member('v', arm.name), a: `a${i}` }));
      const known = this.constant('KEYS', new Set(type.arms.map((arm) => arm.name)));
      const table = arms.map(
        (x) => `{name:'${checked(x.arm.name)}',size:${num(fieldSize(x.arm) ?? 0)},write:${x.name}}`,
      );
      const list = this.names++;
      this.helpers.push(`const ARMS${list}=[${table.join(',')}];`);
      return (
        `function ${name}(b,p,v){if(typeof v==='string'){writeBytes(b,p,${num(type.size)},v);return;}` +
        `if(typeof v!=='object'||v===null||Array.isArray(v))throw BAD;let n=0,s=0;for(const k in v)n++;` +
        `const ${arms.map((x) => `${x.a}=${x.v}`).join(',')};${arms.map((x) => `if(${x.a}!==undefined)s++;`).join('')}` +
        `if(s!==n)onlyKnown(v,${known});if(s>1)writeArms(b,p,${num(type.size)},v,ARMS${list});` +
        `${arms.map((x) => `else if(${x.a}!==undefined)${x.name}(b,p,${x.a});`).join('')}` +
        `else if(v.constructor!==Object)onlyPlain(v);}`
      );
    });
  }

  /** Name of a function that writes an arm into zeroed room, its image first. */
  arm(field: Field): string {
    const name = `arm${this.names++}`;
    const image = imageOfFields([field], fieldMinSize(field));
    const lay = image.some((byte) => byte !== 0) ? this.image(image, 'p') : '';
    const write = this.fixed(field, 'v', 'p', 0);
    this.helpers.push(`function ${name}(b,p,v){${lay}${write}}`);
    return name;
  }

  private helper(type: StructType | UnionType, make: (name: string) => string): string {
    const known = this.named.get(type);
    if (known !== undefined) return known;
    const name = `f${this.names++}_${checked(type.name, isIdentifier)}`;
    this.named.set(type, name);
    this.helpers.push(make(name));
    return name;
  }
}

/**
 * Reads rows of one shape. In Node by a function made of source, which makes each object whole at once; elsewhere, where a page may
 * forbid that, member by member.
 */

import { CborReader } from '../cbor/cbor-reader.js';
import { isList, type Shape } from './shape.js';

type ReadRow = (reader: CborReader) => unknown;

/** Makes what reads `count` rows of `shape` out of bytes. It throws CborError where they are none. */
export function rowsReader(shape: Shape, compile: boolean): (bytes: Uint8Array, count: number) => unknown[] {
  const read = compile ? compiled(shape) : (reader: CborReader) => readMember(reader, shape);
  return (bytes, count) => {
    const reader = new CborReader(bytes);
    const rows: unknown[] = [];
    for (let row = 0; row < count; row++) rows.push(read(reader));
    reader.end();
    return rows;
  };
}

function readMember(reader: CborReader, shape: Shape): unknown {
  if (shape === 0) return reader.next();
  if (isList(shape)) {
    const length = reader.listLength();
    const list: unknown[] = [];
    for (let at = 0; at < length; at++) list.push(readMember(reader, shape[0]));
    return list;
  }
  const [names, shapes] = shape;
  const map: Record<string, unknown> = {};
  for (let at = 0; at < names.length; at++) map[names[at]] = readMember(reader, shapes[at]);
  return map;
}

/** Names reach the source as JSON texts only. */
function compiled(shape: Shape): ReadRow {
  const functions: string[] = [];
  let lists = 0;
  const expression = (of: Shape): string => {
    if (of === 0) return 'r.next()';
    if (isList(of)) {
      const list = `list${lists++}`;
      const element = expression(of[0]);
      const body = `const n = r.listLength(); const a = []; for (let i = 0; i < n; i++) a.push(${element}); return a;`;
      functions.push(`const ${list} = (r) => { ${body} };`);
      return `${list}(r)`;
    }
    const [names, shapes] = of;
    // A name that is computed would make a slow object; only this one would be something else than a name.
    const key = (name: string) => (name === '__proto__' ? '["__proto__"]' : JSON.stringify(name));
    return `({ ${names.map((name, at) => `${key(name)}: ${expression(shapes[at])}`).join(', ')} })`;
  };
  const row = expression(shape);
  return new Function(`'use strict'; ${functions.join(' ')} return (r) => ${row};`)() as ReadRow;
}

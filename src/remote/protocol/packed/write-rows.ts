/**
 * Writes rows of one shape. The function for a shape is made of source, as the mux's own codec is, since it is what a dump of a million
 * rows consists of (benchmark "remote, dump"); names reach the source as JSON texts only.
 */

import type { CborWriter } from '../cbor/cbor-writer.js';
import { isList, type Shape } from './shape.js';

/** Writes a row; false where it has another shape, of which something may have been written. */
export type WriteRow = (writer: CborWriter, row: unknown) => boolean;

export function rowWriter(shape: Shape): WriteRow {
  const functions: string[] = [];
  let made = 0;
  const name = (kind: string) => `${kind}${made++}`;
  const statements = (of: Shape, value: string): string => {
    if (of === 0) return `if (${value} === undefined) return false; w.value(${value});`;
    if (isList(of)) {
      const list = name('list');
      const body = `w.list(v.length); for (const each of v) { ${statements(of[0], 'each')} } return true;`;
      functions.push(`const ${list} = (w, v) => { if (!Array.isArray(v)) return false; ${body} };`);
      return `if (!${list}(w, ${value})) return false;`;
    }
    const [names, shapes] = of;
    const members = names.map((each, at) => {
      const member = name('v');
      return `const ${member} = ${value}[${JSON.stringify(each)}]; ${statements(shapes[at], member)}`;
    });
    return `if (typeof ${value} !== 'object' || ${value} === null) return false; ${members.join(' ')}`;
  };
  const row = `return (w, row) => { ${statements(shape, 'row')} return true; };`;
  return new Function(`'use strict'; ${functions.join(' ')} ${row}`)() as WriteRow;
}

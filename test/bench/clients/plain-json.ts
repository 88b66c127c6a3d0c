/**
 * The yardstick of a dump to NDJSON: one message decoded and given to JSON.stringify, in a plain loop.
 *
 * usage: node plain-json.js API_DIR MESSAGE FILE N      (FILE: the message's body)
 */
import { readFileSync } from 'node:fs';
import { loadSchema } from '../../../src/mux/internal.js';

/** CPU time of one, microseconds. */
export interface PlainJson {
  readonly cpu: number;
}

const [apiDir, name, file, count] = process.argv.slice(2);
const message = (await loadSchema(apiDir)).message(name);
const body = readFileSync(file);
const n = Number(count);
const at = { end: 0 };
let length = 0;

function round(): number {
  const cpu = process.cpuUsage();
  for (let i = 0; i < n; i++) length += JSON.stringify(message.read(body, 0, body.length, at)).length;
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / n;
}

round();
const cpu = round();
if (length === 0) throw new Error('nothing was read');
console.log(JSON.stringify({ cpu } satisfies PlainJson));

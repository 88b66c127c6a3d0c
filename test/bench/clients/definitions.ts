/**
 * Costs of definitions for a program: reading them, the first use of a message, and making the functions of all.
 *
 * usage: node definitions.js API_DIR
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { GrowingWriter, loadSchema } from '../../../src/mux/internal.js';
import { quantile } from '../figures.js';
import { SAMPLED, variants } from './messages.js';

export interface DefinitionsMeasured {
  readonly messages: number;
  /** Milliseconds. */
  readonly load: number;
  /** The same files read, and given to JSON.parse alone. */
  readonly bareParse: number;
  readonly compileAll: number;
  /** Microseconds from a message's name to its bytes, and from bytes to fields. */
  readonly encode: FirstUse;
  readonly decode: FirstUse;
}

export interface FirstUse {
  /** Time of the first message that the program uses: V8 has compiled nothing of the codec yet. */
  readonly first: number;
  /** Time of a later message, median. */
  readonly further: number;
}

const [apiDir] = process.argv.slice(2);

function took(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const loadedFrom = performance.now();
const schema = await loadSchema(apiDir);
const load = performance.now() - loadedFrom;

const REQUEST = 'ip_route_add_del_v2';
const others = SAMPLED.filter((name) => name !== REQUEST && schema.find(name) !== undefined);
const names = [REQUEST, ...others];
const fields = names.map((name) => variants(name)[0]);
const writer = new GrowingWriter();

const encode = firstUse(names.map((name, i) => () => schema.message(name).write(writer, fields[i], 1, 2, 3)));
const bodies = names.map((name, i) => schema.message(name).encode(fields[i]));
const decode = firstUse(
  names.map((name, i) => () => schema.message(name).read(bodies[i], 0, bodies[i].length, { end: 0 })),
);

function firstUse(uses: readonly (() => unknown)[]): FirstUse {
  const [first, ...further] = uses.map((use) => took(use) * 1000);
  return { first, further: quantile(further, 0.5) };
}

const compileAll = took(() => {
  for (const name of schema.model.messages.keys()) {
    const message = schema.message(name);
    // Reading the property makes the function.
    if (!message.write || !message.read) throw new Error(`${name} has no functions`);
  }
});

const bareParse = took(() => {
  const files = readdirSync(apiDir, { recursive: true, encoding: 'utf8' });
  for (const name of files.filter((each) => each.endsWith('.api.json'))) {
    JSON.parse(readFileSync(join(apiDir, name), 'utf8'));
  }
});

const measured: DefinitionsMeasured = {
  messages: schema.model.messages.size,
  load,
  bareParse,
  compileAll,
  encode,
  decode,
};
console.log(JSON.stringify(measured));

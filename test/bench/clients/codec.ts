/**
 * The codec alone: twenty messages, each read and written as the session does it, in one process. Beside it what V8
 * takes for the same content as JSON: a machine's speed changes from one minute to the next, that ratio does not.
 *
 * usage: node codec.js API_DIR MILLISECONDS
 * Of five slices of so many milliseconds the median counts; one slice before them warms up.
 */
import { loadSchema } from '../../../src/mux/internal.js';
import { perSecond, reading, writing } from '../../mux/codec/timing.js';
import { quantile } from '../figures.js';
import { SAMPLED, VARIANTS, variants } from './messages.js';

export interface CodecMeasured {
  readonly name: string;
  readonly bytes: number;
  /** Nanoseconds. */
  readonly decode: number;
  readonly encode: number;
  /** Times of JSON.parse and JSON.stringify. */
  readonly parse: number;
  readonly stringify: number;
}

const SLICES = 5;

const [apiDir, milliseconds] = process.argv.slice(2);
const schema = await loadSchema(apiDir);

/** JSON has no bigint, and an array of bytes is hex text in it. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}

function nanoseconds(run: (i: number) => unknown): number {
  perSecond(run, Number(milliseconds));
  const slices = Array.from({ length: SLICES }, () => 1e9 / perSecond(run, Number(milliseconds)));
  return quantile(slices, 0.5);
}

function measure(name: string): CodecMeasured {
  const message = schema.message(name);
  const fields = variants(name);
  const bodies = fields.map((each) => message.encode(each));
  const texts = bodies.map((body) => JSON.stringify(message.decode(body), plain));
  const objects = texts.map((text): unknown => JSON.parse(text));
  return {
    name,
    bytes: bodies[0].length,
    decode: nanoseconds(reading(message, bodies)),
    encode: nanoseconds(writing(message, (i) => fields[i & (VARIANTS - 1)])),
    parse: nanoseconds((i) => JSON.parse(texts[i & (VARIANTS - 1)])),
    stringify: nanoseconds((i) => JSON.stringify(objects[i & (VARIANTS - 1)])),
  };
}

const known = SAMPLED.filter((name) => schema.find(name) !== undefined);
console.log(JSON.stringify(known.map(measure)));

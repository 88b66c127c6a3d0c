/**
 * How fast the codec is, alone: run `node dist/test/mux/codec/speed.js` after a build, on a quiet machine.
 * Prints millions per second on one core beside the bar; exits with 1 when one is missed.
 */

import { readFileSync } from 'node:fs';
import { GrowingWriter } from '../../../src/mux/codec/byte-writer.js';
import type { Fields } from '../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';

if (sharedMissing) process.exit(0);

const WARM_MS = 500;
const MEASURED_MS = 1000;

const started = performance.now();
const schema = await loadSchema(sharedPath('vpp-api', '26.06'));
console.log(`definitions of 26.06 loaded in ${(performance.now() - started).toFixed(0)} ms (bar: 200)`);

/** Kept, so that no result can be optimised away. */
let kept: unknown;

function measure(name: string, bar: number, run: (i: number) => unknown): void {
  const during = (milliseconds: number) => {
    const begin = performance.now();
    let n = 0;
    let now = begin;
    for (; now < begin + milliseconds; now = performance.now()) {
      for (let i = 0; i < 1000; i++) kept = run(n++);
    }
    return n / (now - begin) / 1000;
  };
  during(WARM_MS);
  const rate = during(MEASURED_MS);
  console.log(`${name.padEnd(36)} ${rate.toFixed(2).padStart(8)} M/s  (bar: ${bar})`);
  if (rate < bar) process.exitCode = 1;
}

/** 256 copies of a body with one byte different in each, as they lie in a receive buffer; reads one after the other. */
function reading(name: string, body: Buffer, varied: number): (i: number) => Fields {
  const { read } = schema.message(name);
  const stride = body.length + 16;
  const chunk = Buffer.alloc(256 * stride);
  for (let i = 0; i < 256; i++) {
    body.copy(chunk, i * stride);
    chunk[i * stride + varied] = i;
  }
  const at = { end: 0 };
  return (i) => read(chunk, (i & 255) * stride, (i & 255) * stride + body.length, at);
}

function writing(name: string, fields: (i: number) => Fields): (i: number) => number {
  const { write } = schema.message(name);
  const writer = new GrowingWriter(65536);
  return (i) => {
    if (writer.pos > 60_000) writer.pos = 0;
    write(writer, fields(i), 690, 0x80000001, i & 0x7fffffff);
    return writer.pos;
  };
}

const body = (name: string) => readFileSync(sharedPath('bench', `${name}-26.06.bin`));
const ping = schema.message('control_ping_reply').encode({ vpe_pid: 1234, client_index: 5 });
const prefixes = Array.from({ length: 256 }, (_, i) => `10.1.${i}.3/32`);

measure('read control_ping_reply', 30, reading('control_ping_reply', ping, 5));
measure('read ip_route_v2_details', 2.5, reading('ip_route_v2_details', body('ip_route_v2_details'), 18));
measure('read sw_interface_details', 1, reading('sw_interface_details', body('sw_interface_details'), 9));
measure(
  'write control_ping',
  15,
  writing('control_ping', () => ({})),
);
measure(
  'write ip_route_add_del_v2',
  1.5,
  writing('ip_route_add_del_v2', (i) => route(prefixes[i & 255])),
);

function route(prefix: string): Fields {
  const path = { sw_if_index: 1, weight: 1, proto: 0, nh: { address: { ip4: '192.0.2.1' } } };
  return { is_add: true, route: { table_id: 0, prefix, paths: [path] } };
}

if (kept === undefined) process.exitCode = 1;

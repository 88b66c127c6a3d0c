/**
 * The speed of the codec alone: run `node dist/test/mux/codec/speed.js` after a build, on a quiet machine.
 * Prints millions per second on one core beside the bar; exits with 1 when one is missed.
 */

import { readFileSync } from 'node:fs';
import type { Fields } from '../../../src/mux/codec/codec.js';
import { loadSchema } from '../../../src/mux/codec/load.js';
import { sharedMissing, sharedPath } from '../../support/shared.js';
import { kept, perSecond, reading, writing } from './timing.js';

if (sharedMissing) process.exit(0);

const WARM_MS = 500;
const MEASURED_MS = 1000;

const started = performance.now();
const schema = await loadSchema(sharedPath('vpp-api', '26.06'));
console.log(`definitions of 26.06 loaded in ${(performance.now() - started).toFixed(0)} ms (bar: 200)`);

function measure(name: string, bar: number, run: (i: number) => unknown): void {
  perSecond(run, WARM_MS);
  const rate = perSecond(run, MEASURED_MS) / 1e6;
  console.log(`${name.padEnd(36)} ${rate.toFixed(2).padStart(8)} M/s  (bar: ${bar})`);
  if (rate < bar) process.exitCode = 1;
}

/** 256 copies of a body with one byte different in each. */
function varied(body: Buffer, at: number): Buffer[] {
  return Array.from({ length: 256 }, (_, i) => {
    const copy = Buffer.from(body);
    copy[at] = i;
    return copy;
  });
}

function measureRead(name: string, bar: number, body: Buffer, at: number): void {
  measure(`read ${name}`, bar, reading(schema.message(name), varied(body, at)));
}

function measureWrite(name: string, bar: number, fields: (i: number) => Fields): void {
  measure(`write ${name}`, bar, writing(schema.message(name), fields));
}

const body = (name: string) => readFileSync(sharedPath('bench', `${name}-26.06.bin`));
const ping = schema.message('control_ping_reply').encode({ vpe_pid: 1234, client_index: 5 });
const prefixes = Array.from({ length: 256 }, (_, i) => `10.1.${i}.3/32`);

measureRead('control_ping_reply', 30, ping, 5);
measureRead('ip_route_v2_details', 2.5, body('ip_route_v2_details'), 18);
measureRead('sw_interface_details', 1, body('sw_interface_details'), 9);
measureWrite('control_ping', 15, () => ({}));
measureWrite('ip_route_add_del_v2', 1.5, (i) => route(prefixes[i & 255]));

function route(prefix: string): Fields {
  const path = { sw_if_index: 1, weight: 1, proto: 0, nh: { address: { ip4: '192.0.2.1' } } };
  return { is_add: true, route: { table_id: 0, prefix, paths: [path] } };
}

if (kept.result === undefined) process.exitCode = 1;

/**
 * A ping while others load the connection.
 *
 * VPP answers in order: behind a whole dump of a million routes a ping waits for all of it, whatever the client does
 * (the last line). What a client can be held to is a VPP that lets others in between, as it does with dumps that
 * follow a cursor: about 1 ms of work a page. So the routes come in pages of as many details as VPP makes in that time.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { client, type Group, type Setting } from './bench.js';
import type { LatencyMeasured } from './clients/latency.js';
import type { Sample } from './figures.js';
import { startServer } from './server.js';

/** 600,000 details per second is what VPP makes. */
const PAGE = 600;
const WAITING = 100_000;
/** The size of one read of the link, bytes. */
const READ_CHUNK = 65_536;

export const LATENCY: Group = {
  title: 'one channel pings, a second dumps a million routes in pages, a third keeps 100,000 requests waiting',
  benchmarks: [{ name: 'ping under load', run: measure }],
};

const count = (n: number) => n.toLocaleString('en-US');

async function measure(setting: Setting): Promise<Sample[]> {
  const { shared, scratch, quick, server, routes } = setting;
  const waiting = quick ? WAITING / 10 : WAITING;
  const paged = await startServer(shared, mkdtempSync(join(scratch, 'paged-')), PAGE);
  try {
    const { socket, apiDir } = paged;
    const load = await client<LatencyMeasured>(setting, 'latency', [socket, apiDir, routes, waiting]);
    const whole = await client<LatencyMeasured>(setting, 'latency', [server.socket, apiDir, routes, 0]);
    const chunk = load.perByte * READ_CHUNK;
    const { alone, underLoad } = load;
    return [
      { name: 'ping alone, median', unit: 'µs', value: alone.median },
      { name: 'ping alone, p99', unit: 'µs', value: alone.p99 },
      { name: 'ping under load, median', unit: 'µs', value: underLoad.median },
      {
        name: 'ping under load, p99',
        unit: 'µs',
        value: underLoad.p99,
        note: `${count(underLoad.pings)} pings, ${count(load.waiting)} waiting`,
      },
      { name: 'p99 under load, of the p99 alone', unit: '×', value: underLoad.p99 / alone.p99 },
      { name: "one read chunk's work (64 KiB of details)", unit: 'µs', value: chunk },
      {
        name: 'p99 under load, of what is allowed',
        unit: '×',
        value: underLoad.p99 / (5 * alone.p99 + chunk),
        note: "5 × alone + one read chunk's work",
      },
      { name: 'ping behind a whole dump, longest', unit: 'ms', value: whole.underLoad.longest / 1000 },
    ];
  } finally {
    paged.stop();
  }
}

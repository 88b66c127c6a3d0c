/** Wishes: how long it takes to make a VPP of ten thousand interfaces and many routes so, next to the same messages bare. */

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { client, type Group, type Setting } from './bench.js';
import type { WishMeasured } from './clients/wish.js';
import type { Sample } from './figures.js';
import { startMockServer } from './server.js';

const INTERFACES = 10_000;
const ROUTES = 200_000;

export const WISH: Group = {
  title:
    'a wish of 10,000 interfaces with addresses and 200,000 routes, against the mock (ratio: to the same messages bare)',
  benchmarks: [{ name: 'wish', run: measure }],
};

async function measure(setting: Setting): Promise<Sample[]> {
  const share = setting.quick ? 10 : 1;
  const sizes = [INTERFACES / share, ROUTES / share];
  const mocks = () => startMockServer(mkdtempSync(join(setting.scratch, 'wish-')), []);
  const bareWith = async (window: number) => {
    const plain = await mocks();
    try {
      return await client<number>(setting, 'wish', ['bare', ...sizes, plain.socket, window]);
    } finally {
      plain.stop();
    }
  };
  const bare = await bareWith(100);
  const bareWide = await bareWith(512);
  const [one, two] = [await mocks(), await mocks()];
  try {
    const wish = await client<WishMeasured>(setting, 'wish', ['wish', ...sizes, one.socket, two.socket]);
    const objects = 3 * sizes[0] + sizes[1];
    return [
      { name: 'wish: first apply', unit: '/s', value: objects / wish.first, yardstick: objects / bare },
      {
        name: 'wish: first apply, beside 512 in flight',
        unit: '/s',
        value: objects / wish.first,
        yardstick: objects / bareWide,
      },
      { name: 'wish: after a restart of VPP, of the first', unit: '×', value: wish.again / wish.first },
      { name: 'wish: plan when nothing has changed', unit: 'ms', value: wish.unchanged * 1000 },
      { name: 'wish: longest hold of the event loop in the first apply', unit: 'ms', value: wish.heldFirst },
      { name: 'wish: the same in that plan', unit: 'ms', value: wish.held },
      { name: 'wish: reading the file', unit: 'ms', value: wish.read * 1000 },
      { name: 'wish: longest hold of the event loop meanwhile', unit: 'ms', value: wish.heldRead },
    ];
  } finally {
    one.stop();
    two.stop();
  }
}

/** An hour of updates, replayed as fast as the page takes them: what it keeps of them is bounded. */

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { FeedMessage } from '../../src/plugins/dashboard/protocol/index.js';
import { builtTree } from '../support/built.js';
import { excused } from '../support/needs.js';
import { toolsMissing } from '../support/tools.js';
import { browserMissing, closeBrowserAfterwards, newPage, seen } from './browser.js';
import { scene } from './scene.js';

/** Seconds that are replayed: what is compared with the end has the lines of all plots full. */
const HOUR = 3600;
const WARM = 900;
const INTERFACES = 8;
/** Bytes by which the heap may differ: code that is compiled meanwhile. */
const SLACK = 1_500_000;

/** Messages of one second, by topic: every number moves. */
function* messagesOf(second: number, start: number): Generator<FeedMessage> {
  const at = start + 1000 * second;
  const rate = (n: number) => Math.round(1e6 * (1 + Math.sin(n / 7)) + n);
  const traffic = (n: number) => ({
    rxPps: rate(n),
    txPps: rate(n + 1),
    rxBps: 800 * rate(n),
    txBps: 800 * rate(n + 1),
    drops: n % 50,
  });
  const events = Array.from({ length: 20 }, (_, i) => ({
    at: at - 1000 * i,
    tone: 'good',
    text: `event ${second - i}`,
  }));
  const workers = { 0: { vectorRate: second % 256, loops: rate(second) } };
  const overview = { traffic: traffic(second), uptimeMs: 1000 * second, workers, events };
  const rows = Array.from({ length: INTERFACES }, (_, i) => [
    i,
    { ...traffic(second + i), dropsTotal: 50 * second + i },
  ]);
  const interfaces = { interfaces: Object.fromEntries(rows) };
  if (second > 0) {
    yield { topic: 'overview', at, patch: overview as never };
    yield { topic: 'interfaces', at, patch: interfaces as never };
    return;
  }
  const api = { oldestMs: 0, inFlight: 0, waiting: 0 };
  yield { topic: 'overview', at, full: { ...overview, buffers: {}, heaps: {}, api } as never };
  const named = rows.map(([i, row]) => [
    i,
    { name: `eth${i}`, admin: true, link: true, addresses: [], ...(row as object) },
  ]);
  yield { topic: 'interfaces', at, full: { interfaces: Object.fromEntries(named), inventory: { at } } as never };
}

/** The feed's WebSocket, in the page: messages that came from outside of it would take most of the time. */
const FEED_IN_PAGE = `
  const Real = WebSocket;
  window.WebSocket = function (url, protocols) {
    if (!/\\/ui\\/feed$/.test(url)) return new Real(url, protocols);
    window.feed = this;
    this.send = () => {};
    this.close = () => {};
    this.deliver = (data) => this.onmessage({ data });
    this.hello = ${JSON.stringify(JSON.stringify({ hello: { version: '1', access: 'read', caller: 'test', intervalMs: 1000 } }))};
    setTimeout(() => {
      this.onopen?.();
      this.deliver(this.hello);
    });
  };
`;
/** Seconds between two pictures of the page, which draws what it gets. */
const STEP = 50;

/** Replays some seconds, in step with the page. */
async function replay(page: Page, from: number, to: number, start: number): Promise<void> {
  for (let second = from; second < to; second += STEP) {
    const seconds = Array.from({ length: Math.min(STEP, to - second) }, (_, i) => second + i);
    const texts = seconds.flatMap((each) => [...messagesOf(each, start)].map((message) => JSON.stringify(message)));
    await page.evaluate((texts) => {
      const { feed } = globalThis as unknown as { feed: { deliver(text: string): void } };
      for (const text of texts) feed.deliver(text);
      return new Promise((done) => setTimeout(done));
    }, texts);
    await page.evaluate('new Promise((done) => requestAnimationFrame(done))');
  }
}

describe('an hour', excused(browserMissing ?? toolsMissing('python3')), () => {
  builtTree();
  closeBrowserAfterwards();

  it.each(['overview', 'interfaces'])(
    'of updates of %s: the heap of the page stays as it was',
    { timeout: 900_000 },
    async (view) => {
      const { ui } = await scene();
      const page = await newPage();
      await page.addInitScript(FEED_IN_PAGE);
      await page.goto(`${ui}#/${view}`);
      await seen(page.locator('.pill', { hasText: 'Agent connected' }));
      const devtools = await page.context().newCDPSession(page);
      const used = async () => {
        await devtools.send('HeapProfiler.collectGarbage');
        return (await devtools.send('Runtime.getHeapUsage')).usedSize;
      };
      const start = Date.now() - 1000 * HOUR;
      await replay(page, 0, WARM, start);
      await seen(page.getByRole('heading', { level: 1 }));
      const before = await used();
      await replay(page, WARM, HOUR, start);
      const after = await used();
      console.log(
        `${view}: ${Math.round(before / 1024)} KiB after ${WARM} s, ${Math.round(after / 1024)} KiB after an hour`,
      );
      expect(after).toBeLessThan(before + SLACK);
    },
  );
});

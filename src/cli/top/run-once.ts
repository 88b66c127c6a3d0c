/** `vppmux top --once`: one view as text or JSON. It is read twice, so that there are rates. */

import { setTimeout as sleep } from 'node:timers/promises';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import type { Model } from './model.js';
import { plain } from './parts/line.js';
import { Reader } from './reader.js';
import { snapshot } from './render.js';
import type { Screen } from './screen.js';
import type { Sources } from './sources.js';
import { rowsOf } from './view-body.js';
import { TABLES } from './views/index.js';
import { overviewJson } from './views/overview.js';

/** Milliseconds between two looks whether VPP has updated its nodes. */
const BEAT_MS = 500;

export interface OnceOptions {
  /** Milliseconds between the two reads. */
  readonly interval: number;
  readonly isJson: boolean;
}

/** Throws ExitWith where what the view shows cannot be read. */
export async function runOnce(host: Host, sources: Sources, screen: Screen, options: OnceOptions): Promise<void> {
  const reader = new Reader(sources);
  try {
    await readFor(host, reader, screen, options.interval);
    const model = reader.model(Date.now());
    if (options.isJson) await host.out.json(jsonOf(screen, model));
    else for (const line of snapshot(screen, model, host.out.width)) await host.out.line(plain(line).trimEnd());
    if (screen.view === 'api' && model.api === undefined) throw new ExitWith(EXIT.NO_CONNECTION);
  } finally {
    await sources.stats.close();
  }
}

/** Reads at the beginning and at the end of the interval; in between as well where it counts when VPP's values change. */
async function readFor(host: Host, reader: Reader, screen: Screen, interval: number): Promise<void> {
  let end: number | undefined;
  const step = screen.view === 'nodes' ? Math.min(interval, BEAT_MS) : interval;
  for (;;) {
    const [error] = await Promise.all([reader.readCounters(), reader.readAgent(host.signal)]);
    host.signal.throwIfAborted();
    // The agent knows what this view shows.
    if (error !== undefined && screen.view !== 'api') {
      host.note(error.message);
      throw new ExitWith(EXIT.NO_CONNECTION);
    }
    // From the first read on, however long that took.
    end ??= performance.now() + interval;
    const left = end - performance.now();
    if (left <= 0) return;
    await sleep(Math.min(step, left), undefined, { signal: host.signal });
  }
}

function jsonOf(screen: Screen, model: Model): object {
  const { at, dataplane, stats, figures, api } = model;
  const bootTime = figures?.system.bootTime;
  const content =
    screen.view === 'overview'
      ? overviewJson(model)
      : TABLES[screen.view].json(model, rowsOf(TABLES[screen.view], screen, model) ?? []);
  return {
    time: new Date(at).toISOString(),
    ...(dataplane !== undefined && { dataplane }),
    vpp: {
      state: stats.state,
      ...(stats.reason !== undefined && { reason: stats.reason }),
      socket: stats.socket,
      ...(stats.way !== undefined && { way: stats.way }),
      ...(bootTime && { upSeconds: Math.round(at / 1000) - Number(bootTime) }),
      ...(api?.vpp.version !== undefined && { version: api.vpp.version }),
    },
    view: screen.view,
    ...content,
  };
}

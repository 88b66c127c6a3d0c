/** A controller over a mock, with a clock and a disk of the test's own. */

import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import { type Connection, createConnection } from '../../../src/mux/index.js';
import type { Clock } from '../../../src/plugins/desired-state/clock.js';
import { desiredStateConfig } from '../../../src/plugins/desired-state/config.js';
import { Controller } from '../../../src/plugins/desired-state/controller.js';
import { KindsInUse } from '../../../src/plugins/desired-state/kinds-in-use.js';
import { Store } from '../../../src/plugins/desired-state/store/store.js';
import { VppSessions } from '../../../src/plugins/desired-state/vpp-sessions.js';
import { DataplaneEvents } from '../../../src/plugins/govpp/dataplane-events.js';
import type { Mux } from '../../../src/sdk/index.js';
import type { Kind } from '../../../src/wish/index.js';
import { testMock } from '../../support/mock.js';
import { FakeDisk } from './fake-disk.js';

export class FakeClock implements Clock {
  private ms = 1000;
  private readonly timers = new Set<{ readonly at: number; readonly run: () => void }>();

  now(): number {
    return this.ms;
  }

  date(): Date {
    return new Date(Date.UTC(2026, 0, 1) + this.ms);
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.ms + ms, run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Runs what is due until then. */
  advance(ms: number): void {
    this.ms += ms;
    for (const timer of [...this.timers]) {
      if (timer.at <= this.ms && this.timers.delete(timer)) timer.run();
    }
  }
}

type Mock = Awaited<ReturnType<typeof testMock>>;

export interface WorldOptions {
  readonly mock?: Mock;
  readonly disk?: FakeDisk;
  readonly conf?: object;
  readonly kinds?: readonly Kind[];
  readonly replyTimeoutMs?: number;
  readonly claim?: () => boolean;
}

export async function world(options: WorldOptions = {}) {
  const { mock = await testMock(), disk = new FakeDisk(), conf = {}, kinds = [], replyTimeoutMs = 5000 } = options;
  const { claim = () => false } = options;
  const clock = new FakeClock();
  const config = desiredStateConfig.parse(conf);
  const vpp = createConnection({ socket: mock.socket, cacheDir: false, health: { probe: false }, replyTimeoutMs });
  const lines: string[] = [];
  const log = pino({ level: 'info', base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  const contributed = { list: kinds.map((value) => ({ plugin: 'test', value })) };
  const inUse = new KindsInUse(contributed, (text) => log.warn(text));
  const sessions = new VppSessions(vpp as unknown as Mux, () => controller.vppChanged());
  const controller = new Controller({
    open: () => Store.open(disk, { folder: '/state', keep: () => config.keep }),
    claim,
    ...{ kinds: inUse, vpp: sessions, clock, config: () => config, log, changed: () => {} },
  });
  const stops = [sessions.follow(), follow(vpp, sessions)];
  /** Ends it as a kill does: nothing is waited for. */
  const end = async () => {
    for (const stop of stops.splice(0)) stop();
    void controller.close();
    await vpp.close();
  };
  onTestFinished(end);
  await vi.waitFor(() => {
    if (sessions.present === undefined) throw new Error('VPP is not there yet');
  });
  await controller.start();
  await controller.idle();
  /** Lets time pass, and waits for what it causes. */
  const pass = async (ms: number) => {
    clock.advance(ms);
    await controller.idle();
  };
  return {
    mock,
    disk,
    clock,
    vpp,
    sessions,
    controller,
    lines,
    end,
    pass,
    counts: () => controller.carrier?.states.counts,
  };
}

function follow(vpp: Connection, sessions: VppSessions): () => void {
  const control = { dataplane: (event: never) => sessions.note(event), redundancy() {}, saveState: async () => {} };
  return new DataplaneEvents(vpp, control as never).follow();
}

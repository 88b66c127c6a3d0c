/** Mixed load for hours: everything a program does with a connection, its mistakes included, each over and over. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Channel, type Connection, VppmuxError } from '../../src/mux/index.js';
import type { MinuteCount } from './soak-minute.js';

const REQUESTS = ['control_ping', 'show_version', 'show_vpe_system_time', 'sw_interface_get_mac_address'] as const;
/** Error codes that such a load may get; any other is a fault. */
const CODES = new Set([
  'CONNECTION_LOST',
  'NOT_CONNECTED',
  'REPLY_TIMEOUT',
  'ABORTED',
  'RETVAL',
  'BAD_FIELD',
  'REPLY_OVERFLOW',
  'CHANNEL_CLOSED',
]);
/** Between two goes of one worker, milliseconds. */
const PAUSE = 10;

/** Once through its work; may throw. */
type Go = (ch: Channel) => Promise<unknown>;

export class SoakLoad {
  /** Faults that were seen. */
  readonly faults: string[] = [];
  events = 0;
  resyncs = 0;
  private running = true;
  private readonly workers: Promise<void>[] = [];
  private readonly channels: Channel[] = [];

  constructor(
    private readonly vpp: Connection,
    private readonly count: MinuteCount,
  ) {}

  start(): void {
    for (let i = 0; i < 12; i++) this.work((ch) => this.burst(ch, REQUESTS[i % REQUESTS.length]));
    this.work(async (ch) => {
      for await (const _each of ch.dump('sw_interface_dump'));
    });
    this.work((ch) => ch.dump('ip_path_mtu_get').toArray());
    this.work((ch) =>
      ch
        .dump('ip_route_v2_dump')
        .observe()
        .forEach(() => {}),
    );
    this.work(async (ch) => {
      for await (const _each of ch.dump('ip_route_v2_dump')) break; // leaves early
    });
    this.work(async (ch) => {
      for await (const _each of ch.dump('ip_route_v2_dump')) await delay(1); // too slow for its buffer, mostly
    }, 50);
    this.work((ch) => ch.request('show_version', {}, { timeoutMs: 0.5 }));
    this.work((ch) => ch.request('show_version', {}, { signal: AbortSignal.timeout(1) }));
    this.work((ch) => ch.request('sw_interface_set_flags', { sw_if_index: 999_999, flags: 1 }));
    this.work((ch) => ch.request('sw_interface_set_flags', { sw_if_index: -1 }));
    this.work(() => this.passingChannel());
    for (const iterate of [true, false]) this.watch(iterate);
  }

  /** All workers end, and all that was under way settles; rejects after `ms`. */
  async stop(ms: number): Promise<void> {
    this.running = false;
    const late = new AbortController();
    const timeout = delay(ms, undefined, { signal: late.signal }).then(() => {
      throw new Error(`something has not settled ${ms} ms after the end`);
    });
    timeout.catch(() => {});
    await Promise.race([Promise.all(this.workers), timeout]).finally(() => late.abort());
    for (const ch of this.channels) ch.close();
  }

  private work(go: Go, replyBuffer?: number): void {
    const ch = this.vpp.channel({ replyBuffer });
    this.channels.push(ch);
    this.workers.push(this.again(ch, go));
  }

  private async again(ch: Channel, go: Go): Promise<void> {
    while (this.running) {
      await go(ch).catch((error) => this.judge(error));
      await delay(PAUSE);
    }
  }

  private judge(error: unknown): void {
    if (error instanceof VppmuxError && CODES.has(error.code)) this.count.failed(error.code);
    else if (this.faults.length < 20) this.faults.push(error instanceof Error ? `${error.stack}` : String(error));
  }

  /** Measured; each of them fails by itself. */
  private async burst(ch: Channel, name: string): Promise<void> {
    const one = async () => {
      const begun = performance.now();
      await ch.request(name);
      this.count.answered(performance.now() - begun);
    };
    await Promise.all(Array.from({ length: 8 }, () => one().catch((error) => this.judge(error))));
  }

  /** Opened, used, and closed with work under way. */
  private async passingChannel(): Promise<void> {
    const ch = this.vpp.channel({ requestBuffer: 2 });
    const work = [ch.events('sw_interface_event').ready(), ...REQUESTS.map((name) => ch.request(name))];
    const settled = Promise.all(work.map((each) => each.catch((error) => this.judge(error))));
    await delay(1);
    ch.close();
    await settled;
  }

  private watch(iterate: boolean): void {
    const ch = this.vpp.channel();
    this.channels.push(ch);
    const take = (item: object) => {
      if ('resync' in item) this.resyncs++;
      else this.events++;
    };
    const events = ch.events('sw_interface_event');
    const failed = (error: unknown) => this.judge(error);
    if (!iterate) events.observe().subscribe({ next: take, error: failed });
    else {
      void (async () => {
        for await (const item of events) take(item);
      })().catch(failed);
    }
  }
}

/**
 * Load from many channels: requests, dumps read in each of the three ways, events. Every operation is
 * watched: it settles, and if it fails then with a typed error that says what is known of its effect.
 */
import { type Channel, type Connection, type EventItem, VppmuxError } from '../../src/mux/index.js';

const CHANNELS = 50;
/** Requests that a channel has under way; more than its window, so that some wait. */
const BURST = 24;
const WINDOW = 16;
const REQUESTS = ['control_ping', 'show_version', 'show_vpe_system_time', 'sw_interface_get_mac_address'] as const;
/** Error codes that the death of a dataplane may give. */
const CODES = new Set(['CONNECTION_LOST', 'NOT_CONNECTED']);

type Operation = (ch: Channel, signal: AbortSignal) => Promise<unknown>;

const single =
  (name: string): Operation =>
  (ch, signal) =>
    ch.request(name, {}, { signal });

const byIteration: Operation = async (ch) => {
  let seen = 0;
  for await (const _details of ch.dump('sw_interface_dump')) seen++;
  return seen;
};

const byArray: Operation = (ch, signal) => ch.dump('ip_path_mtu_get', {}, { signal }).toArray();

const byObservable: Operation = (ch) =>
  ch
    .dump('ip_route_v2_dump')
    .observe()
    .forEach(() => {});

/** The work of a channel, each kind over and over; the fifth kind of channel only watches events. */
const WORK: readonly (readonly Operation[])[] = [
  Array.from({ length: BURST }, (_, i) => single(REQUESTS[i % REQUESTS.length])),
  [byIteration],
  [byArray],
  [byObservable],
];

/** The items that one event subscriber has seen. */
export interface Watcher {
  /** Generation of the last `{ resync }`; 0: none yet. */
  generation: number;
  resyncs: number;
  gaps: number;
  /** sw_if_index of the last event. */
  last: number;
  events: number;
  ended: boolean;
}

export class Load {
  readonly watchers: Watcher[] = [];
  /** Errors by code and outcome. */
  readonly failures = new Map<string, number>();
  /** Faults that were seen. */
  readonly faults: string[] = [];
  succeeded = 0;
  /** When the last operation settled, on the clock of performance.now(). */
  settledAt = 0;
  private busy = 0;
  private running = false;
  private onIdle = () => {};
  private readonly channels: Channel[] = [];

  /** `signal`: what the operations could be given up by; never used, so that it must be left without listeners. */
  constructor(
    private readonly connection: Connection,
    private readonly signal: AbortSignal,
  ) {}

  /** Opens the channels and subscribes the watchers. */
  open(): void {
    for (let i = 0; i < CHANNELS; i++) {
      const ch = this.connection.channel({ requestBuffer: WINDOW });
      this.channels.push(ch);
      if (i % 5 === 4) this.watch(ch, i % 2 === 0);
    }
  }

  get inFlight(): number {
    return this.busy;
  }

  /** All channels but the watchers' work, until `pause`. */
  go(): void {
    this.running = true;
    for (const [i, ch] of this.channels.entries()) for (const each of WORK[i % 5] ?? []) void this.work(ch, each);
  }

  /** Nothing new is begun. */
  pause(): void {
    this.running = false;
  }

  /** Resolves when all that was begun has settled; rejects after `ms`. */
  idle(ms: number): Promise<void> {
    if (this.busy === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.busy} operations have not settled after ${ms} ms`)), ms);
      this.onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  close(): void {
    for (const ch of this.channels) ch.close();
  }

  private async work(ch: Channel, operation: Operation): Promise<void> {
    while (this.running) {
      this.busy++;
      try {
        await operation(ch, this.signal);
        this.succeeded++;
      } catch (error) {
        this.judge(error);
        return;
      } finally {
        this.busy--;
        this.settledAt = performance.now();
        if (this.busy === 0) this.onIdle();
      }
    }
  }

  private judge(error: unknown): void {
    if (!(error instanceof VppmuxError)) {
      this.faults.push(`an error that is not typed: ${error instanceof Error ? error.stack : String(error)}`);
      return;
    }
    const key = `${error.code} ${error.outcome}`;
    this.failures.set(key, (this.failures.get(key) ?? 0) + 1);
    const known = error.outcome === 'unknown' || error.outcome === 'not-sent';
    if (!CODES.has(error.code) || !known) this.faults.push(`${key}: ${error.message}`);
  }

  private watch(ch: Channel, iterate: boolean): void {
    const seen: Watcher = { generation: 0, resyncs: 0, gaps: 0, last: -1, events: 0, ended: false };
    this.watchers.push(seen);
    const events = ch.events('sw_interface_event');
    const failed = (error: unknown) => this.faults.push(`a subscription failed: ${String(error)}`);
    if (iterate) {
      void (async () => {
        for await (const item of events) note(seen, item);
        seen.ended = true;
      })().catch(failed);
    } else {
      const complete = () => {
        seen.ended = true;
      };
      events.observe().subscribe({ next: (item) => note(seen, item), error: failed, complete });
    }
  }
}

function note(seen: Watcher, item: EventItem): void {
  if ('resync' in item) {
    seen.resyncs++;
    seen.generation = (item.resync as { generation: number }).generation;
  } else if ('gap' in item) seen.gaps += Number(item.gap);
  else {
    seen.events++;
    seen.last = Number(item.sw_if_index);
  }
}

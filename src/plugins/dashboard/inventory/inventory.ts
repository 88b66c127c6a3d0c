/**
 * The settings of VPP's interfaces while somebody looks at them: read once, and again when something may have changed them. Changes
 * are seen as events of VPP, as requests of anybody who uses this agent's connection, and as names in the counters that are new.
 */

import { type DataEvents, type Mux, reasonOf } from '../../../sdk/index.js';
import type { EventLog } from '../event-log.js';
import type { InventoryState } from '../protocol/index.js';
import { changedDetails, changesInterfaces } from './changes-interfaces.js';
import { InterfaceDetails } from './interface-details.js';
import { type Known, readSettings } from './read-settings.js';

/** Milliseconds between two reads. */
const PAUSE_MS = 2000;
/** Milliseconds after which everything is read again though nothing was seen: VPP's own command line can change things unseen. */
const STALE_MS = 60_000;
/** Interfaces whose addresses and tables are read again for their age: by a read that something caused, and by one that nothing did. */
const RENEWED = { caused: 16, uncaused: 128 };
const ADMIN_UP = 1;
const LINK_UP = 2;

interface Services {
  readonly mux: Pick<Mux, 'channel' | 'state' | 'states'>;
  readonly dataEvents: Pick<DataEvents, 'listen'>;
  readonly log: EventLog;
}

export class Inventory {
  private readonly services: Services;
  private known: ReadonlyMap<number, Known> = new Map();
  private at: number | undefined;
  private reason: string | undefined;
  private viewers = 0;
  private stop: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isDirty = false;
  private lastRead = Number.NEGATIVE_INFINITY;
  private isReading = false;
  /** Names of the counters that were asked for in vain. */
  private asked: ReadonlySet<string> = new Set();
  private readonly details = new InterfaceDetails();
  private generation: number | undefined;

  constructor(services: Services) {
    this.services = services;
  }

  get interfaces(): ReadonlyMap<number, Known> {
    return this.known;
  }

  get state(): InventoryState {
    return { at: this.at, reason: this.reason };
  }

  /** Keeps itself up to date until the returned function is called. */
  view(): () => void {
    this.viewers += 1;
    if (this.viewers === 1) this.begin();
    return () => {
      this.viewers -= 1;
      if (this.viewers === 0) this.end();
    };
  }

  /** Reads the list again soon, and what is not known of each interface. */
  refresh(): void {
    this.isDirty = true;
    this.schedule();
  }

  /** Tells the names that the counters have; one that is not known is asked for, once. */
  seen(names: readonly (readonly [index: number, name: string])[]): void {
    const isNew = ([index, name]: readonly [number, string]) =>
      this.known.get(index)?.name !== name && !this.asked.has(`${index} ${name}`);
    const unknown = names.filter(isNew);
    if (unknown.length === 0) return;
    this.asked = new Set(unknown.map(([index, name]) => `${index} ${name}`));
    this.refresh();
  }

  private begin(): void {
    const { mux, dataEvents } = this.services;
    const stop = new AbortController();
    this.stop = stop;
    const channel = mux.channel({ name: 'dashboard events', access: 'read', signal: stop.signal });
    void this.follow(channel.events('sw_interface_event'), stop.signal);
    // Nothing was seen while nobody looked.
    this.details.mayHaveChanged();
    const states = mux.states().subscribe(({ state, generation }) => {
      if (state !== 'ready') return;
      if (generation !== this.generation) this.details.mayHaveChanged();
      this.generation = generation;
      this.refresh();
    });
    const stopListening = dataEvents.listen({
      name: 'dashboard',
      reply: (_channel, message) => {
        const { request } = message;
        if (request === undefined || request.reads || !changesInterfaces(request.name)) return;
        const changed = changedDetails(message);
        if (changed !== undefined) this.details.mayHaveChanged(changed === 'all' ? undefined : changed);
        this.refresh();
      },
    });
    stop.signal.addEventListener('abort', () => {
      states.unsubscribe();
      stopListening();
      clearTimeout(this.timer);
      this.timer = undefined;
    });
    this.refresh();
  }

  private end(): void {
    this.stop?.abort(new Error('nobody looks at the interfaces'));
    this.stop = undefined;
  }

  private schedule(): void {
    if (this.stop === undefined || this.isReading) return;
    clearTimeout(this.timer);
    const pause = this.isDirty ? PAUSE_MS : STALE_MS;
    const wait = Math.max(0, this.lastRead + pause - performance.now());
    this.timer = setTimeout(() => void this.read(), wait).unref();
  }

  private async read(): Promise<void> {
    const { stop } = this;
    if (stop === undefined || this.isReading) return;
    this.isReading = true;
    const renewed = this.isDirty ? RENEWED.caused : RENEWED.uncaused;
    this.isDirty = false;
    const channel = this.services.mux.channel({ name: 'dashboard', access: 'read', signal: stop.signal });
    try {
      this.known = await readSettings(channel, { signal: stop.signal, details: this.details, renewed });
      this.at = Date.now();
      this.reason = undefined;
    } catch (error) {
      this.reason = reasonOf(error);
    } finally {
      channel.close();
      this.isReading = false;
      this.lastRead = performance.now();
      this.schedule();
    }
  }

  private async follow(events: AsyncIterable<object>, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of events) {
        if ('sw_if_index' in event) this.onEvent(event as { sw_if_index: number; flags: number; deleted: boolean });
        else this.refresh();
      }
    } catch (error) {
      // Without events there are still the others ways to see a change.
      if (!signal.aborted) this.services.log.add('busy', `no events of interfaces: ${reasonOf(error)}`);
    }
  }

  private onEvent({
    sw_if_index: index,
    flags,
    deleted,
  }: {
    sw_if_index: number;
    flags: number;
    deleted: boolean;
  }): void {
    const before = this.known.get(index);
    const name = before?.name ?? `interface ${index}`;
    const [admin, link] = [(flags & ADMIN_UP) !== 0, (flags & LINK_UP) !== 0];
    if (deleted) this.details.mayHaveChanged(index);
    if (deleted) this.services.log.add('off', `${name} was deleted`);
    else if (before?.admin !== admin || before.link !== link) {
      this.services.log.add(admin && link ? 'good' : 'busy', `${name}: ${upDown(admin)}, link ${upDown(link)}`);
    }
    if (before !== undefined && !deleted) this.known = new Map(this.known).set(index, { ...before, admin, link });
    this.refresh();
  }
}

const upDown = (isUp: boolean) => (isUp ? 'up' : 'down');

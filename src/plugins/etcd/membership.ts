/** One agent's part in a fleet as etcd.conf has it: the store, the member, and the driver where it is asked for. */

import { hostname } from 'node:os';
import {
  type AgentState,
  Driver,
  type DriverEvent,
  FleetKeys,
  type FleetStore,
  Member,
  NAME,
  stateText,
  type WishCarrier,
} from '../../fleet/index.js';
import { type EtcdConfig, isOff } from './config.js';
import { openStore } from './open-store.js';
import { confMistake } from './secret.js';

export interface MembershipParts {
  readonly carrier: WishCarrier;
  readonly facts: () => Pick<AgentState, 'agent' | 'vpp' | 'health'>;
  readonly log: { info(text: string): void; warn(text: string): void };
  /** Called when its status may be another one. */
  readonly changed: () => void;
}

export interface DriverState {
  /** Whether it has the lock of whoever drives. */
  readonly isLeading: boolean;
  /** Why it does not get on. */
  readonly trouble?: string;
}

/** All there is while it is not off. */
export interface Opened {
  readonly config: EtcdConfig;
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  readonly member: Member;
}

export class Membership {
  /** Undefined while it is off. */
  opened: Opened | undefined;
  /** Undefined where etcd.conf does not ask for one. */
  driver: DriverState | undefined;
  /** Why the connection to etcd cannot be made; the member only knows how it lost it. */
  awayReason: string | undefined;
  private ending = new AbortController();
  private driving: Promise<void> = Promise.resolve();

  constructor(private readonly parts: MembershipParts) {}

  /** Rejects with a mistake of etcd.conf. The store may be away. */
  async open(config: EtcdConfig): Promise<void> {
    if (isOff(config)) return;
    const { carrier, facts, log, changed } = this.parts;
    const label = labelOf(config);
    const onAway = (reason: string | undefined) => {
      this.awayReason = reason;
      changed();
    };
    const store = await openStore(config, (text) => log.warn(text), onAway);
    const keys = new FleetKeys(config.prefix);
    const member = new Member({
      ...{ store, keys, label, labels: config.labels, carrier, facts, log, changed },
      pace: { ttlSeconds: Math.round(config.ttl / 1000), jitterMs: config.jitter },
    });
    this.opened = { config, store, keys, member };
    member.start();
    if (config.drive) this.drive(label);
  }

  /** Leaves the fleet: its state is removed, where the store can be reached. VPP is left as it is. */
  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    this.driver = undefined;
    this.awayReason = undefined;
    this.ending.abort();
    this.ending = new AbortController();
    await Promise.all([opened?.member.close(), this.driving]);
    await opened?.store.close();
  }

  private drive(label: string): void {
    if (this.opened === undefined) return;
    const { store, keys } = this.opened;
    this.driver = { isLeading: false };
    const { signal } = this.ending;
    const onEvent = (event: DriverEvent) => {
      if (!signal.aborted) this.took(event);
    };
    this.driving = new Driver({ store, keys, name: `agent ${label}`, onEvent }).run(signal);
  }

  private took(event: DriverEvent): void {
    const { log, changed } = this.parts;
    switch (event.kind) {
      case 'leading':
      case 'left':
        // It leaves where it does not get on, which is true until it does.
        this.driver = event.kind === 'leading' ? { isLeading: true } : { ...this.driver, isLeading: false };
        log.info(event.kind === 'leading' ? 'this agent drives roll-outs from now on' : 'this agent drives no more');
        break;
      case 'state': {
        const { plan, state } = event;
        log.info(`generation ${plan.generation} is ${stateText(state)}${state.reason ? `: ${state.reason}` : ''}`);
        this.driver = { isLeading: true };
        break;
      }
      case 'failed':
        log.warn(`generation ${event.plan.generation}: ${event.label} ${event.reason}`);
        break;
      case 'noted':
        log.warn(event.text);
        break;
      case 'trouble':
        if (this.driver?.trouble !== event.reason) log.warn(`the roll-out does not get on: ${event.reason}`);
        this.driver = { isLeading: this.driver?.isLeading === true, trouble: event.reason };
        break;
    }
    changed();
  }
}

function labelOf({ label }: EtcdConfig): string {
  if (label !== '') return label;
  const host = hostname();
  if (NAME.test(host)) return host;
  throw confMistake(`label: the name of this host, "${host}", is none for an agent of a fleet: set label`);
}

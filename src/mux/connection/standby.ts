/**
 * The dataplane that does not serve, kept ready to: connected, with its definitions at hand, and probed like the one
 * that serves. To VPP it is one more idle client. When it has to serve, its link is taken and there is nothing to wait for.
 */

import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { TimeoutError, VppmuxError } from '../errors.js';
import type { Settings } from '../options.js';
import type { Channel, ConnectOptions } from '../types.js';
import type { Dataplane, Seeker } from './dataplane.js';
import type { Dialled } from './dial.js';
import { sayGoodbye } from './farewell.js';
import { startPulse } from './pulse.js';
import { StatusCell } from './status.js';

export class Standby implements Seeker {
  cell: StatusCell;
  /** The first attempt has succeeded or failed. */
  isKnown = false;
  private dialled: Dialled | undefined;
  private stopPulse = () => {};
  private over = false;

  constructor(
    /** Who does not serve at present. */
    public dataplane: Dataplane,
    private readonly settings: Settings,
    private readonly changed: () => void,
  ) {
    this.cell = this.observed(new StatusCell(dataplane.socket));
  }

  start(): void {
    if (!this.over) this.dataplane.seek(this);
  }

  /** Looks after another dataplane from now on, which has just stopped to serve. */
  turnTo(dataplane: Dataplane, cause: string): void {
    const cell = new StatusCell(dataplane.socket);
    cell.move('backoff', cause);
    this.dataplane = dataplane;
    this.cell = this.observed(cell);
    if (!this.over) dataplane.seekLater(this);
  }

  get isReady(): boolean {
    return !this.over && this.cell.value.state === 'ready';
  }

  /** Also while fewer probes than the threshold went unanswered: where nobody else serves, it is the best there is. */
  get canServe(): boolean {
    return this.isReady || (!this.over && this.cell.value.state === 'degraded');
  }

  /** The link of one that can serve; whoever takes it ends what this has to do with it. */
  take(): Dialled | undefined {
    const { dialled } = this;
    if (!this.canServe) return undefined;
    this.stopPulse();
    this.dialled = undefined;
    return dialled;
  }

  stop(): void {
    this.over = true;
    this.dataplane.rest();
    this.stopPulse();
    this.dialled?.link.close();
    this.dialled = undefined;
  }

  /** Leaves it in good order, within `timeoutMs`. */
  async leave(timeoutMs: number): Promise<void> {
    const { dialled } = this;
    this.dialled = undefined;
    this.stop();
    if (!dialled) return;
    await sayGoodbye(dialled, timeoutMs, this.log);
    dialled.link.close();
  }

  trying(): void {}

  found(dialled: Dialled): void {
    this.isKnown = true;
    this.dialled = dialled;
    const { link, catalogue, schemaSource } = dialled;
    const ended = new AbortController();
    link.onMessage = () => {};
    link.onClose = (cause) => this.lost(cause);
    const { cell, log } = this;
    const settings = { ...this.settings, log };
    const channel = asker(dialled, ended.signal);
    const stop = startPulse({ settings, cell, channel, catalogue, framesIn: () => link.framesIn });
    this.stopPulse = () => {
      stop();
      ended.abort();
    };
    if (cell.value.state === 'backoff') cell.move('connecting', cell.value.reason);
    cell.move('ready', `connected: ${catalogue.table.size} messages, definitions from ${schemaSource}`);
  }

  missed(cause: Error): void {
    this.isKnown = true;
    this.dataplane.tell(cause, this.log, 'trying again until it works');
    this.away(cause.message);
  }

  private lost(cause: Error): void {
    this.stopPulse();
    this.dialled = undefined;
    this.dataplane.lost();
    this.log('warn', cause.message);
    this.away(cause.message);
  }

  private observed(cell: StatusCell): StatusCell {
    let isNew = true;
    cell.watch(({ state }) => {
      if (!isNew && state !== 'connecting') this.changed();
    });
    isNew = false;
    return cell;
  }

  private away(reason: string): void {
    const { cell, dataplane } = this;
    const { state, reason: before } = cell.value;
    if (state !== 'backoff') cell.move('backoff', reason);
    else if (before !== reason) cell.note({ reason });
    if (!this.over && dataplane === this.dataplane) dataplane.seekLater(this);
  }

  private readonly log: NonNullable<ConnectOptions['log']> = (level, message) => {
    const { role, socket } = this.dataplane;
    this.settings.log(level, `the ${role} (${socket}), which does not serve: ${message}`, { socket });
  };
}

/** Sends probes without a session. What is heard of VPP is judged by the bytes that come, so no answer is waited for. */
function asker({ link, clientIndex, catalogue }: Dialled, ended: AbortSignal): Pick<Channel, 'request'> {
  return {
    async request(name, fields = {}, { timeoutMs = 0 } = {}) {
      const { kind, message, id } = catalogue.plan(name);
      if (kind !== 'unary') throw new VppmuxError('WRONG_KIND', `${name} is not answered with one message`);
      link.send(message.write, fields, id, clientIndex, 0);
      await delay(timeoutMs, undefined, { signal: ended, ref: false });
      await setImmediate(); // what has come while this program was busy is read first
      throw new TimeoutError('REPLY_TIMEOUT', `${name} was sent ${timeoutMs} ms ago`, { messageName: name });
    },
  };
}

/**
 * The VPP that does not serve, kept ready to: connected, with its definitions loaded, and probed like the one
 * that serves. For that VPP we are one more idle client. When it has to serve, its link is taken over without a wait.
 */

import { setMaxListeners } from 'node:events';
import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import { TimeoutError, VppmuxError } from '../errors.js';
import type { Settings } from '../options.js';
import type { Channel, ConnectOptions } from '../types.js';
import type { Dialled } from './dial.js';
import { sayGoodbye } from './graceful-close.js';
import { monitorHealth } from './health-monitor.js';
import { StatusCell } from './status.js';
import type { DialCallbacks, VppEndpoint } from './vpp-endpoint.js';

export class Standby implements DialCallbacks {
  cell: StatusCell;
  /** The first attempt has succeeded or failed. */
  isKnown = false;
  private dialled: Dialled | undefined;
  private stopMonitor = () => {};
  private over = false;

  constructor(
    /** VPP that does not serve at present. */
    public endpoint: VppEndpoint,
    private readonly settings: Settings,
    private readonly changed: () => void,
  ) {
    this.cell = this.observed(new StatusCell(endpoint.socket));
  }

  start(): void {
    if (!this.over) this.endpoint.connect(this);
  }

  /** Keeps `endpoint` ready from now on, which has just stopped serving because of `cause`. */
  turnTo(endpoint: VppEndpoint, cause: string): void {
    const cell = new StatusCell(endpoint.socket);
    cell.move('backoff', cause);
    this.endpoint = endpoint;
    this.cell = this.observed(cell);
    if (!this.over) endpoint.connectLater(this);
  }

  get isReady(): boolean {
    return !this.over && this.cell.value.state === 'ready';
  }

  /** True also with fewer missed probes than the threshold: where nobody else serves, it is the best VPP there is. */
  get canServe(): boolean {
    return this.isReady || (!this.over && this.cell.value.state === 'degraded');
  }

  /** Gives the link away to be served on; undefined when it cannot serve. */
  take(): Dialled | undefined {
    const { dialled } = this;
    if (!this.canServe) return undefined;
    this.stopMonitor();
    this.dialled = undefined;
    return dialled;
  }

  stop(): void {
    this.over = true;
    this.endpoint.cancel();
    this.stopMonitor();
    this.dialled?.link.close();
    this.dialled = undefined;
  }

  /** Says goodbye to VPP and ends the link, within `timeoutMs`. */
  async leave(timeoutMs: number): Promise<void> {
    const { dialled } = this;
    this.dialled = undefined;
    this.stop();
    if (!dialled) return;
    await sayGoodbye(dialled, timeoutMs, this.log);
    dialled.link.close();
  }

  onAttempt(): void {}

  onLink(dialled: Dialled): void {
    this.isKnown = true;
    this.dialled = dialled;
    const { link, catalogue, schemaSource } = dialled;
    const ended = new AbortController();
    setMaxListeners(0, ended.signal); // one for each probe on its way, of which a slow VPP has many
    link.onMessage = () => {};
    link.onClose = (cause) => this.lost(cause);
    const { cell, log } = this;
    const settings = { ...this.settings, log };
    const channel = probeChannel(dialled, ended.signal);
    const stop = monitorHealth({ settings, cell, channel, catalogue, framesIn: () => link.framesIn });
    this.stopMonitor = () => {
      stop();
      ended.abort();
    };
    if (cell.value.state === 'backoff') cell.move('connecting', cell.value.reason);
    cell.move('ready', `connected: ${catalogue.table.size} messages, definitions from ${schemaSource}`);
  }

  onFailure(cause: Error): void {
    this.isKnown = true;
    this.endpoint.logFailure(cause, this.log, 'trying again until it works');
    this.away(cause.message);
  }

  private lost(cause: Error): void {
    this.stopMonitor();
    this.dialled = undefined;
    this.endpoint.lost();
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
    const { cell, endpoint } = this;
    const { state, reason: before } = cell.value;
    if (state !== 'backoff') cell.move('backoff', reason);
    else if (before !== reason) cell.note({ reason });
    if (!this.over && endpoint === this.endpoint) endpoint.connectLater(this);
  }

  private readonly log: NonNullable<ConnectOptions['log']> = (level, message) => {
    const { role, socket } = this.endpoint;
    this.settings.log(level, `the ${role} (${socket}), which does not serve: ${message}`, { socket });
  };
}

/** Sends probes without a session. Health is judged by the bytes that arrive, so no answer is awaited. */
function probeChannel({ link, clientIndex, catalogue }: Dialled, ended: AbortSignal): Pick<Channel, 'request'> {
  return {
    async request(name, fields = {}, { timeoutMs = 0 } = {}) {
      const { kind, message, id } = catalogue.plan(name);
      if (kind !== 'unary') throw new VppmuxError('WRONG_KIND', `${name} is not answered with one message`);
      link.send(message.write, fields, id, clientIndex, 0);
      await delay(timeoutMs, undefined, { signal: ended, ref: false });
      await setImmediate(); // bytes that arrived while this program was busy are read first
      throw new TimeoutError('REPLY_TIMEOUT', `${name} was sent ${timeoutMs} ms ago`, { messageName: name });
    },
  };
}

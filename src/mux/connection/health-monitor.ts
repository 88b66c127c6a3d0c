/**
 * Asks VPP at a fixed pace whether it is alive, and says so in the status of a connection.
 *
 * Any whole message from VPP is a sign of life, not only the answer to a probe: a VPP that is busy with a long dump is
 * not dead. Bytes of a message that does not end (link/frame-age.ts) are none, because no answer can come behind them. A probe is
 * sent each interval even while an earlier one is unanswered, so that `not-responding` is reached within
 * interval × threshold + timeout.
 *
 * While VPP is at a request that may take long (progress.ts), no probe is sent and none counts: VPP would answer it
 * after that request, and until the deadline of that request silence means nothing.
 *
 *   ready ──1 missed──▶ degraded ──threshold missed──▶ not-responding
 *     ◀────────────── any message from VPP ───────────────┘
 */

import { debug } from '../../debug.js';
import { RefusedError, TimeoutError } from '../errors.js';
import type { Settings } from '../options.js';
import type { MessageCatalogue } from '../session/message-catalogue.js';
import type { Channel } from '../types.js';
import type { StatusCell } from './status.js';

export interface HealthMonitorOptions {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Missed probes until VPP counts as not responding. */
  readonly threshold: number;
  /** Sends a probe; settles when it is answered or its deadline has passed. */
  readonly probe: (timeoutMs: number) => Promise<unknown>;
  /** Whole frames received so far: the number changes when VPP says anything. */
  readonly framesIn: () => number;
  /** Whether VPP is at a request that may take long. */
  readonly isExcused?: () => boolean;
  /** `missed`: consecutive missed probes; `since`: time of the last sign of life. */
  readonly onMissed: (missed: number, since: number) => void;
  readonly onAlive: () => void;
  /** The probe cannot be sent at all, which says nothing about VPP. */
  readonly onUnusable: (error: Error) => void;
}

/** Sends probes until it is stopped, and counts those that nothing came back from. */
export class HealthMonitor {
  private missed = 0;
  private framesAtLastLife: number;
  private lastLife = Date.now();
  private readonly timer: NodeJS.Timeout;
  private stopped = false;

  constructor(private readonly options: HealthMonitorOptions) {
    this.framesAtLastLife = options.framesIn();
    this.timer = setInterval(() => this.sendProbe(), options.intervalMs);
    this.timer.unref();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  private sendProbe(): void {
    this.hasSignOfLife();
    const { probe, framesIn, timeoutMs, isExcused } = this.options;
    if (isExcused?.()) {
      debug.health?.('no probe: VPP is at a request that may take long');
      return;
    }
    const framesAtStart = framesIn();
    probe(timeoutMs).then(
      () => void this.hasSignOfLife(),
      (error: Error) => {
        if (this.stopped || this.hasSignOfLife() || framesIn() !== framesAtStart || isExcused?.()) return;
        if (error instanceof TimeoutError) this.miss();
        else this.options.onUnusable(error);
      },
    );
  }

  private miss(): void {
    const { timeoutMs, threshold, onMissed } = this.options;
    this.missed++;
    debug.health?.(
      `a probe was not answered within ${timeoutMs} ms, and nothing else came: ${this.missed} in a row, threshold ${threshold}`,
    );
    onMissed(this.missed, this.lastLife);
  }

  /** True, and the count begins anew, when VPP has said anything since the last call. */
  private hasSignOfLife(): boolean {
    if (this.stopped) return false;
    const frames = this.options.framesIn();
    if (frames === this.framesAtLastLife) return false;
    this.framesAtLastLife = frames;
    this.lastLife = Date.now();
    if (this.missed > 0) {
      debug.health?.(`a message came from VPP: ${this.missed} missed probes are forgotten`);
      this.missed = 0;
      this.options.onAlive();
    }
    return true;
  }
}

/** The parts of a connection that its health needs. */
export interface MonitoredParts extends Pick<HealthMonitorOptions, 'framesIn' | 'isExcused'> {
  readonly settings: Settings;
  readonly cell: StatusCell;
  /** Channel that the probes are sent on. */
  readonly channel: Pick<Channel, 'request'>;
  /** Definitions of the requests: a probe that changes VPP would do so every second. */
  readonly catalogue: Pick<MessageCatalogue, 'plan'>;
  /** Called when VPP does not respond any more. */
  readonly onHung?: (reason: string) => void;
}

const USUAL = 'control_ping';

/** Starts the probes that the option `health` asks for; returns the function that stops them. */
export function monitorHealth(parts: MonitoredParts): () => void {
  const { probe, intervalMs } = parts.settings.health;
  if (probe === false || intervalMs === 0) return () => {};
  let monitor = monitorWith(parts, probe, (error) => {
    const { log } = parts.settings;
    monitor.stop();
    if (probe === USUAL) log('warn', `VPP's health is not watched: ${error.message}`);
    else {
      log('warn', `the health probe ${probe} cannot be used, ${USUAL} is sent instead: ${error.message}`);
      monitor = monitorWith(parts, USUAL, () => monitor.stop());
    }
  });
  return () => monitor.stop();
}

function monitorWith(parts: MonitoredParts, probe: string, onUnusable: (error: Error) => void): HealthMonitor {
  const { settings, cell, channel, catalogue, framesIn, isExcused, onHung } = parts;
  const { intervalMs, timeoutMs, threshold } = settings.health;
  return new HealthMonitor({
    intervalMs,
    timeoutMs,
    threshold,
    framesIn,
    isExcused,
    onUnusable,
    probe: async (timeoutMs) => {
      if (!catalogue.plan(probe).reads) throw changing(probe);
      return channel.request(probe, {}, { timeoutMs, anyRetval: true });
    },
    onMissed: (missed, since) => {
      const seconds = ((Date.now() - since) / 1000).toFixed(1);
      const count = missed <= threshold ? `${missed} of ${threshold}` : `${missed}`;
      const reason = `VPP has said nothing for ${seconds} s: ${count} probes (${probe}) without an answer`;
      const { state } = cell.value;
      if (missed >= threshold && state !== 'not-responding') {
        settings.log('warn', reason);
        cell.move('not-responding', reason);
        onHung?.(reason);
      } else if (missed < threshold && state === 'ready') cell.move('degraded', reason);
      else cell.note({ reason });
    },
    onAlive: () => {
      settings.log('info', 'VPP answers again');
      cell.move('ready', 'VPP answers again');
    },
  });
}

function changing(probe: string): RefusedError {
  const text = `${probe} may change VPP; a probe must be a request that only reads, like show_version`;
  return new RefusedError('READ_ONLY', text, { messageName: probe, outcome: 'not-sent' });
}

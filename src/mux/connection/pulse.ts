/** What the heartbeat means for the state of a connection. */

import { debug } from '../../debug.js';
import { RefusedError } from '../errors.js';
import type { Settings } from '../options.js';
import type { MessageCatalogue } from '../session/message-catalogue.js';
import type { Channel } from '../types.js';
import { Heartbeat } from './heartbeat.js';
import type { StatusCell } from './status.js';

export interface PulseParts {
  readonly settings: Settings;
  readonly cell: StatusCell;
  /** Where the probes go out. */
  readonly channel: Pick<Channel, 'request'>;
  /** What they may be: a probe that changes VPP would do so every second. */
  readonly catalogue: Pick<MessageCatalogue, 'plan'>;
  readonly framesIn: () => number;
  /** VPP is at a request that may take long. */
  readonly isExcused?: () => boolean;
  /** It does not respond any more. */
  readonly onHung?: (reason: string) => void;
}

const USUAL = 'control_ping';

/** Starts the probes that `health` asks for; returns what stops them. */
export function startPulse(parts: PulseParts): () => void {
  const { probe, intervalMs } = parts.settings.health;
  if (probe === false || intervalMs === 0) return () => {};
  let heartbeat = beat(parts, probe, (error) => {
    const { log } = parts.settings;
    heartbeat.stop();
    if (probe === USUAL) log('warn', `VPP's health is not watched: ${error.message}`);
    else {
      log('warn', `the health probe ${probe} cannot be used, ${USUAL} is sent instead: ${error.message}`);
      heartbeat = beat(parts, USUAL, () => heartbeat.stop());
    }
  });
  return () => heartbeat.stop();
}

function beat(parts: PulseParts, probe: string, onUnusable: (error: Error) => void) {
  const { settings, cell, channel, catalogue, framesIn, isExcused, onHung } = parts;
  const { intervalMs, timeoutMs, threshold } = settings.health;
  return new Heartbeat({
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
      debug.health?.(reason);
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

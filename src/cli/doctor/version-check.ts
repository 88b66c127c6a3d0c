/** VPP's version, process and uptime, asked as any other program would: with the definitions that were found. */

import { VppConnection } from '../../mux/for-cli.js';
import { type Channel, type RequestOptions, type Schema, VppmuxError } from '../../mux/index.js';
import { exitCodeOf } from '../exit-code-of.js';
import { EXIT } from '../exit-codes.js';
import { type Finding, notChecked } from '../output/finding.js';
import { CLOSE_MS } from './contact.js';
import type { Machine } from './machine.js';
import { remedy } from './remedy.js';
import type { Target } from './target.js';

const PATIENCE_MS = 700;

/** Rejects with ABORTED when `signal` is. */
export async function versionFinding(
  schema: Schema,
  { socket, options }: Target,
  machine: Machine,
  signal: AbortSignal,
): Promise<Finding> {
  const check = 'version';
  const name = 'vppmux doctor';
  const own = { connectTimeoutMs: PATIENCE_MS, health: { probe: false } as const, name, schema, signal };
  const connection = new VppConnection({ ...options, ...own });
  try {
    await connection.firstReady(signal);
    const request = { timeoutMs: PATIENCE_MS, signal };
    const channel = connection.channel();
    const { version } = await channel.request('show_version', {}, request);
    const up = await uptimeText(channel, request);
    const { pid } = connection.status;
    const process = pid === undefined ? '' : ` (pid ${pid})`;
    return { check, ok: 'yes', detail: `VPP ${String(version)}${process}, ${up}` };
  } catch (error) {
    if (!(error instanceof VppmuxError) || signal.aborted) throw error;
    // Another check reports definitions that do not fit.
    if (exitCodeOf(error) === EXIT.DEFINITIONS) return notChecked(check, error.message);
    return { check, ok: 'no', detail: error.message, fix: remedy(error, socket, machine) };
  } finally {
    await connection.close({ timeoutMs: CLOSE_MS });
  }
}

/** Read from VPP's command line, since no message has it: `Time now` counts from VPP's start. */
export async function uptimeText(channel: Pick<Channel, 'request'>, request: RequestOptions): Promise<string> {
  try {
    const { reply } = await channel.request('cli_inband', { cmd: 'show clock' }, request);
    // In its first second VPP writes no 0 before the point.
    const seconds = /^Time now (\d*\.?\d)/.exec(String(reply))?.[1];
    if (seconds !== undefined) return `up ${showUptime(Math.floor(Number(seconds)))}`;
  } catch (error) {
    if (!(error instanceof VppmuxError) || request.signal?.aborted) throw error;
  }
  return 'uptime not known: this VPP does not report it';
}

/** The two largest units: `3 d 4 h`, `5 min 10 s`. */
function showUptime(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const largest = units.findIndex(([size]) => seconds >= size);
  let rest = Math.floor(seconds);
  const parts = units
    .slice(largest < 0 ? -1 : largest)
    .slice(0, 2)
    .map(([size, unit]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return `${count} ${unit}`;
    });
  return parts.join(' ');
}

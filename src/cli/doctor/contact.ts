/** First contact with VPP, with built-in definitions only, so that the result does not depend on any others. */

import { builtin, doubledNames, VppConnection } from '../../mux/for-cli.js';
import { type Channel, type ConnectOptions, VppmuxError } from '../../mux/index.js';
import { Latencies } from '../latencies.js';
import { type Finding, notChecked } from '../output/finding.js';
import type { Machine } from './machine.js';
import { remedy } from './remedy.js';
import { isSocketRefusal, socketFinding } from './socket-check.js';
import type { Target } from './target.js';

const HANDSHAKE_MS = 1500;
const PING_MS = 700;
const PINGS = 5;
export const CLOSE_MS = 200;
/** Time after which no more pings are sent. */
const PINGING_MS = 1000;
/** Round trips from this on are reported: VPP takes a few milliseconds for the table, and less than one for a ping. */
const SLOW = { handshake: 250, ping: 50 };
const BUSY_FIX =
  "VPP's main thread is busy: other clients (`vppctl show api clients`), a long command, or what `vppctl show runtime` shows";

export type Contact =
  | { readonly connection: VppConnection; readonly handshakeMs: number; readonly error?: undefined }
  | { readonly connection?: undefined; readonly error: unknown };

/** Rejects with ABORTED when `options.signal` is. */
export async function makeContact(options: ConnectOptions): Promise<Contact> {
  const seenAt = new Map<string | undefined, number>();
  const connection = new VppConnection({
    ...options,
    name: 'vppmux doctor',
    schema: builtin,
    connectTimeoutMs: HANDSHAKE_MS,
    health: { probe: false },
    trace: ({ name, at }) => seenAt.set(name, at),
  });
  try {
    await connection.firstReady(options.signal);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return { error };
  }
  const [asked = 0, answered = 0] = [seenAt.get('sockclnt_create'), seenAt.get('sockclnt_create_reply')];
  return { connection, handshakeMs: answered - asked };
}

export function handshakeFinding(contact: Contact, { socket }: Pick<Target, 'socket'>, machine: Machine): Finding {
  const check = 'handshake';
  const { error } = contact;
  if (contact.connection) return timed(check, contact.handshakeMs, SLOW.handshake, showMs(contact.handshakeMs));
  if (isSocketRefusal(error)) return notChecked(check, 'the socket cannot be used');
  if (!(error instanceof VppmuxError)) throw error;
  return { check, ok: 'no', detail: error.message, fix: remedy(error, socket, machine) };
}

/** The agent's second VPP: whether it would be there. Rejects with ABORTED when `options.signal` is. */
export async function backupFinding(socket: string, options: ConnectOptions, machine: Machine): Promise<Finding> {
  const contact = await makeContact({ ...options, socket });
  const { connection, error } = contact;
  const target = { socket, from: 'dataplanes.backup' };
  const found = isSocketRefusal(error)
    ? socketFinding(target, error, machine)
    : handshakeFinding(contact, target, machine);
  await connection?.close({ timeoutMs: CLOSE_MS });
  return { ...found, check: 'backup', detail: connection ? `${socket}: handshake ${found.detail}` : found.detail };
}

export function tableFinding({ table }: VppConnection): Finding {
  const check = 'messages';
  const detail = `${table.size} in VPP's table`;
  const doubled = doubledNames(table);
  if (doubled.length === 0) return { check, ok: table.size > 0 ? 'yes' : 'no', detail };
  const some = `${doubled.slice(0, 3).join(', ')}${doubled.length > 3 ? ', …' : ''}`;
  const fix = 'two plugins bring messages of one name: load one of them (`plugins { … }` in startup.conf)';
  return { check, ok: 'warn', detail: `${detail}, ${doubled.length} names twice (${some})`, fix };
}

/** Rejects with ABORTED when `signal` is. */
export async function roundTripFinding(
  channel: Channel,
  { socket }: Pick<Target, 'socket'>,
  machine: Machine,
  signal: AbortSignal,
): Promise<Finding> {
  const check = 'round-trip';
  const latencies = new Latencies();
  const end = performance.now() + PINGING_MS;
  try {
    for (let i = 0; i <= PINGS && performance.now() < end; i++) {
      const began = performance.now();
      await channel.request('control_ping', {}, { timeoutMs: PING_MS, signal });
      const ms = performance.now() - began;
      // The first finds nothing compiled: unless VPP is slow, it measures this program.
      if (i > 0 || ms >= SLOW.ping) latencies.answered(ms);
    }
  } catch (error) {
    if (!(error instanceof VppmuxError) || signal.aborted) throw error;
    return { check, ok: 'no', detail: error.message, fix: remedy(error, socket, machine) };
  }
  const { answered, median = 0, min = 0, max = 0 } = latencies.summary();
  const detail = `${showMs(median)}: median of ${answered} control_pings, ${showMs(min)} to ${showMs(max)}`;
  return timed(check, median, SLOW.ping, detail);
}

function timed(check: string, ms: number, slow: number, detail: string): Finding {
  return ms < slow ? { check, ok: 'yes', detail } : { check, ok: 'warn', detail, fix: BUSY_FIX };
}

const showMs = (ms: number) => `${ms.toFixed(2)} ms`;

/**
 * Debug output with decisions: VPPMUX_DEBUG=reconnect,standby (or `*`) writes lines to stderr that say why something was
 * done: why this retry, why this switch, why this request waits. For whoever works on vppmux, or wants to know what it
 * makes of a VPP; what operators need is in the log.
 *
 *   debug.reconnect?.(`attempt ${n} failed: next one in ${delay} ms`);
 *
 * A topic that is not asked for is undefined: neither its line nor its arguments are made.
 */

import { writeSync } from 'node:fs';
import { didYouMean } from './nearest.js';
import { printableLine } from './printable.js';

/** The topics, and which decisions each is about. */
export const DEBUG_TOPICS = {
  session: 'handshake, begin and end of each session with VPP, answers that nobody waits for',
  reconnect: 'attempts to connect, their delays, the socket file that appears',
  standby: 'two dataplanes: take-over, planned switch, fail-back',
  health: 'probes, and what counts as a sign of life',
  schema: 'where the definitions of the messages come from',
  requests: 'requests that wait, and for what',
  events: 'event registrations: who enables them, when they are undone and renewed',
  plugins: 'choice, order and start of the plugins',
} as const;

export type DebugTopic = keyof typeof DEBUG_TOPICS;

/** Writes one line of its topic. */
export type DebugLine = (text: string) => void;

/** The topics that are asked for. */
export const debug: { [topic in DebugTopic]?: DebugLine } = {};

/**
 * Turns on the topics that `wanted` lists, and all others off: names with commas between them, `*` for all. For an unknown
 * name a line with the nearest ones is written.
 */
export function setDebug(wanted: string | undefined, write: (line: string) => void = toStderr): void {
  const known = Object.keys(DEBUG_TOPICS) as DebugTopic[];
  const names = (wanted ?? '').split(/[\s,]+/).filter((name) => name !== '');
  for (const name of names) {
    if (name === '*' || Object.hasOwn(DEBUG_TOPICS, name)) continue;
    const near = didYouMean(name, known).text || `; there are ${known.join(', ')} and *`;
    write(`VPPMUX_DEBUG has no topic ${printableLine(name, 40)}${near}`);
  }
  for (const topic of known) {
    const isOn = names.includes('*') || names.includes(topic);
    debug[topic] = isOn ? (text) => write(`${topic}: ${printableLine(text)}`) : undefined;
  }
}

/** Writes synchronously, so that the last lines of a process that dies are there; a closed stderr harms nobody. */
function toStderr(line: string): void {
  try {
    writeSync(2, `vppmux ${new Date().toISOString().slice(11, 23)} ${line}\n`);
  } catch {
    // closed, or a pipe that is full
  }
}

setDebug(process.env.VPPMUX_DEBUG);

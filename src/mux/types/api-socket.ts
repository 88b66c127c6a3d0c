/** A socket of the mux's own for VPP's clients in any language: they share the one connection to VPP. */

import type { Access, ClientPeer } from './data-events.js';

export interface ApiSocketLimits {
  /** Clients at a time; a further one is closed. Default 256. */
  readonly clients?: number;
  /** Requests of one client at VPP; further ones wait, and the client with them. Default 1,024. */
  readonly inFlight?: number;
  /** Bytes that may wait for a client that does not read; beyond it is closed. Default 16 MiB. */
  readonly queuedBytes?: number;
  /** Largest message taken from a client, bytes; one that announces a larger one is closed. Default 16 MiB. */
  readonly frameBytes?: number;
  /** Messages a second of one client; further ones are answered with -167 (busy). Default 0: no limit. */
  readonly messagesPerSecond?: number;
}

/** Limits of the clients whose names fit. */
export interface NamedLimits extends ApiSocketLimits {
  /** Name that a client gives itself; `*` stands for any characters. */
  readonly name: string;
}

/**
 * Which clients stay when the link to VPP was lost: `same-vpp`: idle ones, if the same VPP (process id and start) is behind the new
 * link. `close`: none. `keep`: idle ones, also when VPP was restarted; for clients that configure nothing.
 */
export type OnLinkLoss = 'same-vpp' | 'close' | 'keep';

export interface ApiSocketOptions {
  /** Where to listen; a socket left behind is replaced. */
  readonly path?: string;
  /** Descriptor of a socket that listens already, as systemd hands it over; instead of `path`. */
  readonly fd?: number;
  /** Permissions of the socket file. Default 0o770. */
  readonly mode?: number;
  /** Owner and group of the socket file, ids. Default: those of this process. */
  readonly uid?: number;
  readonly gid?: number;
  /** Name of the socket for policies, logs and lists. Default: `api-socket`. */
  readonly role?: string;
  /** `read`: only what reads may be sent. Default `write`. */
  readonly access?: Access;
  readonly limits?: ApiSocketLimits;
  /** Other limits for clients by their names; the first that fits counts, in place of `limits` for what it sets. */
  readonly named?: readonly NamedLimits[];
  /** Time that a client waits for VPP at its handshake, and with a link that is made anew, milliseconds. Default 2,000. */
  readonly holdMs?: number;
  /** Default `same-vpp`. */
  readonly onLinkLoss?: OnLinkLoss;
  /**
   * True: each client has a link to VPP of its own, for what VPP keeps for each link. It ends with that link, whatever `onLinkLoss`
   * says. Default false.
   */
  readonly dedicated?: boolean;
}

/** `active`: requests are at VPP. `waiting`: more wait here. `paused`: held by `pause()`, or while something is asked first. */
export type ApiClientState = 'idle' | 'active' | 'waiting' | 'paused';

/** One client, as lists show it. */
export interface ApiClient {
  /** Number of its channel. */
  readonly id: number;
  /** Name that it gave itself. */
  readonly name: string;
  readonly role: string;
  readonly access: Access;
  /** Path of the socket; undefined for one that was handed over. */
  readonly socket: string | undefined;
  readonly state: ApiClientState;
  /** Time of its handshake, and of its last message, ISO 8601. */
  readonly since: string;
  readonly last: string;
  readonly inFlight: number;
  readonly waiting: number;
  /** Bytes that wait: of its requests here, of answers that it has not read. */
  readonly waitingBytes: number;
  readonly unreadBytes: number;
  /** Age of its oldest request at VPP or here, milliseconds. */
  readonly oldestMs: number;
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly refused: number;
  readonly dropped: number;
  /** Its process, where the platform tells. */
  readonly peer?: ClientPeer;
  /** Names of the events that it gets. */
  readonly events: readonly string[];
  /** Dumps that VPP has not finished. */
  readonly openDumps: number;
}

/** Counts since the socket was opened. */
export interface ApiSocketCounters {
  readonly accepted: number;
  /** Clients turned away at the limit, or closed for what they did. */
  readonly turnedAway: number;
  readonly closed: number;
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly refused: number;
  readonly dropped: number;
}

export interface ApiSocket {
  readonly path: string | undefined;
  readonly role: string;
  clients(): readonly ApiClient[];
  readonly counters: ApiSocketCounters;
  /**
   * Other options, for the socket file at once, and for clients from now on: those that are there keep what they have. Throws
   * BAD_OPTION, or SOCKET_FAILED where the file cannot be given its owner or permissions.
   */
  change(options: Omit<ApiSocketOptions, 'path' | 'fd'>): void;
  /** Closes a client; false where there is none of that number. */
  kill(id: number): boolean;
  /** Lets what is at VPP finish and holds the rest, and new clients too, for at most `timeoutMs` (default 30,000). */
  pause(options?: { timeoutMs?: number }): void;
  resume(): void;
  readonly isPaused: boolean;
  /** Listens no more, waits for the clients to leave up to `timeoutMs` (default 10,000), closes those that are left. */
  drain(options?: { timeoutMs?: number }): Promise<void>;
  /** Closes everything at once. */
  close(): Promise<void>;
  /** Resolves when it is closed. */
  readonly closed: Promise<void>;
}

/**
 * The life of a connection as one value, and the table of events that lead from one state to another.
 *
 * | state | sessions | a user sees |
 * |---|---|---|
 * | dialling | none; an attempt to connect is under way, or comes soon | connecting |
 * | serving | the one that requests go out on | ready, degraded, not-responding |
 * | draining | one that finishes what is in flight before a planned switch | connecting |
 * | detached | none since this tick, in which the standby takes over or all are away | connecting, once it is told |
 * | away | none; the next attempt waits for its delay | backoff |
 * | closing | `close()` was called: the one that leaves VPP in good order, until its link ends | as before |
 * | closed | none, for good | closed |
 *
 * | event | what has happened |
 * |---|---|
 * | attempt | an attempt to connect begins |
 * | wait | an attempt failed, and how the standby is will be known in a moment |
 * | backOff | an attempt failed, or nobody could take over |
 * | takeOver | nobody served, and the standby is about to |
 * | adopt | a link that was found, or the standby's, becomes the session |
 * | drain, keep | a planned switch begins; the standby has gone meanwhile, and the session serves on |
 * | detach | the link ended, or the session was given up |
 * | close, lose, stop | `close()`; the link of a closing connection ended; the end |
 *
 *               adopt            drain ▶
 *   dialling ──────────▶ serving ⇄ draining          close, stop: from everywhere
 *    │ │ ▲                 │ ▲  ◀ keep │
 *    │ │ │          detach │ │ adopt   │ detach
 *    │ │ └─ attempt ─┐     ▼ │         │
 *    │ └─ backOff ─▶ away ⇄ detached ◀─┘
 *    └────────── takeOver ──────▲
 */

import { debug } from '../../debug.js';
import type { Session } from '../session/session.js';
import type { TableEntry } from '../types.js';

const NO_TABLE: ReadonlyMap<string, TableEntry> = new Map();

/** The data of each state. */
interface Held {
  /** `cause`: the failure of the last attempt, or what ended the session before it. */
  dialling: { readonly cause: Error | undefined };
  serving: { readonly session: Session };
  draining: { readonly session: Session };
  detached: { readonly cause: Error | undefined };
  away: { readonly cause: Error };
  closing: { readonly session: Session | undefined };
  closed: { readonly cause: Error };
}

export type PhaseName = keyof Held;
export type Phase<N extends PhaseName = PhaseName> = { [K in N]: { readonly name: K } & Held[K] }[N];
export type PhaseEvent =
  | 'attempt'
  | 'wait'
  | 'backOff'
  | 'takeOver'
  | 'adopt'
  | 'drain'
  | 'keep'
  | 'detach'
  | 'close'
  | 'lose'
  | 'stop';

const END = { close: 'closing', stop: 'closed' } as const;

/** The state that each event leads to; events that are not listed cannot happen in that state. */
export const TRANSITIONS: Readonly<Record<PhaseName, Readonly<Partial<Record<PhaseEvent, PhaseName>>>>> = {
  dialling: { wait: 'dialling', backOff: 'away', takeOver: 'detached', adopt: 'serving', ...END },
  serving: { drain: 'draining', detach: 'detached', ...END },
  draining: { keep: 'serving', detach: 'detached', ...END },
  detached: { adopt: 'serving', backOff: 'away', ...END },
  away: { attempt: 'dialling', takeOver: 'detached', ...END },
  closing: { lose: 'closing', stop: 'closed' },
  closed: {},
};

export class Lifecycle {
  private current: Phase = { name: 'dialling', cause: undefined };
  /** The session of the state `serving`: each request reads it. */
  private serving: Session | undefined;

  get phase(): Phase {
    return this.current;
  }

  /**
   * Makes `next` the state and returns it, for `is()`: users who see a change may cause another one. Throws for an event that
   * the table lacks, which is a bug of vppmux.
   */
  move<N extends PhaseName>(event: PhaseEvent, next: Phase<N>): Phase<N> {
    const { name } = this.current;
    if (TRANSITIONS[name][event] !== next.name) {
      throw new Error(`a connection that is ${name} cannot become ${next.name} by ${event}`);
    }
    debug.session?.(`${name} → ${next.name} by ${event}`);
    this.current = next as Phase;
    this.serving = this.current.name === 'serving' ? this.current.session : undefined;
    return next;
  }

  /** True when nothing has changed since `move()` returned `phase`. */
  is(phase: Phase): boolean {
    return this.current === phase;
  }

  /** The session that requests go out on. */
  get session(): Session | undefined {
    return this.serving;
  }

  /** The message table of that session; empty without one. */
  get table(): ReadonlyMap<string, TableEntry> {
    return this.session?.catalogue.table ?? NO_TABLE;
  }

  /** The session, even if it only finishes what is in flight. */
  get present(): Session | undefined {
    return 'session' in this.current ? this.current.session : undefined;
  }

  /** Reason why there is no session. */
  get cause(): Error | undefined {
    return 'cause' in this.current ? this.current.cause : undefined;
  }

  /** True when nobody serves at this moment, and the standby is about to. */
  get isMoving(): boolean {
    return this.current.name === 'draining' || this.current.name === 'detached';
  }

  /** True once `close()` or `destroy()` was called, or the connection gave up. */
  get isEnding(): boolean {
    return this.current.name === 'closing' || this.current.name === 'closed';
  }
}

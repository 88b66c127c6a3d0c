/** BFD over UDP: sessions, their keys, and peers that answer if they are asked to. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import { Pool } from '../pool.js';
import { NO_INTERFACE } from '../routing/paths.js';

export const BfdState = { ADMIN_DOWN: 0, DOWN: 1, INIT: 2, UP: 3 } as const;

export interface BfdKey {
  readonly index: number;
  readonly confKeyId: number;
  authType: number;
  /** Number of sessions that use it, or will. */
  uses: number;
}

interface Authentication {
  readonly key: BfdKey;
  readonly bfdKeyId: number;
}

export interface BfdSession {
  readonly index: number;
  /** ~0: over several hops. */
  readonly swIfIndex: number;
  readonly local: string;
  readonly peer: string;
  state: number;
  minRx: number;
  minTx: number;
  detectMult: number;
  /** Authentication in effect, and the one to come once the peer has it as well. */
  current?: Authentication;
  next?: Authentication;
  isDelayed: boolean;
}

export class Bfd {
  readonly sessions = new Pool<BfdSession>();
  readonly keys = new Pool<BfdKey>();
  tos = 0;
  isMultihop = false;
  echoSource: number | undefined;
  private peersAnswer = false;

  constructor(private readonly dataplane: Dataplane) {}

  /** Lets the peers of all sessions answer, or fall silent: sessions come up, or go down, and clients get the events. */
  answerFromPeers(answer = true): void {
    this.peersAnswer = answer;
    for (const session of this.sessions.values()) {
      if (answer) this.comeUp(session);
      else if (session.state > BfdState.DOWN) this.setState(session, BfdState.DOWN);
    }
  }

  key(confKeyId: number): BfdKey | undefined {
    return [...this.keys.values()].find((key) => key.confKeyId === confKeyId);
  }

  /** The session that a request names; a number when VPP refuses it. */
  find(fields: Fields): BfdSession | number {
    const refusal = this.refusalOf(fields);
    if (refusal !== Retval.OK) return refusal;
    const { sw_if_index, local_addr, peer_addr } = fields;
    const fits = ({ swIfIndex, local, peer }: BfdSession) =>
      swIfIndex === sw_if_index && local === local_addr && peer === peer_addr;
    return [...this.sessions.values()].find(fits) ?? Retval.BFD_ENOENT;
  }

  /** Adds the session of a `bfd_udp_add`, which has been found to be new. */
  add(fields: Fields): number {
    const { sw_if_index, local_addr, peer_addr, is_authenticated, bfd_key_id, conf_key_id } = fields;
    const key = this.key(Number(conf_key_id));
    if (is_authenticated && key === undefined) return Retval.BFD_ENOENT;
    const session = this.sessions.add((index) => ({
      ...{ index, swIfIndex: Number(sw_if_index), local: String(local_addr), peer: String(peer_addr) },
      ...{ state: BfdState.DOWN, minRx: 0, minTx: 0, detectMult: 0, isDelayed: false },
    }));
    modify(session, fields);
    if (is_authenticated && key !== undefined) session.current = use(key, Number(bfd_key_id));
    this.comeUp(session);
    return Retval.OK;
  }

  remove(session: BfdSession): void {
    this.sessions.remove(session.index);
    for (const auth of new Set([session.current, session.next])) if (auth) auth.key.uses--;
  }

  setAdmin(session: BfdSession, up: boolean): void {
    this.setState(session, up ? BfdState.DOWN : BfdState.ADMIN_DOWN);
    if (up) this.comeUp(session);
  }

  /** Changes the authentication, immediately or together with the peer; `key` undefined: none. */
  authenticate(session: BfdSession, key: BfdKey | undefined, bfdKeyId: number, isDelayed: boolean): void {
    if (!isDelayed && session.current) session.current.key.uses--;
    if (session.next) session.next.key.uses--;
    const auth = key && use(key, bfdKeyId);
    session.next = isDelayed ? auth : undefined;
    if (!isDelayed) session.current = auth;
    session.isDelayed = isDelayed;
  }

  /** Interfaces that go down take their peers away. */
  followInterface(swIfIndex: number, up: boolean): void {
    for (const session of this.sessions.values()) {
      if (session.swIfIndex !== swIfIndex) continue;
      if (up) this.comeUp(session);
      else if (session.state > BfdState.DOWN) this.setState(session, BfdState.DOWN);
    }
  }

  interfaceDeleted(swIfIndex: number): void {
    for (const session of [...this.sessions.values()]) {
      if (session.swIfIndex !== swIfIndex) continue;
      this.setState(session, BfdState.ADMIN_DOWN);
      this.remove(session);
    }
  }

  private refusalOf({ sw_if_index, local_addr, peer_addr }: Fields): number {
    const swIfIndex = Number(sw_if_index);
    const isMultihop = swIfIndex === NO_INTERFACE && this.isMultihop;
    if (!isMultihop && !this.dataplane.hasInterface(swIfIndex)) return Retval.INVALID_SW_IF_INDEX;
    const isMixed = String(local_addr).includes(':') !== String(peer_addr).includes(':');
    return isMixed ? Retval.INVALID_ARGUMENT : Retval.OK;
  }

  private comeUp(session: BfdSession): void {
    const itf = this.dataplane.interfaces.get(session.swIfIndex);
    if (!this.peersAnswer || session.state === BfdState.ADMIN_DOWN || itf?.adminUp === false) return;
    if (session.state === BfdState.DOWN) this.setState(session, BfdState.INIT);
    this.setState(session, BfdState.UP);
  }

  /** VPP tells no pid in this event. */
  private setState(session: BfdSession, state: number): void {
    if (session.state === state) return;
    session.state = state;
    this.dataplane.emit('bfd_udp_session_event', { pid: 0, ...sessionFields(session) });
  }
}

export function modify(session: BfdSession, { required_min_rx, desired_min_tx, detect_mult }: Fields): void {
  session.minRx = Number(required_min_rx);
  session.minTx = Number(desired_min_tx);
  session.detectMult = Number(detect_mult);
}

export function sessionFields(session: BfdSession): Fields {
  const auth = session.isDelayed ? session.next : session.current;
  return {
    ...{ sw_if_index: session.swIfIndex, local_addr: session.local, peer_addr: session.peer, state: session.state },
    is_authenticated: auth !== undefined,
    ...(auth && { bfd_key_id: auth.bfdKeyId, conf_key_id: auth.key.confKeyId }),
    ...{ required_min_rx: session.minRx, desired_min_tx: session.minTx, detect_mult: session.detectMult },
  };
}

function use(key: BfdKey, bfdKeyId: number): Authentication {
  key.uses++;
  return { key, bfdKeyId };
}

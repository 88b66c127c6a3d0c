/** memif: interfaces over shared memory, the socket files that they meet at, and the connections between those of one VPP. */
import { Retval } from '../../retvals.js';
import { UnusedIds } from '../unused-ids.js';
import { type DeviceInstance, Devices } from './devices.js';
import type { Interface } from './interface.js';

const ANY_ID = 0xffffffff;

/** VPP's directory for files whose name is not absolute. */
const RUNTIME_DIR = '/run/vpp';

/** One end: the master listens on the socket file, the slave connects to it and makes the rings. */
export interface Memif extends DeviceInstance {
  readonly id: number;
  readonly socketId: number;
  readonly isMaster: boolean;
  readonly mode: number;
  readonly secret: string;
  readonly zeroCopy: boolean;
  /** The slave's wishes; nothing of a master's is ever seen. */
  readonly rings: Rings;
  /** Whether it has ever met a master, of whatever id: a slave shows its rings from then on. */
  hasRings: boolean;
  peer?: Memif;
}

export interface Rings {
  readonly size: number;
  readonly bufferSize: number;
  /** Queues that the slave receives from, and sends to. */
  readonly rx: number;
  readonly tx: number;
}

export class Memifs {
  readonly ends = new Devices<Memif>();
  /** Socket id → filename. */
  readonly sockets = new Map([[0, `${RUNTIME_DIR}/memif.sock`]]);
  private readonly unusedIds = new UnusedIds(32);

  /** Refuses an end whose socket cannot take it. */
  refusal(wanted: Pick<Memif, 'id' | 'socketId' | 'isMaster'>): number {
    const { id, socketId, isMaster } = wanted;
    if (!this.sockets.has(socketId)) return Retval.INVALID_ARGUMENT;
    // The ends of a socket are all masters, or none is.
    const isRival = (each: Memif) => each.socketId === socketId && (each.isMaster !== isMaster || each.id === id);
    return this.ends.find(isRival) === undefined ? Retval.OK : Retval.SUBIF_ALREADY_EXISTS;
  }

  /** Whether masters listen on a socket's file already, under another id. */
  isListenedTo(socketId: number): boolean {
    const isListener = (each: Memif) => each.isMaster && each.socketId !== socketId && this.share(each, { socketId });
    return this.ends.find(isListener) !== undefined;
  }

  add(made: Omit<Memif, 'index' | 'hasRings' | 'peer'>): void {
    this.ends.add((index) => ({ index, hasRings: false, ...made }));
  }

  /** Connects slaves that are up to a master of the same file, id, mode and secret; gives the ends that have met. */
  connect(slaves: readonly Memif[] = this.ends.values()): Memif[] {
    return slaves.flatMap((slave) => {
      if (slave.isMaster || slave.peer !== undefined || !slave.itf.adminUp) return [];
      const masters = this.ends.values().filter((each) => each.isMaster && this.share(each, slave));
      if (masters.length > 0) slave.hasRings = true;
      const master = masters.find(({ id }) => id === slave.id);
      if (master === undefined || master.peer !== undefined) return [];
      if (master.mode !== slave.mode || master.secret !== slave.secret) return [];
      slave.peer = master;
      master.peer = slave;
      return [slave, master];
    });
  }

  /** Forgets an interface; gives the end that it leaves behind. */
  forget(itf: Interface): Memif | undefined {
    const left = this.ends.forget(itf)?.peer;
    if (left !== undefined) left.peer = undefined;
    return left;
  }

  unusedSocketId(): number {
    return this.unusedIds.next((id) => this.sockets.has(id));
  }

  addSocket(id: number, filename: string): number {
    if (id === ANY_ID || filename === '') return Retval.INVALID_ARGUMENT;
    const path = /^(\/|[a-z]+:)/.test(filename) ? filename : `${RUNTIME_DIR}/${filename}`;
    if ((this.sockets.get(id) ?? path) !== path) return Retval.ENTRY_ALREADY_EXISTS;
    this.sockets.set(id, path);
    return Retval.OK;
  }

  removeSocket(id: number): number {
    if (!this.sockets.has(id)) return Retval.INVALID_ARGUMENT;
    if (this.ends.find(({ socketId }) => socketId === id)) return Retval.UNEXPECTED_INTF_STATE;
    this.sockets.delete(id);
    return Retval.OK;
  }

  /** Whether two ends have the same socket file, by whatever ids. */
  private share(one: Pick<Memif, 'socketId'>, other: Pick<Memif, 'socketId'>): boolean {
    return this.sockets.get(one.socketId) === this.sockets.get(other.socketId);
  }
}

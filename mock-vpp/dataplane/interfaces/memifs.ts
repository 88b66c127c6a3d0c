/** memif: interfaces over shared memory, the socket files that they meet at, and the connections between those of one VPP. */
import { Retval } from '../../retvals.js';
import { UnusedIds } from '../unused-ids.js';
import { Devices } from './devices.js';
import type { Interface } from './interface.js';
import type { Memif } from './memif.js';
import { MemifFile } from './memif-file.js';

const ANY_ID = 0xffffffff;

/** VPP's directory for files whose name is not absolute. */
const RUNTIME_DIR = '/run/vpp';

export interface MemifSocket {
  readonly id: number;
  readonly filename: string;
  /** Masters that it has; undefined where it has never had one. */
  readonly masters?: number;
}

/** The ends of one socket id: all masters, or none. */
interface SocketEnds {
  readonly areMasters: boolean;
  readonly ids: Set<number>;
}

export class Memifs {
  readonly ends = new Devices<Memif>();
  /** Socket id → filename. */
  readonly sockets = new Map([[0, `${RUNTIME_DIR}/memif.sock`]]);
  /** Sockets that masters have listened on. */
  private readonly listening = new Set<number>();
  private readonly bySocket = new Map<number, SocketEnds>();
  private readonly files = new Map<string, MemifFile>();
  private readonly unusedIds = new UnusedIds(32);

  /** Refuses an end whose socket cannot take it. */
  refusal({ id, socketId, isMaster }: Pick<Memif, 'id' | 'socketId' | 'isMaster'>): number {
    if (!this.sockets.has(socketId)) return Retval.INVALID_ARGUMENT;
    const known = this.bySocket.get(socketId);
    if (known === undefined) return Retval.OK;
    return known.areMasters !== isMaster || known.ids.has(id) ? Retval.SUBIF_ALREADY_EXISTS : Retval.OK;
  }

  /** Whether masters listen on a socket's file already, under another id. */
  isListenedTo(socketId: number): boolean {
    return this.fileOf({ socketId }).isListenedTo(socketId);
  }

  /** Adds an end; gives the ends that have met by it. */
  add(made: Omit<Memif, 'index' | 'hasRings' | 'peer'>): Memif[] {
    const { id, socketId, isMaster } = made;
    const ofSocket = this.bySocket.get(socketId) ?? { areMasters: isMaster, ids: new Set() };
    this.bySocket.set(socketId, ofSocket);
    ofSocket.ids.add(id);
    if (isMaster) this.listening.add(socketId);
    const end = this.ends.add((index) => ({ index, hasRings: false, ...made }));
    return isMaster ? this.fileOf(end).listen(end) : [];
  }

  /** Connects a slave that is up to a master of the same file, id, mode and secret; gives the ends that have met. */
  connect(end: Memif): Memif[] {
    return end.isMaster || end.peer !== undefined ? [] : this.fileOf(end).seek(end);
  }

  /** Forgets an interface; gives the end that it leaves behind, and those that meet then. */
  forget(itf: Interface): { readonly left?: Memif; readonly met: readonly Memif[] } {
    const gone = this.ends.forget(itf);
    if (gone === undefined) return { met: [] };
    const ofSocket = this.bySocket.get(gone.socketId);
    ofSocket?.ids.delete(gone.id);
    if (ofSocket?.ids.size === 0) this.bySocket.delete(gone.socketId);
    const file = this.fileOf(gone);
    file.forget(gone);
    const left = gone.peer;
    if (left === undefined) return { met: [] };
    left.peer = undefined;
    return { left, met: left.isMaster ? file.join(left) : file.seek(left) };
  }

  /** The sockets, the last one first. */
  listSockets(): MemifSocket[] {
    return [...this.sockets].reverse().map(([id, filename]) => {
      return { id, filename, masters: this.listening.has(id) ? (this.bySocket.get(id)?.ids.size ?? 0) : undefined };
    });
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
    if (this.bySocket.has(id)) return Retval.UNEXPECTED_INTF_STATE;
    this.sockets.delete(id);
    this.listening.delete(id);
    return Retval.OK;
  }

  /** The meeting place of a socket's ends, by whatever id the file is known. */
  private fileOf({ socketId }: Pick<Memif, 'socketId'>): MemifFile {
    const name = this.sockets.get(socketId) ?? '';
    const file = this.files.get(name) ?? new MemifFile();
    this.files.set(name, file);
    return file;
  }
}

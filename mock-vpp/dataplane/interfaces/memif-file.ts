/** The ends of memifs that have one socket file: masters that listen there, and slaves that look for theirs. */
import type { Memif } from './memif.js';

export class MemifFile {
  /** Id → the master; all are of one socket id. */
  private readonly masters = new Map<number, Memif>();
  /** Id → slaves that have looked for their master in vain. */
  private readonly waiting = new Map<number, Set<Memif>>();
  /** Slaves that have not met any master yet. */
  private readonly unmet = new Set<Memif>();

  /** Whether its masters are those of another socket id. */
  isListenedTo(socketId: number): boolean {
    const [first] = this.masters.values();
    return first !== undefined && first.socketId !== socketId;
  }

  /** Adds a master; gives it and the slave that it has met. */
  listen(master: Memif): Memif[] {
    this.masters.set(master.id, master);
    for (const slave of this.unmet) if (slave.itf.adminUp) slave.hasRings = true;
    this.unmet.clear();
    return this.join(master);
  }

  /** Connects a slave that is up, or lets it wait; gives the ends that have met. */
  seek(slave: Memif): Memif[] {
    const waiting = this.waiting.get(slave.id) ?? new Set();
    this.waiting.set(slave.id, waiting.add(slave));
    if (this.masters.size > 0) slave.hasRings = true;
    else this.unmet.add(slave);
    const master = this.masters.get(slave.id);
    return master === undefined ? [] : this.join(master);
  }

  /** Connects a master with the first slave that fits; gives both. */
  join(master: Memif): Memif[] {
    if (master.peer !== undefined) return [];
    const { id, mode, secret } = master;
    const waiting = this.waiting.get(id) ?? new Set();
    const fits = (each: Memif) => each.itf.adminUp && each.mode === mode && each.secret === secret;
    const [slave] = [...waiting].filter(fits).sort((a, b) => a.index - b.index);
    if (slave === undefined) return [];
    waiting.delete(slave);
    slave.peer = master;
    master.peer = slave;
    return [slave, master];
  }

  forget(end: Memif): void {
    if (end.isMaster) this.masters.delete(end.id);
    this.waiting.get(end.id)?.delete(end);
    this.unmet.delete(end);
  }
}

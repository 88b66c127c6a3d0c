/** The record of what has to be undone at VPP, from before the first message until VPP has undone it; a process that crashed leaves its own. */

import type { Channel, Connection } from '../../mux/index.js';
import { reasonOf } from '../../sdk/index.js';
import { heldBy, KIND_NAMES, type Lease } from './lease.js';
import { isSameRun, pcapPrefix, type Records, type VppRun } from './records.js';
import { type Traces, undo } from './undo.js';
import { VppFiles } from './vpp-files.js';

export interface KeptRecordOptions {
  readonly vpp: Pick<Connection, 'status'>;
  readonly records: Records;
  /** Where VPP's /tmp is seen from here. */
  readonly vppTmp: () => string;
  readonly warn: (text: string) => void;
}

export class KeptRecord {
  constructor(
    private readonly options: KeptRecordOptions,
    private readonly channel: Channel,
  ) {}

  /** The VPP that answers now. */
  async presentRun(): Promise<VppRun> {
    const { vpe_pid } = await this.channel.request('control_ping');
    return { pid: Number(vpe_pid), socketFile: this.options.vpp.status.socketFile };
  }

  filesOf({ pid }: VppRun): VppFiles {
    return new VppFiles(this.options.vppTmp(), pid, this.options.warn);
  }

  /** Throws EBUSY where another process has one; else what cannot be written is logged. */
  write(lease: Lease, vpp: VppRun, traces: Traces): void {
    const { records, warn } = this.options;
    try {
      records.write(this.socket, { ...lease, vpp, traces });
    } catch (error) {
      const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? records.read(this.socket) : undefined;
      if (other !== undefined) throw heldBy({ ...other, owner: `${other.owner}, process ${other.pid}` });
      warn(`no record is kept of the ${KIND_NAMES[lease.kind]}: after a crash it stays at VPP (${reasonOf(error)})`);
    }
  }

  remove(lease: Lease): void {
    this.options.records.remove(this.socket, lease.id);
  }

  /** Removes the files that VPP has written for a lease. */
  async removeFiles({ kind, id }: Lease, vpp: VppRun): Promise<void> {
    if (kind === 'pcap') await this.filesOf(vpp).removeAll(pcapPrefix(id));
  }

  /** Undoes what a record says; leaves it where its process still runs. */
  async recover(vpp: VppRun): Promise<void> {
    const { records, warn } = this.options;
    const record = records.read(this.socket);
    if (record === undefined) {
      // One that cannot be read says nothing.
      records.remove(this.socket);
      return;
    }
    if (records.isOthers(record)) return;
    if (isSameRun(record.vpp, vpp)) {
      await undo(this.channel, record.traces);
      warn(`undid the ${KIND_NAMES[record.kind]} of ${record.owner} that a process has left at VPP`);
    }
    if (record.traces.pcap !== undefined) await this.filesOf(record.vpp).removeAll(record.traces.pcap);
    records.remove(this.socket, record.id);
  }

  private get socket(): string {
    return this.options.vpp.status.socket;
  }
}

/** The state of VPP's packet trace, asked while the view is open: the agent's memory has it, VPP is not bothered. */

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { connection } from '../../feed/index.js';
import { useValue } from '../../feed/use-value.js';

export interface Lease {
  readonly id: string;
  readonly kind: 'packet-trace' | 'pcap';
  readonly owner: string;
  readonly since: string;
  readonly until: string;
}

export interface TraceState {
  readonly state: 'idle' | 'running' | 'ended';
  readonly lease?: Lease;
  readonly ended?: string;
  readonly captured: number;
  readonly matched: number;
  readonly complete: boolean;
  readonly nodes: readonly string[];
  readonly filter?: { readonly by: string; readonly expression?: string };
  readonly holder?: Lease;
}

export interface TracedPacket {
  readonly number: number;
  readonly thread: number;
  readonly time: string;
  readonly flows: readonly string[];
  readonly drops: readonly string[];
  readonly nodes: readonly { readonly node: string; readonly time: string; readonly lines: readonly string[] }[];
}

export interface TraceView {
  readonly status?: TraceState;
  readonly packets: readonly TracedPacket[];
  readonly failed?: string;
  /** Asks now. */
  refresh(): Promise<void>;
}

/** Milliseconds between two questions. */
const EACH_MS = 1000;

/** Packets are read as well where the caller may write; each read is a sign of life for the lease. */
export function useTrace(mayRead: boolean): TraceView {
  const [view, setView] = useState<Omit<TraceView, 'refresh'>>({ packets: [] });
  const isLive = useValue(connection.link).phase === 'live';
  const shown = useRef('');
  const refresh = useCallback(async () => {
    try {
      const status = await connection.call<TraceState>('packet-trace.status', {});
      // Packets of an ended trace do not change.
      const now = `${status.lease?.id} ${status.state} ${status.state === 'running' ? Date.now() : ''}`;
      if (!mayRead || status.state === 'idle' || now === shown.current) {
        setView(({ packets }) => ({ status, packets: status.state === 'idle' ? [] : packets }));
        return;
      }
      const read = await connection.call<TraceState & { packets: TracedPacket[] }>('packet-trace.packets', {
        lease: status.lease?.id,
      });
      shown.current = now;
      setView({ status: { ...status, captured: read.captured, matched: read.matched }, packets: read.packets });
    } catch (error) {
      setView((before) => ({ ...before, failed: error instanceof Error ? error.message : String(error) }));
    }
  }, [mayRead]);
  useEffect(() => {
    if (!isLive) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      await refresh();
      if (!isOver) timer = setTimeout(() => void turn(), EACH_MS);
    };
    void turn();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isLive, refresh]);
  return { ...view, refresh };
}

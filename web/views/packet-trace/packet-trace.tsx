/** The view Packet trace: packets on their way through VPP's graph, under a lease. */

import { useEffect, useState } from 'preact/hooks';
import { connection, useMayWrite } from '../../feed/index.js';
import { clock, duration, exact } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { save } from '../../parts/save.js';
import { Packets } from './packets.js';
import { StartForm } from './start-form.js';
import { type Lease, type TracedPacket, type TraceState, useTrace } from './use-trace.js';

export function PacketTrace() {
  const mayWrite = useMayWrite();
  const { status, packets, failed, refresh } = useTrace(mayWrite);
  const [refused, setRefused] = useState<string>();
  const holder = status?.holder;
  const busy = holder && `VPP is taken by ${holder.owner} until ${clock(Date.parse(holder.until))}.`;
  const stop = async () => {
    try {
      await connection.call('packet-trace.stop', { lease: status?.lease?.id });
      setRefused(undefined);
      await refresh();
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <div class="head">
        <h1>Packet trace</h1>
        {status && <StatePill status={status} />}
        <div class="end">
          {mayWrite && status?.state === 'running' && (
            <button type="button" class="main" onClick={() => void stop()}>
              Stop
            </button>
          )}
          {mayWrite && (
            <>
              <button type="button" disabled={packets.length === 0} onClick={() => save(textOf(packets), 'trace.txt')}>
                Download text
              </button>
              <button
                type="button"
                disabled={packets.length === 0}
                onClick={() => save(JSON.stringify(packets, null, 2), 'trace.json')}
              >
                Download JSON
              </button>
            </>
          )}
        </div>
      </div>
      {(refused ?? failed) && (
        <p class="note bad" role="alert">
          {refused ?? failed}
        </p>
      )}
      {!mayWrite && (
        <p class="note">
          You may only read: you see who traces and until when. Starting a trace and reading packets takes a caller who
          may write, since packets hold what others say to each other.
        </p>
      )}
      {mayWrite && status && status.state !== 'running' && <StartForm busy={busy} onStarted={refresh} />}
      {holder && <LeaseFacts lease={holder} status={status} />}
      {status && status.state !== 'idle' && (
        <section class="panel" aria-label="Traced packets">
          <div class="head">
            <h2>Packets</h2>
            <p class="quiet" role="status">
              {exact(status.matched)} traced
              {status.captured > status.matched && `, of ${exact(status.captured)} that VPP took`}
              {status.ended !== undefined && `; ended: ${status.ended}`}
            </p>
          </div>
          {packets.length > 0 ? (
            <Packets packets={packets} />
          ) : (
            <p class="quiet empty">
              {!mayWrite
                ? 'Only callers who may write see them.'
                : status.state === 'running'
                  ? 'Waiting for packets …'
                  : 'No packet came that fits.'}
            </p>
          )}
        </section>
      )}
    </>
  );
}

function StatePill({ status: { state, complete } }: { readonly status: TraceState }) {
  if (state === 'idle') return <Pill tone="off">no trace</Pill>;
  if (state === 'ended') return <Pill tone="off">ended</Pill>;
  return complete ? <Pill tone="good">complete</Pill> : <Pill tone="busy">tracing</Pill>;
}

function LeaseFacts({ lease, status }: { readonly lease: Lease; readonly status: TraceState | undefined }) {
  const left = Date.parse(lease.until) - useNow();
  return (
    <section class="panel" aria-label="Lease">
      <dl class="facts">
        <dt>Lease</dt>
        <dd>
          {lease.kind === 'pcap' ? 'a capture' : 'a packet trace'} of {lease.owner}
        </dd>
        <dt>Since</dt>
        <dd>{clock(Date.parse(lease.since))}</dd>
        <dt>Until</dt>
        <dd>
          {clock(Date.parse(lease.until))} <span class="quiet">at the latest, in {duration(left)}</span>
        </dd>
        {status && status.nodes.length > 0 && (
          <>
            <dt>At</dt>
            <dd>{status.nodes.join(', ')}</dd>
          </>
        )}
        {status?.filter && status.filter.by !== 'none' && (
          <>
            <dt>Filter</dt>
            <dd>
              {status.filter.expression ?? ''}{' '}
              <span class="quiet">by {status.filter.by === 'vpp' ? 'VPP' : 'the agent'}</span>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** The time, each second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function textOf(packets: readonly TracedPacket[]): string {
  return packets
    .map(({ number, nodes }) => {
      const steps = nodes.map(({ node, time, lines }) =>
        [`${time}: ${node}`, ...lines.map((line) => `  ${line}`)].join('\n'),
      );
      return [`Packet ${number}`, '', ...steps, ''].join('\n');
    })
    .join('\n');
}

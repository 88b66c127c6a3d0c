/** Says plainly what is away, why, and what happens next. */

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Topics } from '../../src/plugins/dashboard/protocol/index.js';
import type { Link } from '../feed/connection.js';
import { connection } from '../feed/index.js';
import { clock } from '../parts/format.js';

interface Props {
  readonly link: Link;
  readonly state: Topics['state'] | undefined;
}

export function Banners({ link, state }: Props) {
  return (
    <div role="status" class="banners">
      {link.phase === 'lost' && <Lost link={link} hasOld={state !== undefined} />}
      {link.phase === 'live' && state && <Vpp vpp={state.vpp} />}
      {link.phase === 'live' && state?.stats && state.stats.state !== 'reading' && (
        <Note tone={state.stats.state === 'away' ? 'bad' : 'busy'}>
          <strong>{state.stats.state === 'away' ? 'Counters are away:' : 'Counters stand still:'}</strong>{' '}
          {state.stats.reason ?? 'VPP does not move them'}. They come back by themselves.
        </Note>
      )}
    </div>
  );
}

function Vpp({ vpp: { state, reason, since } }: { readonly vpp: Topics['state']['vpp'] }) {
  if (state === 'ready') return null;
  const away = state === 'backoff' || state === 'connecting' || state === 'closed';
  return (
    <Note tone={away ? 'bad' : 'busy'}>
      <strong>{away ? 'VPP is away' : state === 'degraded' ? 'VPP answers late' : 'VPP does not answer'}</strong> since{' '}
      {clock(since)}: {reason}. The agent goes on trying.
    </Note>
  );
}

function Lost({ link, hasOld }: { readonly link: Extract<Link, { phase: 'lost' }>; readonly hasOld: boolean }) {
  const left = Math.max(0, Math.ceil((link.retryAt - useNow()) / 1000));
  return (
    <Note tone="bad">
      <strong>No connection to the agent</strong> since {clock(link.since)}: {link.reason}.
      {hasOld && ' What you see is from before.'} <span aria-hidden="true">Next try in {left} s.</span>{' '}
      <button type="button" onClick={() => connection.retryNow()}>
        Try now
      </button>
    </Note>
  );
}

function Note({ tone, children }: { readonly tone: 'bad' | 'busy'; readonly children: ComponentChildren }) {
  return <p class={`note ${tone}`}>{children}</p>;
}

/** The time, each half second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}

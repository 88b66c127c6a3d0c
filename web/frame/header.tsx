/** The top line: agent, dataplane, VPP, counters, and the caller. */

import type { Topics } from '../../src/plugins/dashboard/protocol/index.js';
import { connection } from '../feed/index.js';
import { useValue } from '../feed/use-value.js';
import { Pill } from '../parts/pill.js';
import type { Tone } from '../parts/tone.js';
import type { View } from '../views/index.js';
import { DataplaneSelect } from './dataplane-select.js';
import { helpIsOpen } from './help.js';
import { wordFor } from './words.js';

type State = Topics['state'];

interface Props {
  readonly state: State | undefined;
  readonly view: View;
}

export function Header({ state, view }: Props) {
  const link = useValue(connection.link);
  const known = useValue(connection.dataplanes);
  // Without the agent nobody knows how VPP is: what it said last is shown, but not as good or bad.
  const toneNow = (tone: Tone): Tone => (link.phase === 'live' ? tone : 'off');
  return (
    <header class="top">
      <p class="brand">
        <Mark />
        <strong>{state?.agent.name ?? 'vppmux'}</strong>
        <small>{state?.agent.version}</small>
      </p>
      <DataplaneSelect dataplanes={state?.dataplanes ?? known} view={view} />
      <ul class="pills" aria-label="State">
        <li>
          <Pill tone={TONES_OF_LINK[link.phase]} label="Agent">
            {WORDS_OF_LINK[link.phase]}
          </Pill>
        </li>
        {state && (
          <>
            <li>
              <Pill tone={toneNow(toneOfVpp(state.vpp.state))} label="VPP" title={state.vpp.reason}>
                {state.vpp.state === 'ready' ? (state.vpp.version ?? 'ready') : wordFor(state.vpp.state)}
              </Pill>
            </li>
            {state.stats && (
              <li>
                <Pill tone={toneNow(TONES[state.stats.state])} label="Counters" title={state.stats.reason}>
                  {state.stats.state}
                </Pill>
              </li>
            )}
          </>
        )}
      </ul>
      <p class="caller">
        {link.phase === 'live' && (
          <span title={`You are ${link.caller}`}>{link.access === 'write' ? 'may write' : 'read only'}</span>
        )}
        {connection.hasToken && (
          <button type="button" class="quiet" onClick={() => connection.logout()}>
            Log out
          </button>
        )}
        <button type="button" class="quiet" aria-label="Help: keys" onClick={() => helpIsOpen.set(true)}>
          ?
        </button>
      </p>
    </header>
  );
}

const TONES_OF_LINK = { connecting: 'busy', login: 'busy', live: 'good', lost: 'bad', absent: 'off' } as const;
const WORDS_OF_LINK = {
  ...{ connecting: 'connecting', login: 'connecting', live: 'connected', lost: 'connection lost' },
  absent: 'no dashboard here',
} as const;

const TONES: Readonly<Record<NonNullable<State['stats']>['state'], Tone>> = {
  reading: 'good',
  stale: 'busy',
  away: 'bad',
};

function toneOfVpp(state: string): Tone {
  if (state === 'ready') return 'good';
  return state === 'degraded' || state === 'connecting' ? 'busy' : 'bad';
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <path
        d="M4 8h8l8 16h8M4 16h24M4 24h8l8-16h8"
        fill="none"
        stroke="currentColor"
        stroke-width="2.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

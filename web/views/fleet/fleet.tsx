/** The view Fleet: the newest roll-out, the agents and what was rolled out before, as this agent reads them from the store. */

import { linkTo } from '../../frame/router.js';
import { Pill } from '../../parts/pill.js';
import { AgentsTable } from './agents.js';
import { useAgentsFilter } from './agents-filter.js';
import { AgentsForm } from './agents-form.js';
import { Counts } from './counts.js';
import { HistoryTab } from './history.js';
import { RolloutPanel } from './rollout.js';
import { type FleetStatus, type OwnPart, TONES } from './types.js';
import { useFleet } from './use-fleet.js';
import { when } from './when.js';
import { STATE_WORDS } from './words.js';

const TABS = [
  ['agents', 'Agents'],
  ['history', 'History'],
] as const;

export function FleetView({ rest: [wanted] }: { readonly rest: readonly string[] }) {
  const [current] = TABS.find(([path]) => path === wanted) ?? TABS[0];
  const filter = useAgentsFilter();
  const { status, known, page, pageOf, failed, refresh } = useFleet(current === 'agents' ? filter.question : undefined);
  // While the store is away, what was there before is shown, without colours.
  const isOld = status?.on === true && status.counts === undefined;
  const shown = isOld ? known?.status : status;
  const rollout = shown?.rollout;
  return (
    <>
      <div class="head">
        <h1>Fleet</h1>
        {rollout && <Pill tone={TONES[rollout.state]}>{STATE_WORDS[rollout.state]}</Pill>}
        <nav aria-label="Fleet" class="tabs">
          {TABS.map(([path, title]) => (
            <a key={path} href={linkTo('fleet', path)} aria-current={path === current ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
      </div>
      {failed !== undefined && (
        <p class="note bad" role="alert">
          {failed}
        </p>
      )}
      {status === undefined && failed === undefined && <p class="quiet">Waiting for the agent …</p>}
      {status && !status.on && <p class="note">{status.reason}</p>}
      {status?.own && <Own own={status.own} reason={status.fleetReason} />}
      {isOld && known && <p class="quiet">What follows is from {when(new Date(known.at).toISOString())}.</p>}
      {shown?.counts && (
        <div class={isOld ? 'before' : ''}>
          <Fleet status={shown} isOld={isOld} onDone={refresh} />
          {current === 'agents' && (
            <section class="panel" aria-label="Agents of the fleet">
              <AgentsForm filter={filter} status={shown} total={page?.total} />
              {page && <AgentsTable page={page} filter={filter} isOld={pageOf !== filter.question} />}
            </section>
          )}
          {current === 'history' && <HistoryTab newest={rollout} />}
        </div>
      )}
    </>
  );
}

interface FleetProps {
  readonly status: FleetStatus;
  readonly isOld: boolean;
  readonly onDone: () => void;
}

function Fleet({ status, isOld, onDone }: FleetProps) {
  const { rollout } = status;
  return (
    <>
      {rollout ? (
        <RolloutPanel status={{ ...status, rollout }} isOld={isOld} onDone={onDone} />
      ) : (
        <p class="note">
          Nothing was ever rolled out to this fleet: <code>vppmux fleet apply</code> does.
        </p>
      )}
      <Counts status={status} />
    </>
  );
}

/** What this agent is in the fleet, and whether it can see the others. */
function Own({ own, reason }: { readonly own: OwnPart; readonly reason: string | undefined }) {
  const { label, store, storeReason, since, driving } = own;
  return (
    <>
      {(store === 'away' || store === 'refused') && (
        <p class="note bad" role="alert">
          <strong>The store of the fleet {store === 'away' ? 'is away' : 'refuses this agent'}</strong> since{' '}
          {when(since)}: {storeReason}. VPP is left as it is, and the agent goes on trying.
        </p>
      )}
      {store !== 'away' && store !== 'refused' && reason !== undefined && (
        <p class="note busy" role="status">
          Only this agent is known here: {reason}
        </p>
      )}
      <p class="quiet">
        This agent is <strong>{label}</strong>
        {own.generation !== undefined && `: generation ${own.generation} is ${own.outcome}`}
        {driving && ', and it drives roll-outs'}.
      </p>
    </>
  );
}

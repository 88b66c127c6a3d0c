/** The view Wish: whether VPP is as it was wished, what would change, and what was. */

import { useState } from 'preact/hooks';
import { useMayWrite } from '../../feed/index.js';
import { linkTo } from '../../frame/router.js';
import { CallDialog, type PlannedCall } from '../../parts/call-dialog.js';
import { clock, exact } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { DriftTab } from './drift.js';
import { HistoryTab } from './history.js';
import { Objects } from './objects.js';
import { PlanTab } from './plan.js';
import { TONES, type Unconfirmed, type WishStatus } from './types.js';
import { useStatus } from './use-status.js';

const TABS = [
  ['objects', 'Objects'],
  ['plan', 'Plan'],
  ['drift', 'Drift'],
  ['history', 'History'],
] as const;

export function WishView({ rest: [wanted] }: { readonly rest: readonly string[] }) {
  const { status, failed, refresh } = useStatus();
  const [current] = TABS.find(([path]) => path === wanted) ?? TABS[0];
  return (
    <>
      <div class="head">
        <h1>Wish</h1>
        {status && <Pill tone={TONES[status.state]}>{status.state}</Pill>}
        <nav aria-label="Wish" class="tabs">
          {TABS.map(([path, title]) => (
            <a key={path} href={linkTo('wish', path)} aria-current={path === current ? 'page' : undefined}>
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
      {status?.unconfirmed && <ConfirmNote unconfirmed={status.unconfirmed} onDone={refresh} />}
      {status && <Facts status={status} />}
      {current === 'objects' && status && <Objects status={status} />}
      {current === 'plan' && <PlanTab onApplied={() => void refresh()} />}
      {current === 'drift' && <DriftTab />}
      {current === 'history' && <HistoryTab revision={status?.revision} onApplied={() => void refresh()} />}
    </>
  );
}

function Facts({ status }: { readonly status: WishStatus }) {
  const { reason, revision, since, counts, checkedAt, autoCorrect } = status;
  const shown = Object.entries(counts).filter(([, count]) => count > 0);
  return (
    <section class="panel" aria-label="State of the wish">
      <dl class="facts">
        <dt>VPP</dt>
        <dd>{reason}</dd>
        {revision !== undefined && (
          <>
            <dt>Wish</dt>
            <dd>
              {revision} <span class="quiet">{since && `of ${new Date(since).toLocaleString()}`}</span>
            </dd>
            <dt>Objects</dt>
            <dd>{shown.map(([state, count]) => `${exact(count)} ${state}`).join(', ') || 'none'}</dd>
            <dt>Mended by itself</dt>
            <dd>{autoCorrect}</dd>
          </>
        )}
        {checkedAt !== undefined && (
          <>
            <dt>Read</dt>
            <dd>{clock(Date.parse(checkedAt))}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** Says that the wish has to be confirmed; whoever may write can do it here, or take it back. */
function ConfirmNote({
  unconfirmed,
  onDone,
}: {
  readonly unconfirmed: Unconfirmed;
  readonly onDone: () => Promise<void>;
}) {
  const mayWrite = useMayWrite();
  const [planned, setPlanned] = useState<PlannedCall>();
  const { revision, until, back, seconds } = unconfirmed;
  const when = until === undefined ? `${seconds} s after it has been carried out` : `at ${clock(Date.parse(until))}`;
  const confirm: PlannedCall = { title: `Confirm wish ${revision}`, operation: 'wish.confirm', input: { revision } };
  const takeBack: PlannedCall = { title: `Take wish ${revision} back`, operation: 'wish.rollback', input: {} };
  return (
    <div class="note busy" role="status">
      Wish {revision} has to be confirmed: it is taken back {when}
      {back !== undefined && `, and ${back} takes its place`}.{' '}
      {mayWrite && (
        <>
          <button type="button" class="main" onClick={() => setPlanned(confirm)}>
            Confirm …
          </button>{' '}
          <button type="button" onClick={() => setPlanned(takeBack)}>
            Take back …
          </button>
        </>
      )}
      {planned && (
        <CallDialog
          call={planned}
          onClose={() => {
            setPlanned(undefined);
            void onDone();
          }}
        />
      )}
    </div>
  );
}

/** The newest roll-out: how far it is, who drives it, why it stopped, and what a person can do. */

import { useState } from 'preact/hooks';
import { useMayWrite } from '../../feed/index.js';
import { CallDialog, type PlannedCall } from '../../parts/call-dialog.js';
import { duration, exact } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { actionsOf, wantedText } from './actions.js';
import { type FleetStatus, isOver, type Rollout, TONES } from './types.js';
import { useNow, when } from './when.js';
import { STATE_WORDS } from './words.js';

interface Props {
  readonly status: FleetStatus & { readonly rollout: Rollout };
  /** It is from before: nothing can be asked. */
  readonly isOld: boolean;
  readonly onDone: () => void;
}

export function RolloutPanel({ status, isOld, onDone }: Props) {
  const { rollout, driver, progress } = status;
  const { generation, state, reason, since, startedAt, by, comment, rollbackTo, agents } = rollout;
  const wanted = wantedText(rollout);
  return (
    <section class="panel" aria-label="Newest roll-out">
      <div class="head">
        <h2>Generation {generation}</h2>
        <Pill tone={TONES[state]}>{STATE_WORDS[state]}</Pill>
        <Buttons status={status} isOld={isOld} onDone={onDone} />
      </div>
      {rollout.confirmBy !== undefined && <Deadline rollout={rollout} by={rollout.confirmBy} />}
      {reason !== undefined && <p class={`note ${state === 'done' ? 'busy' : 'bad'}`}>{reason}</p>}
      <dl class="facts">
        <dt>Wave</dt>
        <dd>
          <Waves rollout={rollout} /> <span class="quiet">since {when(since)}</span>
        </dd>
        {!isOver(state) && progress && (
          <>
            <dt>Agents</dt>
            <dd class="progress">
              <progress aria-label="Agents that have it" value={progress.applied} max={Math.max(agents, 1)} />{' '}
              {exact(progress.applied)} of {exact(agents)} have it, {exact(progress.given)} have been given it
            </dd>
          </>
        )}
        <dt>Asked for</dt>
        <dd>
          {when(startedAt)} by {by}
          {rollbackTo !== undefined && `, to go back to generation ${rollbackTo}`}
          {comment !== undefined && <span class="quiet"> {comment}</span>}
        </dd>
        <dt>Driven by</dt>
        <dd>
          {driver ?? (
            <>
              nobody{' '}
              {!isOver(state) && (
                <span class="explained">
                  It goes on as soon as there is somebody: an agent with <code>drive: true</code> in its etcd.conf, or{' '}
                  <code>vppmux fleet drive</code>.
                </span>
              )}
            </>
          )}
        </dd>
        {wanted !== undefined && (
          <>
            <dt>Asked of it</dt>
            <dd>{wanted}; the driver has not done it yet</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** Waves that are drawn; more are only counted. */
const MOST_WAVES = 60;

function Waves({ rollout: { state, wave, waves, agents } }: { readonly rollout: Rollout }) {
  const isBack = state === 'taking-back' || state === 'taken-back';
  const kindOf = (each: number) => {
    if (each > wave) return '';
    if (isBack) return 'bad';
    return each === wave && (state === 'running' || state === 'paused') ? 'busy' : 'good';
  };
  return (
    <>
      {wave} of {exact(waves)} <span class="quiet">for {exact(agents)} agents</span>{' '}
      {waves <= MOST_WAVES && (
        <span class="waves" aria-hidden="true">
          {Array.from({ length: waves }, (_, at) => (
            <span key={at} class={`wave ${kindOf(at + 1)}`} />
          ))}
        </span>
      )}
    </>
  );
}

function Deadline({ rollout, by }: { readonly rollout: Rollout; readonly by: string }) {
  const left = Date.parse(by) - useNow();
  return (
    <p class="note busy" role="status">
      Generation {rollout.generation} has to be confirmed: it is taken back from its {exact(rollout.agents)} agents at{' '}
      {when(by)}
      {/* Not read aloud each second. */}
      <span aria-hidden="true">, {left > 0 ? `in ${duration(left)}` : 'now'}</span>.
    </p>
  );
}

function Buttons({ status, isOld, onDone }: Props) {
  const mayAsk = useMayWrite() && !isOld;
  const [planned, setPlanned] = useState<PlannedCall>();
  if (!mayAsk && planned === undefined) return null;
  return (
    <div class="end">
      {(mayAsk ? actionsOf(status) : []).map(({ button, isMain, call }) => (
        <button key={button} type="button" class={isMain ? 'main' : ''} onClick={() => setPlanned(call)}>
          {button}
        </button>
      ))}
      {planned && (
        <CallDialog
          call={planned}
          onClose={() => {
            setPlanned(undefined);
            onDone();
          }}
        />
      )}
    </div>
  );
}

/** What a person can have done with a roll-out, and what will happen then. */

import type { PlannedCall } from '../../parts/call-dialog.js';
import { exact } from '../../parts/format.js';
import type { FleetStatus, Rollout } from './types.js';

export interface Action {
  readonly button: string;
  /** The one that is most likely wanted. */
  readonly isMain?: boolean;
  readonly call: PlannedCall;
}

/** None where nothing fits its state, or something was asked for already. */
export function actionsOf({ rollout, progress, driver }: FleetStatus): readonly Action[] {
  if (rollout === undefined || rollout.wanted !== undefined) return [];
  const { generation, state, wave, waves, agents } = rollout;
  const given = exact(progress?.given ?? agents);
  const later = driver === undefined ? ' Nobody drives just now: it is done as soon as somebody does.' : '';
  const call = (what: string, operation: string, warning: string): PlannedCall => ({
    ...{ title: `${what} ${generation}`, operation, input: { generation }, warning: warning + later },
  });
  const takeBack: Action = {
    button: 'Take back …',
    call: call(
      'Take back generation',
      'fleet.take-back',
      `All agents that have been given it (${given} now) get their wishes from before, and change their VPP to them at the same time, not in waves.`,
    ),
  };
  if (state === 'running') {
    const warning = `Wave ${wave} of ${waves} goes on to its end, and no other one begins.`;
    return [{ button: 'Pause …', call: call('Pause generation', 'fleet.pause', warning) }, takeBack];
  }
  if (state === 'paused') {
    const warning = `It goes on with wave ${wave} of ${waves}, and then with those after it.`;
    return [{ button: 'Resume …', isMain: true, call: call('Resume generation', 'fleet.resume', warning) }, takeBack];
  }
  if (state === 'confirming') {
    const warning = `It stays on its ${exact(agents)} agents, its groups take effect, and it is not taken back by itself any more.`;
    return [
      { button: 'Confirm …', isMain: true, call: call('Confirm generation', 'fleet.confirm', warning) },
      takeBack,
    ];
  }
  return [];
}

const WANTED: Readonly<Record<NonNullable<Rollout['wanted']>, string>> = {
  confirm: 'its confirmation',
  'take-back': 'to take it back',
  pause: 'a pause',
  'go-on': 'to go on',
};

/** `its confirmation`, which somebody has asked for; undefined where nobody has asked for anything. */
export const wantedText = ({ wanted }: Rollout): string | undefined => wanted && WANTED[wanted];

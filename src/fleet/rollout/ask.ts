/** Asks whoever drives the newest roll-out for something. It is kept in the store until a driver has done it. */

import { FleetError } from '../errors.js';
import type { FleetKeys } from '../keys.js';
import type { RolloutState } from '../records.js';
import type { FleetStore } from '../store/store.js';
import { type KnownRollout, readNewest } from './read-records.js';

export type Wanted = NonNullable<RolloutState['wanted']>;

/** States in which each may be asked for, and what is said elsewhere. */
const FITTING: Readonly<Record<Wanted, readonly [states: readonly RolloutState['state'][], what: string]>> = {
  confirm: [['confirming'], 'be confirmed'],
  'take-back': [['running', 'paused', 'confirming'], 'be taken back'],
  pause: [['running'], 'be paused'],
  'go-on': [['paused'], 'go on'],
};
/** Attempts against others who write at the same time. */
const ATTEMPTS = 10;

/**
 * Gives the roll-out that it was asked of. `generation`: the one that is meant, where the caller knows it.
 * @throws FleetError NO_GENERATION, WRONG_STATE, BAD_RECORD, CONTENDED
 */
export async function ask(
  store: FleetStore,
  keys: FleetKeys,
  wanted: Wanted,
  generation?: number,
): Promise<KnownRollout> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const newest = await readNewest(store, keys);
    if (newest === undefined) throw new FleetError('NO_GENERATION', 'nothing was ever rolled out to this fleet');
    const { plan, state, revision } = newest;
    if (generation !== undefined && generation !== plan.generation) {
      const text = `generation ${generation} is not the newest roll-out: generation ${plan.generation} is, and nothing was asked of it`;
      throw new FleetError('WRONG_STATE', text);
    }
    const [states, what] = FITTING[wanted];
    if (!states.includes(state.state)) {
      throw new FleetError('WRONG_STATE', `generation ${plan.generation} is ${stateText(state)}: it cannot ${what}`);
    }
    // Whoever wants it taken back waits for that, and nothing is more urgent.
    if (state.wanted === 'take-back' && wanted !== 'take-back') {
      const text = `generation ${plan.generation} is to be taken back, which its driver does next: it cannot ${what}`;
      throw new FleetError('WRONG_STATE', text);
    }
    const key = keys.rollout(plan.generation);
    const { succeeded } = await store.transact({
      compare: [{ key, mod: revision }],
      success: [{ put: key, value: JSON.stringify({ ...state, wanted }) }],
    });
    if (succeeded) return newest;
  }
  throw new FleetError('CONTENDED', 'the roll-out has changed each time that this was asked for; try again');
}

const TEXTS: Readonly<Record<RolloutState['state'], string>> = {
  running: 'under way',
  paused: 'paused',
  confirming: 'waiting for its confirmation',
  done: 'done',
  'taking-back': 'being taken back',
  'taken-back': 'taken back',
};

/** The state in words: `generation 12 is …`. */
export const stateText = ({ state }: Pick<RolloutState, 'state'>): string => TEXTS[state];

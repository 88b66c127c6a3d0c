/** The operations fleet.*, over the store of the fleet. */

import {
  ask,
  FleetError,
  type FleetErrorCode,
  history,
  holderOf,
  isNotAllowed,
  isStoreAway,
  type Wanted,
} from '../../fleet/index.js';
import { fits } from '../../glob.js';
import { type FaultCode, fault, type Implementation, implement, reasonOf, type z } from '../../sdk/index.js';
import {
  fleetAgents,
  fleetConfirm,
  fleetHistory,
  fleetPause,
  fleetResume,
  fleetStatus,
  fleetTakeBack,
} from './declarations.js';
import { FleetView } from './fleet-view.js';
import type { Opened } from './membership.js';
import { progressOf, shownAgent, shownRollout, totalsOf } from './shown.js';
import { briefStatus, type Shown } from './status.js';

type Own = z.input<typeof fleetStatus.output>['own'];

export function fleetOperations(membership: Shown): readonly Implementation[] {
  const view = new FleetView();
  const on = (): Opened => {
    if (membership.opened === undefined) throw fault('ENOTSUP', briefStatus(membership).reason);
    return membership.opened;
  };
  const asking = (declared: typeof fleetConfirm, wanted: Wanted) =>
    implement(declared, async (_, { generation }) => {
      const { store, keys } = on();
      const { plan } = await asFault(ask(store, keys, wanted, generation));
      view.forget();
      const driver = await holderOf(store, keys).catch(() => undefined);
      return { generation: plan.generation, ...(driver !== undefined && { driver }) };
    });

  return [
    implement(fleetStatus, async () => {
      const { opened } = membership;
      const brief = { on: opened !== undefined, reason: briefStatus(membership).reason };
      if (opened === undefined) return brief;
      const own = ownOf(membership, opened);
      try {
        const { rollout, driver, agents, counts } = await view.read(opened);
        return {
          ...{ ...brief, own, agents: agents.length, counts, ...totalsOf(agents) },
          ...(rollout && { rollout: shownRollout(rollout), progress: progressOf(rollout.plan, agents) }),
          ...(driver !== undefined && { driver }),
        };
      } catch (error) {
        return { ...brief, own, fleetReason: reasonOf(error) };
      }
    }),

    implement(fleetAgents, async (_, { match = '*', standing, health, drifted = false, limit, after = '' }) => {
      const { agents } = await asFault(view.read(on()));
      const all = agents.filter(
        (each) =>
          fits(match, each.label) &&
          (standing === undefined || each.standing === standing) &&
          (health === undefined || each.state?.health === health) &&
          (!drifted || (each.state?.drift ?? 0) > 0),
      );
      const rest = all.filter(({ label }) => label > after);
      const page = rest.slice(0, limit);
      const next = rest.length > limit ? page.at(-1)?.label : undefined;
      return { agents: page.map(shownAgent), total: all.length, ...(next !== undefined && { next }) };
    }),

    implement(fleetHistory, async (_, { limit }) => {
      const { store, keys } = on();
      const all = await asFault(history(store, keys, { limit }));
      return { rollouts: all.map(shownRollout) };
    }),

    asking(fleetConfirm, 'confirm'),
    asking(fleetTakeBack, 'take-back'),
    asking(fleetPause, 'pause'),
    asking(fleetResume, 'go-on'),
  ];
}

function ownOf({ driver, awayReason }: Shown, { member }: Opened): Own {
  const { label, store, generation, outcome, reason, drift } = member.status;
  return {
    ...{ label, store: store.state, drift, driving: driver?.isLeading === true },
    ...('reason' in store && { storeReason: awayReason ?? store.reason, since: store.since.toISOString() }),
    ...(generation !== undefined && { generation }),
    ...(outcome !== undefined && { outcome }),
    ...(reason !== undefined && { outcomeReason: reason }),
  };
}

const CODES: Partial<Readonly<Record<FleetErrorCode, FaultCode>>> = {
  ...{ NO_GENERATION: 'ENOENT', WRONG_STATE: 'EBUSY', UNDER_WAY: 'EBUSY', CONTENDED: 'EAGAIN' },
};

/** Rejects with a fault in place of the error of a fleet, or of its store. */
async function asFault<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    const reason = reasonOf(error);
    if (error instanceof FleetError) throw fault(CODES[error.code] ?? 'EIO', reason);
    if (isNotAllowed(error)) throw fault('EPERM', reason);
    throw fault(isStoreAway(error) ? 'ENOTCONN' : 'EIO', reason);
  }
}

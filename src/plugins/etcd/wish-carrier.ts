/** Carries the fleet's wishes out with the plugins that look after the wishes of the agent's dataplanes. */

import { type Answer, type Carried, MAIN, type Mark, type Order, type WishCarrier } from '../../fleet/index.js';
import { type Contributions, isFault, reasonOf, type Wishes, type WishesStatus, z } from '../../sdk/index.js';

const BY = 'the fleet';

/** Faults that the same wish meets again. */
const LASTING: ReadonlySet<unknown> = new Set(['EINVAL', 'ERANGE', 'ENOTSUP']);
const STATES: Readonly<Record<WishesStatus['state'], Carried['state']>> = {
  ...{ none: 'none', waiting: 'waiting', working: 'working', applied: 'applied', incomplete: 'incomplete' },
  // VPP was as wished; what others have changed since is counted.
  drifted: 'applied',
  error: 'incomplete',
};

const markForm = z.object({ generation: z.int().min(1), sha256: z.string() });

export function wishCarrier({ list: given }: Contributions<Wishes>): WishCarrier {
  const all = new Map(given.map(({ dataplane = MAIN, value }) => [dataplane, value]));
  const at = (dataplane: string): Wishes => {
    const wishes = all.get(dataplane);
    if (wishes === undefined) throw new RangeError(`there is no dataplane ${dataplane}`);
    return wishes;
  };
  return {
    dataplanes: [...all.keys()],
    async ready() {
      await Promise.all([...all.values()].map((wishes) => wishes.ready()));
    },
    status: (dataplane) => carriedOf(at(dataplane).status),
    apply: (dataplane, text, order) => applied(at(dataplane), text, order),
    confirm: (dataplane) => at(dataplane).confirm(BY),
    withdraw: (dataplane) => at(dataplane).withdraw(BY),
    onChange(listener) {
      const stops = [...all.values()].map((wishes) => wishes.onChange(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function carriedOf({ state, reason, isUnconfirmed, drifted, origin }: WishesStatus): Carried {
  const mark = origin && markOf(origin.text);
  return {
    ...(mark && { mark }),
    ...(mark && origin.end && { end: origin.end }),
    ...{ state: STATES[state], reason, isUnconfirmed, drift: drifted },
  };
}

/** Undefined for the text of another giver. */
function markOf(text: string): Mark | undefined {
  try {
    return markForm.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function applied(wishes: Wishes, text: string, order: Order): Promise<Answer> {
  const { mark, confirmSeconds, allowDeletions } = order;
  try {
    await wishes.apply(text, {
      ...{ by: BY, comment: `generation ${mark.generation}`, origin: JSON.stringify(mark) },
      ...(confirmSeconds !== undefined && { confirm: confirmSeconds }),
      ...(allowDeletions !== undefined && { allowDeletions }),
    });
    return { kind: 'carried' };
  } catch (error) {
    const code = isFault(error) ? error.code : undefined;
    const reason = reasonOf(error);
    return LASTING.has(code) ? { kind: 'refused', reason } : { kind: 'later', reason, isAway: code === 'ENOTCONN' };
  }
}

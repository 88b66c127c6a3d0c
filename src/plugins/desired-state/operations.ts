/** The operations wish.*, over the controller. */

import {
  fault,
  faultOfMuxError,
  type Implementation,
  implement,
  type OperationContext,
  reasonOf,
} from '../../sdk/index.js';
import {
  adopt,
  cliLinesAsync,
  graphOfAsync,
  NOTHING_SAID,
  saysNothing,
  showPath,
  toDot,
  toMermaid,
  type Wish,
} from '../../wish/index.js';
import type { Clock } from './clock.js';
import type { DesiredStateConfig } from './config.js';
import type { Controller } from './controller.js';
import {
  wishAdopt,
  wishApply,
  wishConfirm,
  wishDrift,
  wishGraph,
  wishHistory,
  wishPlan,
  wishRollback,
  wishShow,
  wishStatus,
  wishValidate,
} from './declarations.js';
import { history } from './history.js';
import type { KindsInUse } from './kinds-in-use.js';
import { refusalOf } from './refusal.js';
import { shownOutcome, shownPlan } from './show.js';
import { shownStatus } from './status.js';
import { verdictOn } from './validated.js';
import type { VppSession } from './vpp-sessions.js';
import type { ApplyOptions } from './wish-changes.js';

export interface WishService {
  readonly controller: Controller;
  readonly kinds: KindsInUse;
  readonly vpp: { readonly present: VppSession | undefined };
  readonly clock: Clock;
  readonly config: () => DesiredStateConfig;
}

type Context = Pick<OperationContext, 'client' | 'progress'>;

export function wishOperations(service: WishService): readonly Implementation[] {
  const { controller, kinds, clock, config } = service;
  const connected = (): VppSession => {
    const session = service.vpp.present;
    if (session === undefined) throw fault('ENOTCONN', 'VPP is away');
    return session;
  };
  const presentWish = async () => {
    const { keeper } = await controller.ready();
    if (keeper.present === undefined) throw fault('ENOENT', 'no wish was applied');
    return keeper.present;
  };
  const wishFor = async (signal: AbortSignal, { text, revision }: { text?: string; revision?: number }) => {
    if (text !== undefined && revision !== undefined) throw fault('EINVAL', 'give either a text or a revision');
    const { keeper } = await controller.ready();
    if (text !== undefined) return keeper.parse(text, { signal });
    return (revision === undefined ? await presentWish() : await keeper.read(revision)).wish;
  };
  const compare = async (signal: AbortSignal, wish: Wish) => {
    const { carrier } = await controller.ready();
    return carrier.compare(connected(), wish, signal);
  };
  const applied = async ({ client, progress }: Context, text: string, options: Omit<ApplyOptions, 'by'>) => {
    const by = `${client.name} (${client.via})`;
    const onProgress = (done: number, total: number) => {
      if (done % PROGRESS_EVERY === 0 || done === total) progress(done, total);
    };
    await controller.apply(text, { by, ...options, onProgress });
    const { carrier } = await controller.ready();
    return shownOutcome(controller, carrier, service.vpp.present === undefined, clock);
  };

  return [
    implement(wishValidate, async ({ signal }, { text }) => {
      const { valid, errors, warnings } = await verdictOn(text, { kinds, signal });
      const shown = (list: typeof errors) =>
        list.map(({ path, message, place: { line, column } }) => ({ path: showPath(path), message, line, column }));
      return { valid, errors: shown(errors), warnings: shown(warnings) };
    }),

    implement(wishPlan, async ({ signal }, { most, asCli, ...which }) => {
      const wish = await wishFor(signal, which);
      const comparison = await compare(signal, wish);
      const refusal = refusalOf(wish, comparison, { most: config()['max-deletions'] });
      return {
        ...(await shownPlan(comparison, most)),
        ...(refusal !== undefined && { refusal }),
        ...(asCli && { cli: await cliLinesAsync(comparison.reconciliation) }),
      };
    }),

    implement(wishGraph, async ({ signal }, { format, most, ...which }) => {
      const { reconciliation } = await compare(signal, await wishFor(signal, which));
      const graph = await graphOfAsync(reconciliation, { most });
      const { objects, edges, omitted } = graph;
      if (format !== 'json') return { omitted, text: format === 'dot' ? toDot(graph) : toMermaid(graph) };
      return { objects: [...objects], edges: [...edges], omitted };
    }),

    implement(wishApply, async (context: OperationContext, { text, ...options }) => {
      if (saysNothing(text)) throw fault('EINVAL', `the wish ${NOTHING_SAID}`, { path: 'text' });
      return applied(context, text, options);
    }),

    implement(wishConfirm, ({ client }, { revision }) =>
      controller.confirm(revision, `${client.name} (${client.via})`),
    ),

    implement(wishRollback, async (context: OperationContext, { revision, steps, ...options }) => {
      const { keeper, carrier } = await controller.ready();
      const { state } = keeper;
      if (revision === undefined && steps === undefined && state.unconfirmed !== undefined) {
        const { client } = context;
        const present = await controller.takeBack(`${client.name} (${client.via}) asked for it`);
        const shown = shownOutcome(controller, carrier, service.vpp.present === undefined, clock);
        return { ...shown, from: present?.revision ?? shown.revision };
      }
      const from = await keeper.read(revision ?? (await earlier(controller, steps ?? 1)));
      const comment = `back to wish ${from.revision}`;
      return { ...(await applied(context, from.text, { ...options, comment })), from: from.revision };
    }),

    implement(wishDrift, async ({ signal }, { most }) => {
      const { revision, wish } = await presentWish();
      return {
        revision,
        ...(await shownPlan(await compare(signal, wish), most)),
        autoCorrect: config()['auto-correct'],
      };
    }),

    implement(wishAdopt, async ({ signal }) => {
      const channel = connected().channel('read');
      try {
        const { text, undescribed } = await adopt(channel, { kinds: kinds.list, signal });
        return { text, undescribed: undescribed.map(({ key, reason }) => ({ key, reason })) };
      } catch (error) {
        if (signal.aborted) throw error;
        throw faultOfMuxError(error) ?? fault('EIO', `VPP cannot be described: ${reasonOf(error)}`);
      } finally {
        channel.close();
      }
    }),

    implement(wishHistory, async (_, { limit }) => {
      const { keeper } = await controller.ready();
      return { wishes: await history(keeper, limit) };
    }),

    implement(wishShow, async (_, { revision }) => {
      const { keeper } = await controller.ready();
      const kept = revision === undefined ? await presentWish() : await keeper.store.read(revision);
      if (kept === undefined) throw fault('ENOENT', `wish ${revision} is not kept`);
      return { revision: kept.revision, text: kept.text };
    }),

    implement(wishStatus, (_, query) => shownStatus(service, query)),
  ];
}

/** The revision `steps` before the present one. Rejects with ENOENT. */
async function earlier(controller: Controller, steps: number): Promise<number> {
  const { keeper } = await controller.ready();
  const { present, takenBack } = keeper.state;
  if (present === undefined) throw fault('ENOENT', 'no wish was applied');
  const all = (await keeper.store.list()).map(({ revision }) => revision);
  const before = all.filter((revision) => revision < present && !takenBack.includes(revision));
  const found = before[steps - 1];
  if (found === undefined) throw fault('ENOENT', `there are ${before.length} wishes before the present one`);
  return found;
}

const PROGRESS_EVERY = 100;

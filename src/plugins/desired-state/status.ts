/** The state of everything, for people and programs. */

import { fits } from '../../glob.js';
import type { z } from '../../sdk/index.js';
import type { Clock } from './clock.js';
import type { DesiredStateConfig } from './config.js';
import type { Controller } from './controller.js';
import type { wishStatus } from './declarations.js';
import { dateAt, shownProblems, shownUnconfirmed } from './show.js';
import type { VppSession } from './vpp-sessions.js';

type Status = z.input<typeof wishStatus.output>;

interface Parts {
  readonly controller: Controller;
  readonly vpp: { readonly present: VppSession | undefined };
  readonly clock: Clock;
  readonly config: () => DesiredStateConfig;
}

const NONE = { applied: 0, failed: 0, uncertain: 0, pending: 0, drifted: 0 };

/** State and reason, from memory. */
export function briefStatus({ controller, vpp }: Pick<Parts, 'controller' | 'vpp'>): Pick<Status, 'state' | 'reason'> {
  const { keeper, carrier, trouble, isWorking } = controller;
  if (keeper === undefined) {
    return trouble === undefined
      ? { state: 'none', reason: 'the wishes are being read' }
      : { state: 'error', reason: trouble };
  }
  if (keeper.present === undefined) return { state: 'none', reason: 'no wish was applied' };
  const name = `wish ${keeper.present.revision}`;
  if (vpp.present === undefined)
    return { state: 'waiting', reason: `VPP is away; ${name} is carried out when it is there` };
  if (trouble !== undefined) return { state: 'error', reason: trouble };
  const { failed, uncertain, pending, drifted, applied } = carrier?.states.counts ?? NONE;
  const isWhole = carrier?.isWholeDue(vpp.present) === true;
  if (isWhole || (isWorking && carrier?.checkedAt === undefined)) {
    return { state: 'working', reason: `${name} is being carried out` };
  }
  const troubles = Object.entries({ failed, uncertain, pending }).filter(([, count]) => count > 0);
  const texts = troubles.map(([state, count]) => `${count} ${state}`);
  if (drifted > 0) texts.push(`${drifted} changed by others`);
  if (texts.length === 0) return { state: 'applied', reason: `VPP is as ${name} says: ${applied} objects` };
  const [first] = [...(carrier?.states.problems ?? [])];
  const example = first === undefined ? '' : ` (${first.key}: ${first.reason})`;
  const state = troubles.length > 0 ? 'incomplete' : 'drifted';
  return {
    state,
    reason: `${name}: ${texts.join(', ')} of ${applied + failed + uncertain + pending + drifted} objects${example}`,
  };
}

export function shownStatus(parts: Parts, query: z.output<typeof wishStatus.input>): Status {
  const { controller, clock, config } = parts;
  const { keeper, carrier } = controller;
  const states = carrier?.states;
  const unconfirmed = shownUnconfirmed(controller);
  const next = controller.nextCheckAt;
  const checkedAt = carrier?.checkedAt?.toISOString();
  return {
    ...briefStatus(parts),
    ...(keeper?.present && { revision: keeper.present.revision, since: keeper.present.at }),
    ...(unconfirmed !== undefined && { unconfirmed }),
    counts: states?.counts ?? NONE,
    problems: states === undefined ? [] : shownProblems(states, clock),
    ...(checkedAt !== undefined && { checkedAt }),
    ...(Number.isFinite(next) && { nextCheckAt: dateAt(next, clock) }),
    autoCorrect: config()['auto-correct'],
    ...(query.objects && objectsOf(parts, query)),
  };
}

function objectsOf(
  { controller }: Parts,
  { match = '*', limit, after = '' }: z.output<typeof wishStatus.input>,
): Pick<Status, 'objects' | 'next'> {
  const states = controller.carrier?.states;
  const keys = [...(states?.objects.keys() ?? [])].filter((key) => key > after && fits(match, key)).sort();
  const shown = keys.slice(0, limit);
  const objects = shown.flatMap((key) => {
    const object = states?.objects.get(key);
    if (object === undefined) return [];
    const found = states?.find(key);
    return {
      ...{ key, kind: object.kind.name, name: object.name, state: found?.state ?? ('applied' as const) },
      ...(found !== undefined && { reason: found.reason }),
      needs: [...object.kind.needs(object)],
    };
  });
  return { objects, ...(keys.length > shown.length && shown.length > 0 && { next: shown.at(-1) }) };
}

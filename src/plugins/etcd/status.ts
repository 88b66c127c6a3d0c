/** The state of the plugin, for people. */

import type { Report } from '../../sdk/index.js';
import type { Membership } from './membership.js';
import { placeOf } from './open-store.js';

const OFF = 'off: set endpoints (or dir) in etcd.conf to make this agent a member of a fleet';

/** The parts of a membership that its state is made of. */
export type Shown = Pick<Membership, 'opened' | 'driver' | 'awayReason'>;

export function briefStatus({ opened, driver, awayReason }: Shown): Pick<Report, 'state' | 'reason'> {
  if (opened === undefined) return { state: 'ok', reason: OFF };
  const place = placeOf(opened.config);
  const { label, store, rival, ignored, generation, outcome, reason } = opened.member.status;
  const degraded = (text: string) => ({ state: 'degraded' as const, reason: text });
  if (store.state === 'away') {
    const since = store.since.toISOString();
    return degraded(`${place} is away since ${since}, and VPP is left as it is: ${awayReason ?? store.reason}`);
  }
  if (store.state === 'refused') {
    return degraded(`${place} refuses this agent, and VPP is left as it is: ${store.reason}`);
  }
  if (rival !== undefined) {
    const since = rival.since.toISOString();
    return degraded(`another agent has the label ${label} too, since ${since}: give each one its own in etcd.conf`);
  }
  if (ignored !== undefined) return degraded(`VPP is left as it is: ${ignored}`);
  if (outcome === 'refused' || outcome === 'taken-back') {
    const what = outcome === 'refused' ? 'is refused' : 'was taken back';
    return degraded(`generation ${generation ?? '(unknown)'} ${what}: ${reason}`);
  }
  if (driver?.trouble !== undefined) return degraded(`the roll-out does not get on: ${driver.trouble}`);
  if (store.state === 'connecting') return { state: 'ok', reason: `${label}: ${place} is being connected to` };
  if (generation === undefined) return { state: 'ok', reason: `${label}: the fleet has no wish for this agent` };
  const why = reason === undefined ? '' : `: ${reason}`;
  return { state: 'ok', reason: `${label}: generation ${generation} is ${outcome}${why}` };
}

/** The line below the tabs: which dataplane it is of, how VPP is, since when is counted, and what is filtered. */

import { printableLine } from '../../printable.js';
import type { Figures } from './counters/counters.js';
import type { Model } from './model.js';
import type { Line } from './parts/line.js';
import { age, clock } from './parts/numbers.js';
import type { Screen } from './screen.js';

export function stateLine(model: Model, screen: Screen): Line {
  const line = lineOf(model, screen);
  const { dataplane } = model;
  return dataplane === undefined ? line : [{ text: `${printableLine(dataplane)}: `, style: 'title' }, ...line];
}

function lineOf({ at, stats, figures, api }: Model, { filter }: Screen): Line {
  const { state, reason = '', since } = stats;
  const modes = [
    ...(figures?.since === undefined ? [] : [`counted since ${clock(figures.since)}`]),
    ...(filter === '' ? [] : [`filter ${printableLine(filter)}`]),
  ].map((text) => ({ text: `  ${text}`, style: 'busy' as const }));
  if (state === 'away' && figures === undefined) {
    const isLost = stats.lastRead !== undefined;
    const text = isLost ? `VPP is away since ${clock(since)}, waiting for it` : 'no VPP, waiting for it';
    return [{ text, style: 'bad' }, ...modes];
  }
  if (state === 'stale') return [{ text: `stale: ${printableLine(reason)}`, style: 'bad' }, ...modes];
  if (figures === undefined) return [{ text: 'reading …', style: 'faint' }, ...modes];
  return [{ text: vppText(figures, at, api?.vpp.version), style: 'good' }, restarted(figures), ...modes];
}

function vppText({ system }: Figures, at: number, version: string | undefined): string {
  const { bootTime, workers } = system;
  return [
    version === undefined ? 'VPP' : `VPP ${printableLine(version, 40)}`,
    ...(bootTime ? [`up ${age(at - 1000 * Number(bootTime))}`] : []),
    ...(workers === undefined ? [] : [`${workers} ${workers === 1n ? 'worker' : 'workers'}`]),
  ].join(', ');
}

const restarted = ({ restartedAt }: Figures) => ({
  text: restartedAt === undefined ? '' : `  restarted, seen at ${clock(restartedAt)}`,
});

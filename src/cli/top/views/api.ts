/** The view of VPP's API: who uses it through an agent, who waits, and which messages take VPP long. */

import { printableLine } from '../../../printable.js';
import type { ApiFigures, ApiRow } from '../agent/api-rows.js';
import { number, text } from '../parts/columns.js';
import { type Line, labelled } from '../parts/line.js';
import { count, milliseconds, short } from '../parts/numbers.js';
import type { View } from './view.js';

/** Messages that are named as slow. */
const SLOWEST = 3;

export const apiView: View<ApiRow> = {
  title: 'API',
  columns: [
    text('name', 'name', 20, ({ name }) => name),
    number('wait', 'wait', (row) => row.oldestMs, milliseconds, 8),
    number('rate', 'requests/s', (row) => row.requestsPerSecond, short, 10),
    number('in-flight', 'in flight', (row) => row.inFlight, count, 9),
    number('waiting', 'waiting', (row) => row.waiting, count, 7),
    text('kind', 'kind', 7, ({ kind }) => kind),
    number('id', 'id', (row) => row.id, count, 4),
    number('requests', 'requests', (row) => row.requests, count, 9),
    number('refused', 'refused', (row) => row.refused, count, 7),
    text('of', 'of', 10, ({ of }) => of),
  ],
  sort: 'wait',
  rows: ({ api }) => api?.rows,
  words: ({ name, kind, of = '' }) => `${name} ${kind} ${of}`,
  above: ({ api }) => (api === undefined ? [] : aboveOf(api)),
  none: ({ agent, api }) =>
    api === undefined
      ? `${agent.missing ?? `asking the agent at ${agent.host}`}; only an agent knows who uses VPP’s API`
      : 'no channel',
  json: ({ api, agent }, users) =>
    api === undefined ? { missing: agent.missing } : { api: { ...api, rows: undefined }, users },
};

function aboveOf(api: ApiFigures): Line[] {
  const { requestsPerSecond, repliesPerSecond, eventsPerSecond, inFlight, waiting } = api;
  const rates = `${short(requestsPerSecond)} requests/s, ${short(repliesPerSecond)} replies/s, ${short(eventsPerSecond)} events/s`;
  const slowest = api.slowest
    .slice(0, SLOWEST)
    .map(
      ({ name, meanMs, maxMs }) => `${printableLine(name, 80)} ${milliseconds(meanMs)} (max ${milliseconds(maxMs)})`,
    );
  return [
    linkLine(api),
    labelled('traffic', { text: `${rates}; ${count(inFlight)} in flight, ${count(waiting)} waiting` }),
    labelled('wait', { text: waitText(api) }),
    labelled('slowest', { text: slowest.join(', ') || 'no message yet' }),
    [],
  ];
}

/** The agent's link to VPP. */
export function linkLine({ vpp, agent }: ApiFigures): Line {
  const isReady = vpp.state === 'ready';
  const pid = vpp.pid === undefined ? '' : ` (pid ${vpp.pid})`;
  const state = isReady ? 'ready' : `${vpp.state ?? 'no connection'}: ${vpp.reason ?? 'the agent has none'}`;
  return labelled(
    'link',
    { text: `VPP ${printableLine(vpp.version ?? '', 40)}${pid} ` },
    { text: printableLine(state, 200), style: isReady ? 'good' : 'bad' },
    {
      text: ` at ${printableLine(vpp.socket ?? '?', 120)}, agent ${printableLine(agent.name ?? '', 40)} ${agent.overall ?? ''}`,
    },
  );
}

/** Names the one that waits for VPP longest. */
export function waitText({ oldestMs, rows }: ApiFigures): string {
  const [longest] = [...rows].sort((a, b) => (b.oldestMs ?? 0) - (a.oldestMs ?? 0));
  const ms = Math.max(oldestMs ?? 0, longest?.oldestMs ?? 0);
  if (ms === 0) return 'nobody waits for VPP';
  const who = longest?.oldestMs ? `: ${printableLine(longest.name, 60)} (${longest.kind} ${longest.id})` : '';
  return `${milliseconds(ms)} longest${who}`;
}

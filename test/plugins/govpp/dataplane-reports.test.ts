import { expect, it } from 'vitest';
import { DataplaneReports } from '../../../src/plugins/govpp/dataplane-reports.js';
import type { Report } from '../../../src/sdk/index.js';

function reportsOf(...names: string[]) {
  const said: Report[] = [];
  const reports = new DataplaneReports({ report: (found) => void said.push(found) }, names);
  const says = (name: string, state: Report['state']) =>
    reports.of(name).report({ state, reason: `${name} is ${state}`, details: { vpp: { state } } });
  return { said, says };
}

it('one dataplane: its report is that of the plugin, untouched', () => {
  const { said, says } = reportsOf('main');
  says('main', 'error');
  expect(said).toEqual([{ state: 'error', reason: 'main is error', details: { vpp: { state: 'error' } } }]);
});

it('several: each with its reason; the sections of main stand at the top, those of the others below their names', () => {
  const { said, says } = reportsOf('main', 'edge');
  says('main', 'ok');
  says('edge', 'error');
  expect(said.at(-1)).toEqual({
    state: 'degraded',
    reason: 'main: main is ok; edge: edge is error',
    details: { vpp: { state: 'ok' }, dataplanes: { edge: { vpp: { state: 'error' } } } },
  });
});

it.each<[readonly Report['state'][], Report['state']]>([
  [['ok', 'ok', 'ok'], 'ok'],
  [['ok', 'degraded', 'ok'], 'degraded'],
  [['error', 'ok', 'error'], 'degraded'],
  [['error', 'error', 'degraded'], 'degraded'],
  [['error', 'error', 'error'], 'error'],
])('%j: is %s', (states, sum) => {
  const names = states.map((_, i) => `dataplane-${i}`);
  const { said, says } = reportsOf(...names);
  for (const [i, state] of states.entries()) says(names[i], state);
  expect(said.at(-1)?.state).toBe(sum);
});

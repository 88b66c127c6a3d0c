import { describe, expect, it } from 'vitest';
import type { AgentReading } from '../../../../src/cli/top/agent/agent-reading.js';
import { apiFigures } from '../../../../src/cli/top/agent/api-rows.js';
import { agentReading } from '../sample.js';

describe('what an agent knows', () => {
  it('rates between two looks; a client is there once, not as its channel again', () => {
    const figures = apiFigures(agentReading(2), agentReading(0));
    expect(figures).toMatchObject({ requestsPerSecond: 30, repliesPerSecond: 30, eventsPerSecond: 0, oldestMs: 1840 });
    expect(figures.rows).toEqual([
      {
        ...{ kind: 'client', id: 3, name: 'calico-agent', of: 'calico', requests: 80, requestsPerSecond: 20 },
        ...{ inFlight: 1, waiting: 1, oldestMs: 1840, refused: 2 },
      },
      expect.objectContaining({ kind: 'channel', id: 1, name: 'routes', of: 'operations', requestsPerSecond: 10 }),
      expect.objectContaining({ kind: 'channel', id: 0, requestsPerSecond: 0 }),
    ]);
  });

  it('the first look: no rates', () => {
    const figures = apiFigures(agentReading(0));
    expect(figures).not.toHaveProperty('requestsPerSecond');
    expect(figures.rows[0]).not.toHaveProperty('requestsPerSecond');
  });

  it.each<[string, AgentReading['status'], AgentReading['clients']]>([
    ['an agent without a connection to VPP', { overall: 'ok', plugins: {} }, undefined],
    [
      'parts of other types',
      { vpp: { traffic: { busiest: 7, slowest: [null, 'x'], requests: 'many' } } },
      [{ id: 'x' }],
    ],
    ['null', { vpp: null, agent: null }, []],
  ])('%s: what is not there is undefined', (_, status, clients) => {
    const figures = apiFigures({ monotonic: 0, status, clients }, { monotonic: 1, status, clients });
    expect(figures).not.toHaveProperty('requestsPerSecond');
    expect(figures).not.toHaveProperty('inFlight');
  });
});

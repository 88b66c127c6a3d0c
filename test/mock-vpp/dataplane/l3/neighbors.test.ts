/** The age of dynamic neighbours, by a clock of the test's own. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { Dataplane } from '../../../../mock-vpp/dataplane/dataplane.js';
import { KINDS, kinds } from '../../../../mock-vpp/kinds/index.js';

const STATIC = 1;
const MAC = '02:00:5e:00:53:01';

function withNeighbors() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const dataplane = new Dataplane(KINDS);
  const itf = dataplane.interfaceAt(dataplane.addLoopback({ up: true, addresses: ['192.0.2.1/24'] }));
  const neighbors = dataplane.of(kinds.neighbors);
  const list = () => neighbors.on(itf.swIfIndex, false).map(({ ip }) => ip);
  return { dataplane, itf, neighbors, list };
}

it('a dynamic neighbour goes when its age is over and nobody has answered; a static one stays', () => {
  const { dataplane, itf, neighbors, list } = withNeighbors();
  neighbors.configure(0, { max_number: 10, max_age: 60, recycle: false });
  neighbors.put(itf, '192.0.2.2', MAC, 0);
  neighbors.put(itf, '192.0.2.3', MAC, STATIC);
  vi.advanceTimersByTime(50_000);
  neighbors.put(itf, '192.0.2.4', MAC, 0);
  vi.advanceTimersByTime(14_000);
  expect(list()).toEqual(['192.0.2.2', '192.0.2.3', '192.0.2.4']);
  dataplane.queuedEvents.splice(0);
  vi.advanceTimersByTime(1_001);
  expect(list()).toEqual(['192.0.2.3', '192.0.2.4']);
  expect(dataplane.queuedEvents.map(({ name }) => name)).toContain('ip_neighbor_event_v2');
  vi.advanceTimersByTime(50_000);
  expect(list()).toEqual(['192.0.2.3']);
});

it('without an age, dynamic neighbours stay; an age that is set later counts from their last refreshment', () => {
  const { itf, neighbors, list } = withNeighbors();
  neighbors.put(itf, '192.0.2.2', MAC, 0);
  vi.advanceTimersByTime(1_000_000);
  expect(list()).toEqual(['192.0.2.2']);
  neighbors.configure(0, { max_number: 10, max_age: 0xffffffff, recycle: false });
  expect(list()).toEqual(['192.0.2.2']);
  neighbors.configure(0, { max_number: 10, max_age: 60, recycle: false });
  expect(list()).toEqual([]);
});

/** A connection to a mock in a process of its own, for the time of one test. */
import { expect } from 'vitest';
import { type ConnectOptions, connect } from '../../src/mux/index.js';
import { scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';
import { Dataplane, type DataplaneOptions } from './dataplane.js';

/** Connected, and nothing of the mux's own is in flight any more. */
export async function processWorld(options: ConnectOptions = {}, rest: Omit<DataplaneOptions, 'socket'> = {}) {
  const { path, remove } = scratch();
  afterThis(remove);
  const socket = path('api.sock');
  const dataplane = await Dataplane.start({ socket, ...rest });
  afterThis(() => dataplane.end());
  const vpp = await connect({ socket, cacheDir: false, ...options });
  afterThis(() => vpp.destroy());
  await expect.poll(() => vpp.status.pid).toBeDefined();
  return { dataplane, vpp, socket };
}

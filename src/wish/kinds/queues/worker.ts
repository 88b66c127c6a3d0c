/** Worker threads of VPP, by their numbers. They come with its start, by `cpu` of startup.conf; a wish can only need them. */

import { defineKind, type Found, keyOf } from '../kind.js';

const NAME = 'worker';

/** The main thread is thread 0, worker 0 is thread 1. */
export const workerOfThread = (thread: number): number => thread - 1;

export const workerKey = (worker: number): string => keyOf({ name: NAME }, String(worker));

export const workerKind = defineKind<null>({
  name: NAME,
  ownership: 'all',
  messages: ['show_threads'],
  wanted: () => [],
  async read(vpp) {
    const { thread_data: threads } = await vpp.request('show_threads');
    return (threads as { id: number; type: string }[])
      .filter(({ type }) => type === 'workers')
      .map(({ id }): Found<null> => ({ name: String(workerOfThread(id)), value: null }));
  },
  needs: () => [],
  create: () => [],
});

/** Memory in use, once what nobody holds is gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let gc: (() => void) | undefined;

/** Collects all garbage; Node needs no flag for it. What buffers held is freed a turn later, hence twice. */
async function collectGarbage(): Promise<NodeJS.MemoryUsage> {
  if (gc === undefined) {
    setFlagsFromString('--expose-gc');
    gc = runInNewContext('gc') as () => void;
  }
  for (let i = 0; i < 2; i++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return process.memoryUsage();
}

/** Bytes of objects and buffers that somebody holds. */
export async function heldBytes(): Promise<number> {
  const { heapUsed, arrayBuffers } = await collectGarbage();
  return heapUsed + arrayBuffers;
}

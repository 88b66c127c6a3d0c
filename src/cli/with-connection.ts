import { connect } from '../mux/index.js';
import type { Connection, ConnectOptions } from '../mux/types.js';

/** Leaving is a courtesy to VPP: a dataplane that has stopped answering does not hold up the command. */
const GOODBYE_MS = 1000;

/** Connects, runs `use`, and leaves in order, whatever became of it. */
export async function withConnection<T>(options: ConnectOptions, use: (vpp: Connection) => Promise<T>): Promise<T> {
  const vpp = await connect(options);
  try {
    return await use(vpp);
  } finally {
    await leave(vpp);
  }
}

async function leave(vpp: Connection): Promise<void> {
  const timer = setTimeout(() => vpp.destroy(), GOODBYE_MS);
  try {
    await vpp.close();
  } catch {
    // The command's own outcome is what counts.
    vpp.destroy();
  } finally {
    clearTimeout(timer);
  }
}

import { type Connection, type ConnectOptions, connect } from '../mux/index.js';

/** Connects, runs `use`, and leaves in order (within the 1.5 s that `close` takes at most), whatever became of it. */
export async function withConnection<T>(options: ConnectOptions, use: (vpp: Connection) => Promise<T>): Promise<T> {
  const vpp = await connect(options);
  try {
    return await use(vpp);
  } finally {
    await vpp.close();
  }
}

/** Parts of the want_* requests that their handlers share. */
import type { Fields } from '../../src/mux/internal.js';
import type { Call } from './call.js';

/** Whether the request enables the events. */
export const isEnable = ({ enable_disable, enable }: Fields) => Boolean(enable_disable ?? enable);

/** The pid that comes back in the events. */
export const pidOf = ({ pid }: Fields) => Number(pid ?? 0);

/** Name of the request that is being served. */
export const nameOf = ({ vpp, bytes, start }: Call) => vpp.table.nameOf.get(bytes.readUInt16BE(start)) as string;

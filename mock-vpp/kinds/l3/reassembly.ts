/** Reassembly of fragments: limits of each kind and family, and where it is on. */
import type { Fields } from '../../../src/mux/internal.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

interface Limits {
  /** Milliseconds, as the interval is. */
  readonly timeout_ms: number;
  readonly max_reassemblies: number;
  readonly max_reassembly_length: number;
  readonly expire_walk_interval_ms: number;
}

const COUNTS = { max_reassemblies: 1024, max_reassembly_length: 3 };
const FULL: Limits = { timeout_ms: 200, ...COUNTS, expire_walk_interval_ms: 50 };
const SHALLOW: Limits = { timeout_ms: 100, ...COUNTS, expire_walk_interval_ms: 10_000 };
/** Highest `type`: shallow virtual reassembly. */
const LAST_TYPE = 1;

export class Reassembly {
  /** Limits of full reassembly and of the shallow one, each for IPv4 and IPv6. */
  readonly limits: [Limits, Limits][] = [
    [FULL, FULL],
    [SHALLOW, SHALLOW],
  ];
  /** Whether packets to VPP itself are reassembled. */
  local = { ip4_is_enabled: true, ip6_is_enabled: true };
}

export const reassembly = defineKind({
  name: 'ipReassembly',
  title: 'reassembly',
  state: () => new Reassembly(),
  handlers: {
    // A type that there is not is not refused; its limits are whatever is in memory.
    ip_reassembly_set: ({ type, is_ip6, ...fields }, _, { limits }) => {
      const { timeout_ms, max_reassemblies, max_reassembly_length, expire_walk_interval_ms } =
        fields as unknown as Limits;
      const wanted = { timeout_ms, max_reassemblies, max_reassembly_length, expire_walk_interval_ms };
      if (Number(type) <= LAST_TYPE) limits[Number(type)][is_ip6 ? 1 : 0] = wanted;
      return Retval.OK;
    },

    ip_reassembly_get: ({ type, is_ip6 }, _, { limits }): Fields =>
      Number(type) <= LAST_TYPE ? { is_ip6, ...limits[Number(type)][is_ip6 ? 1 : 0] } : {},

    // Unknown interfaces are not refused.
    ip_reassembly_enable_disable: () => Retval.OK,

    ip_local_reass_enable_disable: ({ enable_ip4, enable_ip6 }, _, state) => {
      state.local = { ip4_is_enabled: Boolean(enable_ip4), ip6_is_enabled: Boolean(enable_ip6) };
      return Retval.OK;
    },

    ip_local_reass_get: (_, _call, { local }) => ({ ...local }),
  },
});

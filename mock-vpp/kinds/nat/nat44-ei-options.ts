/** Options of NAT44-EI that are served whether it is enabled or not. */
import type { Fields } from '../../../src/mux/internal.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { nat44 } from './nat44.js';
import { nat44Ei } from './nat44-ei.js';

/** Ways to choose ports. */
const Allocation = { DEFAULT: 0, MAP_E: 1, RANGE: 2 } as const;
const LOG_DEBUG = 5;

export const nat44EiOptions = defineKind({
  name: 'nat44EiOptions',
  title: 'options of NAT44-EI',
  state: (dataplane) => dataplane.of(nat44Ei),
  handlers: {
    nat44_ei_show_running_config: (_, { dataplane }, { config, options }) => ({
      inside_vrf: config?.insideVrf ?? 0,
      outside_vrf: config?.outsideVrf ?? 0,
      users: config?.users ?? 0,
      sessions: config?.sessions ?? 0,
      user_sessions: config?.userSessions ?? 0,
      user_buckets: options.userBuckets,
      translation_buckets: options.translationBuckets,
      forwarding_enabled: options.forwarding,
      // Both NATs log as one, and VPP says the opposite.
      ipfix_logging_enabled: !dataplane.of(nat44).logging,
      timeouts: options.timeouts,
      flags: config?.flags ?? 0,
    }),

    nat44_ei_forwarding_enable_disable: (fields, _, { options }) => {
      options.forwarding = Boolean(fields.enable);
      return Retval.OK;
    },
    nat44_ei_set_timeouts: ({ udp, tcp_established, tcp_transitory, icmp }, _, { options }) => {
      options.timeouts = { udp, tcp_established, tcp_transitory, icmp };
      return Retval.OK;
    },
    nat44_ei_ipfix_enable_disable: (fields, { dataplane }) => {
      dataplane.of(nat44).logging = Boolean(fields.enable);
      return Retval.OK;
    },
    // VPP looks at the level that it has: one too large is the last.
    nat44_ei_set_log_level: (fields, _, { options }) => {
      if (options.logLevel > LOG_DEBUG) return Retval.UNSUPPORTED;
      options.logLevel = Number(fields.log_level);
      return Retval.OK;
    },

    nat44_ei_set_mss_clamping: (fields, _, { options }) => {
      options.mss = fields.enable ? Number(fields.mss_value) : 0;
      return Retval.OK;
    },
    nat44_ei_get_mss_clamping: (_, __, { options }) => ({ mss_value: options.mss, enable: options.mss > 0 }),

    nat44_ei_set_addr_and_port_alloc_alg: (fields, _, { options }) => {
      const { alg, psid_offset, psid_length, psid, start_port, end_port } = fields;
      const chosen: Record<number, Fields> = {
        [Allocation.DEFAULT]: {},
        [Allocation.MAP_E]: { psid_offset, psid_length, psid },
        [Allocation.RANGE]: { start_port, end_port },
      };
      const isEmpty = alg === Allocation.RANGE && Number(end_port) <= Number(start_port);
      if (chosen[Number(alg)] === undefined || isEmpty) return Retval.INVALID_VALUE;
      options.allocation = { ...options.allocation, alg, ...chosen[Number(alg)] };
      return Retval.OK;
    },
    nat44_ei_get_addr_and_port_alloc_alg: (_, __, { options }) => options.allocation,

    // Without workers.
    nat44_ei_set_workers: () => Retval.FEATURE_DISABLED,
    nat44_ei_worker_dump: () => [],
    nat44_ei_set_fq_options: (fields, _, { config, options }) => {
      if (config !== undefined) return Retval.FEATURE_ALREADY_ENABLED;
      options.frameQueueSize = Number(fields.frame_queue_nelts);
      return Retval.OK;
    },
    nat44_ei_show_fq_options: (_, __, { options }) => ({ frame_queue_nelts: options.frameQueueSize }),

    nat44_ei_ha_set_listener: ({ ip_address, port, path_mtu }, _, { options }) => {
      options.listener = { ip_address, port, path_mtu };
      return Retval.OK;
    },
    nat44_ei_ha_get_listener: (_, __, { options }) => options.listener,
    nat44_ei_ha_set_failover: ({ ip_address, port, session_refresh_interval }, _, { options }) => {
      options.failover = { ip_address, port, session_refresh_interval };
      return Retval.OK;
    },
    nat44_ei_ha_get_failover: (_, __, { options }) => options.failover,
    nat44_ei_ha_flush: () => Retval.OK,
    // VPP does nothing: no event follows.
    nat44_ei_ha_resync: () => Retval.OK,
  },
});

/** Options of NAT44-ED that are served whether it is enabled or not. */
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { nat44, PluginFlag } from './nat44.js';

export const natOptions = defineKind({
  name: 'natOptions',
  title: 'options of NAT44-ED',
  state: (dataplane) => dataplane.of(nat44),
  handlers: {
    nat44_show_running_config: (_, __, { nat, forwarding, timeouts, buckets, logging }) => ({
      inside_vrf: nat?.config.insideVrf ?? 0,
      outside_vrf: nat?.config.outsideVrf ?? 0,
      sessions: nat?.config.sessions ?? 0,
      translation_buckets: buckets,
      forwarding_enabled: forwarding,
      // VPP says the opposite.
      ipfix_logging_enabled: !logging,
      timeouts,
      flags: PluginFlag.ENDPOINT_DEPENDENT,
    }),

    nat44_forwarding_enable_disable: (fields, _, plugin) => {
      plugin.forwarding = Boolean(fields.enable);
      return Retval.OK;
    },
    nat_set_timeouts: ({ udp, tcp_established, tcp_transitory, icmp }, _, plugin) => {
      plugin.timeouts = { udp, tcp_established, tcp_transitory, icmp };
      return Retval.OK;
    },
    nat_ipfix_enable_disable: (fields, _, plugin) => {
      plugin.logging = Boolean(fields.enable);
      return Retval.OK;
    },

    nat_set_mss_clamping: (fields, _, plugin) => {
      plugin.mss = fields.enable ? Number(fields.mss_value) : 0;
      return Retval.OK;
    },
    nat_get_mss_clamping: (_, __, { mss }) => ({ mss_value: mss, enable: mss > 0 }),

    nat44_set_session_limit: (fields, { dataplane }) =>
      dataplane.hasTable(Number(fields.vrf_id), false) ? Retval.OK : Retval.UNSPECIFIED,

    // Without workers.
    nat_set_workers: () => Retval.FEATURE_DISABLED,
    nat_worker_dump: () => [],
    nat44_ed_set_fq_options: (fields, _, plugin) => {
      if (plugin.nat !== undefined) return Retval.FEATURE_ALREADY_ENABLED;
      plugin.frameQueueSize = Number(fields.frame_queue_nelts);
      return Retval.OK;
    },
    nat44_ed_show_fq_options: (_, __, { frameQueueSize }) => ({ frame_queue_nelts: frameQueueSize }),
  },
});

/**
 * Requests that are known to hold VPP's API up, and why. VPP runs one API handler at a time, in a process of its main
 * thread; a handler that waits in there keeps every client waiting. Two kinds:
 *
 * - it sleeps: everybody's messages are answered after it;
 * - it waits for an event: any message of any client *is* such an event. The wait ends early, and what woke it may be
 *   lost. Where a driver takes the event for a failure, VPP aborts.
 *
 * So each of these goes alone (fair-queue.ts): what is in flight is answered first, nothing else is sent until VPP is through
 * with it, whether its caller still waits or not, and its silence is no hang. Only clients that come through this connection are kept out of its way.
 *
 * Marks: run = tried on a running VPP, src = read in VPP's source.
 */

export interface SlowRequest {
  readonly why: string;
  /** Version and way in which it was observed. */
  readonly seen: string;
  /** Message of the plugin concerned: the entry counts only where VPP has it. */
  readonly whereVppHas?: string;
  /** Duration of the work itself, milliseconds; added to the usual timeout where the caller gives none. */
  readonly ms?: (fields: Readonly<Record<string, unknown>>) => number;
  /** Event that tells the end of a request which VPP answers before it begins. */
  readonly until?: string;
}

const DEVICE = {
  why: "it waits up to 5 s for the device's process",
  seen: 'src: vnet/dev/api.c, process.c, 26.06',
  ms: () => 5000,
};
const ARPING = {
  why: 'it sleeps between its packets, and up to a second for the answers',
  seen: 'src: plugins/arping/arping.c, 26.06',
  ms: (fields: Readonly<Record<string, unknown>>) => probesMs(fields) + 1000,
};
const AVF = {
  why: 'on an AVF interface it waits for the driver, and VPP aborts when any other message comes meanwhile',
  seen: 'src: plugins/avf/device.c, 22.10 to 25.10; FDio/vpp#3495',
  whereVppHas: 'avf_create',
};

export const SLOW_REQUESTS: Readonly<Record<string, SlowRequest>> = {
  cli_inband: {
    why: 'while a command waits (ping, pcap, perfmon), what any client sends is lost, or ends it early',
    seen: 'run: ping on 26.06; src: vlib_api.c, plugins/ping/ping.c',
  },
  want_ping_finished_events: {
    why: 'it pings for repeat × interval with the workers stopped, and any other message ends a wait early',
    seen: 'run: answered at once, then cut short by another message, on 26.06; src: plugins/ping/ping_api.c',
    ms: probesMs,
    until: 'ping_finished_event',
  },
  arping: ARPING,
  arping_acd: ARPING,
  dev_attach: DEVICE,
  dev_detach: DEVICE,
  dev_create_port_if: DEVICE,
  dev_remove_port_if: DEVICE,
  cnat_session_purge: {
    why: 'it sleeps again and again while it walks all sessions',
    seen: 'src: plugins/cnat/cnat_session.c, 26.06',
  },
  sw_interface_set_promisc: AVF,
  sw_interface_add_del_mac_address: AVF,
  flow_enable: AVF,
  flow_disable: AVF,
};

const BY_USER: SlowRequest = { why: 'this program says so (option exclusive)', seen: 'configured' };

/** Returns why `name` is exclusive on a VPP with this table; undefined when it is not. `more`: names that the user has added. */
export function slowRequest(
  name: string,
  table: Pick<ReadonlyMap<string, unknown>, 'has'>,
  more: readonly string[],
): SlowRequest | undefined {
  const known = Object.hasOwn(SLOW_REQUESTS, name) ? SLOW_REQUESTS[name] : undefined;
  if (known && (known.whereVppHas === undefined || table.has(known.whereVppHas))) return known;
  return more.includes(name) ? BY_USER : undefined;
}

/** `interval` is in seconds, in VPP's definitions 1 by default. */
function probesMs({ repeat = 1, interval = 1 }: Readonly<Record<string, unknown>>): number {
  const ms = Number(repeat) * Number(interval) * 1000;
  return ms > 0 && ms < 3_600_000 ? ms : 0;
}

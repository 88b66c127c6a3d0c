/** Messages that are never sent: the connection's own, pointers, threads, and what breaks the stream (WIRE 3.13, 3.17, 3.18). */

import { type Hazard, SOURCE, TRIED } from './hazard.js';

const DESCRIPTORS = 'answers with file descriptors, which break the stream';

export const NEVER: readonly Hazard[] = [
  { message: 'sockclnt_create', reason: 'makes another registration; it belongs to the connection', ...SOURCE },
  { message: 'sockclnt_delete', reason: "ends another client's registration", instead: 'close()', ...TRIED },
  {
    message: 'memclnt_*',
    reason: 'takes a shared-memory queue out of the message; it is for shared-memory clients',
    ...TRIED,
  },
  { message: 'sock_init_shm', reason: 'moves the connection to shared memory', ...SOURCE },
  { message: 'rpc_call', reason: 'calls a function pointer out of the message', ...SOURCE },
  { message: 'rpc_call_reply', reason: 'calls a function pointer out of the message', ...SOURCE },
  { message: 'cli', reason: 'follows a pointer out of the message', instead: 'cli_inband', ...SOURCE },
  {
    message: 'get_node_graph',
    reason: 'makes its answer in memory that only shared-memory clients have, and dies',
    instead: "cli_inband 'show vlib graph'",
    ...TRIED,
  },
  { message: 'rx_thread_exit', reason: 'ends a thread of its own', ...SOURCE },
  { message: 'trace_plugin_msg_ids', reason: 'takes it for a message within VPP', ...SOURCE },
  { message: 'app_attach', reason: DESCRIPTORS, ...SOURCE },
  { message: 'app_worker_add_del', reason: DESCRIPTORS, ...SOURCE },
  { message: 'selog_get_shm', reason: DESCRIPTORS, ...SOURCE },
  {
    message: 'selog_event_type_string_dump',
    reason: 'takes what is no list for one, and dies, whatever the index',
    instead: "selog_event_type_dump, or cli_inband 'show event-logger'",
    ...TRIED,
  },
  {
    message: 'sfdp_gateway_set_geneve_output',
    reason: 'looks for the tenant in a table that has none, whatever tenants there are, and dies',
    ...TRIED,
  },
  {
    message: 'policer_classify_dump',
    reason: 'lists its own memory for an interface that exists, and nothing at all for ~0',
    instead: "cli_inband 'show classify policer'",
    ...TRIED,
  },
  {
    message: 'flow_classify_dump',
    reason: 'lists its own memory for an interface that exists, and nothing at all for ~0',
    instead: "cli_inband 'show classify flow'",
    ...TRIED,
  },
];

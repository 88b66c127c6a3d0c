/**
 * Messages that are never sent for a user, because they would harm VPP or the connection all share:
 * they take over or end registrations, hand VPP a pointer of ours, stop a thread, or make VPP send raw
 * bytes between frames (WIRE 3.13, 3.17, 3.18).
 */
const REASONS: Readonly<Record<string, string>> = {
  sockclnt_create: 'it belongs to the connection',
  sockclnt_delete: "it ends another client's registration; use close()",
  sock_init_shm: 'it moves the connection to shared memory',
  rpc_call: 'VPP calls a function pointer out of the message',
  rpc_call_reply: 'VPP calls a function pointer out of the message',
  cli: 'VPP follows a pointer out of the message; use cli_inband',
  get_node_graph: 'it answers with a pointer into VPP; use graph_node_get',
  rx_thread_exit: 'it ends a thread of VPP',
  trace_plugin_msg_ids: 'it is for messages within VPP',
  app_attach: 'VPP answers with file descriptors, which break the stream',
  app_worker_add_del: 'VPP answers with file descriptors, which break the stream',
  selog_get_shm: 'VPP answers with a file descriptor, which breaks the stream',
};

/** Why `name` is never sent, or undefined when it may be. */
export function forbidden(name: string): string | undefined {
  if (name.startsWith('memclnt_')) return 'it is for shared-memory clients';
  return Object.hasOwn(REASONS, name) ? REASONS[name] : undefined;
}

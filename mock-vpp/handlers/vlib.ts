/** The command line over the API, and threads. */
import type { Handlers } from '../call.js';
import { runCommand } from '../cli.js';

export const vlib: Handlers = {
  cli_inband: (fields, { vpp }) => {
    const { retval, text } = runCommand(String(fields.cmd), vpp);
    return { retval, reply: text };
  },

  show_threads: (_, { vpp }) => ({
    count: 1,
    thread_data: [{ id: 0, name: 'vpp_main', type: '', pid: vpp.pid, cpu_id: 0, core: 0, cpu_socket: 0 }],
  }),
};

/** Version, time, log, threads, and the command line over the API. */
import type { Call } from '../../handlers/call.js';
import { defineKind } from '../../kind.js';
import { outgoing } from '../../wire/outgoing.js';
import { traffic } from '../interfaces/traffic.js';

/** Lines of the log, each with its class. */
export const LOG: readonly (readonly [className: string, message: string])[] = [
  ['mock/start', 'this is a mock of VPP, not VPP'],
  ['mock/start', 'its dataplane is a model: it answers, but forwards no packet'],
];
const NOTICE = 5;

export const system = defineKind({
  name: 'system',
  title: 'VPP itself',
  handlers: {
    show_version: (_, { vpp }) => ({
      program: 'vpe',
      version: vpp.build.version,
      build_date: vpp.build.date,
      build_directory: vpp.build.directory,
    }),

    show_vpe_system_time: () => ({ vpe_system_time: Date.now() / 1000 }),

    log_dump: (fields, call) => {
      const started = call.vpp.started / 1000;
      if (Number(fields.start_timestamp) <= started) for (const line of LOG) sendLogLine(call, started, line);
      return undefined;
    },

    cli_inband: (fields, { vpp }) => {
      // A line of C ends with its first NUL.
      const { retval, text } = vpp.runCommand(String(fields.cmd).split('\0', 1)[0]);
      return { retval, reply: text };
    },

    show_threads: (_, { vpp, dataplane }) => {
      const { threads } = dataplane.of(traffic);
      const thread_data = Array.from({ length: threads }, (_, id) => ({
        ...{ id, name: id === 0 ? 'vpp_main' : `vpp_wk_${id - 1}`, type: id === 0 ? '' : 'workers' },
        ...{ pid: vpp.pid + id, cpu_id: id, core: id, cpu_socket: 0 },
      }));
      return { count: threads, thread_data };
    },
  },
});

/** VPP makes log_details longer than its definition, by the lengths of both texts. */
function sendLogLine(
  { vpp, client, context }: Call,
  timestamp: number,
  [className, message]: (typeof LOG)[number],
): void {
  const details = outgoing(vpp.schema, vpp.table, 'log_details');
  if (details === undefined) return;
  const fields = { timestamp, level: NOTICE, msg_class: className, message };
  const body = details.message.encode({ ...fields, _vl_msg_id: details.id, context });
  client.sendBodyFor('log_dump', [body, Buffer.alloc(className.length + message.length + 2)]);
}

/** The command line: `vppmux call | cli | dump | load | watch | ping | describe | compat | generate | validate | adopt | plan | apply | confirm | rollback | wish | drift | history | doctor | mock | run | proxy | clients | stats | status | top | init | trace | packet-trace | pcap | op | fleet | plugin | repl | completion`. */

import type { ExitCode } from './exit-codes.js';
import type { CommandTable } from './host.js';
import { type Io, processIo } from './io.js';
import { runProgram } from './program.js';
import { QUICK_COMMANDS } from './quick-commands.js';

/** Commands in the order of the program's help. */
const COMMANDS: CommandTable = {
  call: QUICK_COMMANDS.call,
  cli: QUICK_COMMANDS.cli,
  dump: QUICK_COMMANDS.dump,
  load: QUICK_COMMANDS.load,
  watch: QUICK_COMMANDS.watch,
  ping: QUICK_COMMANDS.ping,
  describe: QUICK_COMMANDS.describe,
  compat: QUICK_COMMANDS.compat,
  generate: QUICK_COMMANDS.generate,
  validate: async () => (await import('./commands/validate.js')).validateCommand,
  adopt: async () => (await import('./commands/adopt.js')).adoptCommand,
  plan: async () => (await import('./commands/plan.js')).planCommand,
  apply: QUICK_COMMANDS.apply,
  confirm: QUICK_COMMANDS.confirm,
  rollback: QUICK_COMMANDS.rollback,
  wish: QUICK_COMMANDS.wish,
  drift: QUICK_COMMANDS.drift,
  history: QUICK_COMMANDS.history,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
  mock: async () => (await import('./commands/mock.js')).mockCommand,
  run: async () => (await import('./commands/run.js')).runCommand,
  proxy: async () => (await import('./commands/proxy.js')).proxyCommand,
  clients: QUICK_COMMANDS.clients,
  stats: QUICK_COMMANDS.stats,
  status: QUICK_COMMANDS.status,
  top: QUICK_COMMANDS.top,
  init: async () => (await import('./commands/init.js')).initCommand,
  trace: QUICK_COMMANDS.trace,
  'packet-trace': async () => (await import('./commands/packet-trace.js')).packetTraceCommand,
  pcap: async () => (await import('./commands/pcap.js')).pcapCommand,
  op: QUICK_COMMANDS.op,
  fleet: async () => (await import('./commands/fleet.js')).fleetCommand,
  plugin: async () => (await import('./commands/plugin.js')).pluginCommand,
  repl: QUICK_COMMANDS.repl,
  completion: QUICK_COMMANDS.completion,
};

/** Runs one command to its end, output flushed; gives its exit code. */
export function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  return runProgram(argv, io, COMMANDS);
}

/** Runs the command line on this process and ends it. */
export async function runProcess(argv: readonly string[]): Promise<never> {
  process.exit(await main(argv, processIo()));
}

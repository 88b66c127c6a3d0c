/**
 * The commands that only talk to a VPP or an agent. They are bundled into one file (`scripts/cli.mjs`) that starts faster than their
 * modules do; commands that load plugins are not, since those share the modules of `vppmux/plugin` with them.
 */

import type { CommandTable } from './host.js';

export const QUICK_COMMANDS: CommandTable = {
  call: async () => (await import('./commands/call.js')).callCommand,
  cli: async () => (await import('./commands/cli.js')).cliCommand,
  dump: async () => (await import('./commands/dump.js')).dumpCommand,
  load: async () => (await import('./commands/load.js')).loadCommand,
  watch: async () => (await import('./commands/watch.js')).watchCommand,
  ping: async () => (await import('./commands/ping.js')).pingCommand,
  describe: async () => (await import('./commands/describe.js')).describeCommand,
  compat: async () => (await import('./commands/compat.js')).compatCommand,
  generate: async () => (await import('./commands/generate.js')).generateCommand,
  apply: async () => (await import('./commands/apply.js')).applyCommand,
  confirm: async () => (await import('./commands/confirm.js')).confirmCommand,
  rollback: async () => (await import('./commands/rollback.js')).rollbackCommand,
  wish: async () => (await import('./commands/wish.js')).wishCommand,
  drift: async () => (await import('./commands/drift.js')).driftCommand,
  history: async () => (await import('./commands/history.js')).historyCommand,
  clients: async () => (await import('./commands/clients.js')).clientsCommand,
  stats: async () => (await import('./commands/stats.js')).statsCommand,
  status: async () => (await import('./commands/status.js')).statusCommand,
  top: async () => (await import('./commands/top.js')).topCommand,
  trace: async () => (await import('./commands/trace.js')).traceCommand,
  op: async () => (await import('./commands/op.js')).opCommand,
  repl: async () => (await import('./commands/repl.js')).replCommand,
  completion: async () => (await import('./commands/completion.js')).completionCommand,
};

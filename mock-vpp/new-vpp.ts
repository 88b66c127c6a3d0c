/** Makes the VPP of one run: its message ids, its dataplane, its command line. */
import { CommandLine } from './cli/command-line.js';
import { Dataplane } from './dataplane/dataplane.js';
import type { Definitions } from './definitions.js';
import type { Kind } from './kind.js';
import { kinds as ownKinds } from './kinds/index.js';
import type { ActiveFaults } from './misbehaviour/active-faults.js';
import { reasonIn } from './misbehaviour/vpp-bugs/deaths.js';
import type { Log, MockOptions } from './options.js';
import type { Run } from './runs.js';
import type { Server } from './server/server.js';
import type { Vpp } from './vpp.js';
import { MessageTable } from './wire/message-table.js';

/** The parts of a mock that all its runs share. */
export interface MockParts {
  readonly options: MockOptions;
  readonly definitions: Definitions;
  readonly kinds: readonly Kind[];
  readonly faults: ActiveFaults;
  readonly log: Log;
}

/** `server` gives the server that the VPP is for. */
export function newVpp(parts: MockParts, { pid, numbering }: Run, server: () => Server): Vpp {
  const { options, definitions, kinds, faults, log } = parts;
  const { version = '26.06-mock', buildDate = '2026-06-24T00:00:00', buildDirectory = '/mock-vpp' } = options;
  const { schema, texts } = definitions;
  const table = new MessageTable(schema, numbering);
  const dataplane = newDataplane(kinds, options);
  const commandLine = new CommandLine(kinds);
  const vpp: Vpp = {
    schema,
    table,
    dataplane,
    pid,
    build: { version, date: buildDate, directory: buildDirectory },
    started: Date.now(),
    pageSize: options.pageSize ?? 128,
    apiTexts: texts,
    warn: (message) => log('warn', message),
    dies: (state, { request, client: { name } }) => {
      const reason = reasonIn(state, request);
      if (faults.dies({ request, client: name, reason })) return;
      log('warn', `VPP ${reason}: it was sent ${request} by client "${name}"; the mock goes on`);
    },
    runCommand: (line) => commandLine.run(line, vpp),
    clientNames: () => [...server().clients()].map(({ name }) => name).filter((name) => name !== ''),
    hasClient: (registration) => server().clientOf(registration) !== undefined,
    clientEnded: (client) => {
      for (const kind of kinds) kind.clientEnded?.(dataplane.of(kind), client, vpp);
    },
    forgetEvents: (key) => {
      for (const { events } of server().clients()) events.remove(key);
    },
    handshakeReply: (context, registration) => table.handshakeReply(context, registration, (def) => faults.crcOf(def)),
  };
  return vpp;
}

/** A dataplane with what the options put into it; clients get no events of that. */
function newDataplane(kinds: readonly Kind[], { traffic, interfaces, routes, setup }: MockOptions): Dataplane {
  const dataplane = new Dataplane(kinds);
  dataplane.of(ownKinds.traffic).configure(traffic ?? {});
  for (const name of interfaces ?? []) dataplane.addPhysical(name);
  if (routes) dataplane.addRoutes(routes);
  setup?.(dataplane);
  dataplane.events.take();
  return dataplane;
}

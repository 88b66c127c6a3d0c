/** The operations clients.list, kill, pause, resume and drain. */

import { z } from 'zod';
import { fits } from '../../glob.js';
import { type ApiSockets, duration, fault, type Implementation, implement, operation } from '../../sdk/index.js';
import { CLIENT_SORTS, sortClients } from './sort-clients.js';

const role = z.string().optional().describe('Only the socket of this role');

const client = z.object({
  id: z.int().describe('Number of the client, as kill takes it'),
  name: z.string().describe('Name that it gave itself'),
  role: z.string().describe('The socket that it came through'),
  access: z.enum(['read', 'write']).describe('What it may send'),
  socket: z.string().optional().describe('Path of the socket; none for one of systemd'),
  state: z
    .enum(['idle', 'active', 'waiting', 'paused'])
    .describe('active: has requests at VPP; waiting: more wait here'),
  since: z.string().describe('When it came, ISO 8601'),
  last: z.string().describe('When its last message came'),
  inFlight: z.int().describe('Requests at VPP'),
  waiting: z.int().describe('Requests that wait for their turn'),
  waitingBytes: z.int().describe('Bytes of those that are held'),
  unreadBytes: z.int().describe('Bytes of answers that it has not read'),
  oldestMs: z.number().describe('Age of its oldest request without an answer, milliseconds'),
  messagesIn: z.int().describe('Messages of it so far'),
  messagesOut: z.int().describe('Messages for it'),
  bytesIn: z.int().describe('Bytes of it'),
  bytesOut: z.int().describe('Bytes for it'),
  refused: z.int().describe('Messages refused by access, policy or limit'),
  dropped: z.int().describe('Messages dropped, which VPP would not answer either'),
  events: z.array(z.string()).describe('Events that it gets'),
  openDumps: z.int().describe('Dumps that VPP has not finished'),
  peer: z
    .object({
      uid: z.int().describe('Its user'),
      gid: z.int().describe('Its group'),
      pid: z.int().optional().describe('Its process; none for one of another container'),
      command: z.string().optional().describe('Name of its program, 15 characters at most'),
    })
    .optional()
    .describe('Its process, where the platform tells'),
});

export const clientsList = operation({
  name: 'clients.list',
  access: 'read',
  summary: 'List the clients of the API sockets',
  input: z.object({
    name: z.string().optional().describe('Only clients of this name, or pattern with * and ?'),
    role,
    sort: z.enum(CLIENT_SORTS).default('id').describe('By what; the largest first, but for id and name'),
  }),
  output: z.object({ clients: z.array(client).describe('In the order that was asked for') }),
});

export const clientsKill = operation({
  name: 'clients.kill',
  access: 'write',
  summary: 'Close a client of an API socket',
  description: 'Its registrations for events are undone; what VPP has done for it stays. Most programs connect again.',
  input: z.object({ id: z.int().min(0).describe('Its number, as list shows it') }),
  output: z.object({
    id: z.int().describe('Its number'),
    name: z.string().describe('Name of the client that is closed'),
  }),
  arguments: ['id'],
});

export const clientsPause = operation({
  name: 'clients.pause',
  access: 'write',
  summary: 'Let the clients wait, while VPP is restarted for instance',
  description:
    'What is at VPP is finished, and this waits for it; everything else is held, new clients too. It ends with resume, or by itself' +
    ' after a time. A pause during a pause begins the time anew.',
  input: z.object({
    role,
    timeout: duration().optional().describe('How long at most (default: pause-timeout of api-socket.conf)'),
  }),
  output: z.object({
    clients: z.int().describe('Clients that are paused'),
    inFlight: z.int().meta({ failures: true }).describe('Requests that VPP has not answered when the time is over'),
  }),
});

export const clientsResume = operation({
  name: 'clients.resume',
  access: 'write',
  summary: 'Let the clients go on after a pause, or a drain',
  input: z.object({ role }),
  output: z.object({ clients: z.int().describe('Clients that go on') }),
});

export const clientsDrain = operation({
  name: 'clients.drain',
  access: 'write',
  summary: 'Listen no more, and wait for the clients to leave',
  description:
    'Clients that are left when the time is over are closed. Afterwards resume listens again, but not on sockets of systemd.',
  input: z.object({
    role,
    timeout: duration().optional().describe('How long at most (default: drain-timeout of api-socket.conf)'),
  }),
  output: z.object({ closed: z.int().describe('Clients that did not leave in time, and were closed') }),
});

export function clientOperations(sockets: ApiSockets): readonly Implementation[] {
  const known = (wanted: string | undefined) => {
    const roles = sockets.sockets().map((socket) => socket.role);
    if (wanted === undefined || roles.includes(wanted)) return;
    throw fault('ENOENT', `no socket has the role ${wanted}; there are: ${roles.join(', ') || 'none'}`);
  };
  const clientsOf = (wanted: string | undefined) =>
    sockets.clients().filter((each) => wanted === undefined || each.role === wanted);
  return [
    implement(clientsList, (_, { name, role: wanted, sort }) => {
      known(wanted);
      const clients = clientsOf(wanted).filter((each) => name === undefined || fits(name, each.name));
      return { clients: sortClients(clients, sort).map((each) => ({ ...each, events: [...each.events] })) };
    }),
    implement(clientsKill, ({ client: caller, log }, { id }) => {
      const found = sockets.clients().find((each) => each.id === id);
      if (found === undefined || !sockets.kill(id))
        throw fault('ENOENT', `there is no client ${id}; clients list has all`);
      log.warn(`${caller.name} (${caller.via}) has closed client ${id} "${found.name}" of ${found.role}`);
      return { id, name: found.name };
    }),
    implement(clientsPause, async ({ client: caller, log, signal }, { role: wanted, timeout }) => {
      known(wanted);
      log.warn(`${caller.name} (${caller.via}) pauses the clients`);
      const inFlight = await sockets.pause({ role: wanted, timeoutMs: timeout, signal });
      return { clients: clientsOf(wanted).length, inFlight };
    }),
    implement(clientsResume, async (_, { role: wanted }) => {
      known(wanted);
      await sockets.resume({ role: wanted });
      return { clients: clientsOf(wanted).length };
    }),
    implement(clientsDrain, async ({ client: caller, log }, { role: wanted, timeout }) => {
      known(wanted);
      log.warn(`${caller.name} (${caller.via}) drains the clients`);
      return { closed: await sockets.drain({ role: wanted, timeoutMs: timeout }) };
    }),
  ];
}

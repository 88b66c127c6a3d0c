import { Command, InvalidArgumentError, Option } from 'commander';
import { pathOf } from '../../plugins/protocol.js';
import { agentUrl } from '../agents/agent-address.js';
import { addDataplaneOptions, authorization, type DataplaneFlags } from '../agents/agent-options.js';
import { clientsIn, IMPORTANT, rowOf } from '../clients/client-rows.js';
import { ExitWith } from '../errors.js';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';
import { AgentClient } from '../op/agent-client.js';
import { showTable } from '../op/show-output.js';
import { parseTimeout } from '../option-values.js';
import { addOutputOptions, isReadable, type OutputFlags } from '../options.js';
import { footer } from '../output/help-layout.js';

const EXAMPLES = `
Examples:
  vppmux clients
  vppmux clients --sort wait --name 'calico*'
  vppmux clients --json | jq -r '[.id, .name, .refused] | @tsv'
  vppmux clients kill 7
  vppmux clients pause && systemctl restart vpp; vppmux clients resume

It asks a running agent, or a proxy with --http. To kill, pause, resume and drain it takes the write-token of its http.conf, or of
--http-token, in a file or in VPPMUX_TOKEN.`;

/** Time that a call may take beyond the time that it waits for clients, milliseconds. */
const GRACE_MS = 10_000;

const SORTS = ['id', 'name', 'wait', 'in-flight', 'waiting', 'unread', 'in', 'out', 'refused'];

interface ListFlags extends DataplaneFlags, OutputFlags {
  readonly sort: string;
  readonly name?: string;
  readonly role?: string;
}

interface ChangeFlags extends DataplaneFlags {
  readonly role?: string;
  /** Milliseconds. */
  readonly timeout?: number;
}

export function clientsCommand(host: Host): Command {
  const command = new Command('clients')
    .summary("list, pause and close VPP's clients that share the connection")
    .description('Lists the clients of the API sockets of a running agent or proxy.')
    .addOption(new Option('--sort <key>', 'by what, the largest first').choices(SORTS).default('id'))
    .option('--name <pattern>', 'only clients of that name; * stands for any characters')
    .option('--role <name>', 'only those of one socket')
    .helpCommand(false)
    .addHelpText('after', footer(EXAMPLES))
    .action((flags: ListFlags) => list(host, flags));
  addOutputOptions(addDataplaneOptions(command));
  command.addCommand(killCommand(host));
  command.addCommand(pauseCommand(host));
  command.addCommand(resumeCommand(host));
  command.addCommand(drainCommand(host));
  return command;
}

async function list(host: Host, flags: ListFlags): Promise<void> {
  const { sort, name, role } = flags;
  const clients = clientsIn(await call(host, flags, 'list', { sort, name, role }));
  if (!isReadable(host, flags)) {
    for (const client of clients) await host.out.json(client);
    return;
  }
  const rows = clients.map((client) => rowOf(client, Date.now()));
  await showTable(host, rows, IMPORTANT);
}

function killCommand(host: Host): Command {
  const command = new Command('kill')
    .summary('close a client')
    .description('Closes a client; most programs connect again.')
    .argument('<id>', 'its number, as the list shows it', clientId);
  return addDataplaneOptions(command).action(async (id: number, _: unknown, own: Command) => {
    const { name } = (await call(host, own.optsWithGlobals(), 'kill', { id })) as { readonly name?: unknown };
    host.note(`client ${id} "${name}" is closed`);
  });
}

function pauseCommand(host: Host): Command {
  const command = new Command('pause')
    .summary('let the clients wait, while VPP is restarted for instance')
    .description('Lets what is at VPP finish, and holds everything else until resume, or until the time is over.')
    .option('-t, --timeout <time>', 'how long at most (default: pause-timeout of api-socket.conf)', parseTimeout);
  return changing(command).action(async (_: unknown, own: Command) => {
    const { clients, inFlight } = await change(host, own.optsWithGlobals(), 'pause');
    if (inFlight === 0) {
      host.note(`${counted(clients, 'client')} paused; VPP has answered everything`);
      return;
    }
    host.note(`${counted(clients, 'client')} paused, with ${counted(inFlight, 'request')} that VPP has not answered`);
    throw new ExitWith(EXIT.REFUSED);
  });
}

function resumeCommand(host: Host): Command {
  const command = new Command('resume')
    .summary('let the clients go on after a pause, or a drain')
    .description('Lets the clients go on; sockets that were drained listen again.');
  return changing(command).action(async (_: unknown, own: Command) => {
    const { clients } = await change(host, own.optsWithGlobals(), 'resume');
    host.note(clients === 1 ? '1 client goes on' : `${clients} clients go on`);
  });
}

function drainCommand(host: Host): Command {
  const command = new Command('drain')
    .summary('listen no more, and wait for the clients to leave')
    .description(
      'Listens no more, waits for the clients to leave, and closes those that are left when the time is over.',
    )
    .option('-t, --timeout <time>', 'how long at most (default: drain-timeout of api-socket.conf)', parseTimeout);
  return changing(command).action(async (_: unknown, own: Command) => {
    const { closed } = await change(host, own.optsWithGlobals(), 'drain');
    host.note(
      closed === 0 ? 'all clients have left' : `${counted(closed, 'client')} closed that did not leave in time`,
    );
  });
}

const changing = (command: Command) =>
  addDataplaneOptions(command).option('--role <name>', 'only the socket of that role (default: all)');

async function change(host: Host, flags: ChangeFlags, word: string): Promise<Readonly<Record<string, number>>> {
  const { role, timeout } = flags;
  const input = { role, ...(timeout !== undefined && { timeout: `${timeout}ms` }) };
  const timeoutMs = timeout === undefined ? undefined : timeout + GRACE_MS;
  return (await call(host, flags, word, input, timeoutMs)) as Readonly<Record<string, number>>;
}

function call(host: Host, flags: DataplaneFlags, word: string, input: object, timeoutMs?: number): Promise<unknown> {
  const client = new AgentClient(agentUrl(host, flags), authorization(host, flags), host.signal, flags.dataplane);
  return client.call(pathOf(`clients.${word}`), input, { timeoutMs, onProgress: () => {} });
}

function clientId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`'${text}' is no number of a client: vppmux clients lists them.`);
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

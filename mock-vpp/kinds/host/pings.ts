/**
 * Pings, which nobody answers: the mock forwards no packets. They are over immediately, where VPP waits for repeat × interval; with
 * VPP's bugs (misbehaviour/vpp-bugs) the mock waits as well.
 */
import { isIP } from 'node:net';
import { CliRefusal } from '../../cli/cli-command.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { outgoing } from '../../wire/outgoing.js';

export interface Ping {
  readonly address: string;
  readonly repeat: number;
  readonly seconds: number;
}

const USAGE = 'Usage: ping <addr> [source <intf>] [size <datasz>] [repeat <count>] [verbose]';

export const pings = defineKind({
  name: 'pings',
  title: 'pings',
  commands: {
    ping: {
      help: 'ping {<ip-addr> | ipv4 <ip4-addr> | ipv6 <ip6-addr>} [source <interface>] [repeat <count>] [interval <seconds>]',
      takesWords: true,
      run: (_, { words }) => {
        const ping = pingOf(`ping ${words.join(' ')}`);
        if (ping === undefined)
          throw new CliRefusal(`ping: expecting IP4/IP6 address \`${words.join(' ')}'. ${USAGE}\n`);
        return `\nStatistics: ${ping.repeat} sent, 0 received, ${ping.repeat > 0 ? 100 : 0}% packet loss\n`;
      },
    },
  },
  handlers: {
    want_ping_finished_events: (fields, { client, vpp }) => {
      const event = outgoing(vpp.schema, vpp.table, 'ping_finished_event');
      const request_count = Number(fields.repeat);
      // Behind the reply.
      queueMicrotask(() => event && client.send(event, { request_count, reply_count: 0 }, 0, client.registration));
      return Retval.OK;
    },
  },
});

/** The ping that a line of the command line asks for; undefined where it is none. */
export function pingOf(line: string): Ping | undefined {
  const [command, address = '', ...options] = line.trim().split(/\s+/);
  if (command !== 'ping' || isIP(address) === 0) return undefined;
  const numberOf = (name: string, otherwise: number) => {
    const at = options.indexOf(name);
    const value = at < 0 ? Number.NaN : Number(options[at + 1]);
    return value >= 0 ? value : otherwise;
  };
  return { address, repeat: numberOf('repeat', 5), seconds: numberOf('interval', 1) };
}

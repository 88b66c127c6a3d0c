/** Neighbours on the command line, in VPP's layout. */
import type { CliCall, CliOutput } from '../../cli/cli-command.js';
import { center, seconds } from '../../cli/cli-layout.js';
import { type Neighbor, NeighborFlag, now } from '../../dataplane/l3/neighbors.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { interfaceNamed } from '../interfaces/interface-commands.js';
import { neighbors } from './neighbors.js';

const command = (families: readonly boolean[], help: string) => ({
  help,
  takesWords: true,
  run: (_: undefined, call: CliCall) => show(call, families),
});

export const neighborCommands = defineKind({
  name: 'neighborCommands',
  title: 'neighbours on the command line',
  handlers: {},
  commands: {
    'show ip neighbors': command([false, true], 'show ip neighbors [interface]'),
    'show ip neighbor': command([false, true], 'show ip neighbor [interface]'),
    'show ip4 neighbors': command([false], 'show ip4 neighbors [interface]'),
    'show ip6 neighbors': command([true], 'show ip6 neighbors [interface]'),
  },
});

function show({ dataplane, words }: CliCall, families: readonly boolean[]): CliOutput {
  const itf = interfaceNamed(dataplane, words[0]);
  const left = itf === undefined ? words : words.slice(1);
  const found = families.flatMap((v6) => dataplane.of(neighbors).on(itf?.swIfIndex ?? NO_INTERFACE, v6));
  if (found.length === 0) return { text: '', left };
  const heading = `${center('Age', 12)}${center('IP', 40)}${center('Flags', 6)}${center('Ethernet', 20)}${center('Interface', 24)}`;
  return { text: [heading, ...found.map(row), ''].join('\n'), left };
}

function row({ itf, ip, mac, flags, updatedAt }: Neighbor): string {
  const age = seconds(now() - updatedAt, 4).padStart(12);
  const shown = `${flags & NeighborFlag.STATIC ? 'S' : 'D'}${flags & NeighborFlag.NO_FIB_ENTRY ? 'N' : ''}`;
  return `${age}${center(ip, 40)}${center(shown, 6)}${center(mac, 20)}${itf.name}`;
}

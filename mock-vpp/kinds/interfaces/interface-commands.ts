/** Interfaces on the command line, in VPP's layout. */
import { type CliOutput, CliRefusal, unknownInput } from '../../cli/cli-command.js';
import { byName, center } from '../../cli/cli-layout.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { Interface } from '../../dataplane/interfaces/interface.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { COMBINED_COUNTERS, type InterfaceCounts, SIMPLE_COUNTERS } from '../../traffic/interface-counts.js';
import type { Traffic } from '../../traffic/traffic.js';
import { addressesText } from '../l3/addresses.js';
import { traffic } from './traffic.js';

/** Device type → the name of its hardware class, where it is no Ethernet; and a line of its own, with its number. */
const CLASSES: Readonly<Record<string, { readonly name: string; readonly line?: string }>> = {
  'IPIP tunnel device': { name: 'IPIP', line: 'IPIP tunnel: id' },
  'GRE tunnel device': { name: 'GRE', line: 'GRE tunnel: id' },
  'Wireguard Tunnel': { name: 'Wireguard' },
};

export const interfaceCommands = defineKind({
  name: 'interfaceCommands',
  title: 'interfaces on the command line',
  handlers: {},
  commands: {
    'show interface': {
      help: 'Show interfaces',
      takesWords: true,
      run: (_, { dataplane, words }) => show(dataplane, words, false),
    },
    'show interface address': {
      help: 'Show addresses of interfaces',
      takesWords: true,
      run: (_, { dataplane, words }) => show(dataplane, words, true),
    },
    'show hardware-interfaces': {
      help: 'show hardware-interfaces [brief|verbose|detail] [<interface> [<interface> [..]]]',
      takesWords: true,
      run: (_, { dataplane, words }) => showHardware(dataplane, words),
    },
    'set interface state': {
      help: 'Set an interface up or down',
      takesWords: true,
      run: (_, { dataplane, words }) => setState(dataplane, words),
    },
  },
});

export function interfaceNamed({ interfaces }: Dataplane, name: string | undefined): Interface | undefined {
  return [...interfaces.values()].find((itf) => itf.name === name);
}

/** Names, indices and keywords may come in any order; chosen interfaces are shown in the order of the words. */
function show(dataplane: Dataplane, words: readonly string[], withAddresses: boolean): string {
  const chosen: Interface[] = [];
  let addresses = withAddresses;
  words.forEach((word, at) => {
    const named = interfaceNamed(dataplane, word);
    const itf = named ?? (/^\d+$/.test(word) ? dataplane.interfaces.get(Number(word)) : undefined);
    if (itf !== undefined) chosen.push(itf);
    else if (word === 'address' || word === 'addr') addresses = true;
    else if (/^\d+$/.test(word)) throw new CliRefusal(`show interface: unknown interface index \`${word}'\n`);
    else if (word !== 'verbose') throw unknownInput('show interface', words.slice(at));
  });
  const shown = chosen.length > 0 ? chosen : byName(dataplane.interfaces.values());
  return addresses ? addressesText(dataplane, shown) : interfacesText(dataplane.of(traffic), shown);
}

function interfacesText(counted: Traffic, interfaces: readonly Interface[]): string {
  const heading = `${center('Name', 32)}${center('Idx', 5)}${center('State', 10)}${center('MTU (L3/IP4/IP6/MPLS)', 21)}${center('Counter', 16)}${center('Count', 16)}`;
  const rows = interfaces.flatMap((itf) => {
    const state = itf.adminUp ? 'up' : 'down';
    const row = `${itf.name.padEnd(32)}${center(`${itf.swIfIndex}`, 5)}${center(state, 10)}${center(itf.mtu.join('/'), 21)}`;
    const [first = '', ...others] = countersOf(counted.of(itf.swIfIndex));
    return [`${row}${first}`, ...others.map((line) => `${' '.repeat(row.length)}${line}`)];
  });
  return [heading, ...rows, ''].join('\n');
}

/** A line for each counter that is not zero. */
function countersOf(counts: InterfaceCounts | undefined): string[] {
  if (counts === undefined) return [];
  const combined = COMBINED_COUNTERS.flatMap((name) => {
    const { packets, bytes } = counts.total(name);
    return [
      [`${name} packets`, packets],
      [`${name} bytes`, bytes],
    ] as const;
  });
  const simple = SIMPLE_COUNTERS.map((name) => [name, counts.totalPackets(name)] as const);
  const counted = [...combined, ...simple].filter(([, count]) => count > 0);
  return counted.map(([name, count]) => `${name.padEnd(16)}${`${count}`.padStart(16)}`);
}

function showHardware({ interfaces }: Dataplane, words: readonly string[]): string {
  const hardware = byName(interfaces.values()).filter(({ sub }) => sub === undefined);
  const chosen: Interface[] = [];
  let isBrief = false;
  words.forEach((word, at) => {
    const itf = hardware.find((each) => each.name === word || `${each.hardware.index}` === word);
    if (itf !== undefined) chosen.push(itf);
    else if (word === 'brief' || word === 'verbose' || word === 'detail') isBrief = word === 'brief';
    else throw unknownInput('show hardware-interfaces', words.slice(at));
  });
  const lines = (chosen.length > 0 ? chosen : hardware).flatMap((itf) => [
    `${itf.name.padEnd(32)}${center(`${itf.hardware.index}`, 6)}${center(itf.linkUp ? 'up' : 'down', 8)}${itf.name}`,
    '  Link speed: unknown',
    ...(isBrief ? [] : classLines(itf)),
  ]);
  return [`${center('Name', 32)}${center('Idx', 6)}${center('Link', 8)}Hardware`, ...lines, ''].join('\n');
}

function classLines({ name, mac, device }: Interface): string[] {
  if (device.isEthernet) return [`  Ethernet address ${mac}`];
  const known = CLASSES[device.type];
  if (known?.line === undefined) return [`  ${known?.name ?? device.type}`];
  return [`  ${known.name}`, `  ${known.line} ${instanceIn(name)}`, ''];
}

/** The number that a name ends with; 0 where it has none. */
function instanceIn(name: string): string {
  const digits = name.split(/\D/).at(-1);
  return digits || '0';
}

function setState(dataplane: Dataplane, [name, state, ...left]: readonly string[]): CliOutput {
  const itf = interfaceNamed(dataplane, name);
  if (itf === undefined) {
    const given = [name, state, ...left].filter((word) => word !== undefined).join(' ');
    throw new CliRefusal(`set interface state: unknown interface \`${given}'\n`);
  }
  if (state !== 'up' && state !== 'down') {
    const given = [state, ...left].filter((word) => word !== undefined).join(' ');
    throw new CliRefusal(`set interface state: unknown flags \`${given}'\n`);
  }
  if (dataplane.setAdmin(itf.swIfIndex, state === 'up') === Retval.OK) return { text: '', left };
  const sup = dataplane.interfaces.get(itf.supSwIfIndex);
  throw new CliRefusal(`set interface state: super-interface ${sup?.name} must be ${state}\n`);
}

/**
 * Filters of packets in the language of libpcap, as far as operators write them: hosts, networks, ports, protocols, with `and`, `or`,
 * `not` and parentheses. The mock's frames have no VLAN tags.
 */
import { isIP } from 'node:net';
import { addressBytes, parsePrefix, within } from '../dataplane/l3/ip.js';
import type { Packet } from './packets.js';

export type PacketTest = (packet: Packet) => boolean;

const PROTOCOLS: Readonly<Record<string, PacketTest>> = {
  ip: ({ source }) => !source.includes(':'),
  ip6: ({ source }) => source.includes(':'),
  tcp: ({ protocol }) => protocol.name === 'tcp',
  udp: ({ protocol }) => protocol.name === 'udp',
  icmp: ({ protocol }) => protocol.name === 'icmp',
  icmp6: ({ protocol }) => protocol.name === 'icmp6',
  ...Object.fromEntries(['arp', 'vlan', 'sctp', 'esp', 'ah'].map((name) => [name, () => false])),
};

/** Reads an expression; undefined for one that libpcap refuses, or that the mock does not know. */
export function packetTest(expression: string): PacketTest | undefined {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  const reader = new Reader(words);
  const test = reader.any();
  return reader.isAtEnd ? test : undefined;
}

class Reader {
  private at = 0;

  constructor(private readonly words: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.at === this.words.length;
  }

  any(): PacketTest | undefined {
    let test = this.all();
    while (test !== undefined && this.take('or', '||')) {
      const [left, right] = [test, this.all()];
      test = right && ((packet) => left(packet) || right(packet));
    }
    return test;
  }

  private all(): PacketTest | undefined {
    let test = this.one();
    while (test !== undefined && this.take('and', '&&')) {
      const [left, right] = [test, this.one()];
      test = right && ((packet) => left(packet) && right(packet));
    }
    return test;
  }

  private one(): PacketTest | undefined {
    if (this.take('not', '!')) {
      const test = this.one();
      return test && ((packet) => !test(packet));
    }
    if (this.take('(')) {
      const test = this.any();
      return this.take(')') ? test : undefined;
    }
    return this.primitive();
  }

  private primitive(): PacketTest | undefined {
    const side = this.take('src') ? 'src' : this.take('dst') ? 'dst' : 'any';
    if (this.take('host')) return sided(side, addresses, hostTest(this.next()));
    if (this.take('net')) return sided(side, addresses, networkTest(this.next()));
    if (this.take('port')) return sided(side, ports, portTest(this.next()));
    if (side !== 'any') return sided(side, addresses, hostTest(this.next()));
    const name = this.next() ?? '';
    const known = Object.hasOwn(PROTOCOLS, name) ? PROTOCOLS[name] : undefined;
    if (known === undefined || !this.take('proto')) return known;
    const number = Number(this.next());
    return Number.isInteger(number) ? (packet) => known(packet) && packet.protocol.number === number : undefined;
  }

  private take(...words: readonly string[]): boolean {
    if (!words.includes(this.words[this.at])) return false;
    this.at += 1;
    return true;
  }

  private next(): string | undefined {
    return this.words[this.at++];
  }
}

const addresses = ({ source, destination }: Packet) => [source, destination] as const;
const ports = ({ sourcePort, destinationPort }: Packet) => [sourcePort, destinationPort] as const;

function sided<T>(
  side: 'src' | 'dst' | 'any',
  of: (packet: Packet) => readonly [T, T],
  test: ((value: T) => boolean) | undefined,
): PacketTest | undefined {
  if (test === undefined) return undefined;
  return (packet) => {
    const [source, destination] = of(packet);
    if (side === 'any') return test(source) || test(destination);
    return test(side === 'src' ? source : destination);
  };
}

function hostTest(text: string | undefined): ((address: string) => boolean) | undefined {
  const version = isIP(text ?? '');
  return version === 0 ? undefined : networkTest(`${text}/${version === 4 ? 32 : 128}`);
}

function networkTest(text: string | undefined): ((address: string) => boolean) | undefined {
  const [network, length, ...rest] = (text ?? '').split('/');
  const isWritten = isIP(network) !== 0 && /^\d{1,3}$/.test(length ?? '') && rest.length === 0;
  if (!isWritten || Number(length) > (isIP(network) === 4 ? 32 : 128)) return undefined;
  const { bytes, length: bits } = parsePrefix(`${network}/${length}`);
  return (address) => within(addressBytes(address), bytes, bits);
}

function portTest(text: string | undefined): ((port: number) => boolean) | undefined {
  if (!/^\d{1,5}$/.test(text ?? '')) return undefined;
  return (port) => port === Number(text);
}

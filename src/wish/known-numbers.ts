/** Numbers of ports and protocols by their names, as IANA has assigned them, and as this machine's /etc has them besides. */

import { readFileSync } from 'node:fs';

const PORTS: Readonly<Record<string, number>> = {
  ...{ 'ftp-data': 20, ftp: 21, ssh: 22, telnet: 23, smtp: 25, time: 37, whois: 43, tacacs: 49, domain: 53 },
  ...{ bootps: 67, bootpc: 68, tftp: 69, gopher: 70, finger: 79, http: 80, www: 80, kerberos: 88, pop3: 110 },
  ...{ sunrpc: 111, auth: 113, nntp: 119, ntp: 123, 'netbios-ns': 137, 'netbios-dgm': 138, 'netbios-ssn': 139 },
  ...{ imap: 143, imap2: 143, snmp: 161, 'snmp-trap': 162, snmptrap: 162, bgp: 179, irc: 194, ldap: 389 },
  ...{ https: 443, 'microsoft-ds': 445, submissions: 465, isakmp: 500, syslog: 514, router: 520, submission: 587 },
  ...{ ldp: 646, ldaps: 636, domains: 853, 'domain-s': 853, rsync: 873, ftps: 990, imaps: 993, pop3s: 995 },
  ...{ openvpn: 1194, radius: 1812, 'radius-acct': 1813, mysql: 3306, rdp: 3389, sip: 5060, postgresql: 5432 },
};
const PROTOCOLS: Readonly<Record<string, number>> = {
  ...{ ip: 0, icmp: 1, igmp: 2, ipencap: 4, tcp: 6, egp: 8, igp: 9, udp: 17, dccp: 33, rdp: 27, ipv6: 41 },
  ...{ 'ipv6-route': 43, 'ipv6-frag': 44, rsvp: 46, gre: 47, esp: 50, ah: 51, 'ipv6-icmp': 58, 'ipv6-nonxt': 59 },
  ...{ 'ipv6-opts': 60, eigrp: 88, ospf: 89, etherip: 97, encap: 98, pim: 103, ipcomp: 108, vrrp: 112, l2tp: 115 },
  ...{ isis: 124, sctp: 132, udplite: 136, 'mpls-in-ip': 137 },
};

export const portNumber = (name: string) => known(PORTS, name) ?? ofThisMachine('/etc/services').get(name);
export const protocolNumber = (name: string) => known(PROTOCOLS, name) ?? ofThisMachine('/etc/protocols').get(name);

const known = (table: Readonly<Record<string, number>>, name: string) =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const files = new Map<string, ReadonlyMap<string, number>>();

/** Lines of `name number[/protocol] alias…`. Empty where there is no such file. */
function ofThisMachine(file: string): ReadonlyMap<string, number> {
  const before = files.get(file);
  if (before !== undefined) return before;
  const found = new Map<string, number>();
  for (const line of textOf(file).split('\n')) {
    const [name, number, ...aliases] = line.split('#', 1)[0].split(/\s+/);
    const value = Number.parseInt(number ?? '', 10);
    if (Number.isNaN(value)) continue;
    for (const each of [name, ...aliases]) if (each !== '' && !found.has(each)) found.set(each, value);
  }
  files.set(file, found);
  return found;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

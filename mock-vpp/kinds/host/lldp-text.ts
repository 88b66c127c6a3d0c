/** LLDP in the layout of VPP's CLI. No neighbour is ever heard, but a loopback hears itself. */
import { center, seconds } from '../../cli/cli-layout.js';

export interface LldpConfig {
  readonly systemName: string;
  /** Announcements that a neighbour may miss. */
  readonly txHold: number;
  /** Seconds between two announcements. */
  readonly txInterval: number;
}

/** An interface that announces itself. */
export interface Announcement {
  readonly name: string;
  readonly description: string;
  /** Empty where there is none. */
  readonly ip4: string;
  readonly ip6: string;
  readonly oid: string;
  readonly isUp: boolean;
  /** Seconds since the last one; undefined before the first. */
  readonly age?: number;
  /** The MAC address of an interface that hears itself. */
  readonly echo?: string;
}

export function lldpText(announcements: readonly Announcement[]): string {
  const row = (name: string, heard: string, sent: string, status: string, chassis = '', port = '') =>
    `${[name, chassis, port].map((text) => text.padEnd(25)).join(' ')} ${center(heard, 15)} ${center(sent, 15)} ${center(status, 10)}\n`;
  const rows = announcements
    .filter(({ isUp }) => isUp)
    .map(({ name, age, echo }) =>
      echo === undefined
        ? row(name, 'never', ago(age), 'inactive')
        : row(name, ago(age), ago(age), 'active', echo, name),
    );
  return `${row('Local interface', 'Last heard', 'Last sent', 'Status', 'Peer chassis ID', 'Remote port ID')}${rows.join('')}\n`;
}

export function lldpDetails(
  { systemName, txHold, txInterval }: LldpConfig,
  announcements: readonly Announcement[],
): string {
  const lines = [
    'LLDP configuration:',
    ...(systemName === '' ? [] : [`Configured system name: ${systemName}`]),
    `Configured tx-hold: ${txHold}`,
    `Configured tx-interval: ${txInterval}`,
    '',
    'LLDP-enabled interface table:',
    ...announcements.flatMap((each) => [
      '',
      `Local Interface name: ${each.name}`,
      `Local Port Description: ${each.description || '(nil)'}`,
      ...(each.ip4 === '' ? [] : [`Local Management address: ${each.ip4}`]),
      ...(each.ip6 === '' ? [] : [`Local Management address IPV6: ${each.ip6}`]),
      ...(each.oid === '' ? [] : [`Local Management address OID: ${each.oid}`]),
      ...stateLines(each),
    ]),
    '',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function stateLines({ name, isUp, age, echo }: Announcement): string[] {
  const sent = `Last packet sent: ${ago(age)}`;
  if (!isUp) return ['Interface/peer state: interface down', sent];
  if (echo === undefined) {
    const last = ['Last known peer chassis ID: ', 'Last known peer port ID: ', sent, 'Last packet received: never'];
    return ['Interface/peer state: inactive(timeout)', ...last];
  }
  const peer = [`Peer chassis ID: ${echo}(MAC address)`, `Remote port ID: ${name}(Interface name)`];
  return ['Interface/peer state: active', ...peer, sent, `Last packet received: ${ago(age)}`];
}

function ago(age: number | undefined): string {
  return age === undefined ? 'never' : `${seconds(age, 1)}s ago`;
}

/** Bridge domains on the command line, in VPP's layout. */
import { type CliOutput, CliRefusal } from '../../cli/cli-command.js';
import { center, columns } from '../../cli/cli-layout.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import type { BridgeDomain } from '../../dataplane/l2/bridge-domains.js';
import { floodCount } from '../../dataplane/l2/flooding.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { bridges } from './bridges.js';
import { tagRewrites } from './tag-rewrites.js';

const WIDTHS = [8, 7, 4, 9, 9, 9, 11, 9, 9, 9, 8, 8, 11] as const;
const TITLES = [
  ...['BD-ID', 'Index', 'BSN', 'Age(min)', 'Learning', 'U-Forwrd', 'UU-Flood', 'Flooding', 'ARP-Term'],
  ...['arp-ufwd', 'Learn-count', 'Learn-limit', 'BVI-Intf'],
];
const LEARN_LIMIT = 16_777_216;
/** Names of `vtr_op`, by their index. */
const REWRITES = [
  ...['none', 'push-1', 'push-2', 'pop-1', 'pop-2'],
  ...['trans-1-1', 'trans-1-2', 'trans-2-1', 'trans-2-2'],
];

export const bridgeCommands = defineKind({
  name: 'bridgeCommands',
  title: 'bridge domains on the command line',
  handlers: {},
  commands: {
    'show bridge-domain': {
      help: 'show bridge-domain [bridge-domain-id [detail|int|arp|bd-tag]]',
      takesWords: true,
      run: (_, { dataplane, words }) => show(dataplane, words),
    },
  },
});

function show(dataplane: Dataplane, words: readonly string[]): CliOutput {
  const [id, ...rest] = words;
  const isOne = /^\d+$/.test(id ?? '');
  const left = isOne ? rest : [...words];
  const has = (...names: string[]) => isOne && names.includes(left[0]) && left.shift() !== undefined;
  const isDetail = has('detail', 'det');
  const hasMembers = has('int') || isDetail;
  for (const option of ['arp', 'bd-tag']) has(option);
  if (isOne && Number(id) === 0) {
    throw new CliRefusal('show bridge-domain: No operations on the default bridge domain are supported\n');
  }
  const shown = dataplane
    .of(bridges)
    .values()
    .filter((domain) => !isOne || domain.id === Number(id));
  if (isOne && shown.length === 0) throw new CliRefusal(`show bridge-domain: No such bridge domain ${Number(id)}\n`);
  if (shown.length === 0) return { text: 'no bridge-domains in use\n', left };
  const lines = shown.flatMap((domain) => [
    row(dataplane, domain),
    ...(hasMembers ? memberLines(dataplane, domain) : []),
    ...(isDetail && domain.tag !== '' ? ['', `  BD-Tag: ${domain.tag}`] : []),
  ]);
  return { text: [columns(WIDTHS, TITLES), ...lines, ''].join('\n'), left };
}

function row({ interfaces }: Dataplane, domain: BridgeDomain): string {
  const { id, index, macAge, uuForward, bvi } = domain;
  const on = (isOn: boolean) => (isOn ? 'on' : 'off');
  const nameOf = (swIfIndex: number) => interfaces.get(swIfIndex)?.name ?? 'N/A';
  const uuFlood = uuForward !== NO_INTERFACE ? nameOf(uuForward) : domain.uu_flood ? 'flood' : 'drop';
  return columns(WIDTHS, [
    ...[id, index, 0, macAge > 0 ? macAge : 'off', on(domain.learn), on(domain.forward), uuFlood],
    ...[on(domain.flood), on(domain.arp_term), on(domain.arp_ufwd), 0, LEARN_LIMIT, nameOf(bvi)],
  ]);
}

function memberLines(dataplane: Dataplane, domain: BridgeDomain): string[] {
  const { members, bvi } = domain;
  if (members.length === 0) return [];
  const flooded = floodCount(members);
  const widths = [30, 7, 5, 5, 5, 9, 30];
  const titles = ['Interface', 'If-idx', 'ISN', 'SHG', 'BVI', 'TxFlood', 'VLAN-Tag-Rewrite'];
  const line = (texts: readonly (string | number)[]) => texts.map((text, at) => center(`${text}`, widths[at])).join('');
  const rows = members.map(({ swIfIndex, shg }, at) => {
    const mark = (isSo: boolean) => (isSo ? '*' : '-');
    const name = dataplane.interfaceAt(swIfIndex).name;
    const rewrite = rewriteText(dataplane, swIfIndex);
    const sequence = dataplane.of(bridges).sequenceOf(swIfIndex);
    return line([name, swIfIndex, sequence, shg, mark(swIfIndex === bvi), mark(at < flooded), rewrite]);
  });
  return ['', line(titles), ...rows];
}

function rewriteText(dataplane: Dataplane, swIfIndex: number): string {
  const rewrite = dataplane.of(tagRewrites).get(swIfIndex) ?? {};
  const name = REWRITES[Number(rewrite.vtr_op ?? 0)];
  const tags = [rewrite.vtr_tag1, rewrite.vtr_tag2].map(Number).filter((tag) => tag > 0);
  return tags.length === 0 ? name : `${name} ${rewrite.vtr_push_dot1q ? 'dot1q' : 'dot1ad'} ${tags.join(' ')}`;
}

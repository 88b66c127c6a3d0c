import { expect, it } from 'vitest';
import { asCli, builtInKinds, cliLines, Inventory } from '../../../src/wish/index.js';
import { CARD, channelToVpp, OTHER_CARD } from '../kinds/world.js';
import { compare, fulfil } from './support.js';

const WISH = `
interfaces:
  ${CARD}: { mtu: 9000 }
  ${OTHER_CARD}: { mtu: 9000, mpls: true, sflow: true, state: down }
loopbacks:
  loop0: { mtu: 9000, addresses: [ 192.0.2.1/24 ] }
bridgedomains:
  bd10: { mtu: 9000, bvi: loop0, interfaces: [ ${CARD} ], settings: { learn: no, arp-termination: yes } }
sflow: { sampling-rate: 1000 }
`;
const OTHER = `
interfaces:
  ${CARD}: { l2xc: ${OTHER_CARD}, mtu: 9000 }
  ${OTHER_CARD}: { l2xc: ${CARD}, mtu: 9000 }
loopbacks:
  loop1: { mtu: 9000 }
bridgedomains:
  bd10: { mtu: 9000, bvi: loop1, settings: { arp-unicast-forward: yes, mac-age-minutes: 3 } }
`;

const NAMES = ['loopback', 'bridge-domain', 'bridge-member', 'l2xc', 'address', 'mpls-table', 'mpls', 'sflow'];
const kinds = builtInKinds.filter(({ name }) => [...NAMES, 'sflow-interface', 'admin-state'].includes(name));

it('a plan as lines of VPP’s command line: in the blocks of vppcfg', async () => {
  const channel = await channelToVpp();
  const plan = async (text: string) => asCli(cliLines(await compare(channel, text, { kinds })));
  expect(await plan(WISH)).toMatchInlineSnapshot(`
    "comment { vppcfg create: 3 CLI statement(s) follow }
    create loopback interface instance 0
    create bridge-domain 10 learn 0 arp-term 1
    mpls table add 0
    comment { vppcfg sync: 9 CLI statement(s) follow }
    set interface l2 bridge loop0 10 bvi
    set interface l2 bridge GigabitEthernet3/0/0 10
    set interface l2 tag-rewrite GigabitEthernet3/0/0 disable
    set interface ip address loop0 192.0.2.1/24
    set interface mpls GigabitEthernet3/0/1 enable
    sflow sampling-rate 1000
    sflow enable GigabitEthernet3/0/1
    set interface state loop0 up
    set interface state GigabitEthernet3/0/0 up
    "
  `);
  await fulfil(channel, WISH, { kinds });
  expect(await plan(OTHER)).toMatchInlineSnapshot(`
    "comment { vppcfg prune: 8 CLI statement(s) follow }
    set interface state loop0 down
    sflow enable-disable GigabitEthernet3/0/1 disable
    set interface mpls GigabitEthernet3/0/1 disable
    set interface ip address del loop0 192.0.2.1/24
    mpls table del 0
    set interface l3 loop0
    set interface l3 GigabitEthernet3/0/0
    delete loopback interface intfc loop0
    comment { vppcfg create: 1 CLI statement(s) follow }
    create loopback interface instance 1
    comment { vppcfg sync: 12 CLI statement(s) follow }
    sflow sampling-rate 10000
    set bridge-domain learn 10
    set bridge-domain arp term 10 disable
    set bridge-domain arp-ufwd 10
    set bridge-domain mac-age 10 3
    set interface l2 bridge loop1 10 bvi
    set interface l2 xconnect GigabitEthernet3/0/0 GigabitEthernet3/0/1
    set interface l2 tag-rewrite GigabitEthernet3/0/0 disable
    set interface l2 xconnect GigabitEthernet3/0/1 GigabitEthernet3/0/0
    set interface l2 tag-rewrite GigabitEthernet3/0/1 disable
    set interface state loop1 up
    set interface state GigabitEthernet3/0/1 up
    "
  `);
  await fulfil(channel, OTHER, { kinds });
  expect(await plan(OTHER)).toBe('');
});

it('an object without a line of its own: a comment in the block of what happens to it', () => {
  const kind = { ...builtInKinds[0], cli: undefined };
  const operation = { action: 'delete', kind, key: 'thing/a}b', name: 'a}b', reason: 'is not in the wish' } as const;
  const order = { first: [{ operation, after: [], behind: [] }], second: [] };
  const lines = cliLines({ order, inventory: new Inventory(), wanted: new Map() });
  expect(lines).toEqual([{ block: 'prune', line: 'comment { vppmux: delete thing/a b }' }]);
});

it('a name with a line feed: stays in its line', () => {
  const line = 'set interface state a\nset int state b up';
  expect(asCli([{ block: 'sync', line }]).split('\n')).toHaveLength(3);
});

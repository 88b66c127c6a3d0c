/** Lines of the command line that VPP takes as they are, and that must not stop the mock. */
import { expect, it } from 'vitest';
import type { Fields } from '../../../src/mux/internal.js';
import { mockAndClient } from '../../support/mock.js';

async function commandLine() {
  const { client, mock } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
  const cli = async (cmd: string) => {
    const { retval, reply } = await client.ask('cli_inband', { cmd });
    return `${retval} ${reply}`;
  };
  return { cli, client, mock };
}

it('routes that find each other in a ring: are shown, and lead nowhere', async () => {
  const { cli } = await commandLine();
  expect(await cli('ip route add 192.0.2.1/32 via 192.0.2.2')).toBe('0 ');
  expect(await cli('ip route add 192.0.2.2/32 via 192.0.2.1')).toBe('0 ');
  expect(await cli('show ip fib 192.0.2.1')).toMatch(/^0 .*192\.0\.2\.1\/32\n.*dpo-drop ip4\n$/s);
  expect(await cli('show ip fib')).toContain('192.0.2.2/32');
});

it('a weight of any size: a byte, which a dump can hold', async () => {
  const { cli, client } = await commandLine();
  expect(await cli(`ip route add 192.0.2.0/24 via 10.0.0.1 loop0 weight 300 via 10.0.0.2 loop0`)).toBe('0 ');
  expect(await cli(`ip route add 198.51.100.0/24 via 10.0.0.1 loop0 weight ${'9'.repeat(400)}`)).toMatch(
    /^-1 .*parse error/,
  );
  const routes = (await client.dump('ip_route_dump', {})).map(({ route }) => route as Fields);
  const paths = routes.find(({ prefix }) => prefix === '192.0.2.0/24')?.paths as Fields[];
  expect(paths.map(({ weight }) => weight).sort()).toEqual([1, 44]);
  expect(await cli('show ip fib')).toMatch(/^0 /);
});

it.each(['constructor', '__proto__', 'toString'])('the word %s: is no path', async (word) => {
  const { cli } = await commandLine();
  expect(await cli(`ip route add 192.0.2.0/24 via ${word}`)).toBe(`-1 ip route: parse error \`via ${word}'\n`);
});

it.each(['1048577', '4294967295', '9'.repeat(400)])('%s routes at once: refused', async (count) => {
  const { cli } = await commandLine();
  expect(await cli(`ip route add count ${count} 192.0.2.0/24 via drop`)).toMatch(/^-1 ip route: /);
});

it('a line of very many commands: each is carried out', async () => {
  const { cli } = await commandLine();
  const answer = await cli(`${'show version '.repeat(10_000)}nosuch`);
  expect(answer.split('\n').filter((line) => line.startsWith('vpp v') || line.startsWith('-1 vpp v'))).toHaveLength(
    10_000,
  );
  expect(answer).toMatch(/\nunknown input `nosuch'\n$/);
});

it('show ip fib of more routes than there is room for: the first ones, and how many more', async () => {
  const { cli, mock } = await commandLine();
  mock.dataplane.addRoutes(50_000);
  const answer = await cli('show ip fib');
  expect(answer.match(/\n {2}unicast-ip4-chain\n/g)).toHaveLength(50_000);
  expect(answer).toMatch(/\nand 5 more, which the mock does not show\n$/);
  expect(await cli('show ip fib summary')).toMatch(/ {18}32 {11}5000\d\n/);
});

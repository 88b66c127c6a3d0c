/**
 * A large wish: sub-interfaces of bonds with an address each, and routes through them. Carried out on an empty VPP, compared with it once nothing is left to
 * do, and carried out anew on a second empty VPP, as after a restart. Or the same messages bare, which is what the wish is compared with.
 *
 * usage: node wish.js wish INTERFACES ROUTES SOCKET SOCKET
 *        node wish.js bare INTERFACES ROUTES SOCKET WINDOW
 */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { type Channel, connect } from '../../../src/mux/index.js';
import {
  builtInKinds,
  carryOut,
  ownership,
  Reconciliation,
  validateWishAsync,
  type Wish,
} from '../../../src/wish/index.js';

export interface WishMeasured {
  /** Seconds. */
  readonly read: number;
  readonly first: number;
  readonly unchanged: number;
  readonly again: number;
  /** Longest time for which the event loop was held up while nothing had changed, milliseconds. */
  readonly held: number;
  /** The same while it is carried out first. */
  readonly heldFirst: number;
  /** The same while the file is read. */
  readonly heldRead: number;
}

/** Next hops of the routes. */
const HOPS = 500;

const ip = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
const network = (at: number) => 0x0a000000 + at * 4;
const prefixOf = (at: number) => `${ip(0x20000000 + at * 256)}/24`;
const hopOf = (at: number) => ip(network(at) + 2);

/** Sub-interfaces of a bond; they are numbered by their tags. */
const MOST_SUBS = 4000;
const bondOf = (at: number) => Math.floor(at / MOST_SUBS);
const subOf = (at: number) => (at % MOST_SUBS) + 1;
const nameOf = (at: number) => `BondEthernet${bondOf(at)}.${subOf(at)}`;
const bondsOf = (interfaces: number) => Math.ceil(interfaces / MOST_SUBS);

function wishText(interfaces: number, routes: number): string {
  const bonds = Array.from({ length: bondsOf(interfaces) }, (_, i) => `BondEthernet${i}`);
  const subs = Array.from({ length: interfaces }, (_, i) => {
    const first = subOf(i) === 1 ? `  BondEthernet${bondOf(i)}:\n    sub-interfaces:\n` : '';
    return `${first}      ${subOf(i)}: { addresses: [ ${ip(network(i) + 1)}/30 ] }`;
  });
  const hop = (i: number) => i % Math.min(HOPS, interfaces);
  const lines = Array.from({ length: routes }, (_, i) => `    ${prefixOf(i)} via ${hopOf(hop(i))} ${nameOf(hop(i))}`);
  return [
    `bondethernets: { ${bonds.map((name) => `${name}: {}`).join(', ')} }`,
    ...['interfaces:', ...subs, 'x-vppmux:', '  routes: |', ...lines, ''],
  ].join('\n');
}

/** `requestBuffer`: default that of every channel. */
async function channelTo(socket: string, requestBuffer = 100): Promise<Channel> {
  return (await connect({ socket, cacheDir: false })).channel({ replyTimeoutMs: 120_000, requestBuffer });
}

/** Requests in flight of an agent that carries a wish out. */
const WINDOW = 512;

const secondsSince = (start: number) => (performance.now() - start) / 1000;

async function apply(channel: Channel, wish: Wish): Promise<number> {
  const start = performance.now();
  const question = { kinds: builtInKinds, wish, ...ownership({ kinds: builtInKinds, wish }) };
  const results = await carryOut(channel, await Reconciliation.read(channel, question));
  const failed = results.find(({ outcome }) => outcome !== 'applied');
  if (failed !== undefined) throw new Error(`${failed.operation.key} ${failed.outcome}: ${failed.error}`);
  return secondsSince(start);
}

async function unchanged(channel: Channel, wish: Wish): Promise<number> {
  const start = performance.now();
  const question = { kinds: builtInKinds, wish, ...ownership({ kinds: builtInKinds, wish, former: [wish] }) };
  const { size } = await Reconciliation.read(channel, question);
  if (size > 0) throw new Error(`${size} operations are left to do`);
  return secondsSince(start);
}

/** Result of `measure`, and the longest time for which it held up the event loop, milliseconds. */
async function watched<T>(measure: () => Promise<[seconds: number, T]>): Promise<[seconds: number, held: number, T]> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // A hold is noted when it is over.
  await setTimeout(10);
  delay.reset();
  const [seconds, result] = await measure();
  await setTimeout(10);
  delay.disable();
  return [seconds, delay.max / 1e6, result];
}

const watchedSeconds = (measure: () => Promise<number>) => watched(async () => [await measure(), undefined]);

async function measureWish(interfaces: number, routes: number, sockets: readonly string[]): Promise<WishMeasured> {
  const text = wishText(interfaces, routes);
  const [read, heldRead, { wish, errors }] = await watched(async () => {
    const start = performance.now();
    const verdict = await validateWishAsync(text);
    return [secondsSince(start), verdict];
  });
  if (wish === undefined || errors.length > 0) throw new Error(errors[0]?.message);
  const [one, two] = [await channelTo(sockets[0], WINDOW), await channelTo(sockets[1], WINDOW)];
  const [first, heldFirst] = await watchedSeconds(() => apply(one, wish));
  const [same, held] = await watchedSeconds(() => unchanged(one, wish));
  return { read, heldRead, first, heldFirst, unchanged: same, held, again: await apply(two, wish) };
}

/** `sub_if_flags` */
const EXACT_ONE_TAG = 18;

/** Seconds that the messages alone take. */
async function measureBare(interfaces: number, routes: number, socket: string, window: number): Promise<number> {
  const channel = await channelTo(socket, window);
  const each = (count: number, send: (at: number) => Promise<unknown>) => inLanes(window, count, send);
  const indexes: number[] = [];
  const start = performance.now();
  const bonds: number[] = [];
  for (let id = 0; id < bondsOf(interfaces); id++) {
    bonds.push((await channel.request('bond_create2', { id, mode: 5, lb: 1 })).sw_if_index as number);
  }
  await each(interfaces, async (at) => {
    const tags = { sub_id: subOf(at), sub_if_flags: EXACT_ONE_TAG, outer_vlan_id: subOf(at), inner_vlan_id: 0 };
    indexes[at] = (await channel.request('create_subif', { sw_if_index: bonds[bondOf(at)], ...tags }))
      .sw_if_index as number;
  });
  for (const indexesOf of [bonds, indexes]) {
    await each(indexesOf.length, (at) =>
      channel.request('sw_interface_set_mtu', { sw_if_index: indexesOf[at], mtu: [1500, 0, 0, 0] }),
    );
    await each(indexesOf.length, (at) =>
      channel.request('sw_interface_set_flags', { sw_if_index: indexesOf[at], flags: 1 }),
    );
  }
  await each(interfaces, (at) =>
    channel.request('sw_interface_add_del_address', {
      ...{ sw_if_index: indexes[at], prefix: `${ip(network(at) + 1)}/30`, is_add: true },
    }),
  );
  const paths = Array.from({ length: Math.min(HOPS, interfaces) }, (_, at) => [
    { sw_if_index: indexes[at], weight: 1, nh: { address: { ip4: hopOf(at) } } },
  ]);
  await each(routes, (at) => {
    const route = { table_id: 0, prefix: prefixOf(at), paths: paths[at % paths.length] };
    return channel.request('ip_route_add_del_v2', { is_add: true, is_multipath: false, route });
  });
  return secondsSince(start);
}

/** As many at a time as a channel takes. */
async function inLanes(lanes: number, count: number, send: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const [mode, interfaces, routes, ...sockets] = process.argv.slice(2);
const measured =
  mode === 'bare'
    ? await measureBare(Number(interfaces), Number(routes), sockets[0], Number(sockets[1]))
    : await measureWish(Number(interfaces), Number(routes), sockets);
process.stdout.write(JSON.stringify(measured), () => process.exit());

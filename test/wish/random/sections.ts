/** Random sections of `x-vppmux`, with the interfaces that they make: tunnels, memif, NAT44 and policers on cards. */

import fc from 'fast-check';

/** A part of a wish, to be put together with others. */
export interface Part {
  readonly interfaces: Record<string, object>;
  readonly loopbacks: Record<string, object>;
  readonly sections: Record<string, object>;
}

const few = <T>(of: fc.Arbitrary<T>, key: (each: T) => unknown) =>
  fc.uniqueArray(of, { maxLength: 3, selector: key as (each: T) => string });
const id = fc.nat(3);
const isAbsent = { nil: undefined };

const tunnel = fc.record({ id, peer: fc.integer({ min: 1, max: 3 }), isOther: fc.boolean() });
const mapping = fc.record({ port: fc.integer({ min: 80, max: 83 }), host: fc.integer({ min: 1, max: 3 }) });

const choices = (cards: readonly string[]) => {
  const some = fc.subarray([...cards]);
  return fc.record({
    gre: few(tunnel, (each) => each.id),
    ipip: few(tunnel, (each) => each.id),
    memif: few(fc.record({ id, isIp: fc.boolean() }), (each) => each.id),
    isMaster: fc.boolean(),
    address: fc.integer({ min: 1, max: 3 }),
    nat: fc.option(
      fc.record({
        sessions: fc.constantFrom(10_000, 20_000),
        forwarding: fc.boolean(),
        udp: fc.constantFrom(30, 300),
        features: fc.record({ inside: some, outside: some }),
        isOutput: fc.boolean(),
        pool: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 5, max: 9 })),
        hasInterface: fc.boolean(),
        mappings: few(mapping, (each) => each.port),
        identities: few(mapping, (each) => each.port),
      }),
      isAbsent,
    ),
    policers: few(
      fc.record({ name: fc.constantFrom('gold', 'silver'), cir: fc.constantFrom(100, 200) }),
      (each) => each.name,
    ),
    policed: some,
  });
};

type Choice = ReturnType<typeof choices> extends fc.Arbitrary<infer T> ? T : never;

/** The loopback whose address NAT44 takes: it has one, so that there is no other to be taken. */
const LOOPBACK = 'loop90';

export const parts = (cards: readonly string[]): fc.Arbitrary<Part> => choices(cards).map(partOf);

function partOf(choice: Choice): Part {
  const { gre, ipip, memif, isMaster, nat } = choice;
  const socket = isMaster ? 1 : 2;
  const made = [
    ...gre.map((each) => `gre${each.id}`),
    ...ipip.map((each) => `ipip${each.id}`),
    ...memif.map((each) => `memif${socket}/${each.id}`),
  ];
  return {
    interfaces: Object.fromEntries(made.map((name, at) => [name, { addresses: [`10.91.${at}.1/24`] }])),
    loopbacks: { [LOOPBACK]: { addresses: [`10.90.${choice.address}.1/24`] } },
    sections: {
      gre: named(gre, (each) => [
        `gre${each.id}`,
        { ...ends(each, 10 + each.id), ...(each.isOther && { type: 'teb' }) },
      ]),
      ipip: named(ipip, (each) => [
        `ipip${each.id}`,
        { ...ends(each, 20 + each.id), ...(each.isOther && { dscp: 46 }) },
      ]),
      // A file of its own for each role: a connected slave would tell its sizes.
      'memif-sockets': { [socket]: `/run/vpp/memif-random-${socket}.sock` },
      memif: named(memif, (each) => [
        `memif${socket}/${each.id}`,
        { role: isMaster ? 'master' : 'slave', ...(each.isIp && { mode: 'ip' }) },
      ]),
      ...(nat && { nat44: natOf(nat) }),
      policers: policersOf(choice),
    },
  };
}

const named = <T>(list: readonly T[], entryOf: (each: T) => readonly [string, object]) =>
  Object.fromEntries(list.map(entryOf));

const ends = ({ peer }: { peer: number }, host: number) => ({ local: '10.99.0.1', remote: `10.99.${host}.${peer}` });

function natOf(nat: NonNullable<Choice['nat']>): object {
  const { inside, outside } = nat.features;
  const [first, last] = nat.pool;
  const mappings = nat.mappings.map(({ port, host }) => {
    const external = `${port === 80 ? LOOPBACK : '198.51.100.1'}:${port}`;
    return { local: `10.0.0.${host}:${port}`, external, protocol: host === 1 ? 'udp' : 'tcp', tag: `host ${host}` };
  });
  return {
    sessions: nat.sessions,
    forwarding: nat.forwarding,
    timeouts: { udp: nat.udp },
    ...{ inside, outside, ...(nat.isOutput && { output: [LOOPBACK] }) },
    pool: [`198.51.100.${first}-198.51.100.${last}`, ...(nat.hasInterface ? [LOOPBACK] : [])],
    'static-mappings': mappings,
    'identity-mappings': nat.identities.map(({ port, host }) => {
      return host === 1
        ? { address: `198.51.100.${port}` }
        : { address: `198.51.101.${host}:${port}`, protocol: 'udp' };
    }),
  };
}

/** One of them polices all cards that are policed. */
function policersOf({ policers, policed }: Choice): object {
  return Object.fromEntries(
    policers.map(({ name, cir }, at) => [name, { cir, cb: 10_000, ...(at === 0 && { input: policed }) }]),
  );
}

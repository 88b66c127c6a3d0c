import { definePlugin, WishKinds, z } from 'vppmux/plugin';
import { defineKind, type Found, type KindObject, type References, type Wish } from 'vppmux/wish';

/** Numbers of VPP: `SPAN_STATE_API_RX` is 1. */
const DIRECTIONS = ['none', 'rx', 'tx', 'both'] as const;

const section = z.array(
  z.strictObject({ from: z.string(), to: z.string(), direction: z.enum(DIRECTIONS).exclude(['none']) }),
);
type Mirror = z.output<typeof section>[number];

const mirrorsOf = (wish: Wish) => (wish.extra.mirrors ?? []) as z.output<typeof section>;
const nameOf = ({ from, to }: Mirror) => `${from} ${to}`;

const message = ({ value }: KindObject<Mirror>, refs: References, direction: (typeof DIRECTIONS)[number]) => ({
  name: 'sw_interface_span_enable_disable',
  fields: {
    sw_if_index_from: refs.interface(value.from),
    sw_if_index_to: refs.interface(value.to),
    state: DIRECTIONS.indexOf(direction),
  },
});

/** Mirrored interfaces (SPAN): `x-vppmux: { mirrors: [ { from: loop0, to: loop1, direction: both } ] }`. */
export const mirrorKind = defineKind<Mirror>({
  name: 'mirror',
  ownership: 'wished',
  messages: ['sw_interface_span_enable_disable', 'sw_interface_span_dump'],
  section: { key: 'mirrors', schema: section },
  *check(wish) {
    for (const [at, { from, to }] of mirrorsOf(wish).entries()) {
      const path = ['x-vppmux', 'mirrors', at];
      if (from === to) yield { path, message: `x-vppmux.mirrors[${at}]: ${from} cannot be mirrored to itself` };
    }
  },
  *wanted(wish) {
    for (const [at, value] of mirrorsOf(wish).entries()) {
      yield { name: nameOf(value), value, path: ['x-vppmux', 'mirrors', at] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('sw_interface_span_dump')).flatMap((details): Found<Mirror>[] => {
      const [from, to] = [vpp.nameOf(details.sw_if_index_from), vpp.nameOf(details.sw_if_index_to)];
      const direction = DIRECTIONS[Number(details.state)];
      if (from === undefined || to === undefined || direction === undefined || direction === 'none') return [];
      const value = { from, to, direction };
      return [{ name: nameOf(value), value }];
    }),
  needs: ({ value }) => [`interface/${value.from}`, `interface/${value.to}`],
  create: (wanted, refs) => [message(wanted, refs, wanted.value.direction)],
  change: (_found, wanted, refs) => [message(wanted, refs, wanted.value.direction)],
  remove: (found, refs) => [message(found, refs, 'none')],
  describe(found, draft) {
    if (found.length > 0) draft.extra.mirrors = found.map(({ value }) => value);
  },
});

export default definePlugin({
  name: 'wish-kind',
  version: '1.0.0',
  agentApi: 1,
  description: 'Lets wishes mirror interfaces: a kind of objects, as an example.',
  contributes: { kinds: WishKinds },
  create: () => ({ contribute: { kinds: [mirrorKind] } }),
});

/** BFD sessions over UDP: `x-vppmux.bfd`. One without an interface goes over several hops. */

import { z } from 'zod';
import { parseDuration } from '../../../duration.js';
import { addressOf } from '../../../vpp/index.js';
import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { address, form } from '../../form-parts.js';
import { type Problem, showPath } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, type KindObject, type Message, type References, type Wanted } from '../kind.js';
import { NONE } from '../snapshot.js';
import { BFD_KEYS, bfdKey, bfdKeysOf } from './bfd-key.js';

const KEY = 'bfd';
const MULTIHOP = 'multihop';
const MICROSECONDS = 1000;
const USUAL_INTERVAL = '300ms';
const USUAL_MULTIPLIER = 3;
const MOST_INTERVAL_MS = 4_294_967;

const microsecondsOf = (text: string) => Math.round((parseDuration(text) as number) * MICROSECONDS);

const interval = z.string().refine((text) => {
  const ms = parseDuration(text);
  return ms !== undefined && ms * MICROSECONDS >= 1 && ms <= MOST_INTERVAL_MS;
}, 'must be a duration, as 300ms, of more than an hour at most');

const session = form(
  { local: address, peer: address },
  {
    interface: z.string(),
    'min-tx': interval,
    'min-rx': interval,
    multiplier: z.int().min(1).max(255),
    /** Number of its key in `bfd-keys`, and the number that the peers call it by. */
    key: z.int().min(0),
    'key-id': z.int().min(0).max(255),
  },
);
const section = z.array(session);

interface BfdSession {
  /** Undefined for several hops. */
  readonly interface: string | undefined;
  readonly local: string;
  readonly peer: string;
  /** Microseconds, as `minRx`. */
  readonly minTx: number;
  readonly minRx: number;
  readonly multiplier: number;
  readonly authentication: { readonly key: number; readonly keyId: number } | undefined;
}

const sessionsOf = ({ extra }: Wish) => (extra[KEY] ?? []) as z.output<typeof section>;

const nameOf = (value: Pick<BfdSession, 'interface' | 'local' | 'peer'>) =>
  `${value.interface ?? MULTIHOP} ${value.local} ${value.peer}`;

const canonical = (text: string) => addressOf(text) as string;

function asValue(given: z.output<typeof session>): BfdSession {
  const { key } = given;
  return {
    interface: given.interface,
    local: canonical(given.local),
    peer: canonical(given.peer),
    minTx: microsecondsOf(given['min-tx'] ?? USUAL_INTERVAL),
    minRx: microsecondsOf(given['min-rx'] ?? USUAL_INTERVAL),
    multiplier: given.multiplier ?? USUAL_MULTIPLIER,
    authentication: key === undefined ? undefined : { key, keyId: given['key-id'] ?? key % 256 },
  };
}

function* mistakes(wish: Wish): Generator<Problem> {
  const sessions = sessionsOf(wish);
  const named = sessions.flatMap(({ interface: name }, at) =>
    name === undefined ? [] : [[name, [KEY, at, 'interface']] as const],
  );
  yield* unknownInterfaces(wish, named);
  const keys = bfdKeysOf(wish);
  const seen = new Set<string>();
  for (const [at, given] of sessions.entries()) {
    const path = [OWN_KEY, KEY, at];
    const name = nameOf(asValue(given));
    if (seen.has(name)) yield { path, message: `${showPath(path)}: the session ${name} is there twice` };
    seen.add(name);
    if (given.local.includes(':') !== given.peer.includes(':')) {
      yield { path, message: `${showPath(path)}: local and peer are not of the same address family` };
    }
    const { key } = given;
    if (key !== undefined && !Object.hasOwn(keys, String(key))) {
      yield { path: [...path, 'key'], message: `${showPath([...path, 'key'])}: no key ${key} in ${BFD_KEYS}` };
    }
    if (key === undefined && given['key-id'] !== undefined) {
      yield { path: [...path, 'key-id'], message: `${showPath([...path, 'key-id'])}: needs a key` };
    }
  }
}

const idOf = ({ value }: KindObject<BfdSession>, refs: References) => ({
  sw_if_index: value.interface === undefined ? NONE : refs.interface(value.interface),
  local_addr: value.local,
  peer_addr: value.peer,
});

const timersOf = ({ value }: KindObject<BfdSession>) => ({
  desired_min_tx: value.minTx,
  required_min_rx: value.minRx,
  detect_mult: value.multiplier,
});

const keyFields = ({ key, keyId }: NonNullable<BfdSession['authentication']>) => ({
  bfd_key_id: keyId,
  conf_key_id: key,
});

/** The peer has to change its key at the same time: until then the session is down. */
function authenticate(wanted: Wanted<BfdSession>, refs: References): Message {
  const { authentication } = wanted.value;
  const id = { ...idOf(wanted, refs), is_delayed: false };
  if (authentication === undefined) return { name: 'bfd_udp_auth_deactivate', fields: id };
  return { name: 'bfd_udp_auth_activate', fields: { ...id, ...keyFields(authentication) } };
}

export const bfdSessionKind = defineKind<BfdSession>({
  name: 'bfd-session',
  ownership: 'wished',
  messages: ['bfd_udp_add', 'bfd_udp_del', 'bfd_udp_session_dump'],
  section: { key: KEY, schema: section },
  check: mistakes,
  *wanted(wish) {
    for (const [at, given] of sessionsOf(wish).entries()) {
      const value = asValue(given);
      yield { name: nameOf(value), value, path: [OWN_KEY, KEY, at] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('bfd_udp_session_dump')).flatMap((details): Found<BfdSession>[] => {
      const itf = details.sw_if_index === NONE ? undefined : vpp.nameOf(details.sw_if_index);
      if (itf === undefined && details.sw_if_index !== NONE) return [];
      const value = {
        interface: itf,
        local: details.local_addr as string,
        peer: details.peer_addr as string,
        minTx: details.desired_min_tx as number,
        minRx: details.required_min_rx as number,
        multiplier: details.detect_mult as number,
        authentication: details.is_authenticated
          ? { key: details.conf_key_id as number, keyId: details.bfd_key_id as number }
          : undefined,
      };
      return [{ name: nameOf(value), value }];
    }),
  needs: ({ value: { interface: itf, authentication } }) => [
    ...(itf === undefined ? [] : [`interface/${itf}`]),
    ...(authentication === undefined ? [] : [bfdKey(authentication.key)]),
  ],
  create(wanted, refs) {
    const { interface: itf, authentication } = wanted.value;
    const multihop = itf === undefined ? [{ name: 'bfd_udp_enable_multihop', fields: {} }] : [];
    const fields = {
      ...idOf(wanted, refs),
      ...timersOf(wanted),
      is_authenticated: authentication !== undefined,
      ...(authentication && keyFields(authentication)),
    };
    return [...multihop, { name: 'bfd_udp_add', fields }];
  },
  change(found, wanted, refs) {
    const [before, after] = [found, wanted].map(({ value }) => JSON.stringify(value.authentication));
    return [
      { name: 'bfd_udp_mod', fields: { ...idOf(wanted, refs), ...timersOf(wanted) } },
      ...(before === after ? [] : [authenticate(wanted, refs)]),
    ];
  },
  remove: (found, refs) => [{ name: 'bfd_udp_del', fields: idOf(found, refs), settledBy: ['BFD_ENOENT'] }],
  describe(found, draft) {
    const all = found.map(({ value }) => {
      if (value.interface !== undefined) draft.layer3(value.interface);
      const { authentication } = value;
      return {
        ...(value.interface !== undefined && { interface: value.interface }),
        local: value.local,
        peer: value.peer,
        'min-tx': durationOf(value.minTx),
        'min-rx': durationOf(value.minRx),
        multiplier: value.multiplier,
        ...(authentication && { key: authentication.key, 'key-id': authentication.keyId }),
      };
    });
    if (all.length > 0) draft.extra[KEY] = all;
  },
});

const durationOf = (us: number) => (us % MICROSECONDS === 0 ? `${us / MICROSECONDS}ms` : `${us}us`);

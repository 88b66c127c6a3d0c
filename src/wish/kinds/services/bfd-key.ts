/**
 * Keys that BFD sessions prove themselves with: `x-vppmux.bfd-keys`, by their numbers. VPP does not tell a key, and changes none that a
 * session uses: a new key needs a new number.
 */

import { z } from 'zod';
import { form, named } from '../../form-parts.js';
import { OWN_KEY } from '../../read-yaml.js';
import { readSecret, type SecretSource, secret } from '../../secret.js';
import type { Wish } from '../../wish.js';
import { defineKind, type Found, keyOf } from '../kind.js';

export const BFD_KEYS = 'bfd-keys';
const NAME = 'bfd-key';
const TYPES = ['sha1', 'meticulous-sha1'] as const;
/** `auth_type` of keyed SHA1, by RFC 5880. */
const SHA1 = 4;
const KEY_LENGTH = 20;

const section = named(
  /^(?:0|[1-9]\d{0,8})$/,
  'must be the number of a key',
  // A file that describes VPP has no secrets.
  form({}, { type: z.enum(TYPES), secret }),
);

interface BfdKey {
  /** Undefined for a type that no wish can ask for. */
  readonly type: (typeof TYPES)[number] | undefined;
  /** Wanted values only. */
  readonly secret?: SecretSource;
}

export const bfdKeysOf = ({ extra }: Wish) => (extra[BFD_KEYS] ?? {}) as z.output<typeof section>;

export const bfdKey = (number: number): string => keyOf({ name: NAME }, String(number));

/** Its bytes, as the message has them. */
function bytesOf(source: SecretSource | undefined, name: string): Buffer {
  if (source === undefined) throw new Error(`${OWN_KEY}.${BFD_KEYS}.${name} has no secret in the wish`);
  const bytes = Buffer.from(readSecret(source));
  if (bytes.length > KEY_LENGTH) throw new Error(`the secret of a BFD key has ${KEY_LENGTH} characters at most`);
  return bytes;
}

export const bfdKeyKind = defineKind<BfdKey>({
  name: NAME,
  ownership: 'wished',
  messages: ['bfd_auth_set_key', 'bfd_auth_del_key', 'bfd_auth_keys_dump'],
  section: { key: BFD_KEYS, schema: section },
  *wanted(wish) {
    for (const [name, { type = 'sha1', secret: source }] of Object.entries(bfdKeysOf(wish))) {
      yield { name, value: { type, ...(source && { secret: source }) }, path: [OWN_KEY, BFD_KEYS, name] };
    }
  },
  read: async (vpp) =>
    (await vpp.dump('bfd_auth_keys_dump')).map(({ conf_key_id: number, auth_type: type }): Found<BfdKey> => {
      return { name: String(number), value: { type: TYPES[(type as number) - SHA1] } };
    }),
  needs: () => [],
  same: (wanted, found) => wanted.value.type === found.value.type,
  create({ name, value }, refs) {
    const bytes = () => bytesOf(value.secret, name);
    return [
      {
        name: 'bfd_auth_set_key',
        fields: {
          conf_key_id: Number(name),
          auth_type: SHA1 + TYPES.indexOf(value.type ?? 'sha1'),
          key_len: refs.secret(() => bytes().length),
          key: refs.secret(() => Buffer.concat([bytes()], KEY_LENGTH)),
        },
      },
    ];
  },
  remove: ({ name }) => [
    { name: 'bfd_auth_del_key', fields: { conf_key_id: Number(name) }, settledBy: ['BFD_ENOENT'] },
  ],
  describe(found, { extra }) {
    const all = found.flatMap(({ name, value: { type } }) => (type === undefined ? [] : [[name, { type }]]));
    if (all.length > 0) extra[BFD_KEYS] = Object.fromEntries(all);
  },
});

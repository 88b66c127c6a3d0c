/** The section `x-vppmux: { nat44: … }`. */

import { z } from 'zod';
import { bool, form } from '../../form-parts.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import { tableReference } from '../layer3/table-reference.js';

export const NAT44 = 'nat44';

const table = tableReference;
const seconds = z.int().min(1).max(0xffff_ffff);
const interfaces = z.array(z.string());

const protocol = z.enum(['icmp', 'tcp', 'udp']);

/** VPP keeps 64 bytes, with a zero behind the text. */
const tag = z.string().regex(/^[ -~]{1,63}$/, 'must be of 1 to 63 printable characters');

/** An address, a range of them, or an interface whose address it is. */
const pool = z.array(z.union([z.string(), form({ addresses: z.string() }, { table })]));

export const natSchema = form(
  {},
  {
    sessions: z.int().min(1).max(0x7fff_ffff),
    'inside-table': table,
    'outside-table': table,
    forwarding: bool,
    'mss-clamping': z.int().min(64).max(65_535),
    timeouts: form({}, { udp: seconds, 'tcp-established': seconds, 'tcp-transitory': seconds, icmp: seconds }),
    inside: interfaces,
    outside: interfaces,
    output: interfaces,
    pool,
    'twice-nat-pool': pool,
    'static-mappings': z.array(
      form(
        { local: z.string(), external: z.string() },
        { protocol, table, tag, 'twice-nat': bool, 'self-twice-nat': bool, 'out2in-only': bool },
      ),
    ),
    'identity-mappings': z.array(form({ address: z.string() }, { protocol, table, tag })),
  },
);

export type WishedNat = z.output<typeof natSchema>;

/** The section; undefined where the wish has none. */
export const natOf = ({ extra }: Wish) => extra[NAT44] as WishedNat | undefined;

/** Place of a value of the section. */
export const natPath = (...path: readonly (string | number)[]) => [OWN_KEY, NAT44, ...path];

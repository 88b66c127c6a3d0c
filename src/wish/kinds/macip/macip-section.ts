/** MAC/IP ACLs in a wish: `x-vppmux.macip-acls`, and `x-vppmux.interface-macip-acls` with the one of each interface. */

import { z } from 'zod';
import { form, mac, named } from '../../form-parts.js';
import type { Wish } from '../../wish.js';

export const MACIP_ACLS = 'macip-acls';
export const INTERFACE_MACIP_ACLS = 'interface-macip-acls';

/** In the order of VPP's numbers. */
export const ACTIONS = ['deny', 'permit'] as const;

const term = form(
  { action: z.enum(ACTIONS) },
  { family: z.enum(['any', 'ipv4', 'ipv6']), mac, 'mac-mask': mac, source: z.string() },
);

export const macipSection = named(
  // As names of `acls`: VPP keeps 64 bytes, with a zero behind the name.
  /^[a-z][a-z0-9-][^#]{0,54}$/,
  'must begin with a letter, of small letters, digits and hyphens',
  form({ terms: z.array(term).min(1).max(1000) }, {}),
);

export const interfaceMacipSection = z.record(z.string(), z.string());

export type WishedMacipTerm = z.output<typeof term>;

export const macipAclsOf = ({ extra }: Wish) => (extra[MACIP_ACLS] ?? {}) as z.output<typeof macipSection>;

export const macipInterfacesOf = ({ extra }: Wish): [itf: string, acl: string][] =>
  Object.entries((extra[INTERFACE_MACIP_ACLS] ?? {}) as z.output<typeof interfaceMacipSection>);

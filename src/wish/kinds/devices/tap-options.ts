/**
 * Options of taps that vppcfg's file cannot say: `x-vppmux: { taps: { tap0: { gso: yes } } }`. A tap may have any that the wish does not
 * name. VPP does not tell the numbers of queues: they count when the tap is created.
 */

import { z } from 'zod';
import type { Fields } from '../../../mux/index.js';
import { prefixOf } from '../../../vpp/index.js';
import { bool, form, interfaceAddress } from '../../form-parts.js';
import type { Problem } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';

export const TAP_OPTIONS = 'taps';

/** Bits of `tap_flags`, by the words of VPP's command line. */
const FLAGS = { gso: 1, 'csum-offload': 2, persist: 4, 'gro-coalesce': 32, packed: 64, 'in-order': 128 } as const;
const FLAG_NAMES = Object.keys(FLAGS) as (keyof typeof FLAGS)[];

const queues = z.int().min(1).max(255);

export const tapOptionsSection = z.record(
  z.string(),
  form(
    {},
    {
      ...{ gso: bool, 'csum-offload': bool, persist: bool, 'gro-coalesce': bool, packed: bool, 'in-order': bool },
      ...{ 'rx-queues': queues, 'tx-queues': queues, 'host-ip4': interfaceAddress, 'host-ip6': interfaceAddress },
    },
  ),
);

/** Options of a tap. Undefined ones in a wish: any. VPP does not tell the numbers of queues. */
export type TapOptions = z.output<typeof tapOptionsSection>[string];

const optionsOf = ({ extra }: Wish) => (extra[TAP_OPTIONS] ?? {}) as z.output<typeof tapOptionsSection>;

/** Options of a tap, with addresses as VPP spells them. */
export function tapOptionsOf(wish: Wish, name: string): TapOptions {
  const { 'host-ip4': ip4, 'host-ip6': ip6, ...others } = optionsOf(wish)[name] ?? {};
  return { ...others, ...(ip4 && { 'host-ip4': spelled(ip4) }), ...(ip6 && { 'host-ip6': spelled(ip6) }) };
}

function spelled(text: string): string {
  const { address, length } = prefixOf(text) as NonNullable<ReturnType<typeof prefixOf>>;
  return `${address}/${length}`;
}

export function* checkTapOptions(wish: Wish): Generator<Problem> {
  for (const [name, options] of Object.entries(optionsOf(wish))) {
    const path = [OWN_KEY, TAP_OPTIONS, name];
    if (!Object.hasOwn(wish.file.taps ?? {}, name)) yield { path, message: `tap ${name} does not exist in taps` };
    const { 'host-ip4': ip4, 'host-ip6': ip6, gso } = options;
    if (ip4?.includes(':'))
      yield { path: [...path, 'host-ip4'], message: `tap ${name} host-ip4 ${ip4} is no IPv4 address` };
    if (ip6?.includes(':') === false) {
      yield { path: [...path, 'host-ip6'], message: `tap ${name} host-ip6 ${ip6} is no IPv6 address` };
    }
    if (options['gro-coalesce'] && !gso) yield { path, message: `tap ${name} needs gso for gro-coalesce` };
    if (options['csum-offload'] && gso) yield { path, message: `tap ${name} has csum-offload with gso already` };
  }
}

export function foundTapOptions(tap: Fields): TapOptions {
  const bits = tap.tap_flags as number;
  const [ip4, ip6] = [tap.host_ip4_prefix, tap.host_ip6_prefix] as [string, string];
  return {
    ...Object.fromEntries(FLAG_NAMES.map((flag) => [flag, (bits & FLAGS[flag]) !== 0])),
    ...(!ip4.endsWith('/0') && { 'host-ip4': ip4 }),
    ...(!ip6.endsWith('/0') && { 'host-ip6': ip6 }),
  };
}

/** Whether a tap has the options that a wish names. */
export const hasTapOptions = ({ 'rx-queues': _, 'tx-queues': __, ...wanted }: TapOptions, found: TapOptions) =>
  (Object.keys(wanted) as (keyof typeof wanted)[]).every((key) => wanted[key] === found[key]);

export function tapOptionFields(options: TapOptions): Fields {
  const { 'host-ip4': ip4, 'host-ip6': ip6, 'rx-queues': rx, 'tx-queues': tx } = options;
  return {
    tap_flags: FLAG_NAMES.reduce((bits, flag) => (options[flag] ? bits | FLAGS[flag] : bits), 0),
    ...(rx !== undefined && { num_rx_queues: rx }),
    ...(tx !== undefined && { num_tx_queues: tx }),
    ...(ip4 !== undefined && { host_ip4_prefix_set: true, host_ip4_prefix: ip4 }),
    ...(ip6 !== undefined && { host_ip6_prefix_set: true, host_ip6_prefix: ip6 }),
  };
}

/** Options for the file, but those that are off. */
export const describeTapOptions = (options: TapOptions) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== false && value !== undefined));

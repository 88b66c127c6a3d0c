/** The rules that VPP has for the terms of a MAC/IP ACL, and terms for the rules that VPP has. */

import type { Wish } from '../../wish.js';
import { macText } from '../devices/mac-text.js';
import { ANY, families, prefixes } from '../layer3/acl-rules.js';
import { ACTIONS, type WishedMacipTerm } from './macip-section.js';

/** A rule, in the fields of `macip_acl_add_replace`. */
export interface MacipRule {
  readonly is_permit: number;
  readonly src_mac: string;
  readonly src_mac_mask: string;
  readonly src_prefix: string;
}

const ZERO = '00:00:00:00:00:00';
const ONES = 'ff:ff:ff:ff:ff:ff';

/** One rule for each source of each address family. */
export function macipRulesOf(wish: Wish, term: WishedMacipTerm): MacipRule[] {
  const src_mac_mask = term.mac === undefined ? ZERO : macText(term['mac-mask'] ?? ONES);
  const src_mac = masked(macText(term.mac ?? ZERO), src_mac_mask);
  const sources = families(term).flatMap((family) => prefixes(wish, term.source, family));
  return sources.map((src_prefix) => ({
    ...{ is_permit: ACTIONS.indexOf(term.action), src_mac, src_mac_mask, src_prefix },
  }));
}

/** A MAC address without the bits that a mask leaves out. */
function masked(mac: string, mask: string): string {
  const [bytes, kept] = [mac, mask].map((text) => text.split(':').map((byte) => Number.parseInt(byte, 16)));
  return bytes.map((byte, at) => (byte & kept[at]).toString(16).padStart(2, '0')).join(':');
}

/** One term a rule; undefined where a wish cannot say one of them: an action of VPP that only its own programs know. */
export function macipTermsOf(rules: readonly MacipRule[]): Record<string, string>[] | undefined {
  if (rules.length === 0 || rules.some(({ is_permit }) => ACTIONS[is_permit] === undefined)) return undefined;
  return rules.map(({ is_permit, src_mac, src_mac_mask, src_prefix }) => {
    const family = src_prefix.includes(':') ? 'ipv6' : 'ipv4';
    return {
      ...{ action: ACTIONS[is_permit], family },
      ...(src_mac_mask !== ZERO && { mac: src_mac }),
      ...(src_mac_mask !== ZERO && src_mac_mask !== ONES && { 'mac-mask': src_mac_mask }),
      ...(src_prefix !== ANY[family] && { source: src_prefix }),
    };
  });
}

/**
 * ABF policies and their interfaces. A policy may lose its paths and stay: by one that it has already, or by the deletion of
 * its last one while it is on an interface. The dump dies of the latter, so the command line is asked.
 */

import type { Fields } from '../codec/codec.js';
import { ALL, type Condition, type Hazard, is, type Lookup, TRIED } from './hazard.js';

/** Asks whether `isHarmless`, given the texts of all policies by their ids. */
const policies = (
  text: string,
  isHarmless: (textOf: ReadonlyMap<number, string>, fields: Fields) => boolean,
): Lookup => ({
  text,
  message: 'cli_inband',
  ask: () => ({ cmd: 'show abf policy' }),
  isHarmless: (fields, [{ reply }]) => isHarmless(textsOf(String(reply)), fields),
});

function textsOf(reply: string): ReadonlyMap<number, string> {
  const entries = reply.split(/^abf:/m).slice(1);
  return new Map(entries.map((entry) => [Number(/policy:(\d{1,10}) /.exec(entry)?.[1]), entry]));
}

const hasPaths = (text: string) => text.includes('path:[');

const withPaths = policies(
  'there is no ABF policy with this policy_id, or it has lost its paths',
  (textOf, { attach }) => hasPaths(textOf.get(Number((attach as Fields).policy_id)) ?? ''),
);

const notWithoutPaths = policies('the policy has lost its paths', (textOf, { policy }) => {
  const text = textOf.get(Number((policy as Fields).policy_id));
  return text === undefined || hasPaths(text);
});

const allForward = policies('the last path of a policy was deleted while it was on an interface', (textOf) =>
  [...textOf.values()].every((text) => !text.includes('no forwarding')),
);

const sameFamily: Lookup = {
  text: 'the policy is on this interface for the other family',
  message: 'abf_itf_attach_dump',
  ask: () => ({}),
  isHarmless(fields, rows) {
    const { policy_id, sw_if_index, is_ipv6 } = fields.attach as Fields;
    const found = rows
      .map(({ attach }) => attach as Fields)
      .filter((each) => each.policy_id === policy_id && each.sw_if_index === sw_if_index);
    return found.length === 0 || found.some((each) => each.is_ipv6 === is_ipv6);
  },
};

const onAll: Condition = {
  text: 'is_add is true and attach.sw_if_index is ~0',
  holds: ({ is_add, attach }) => is_add === true && (attach as Fields).sw_if_index === ALL,
};

export const ABF: readonly Hazard[] = [
  {
    message: 'abf_itf_attach_add_del',
    when: onAll,
    reason: 'makes room for every index up to this one, runs out of memory and dies',
    ...TRIED,
  },
  {
    message: 'abf_itf_attach_add_del',
    when: is({ is_add: true }),
    lookup: withPaths,
    reason: 'does not look whether there is such a policy, and dies',
    ...TRIED,
  },
  {
    message: 'abf_itf_attach_add_del',
    when: is({ is_add: false }),
    lookup: sameFamily,
    reason: 'looks for it among the policies of the wrong family, and dies',
    ...TRIED,
  },
  {
    message: 'abf_policy_add_del',
    lookup: notWithoutPaths,
    reason: 'looks into paths that are gone, and dies',
    ...TRIED,
  },
  {
    message: 'abf_policy_dump',
    lookup: allForward,
    reason: 'looks into paths that are gone, and dies',
    instead: "cli_inband 'show abf policy'",
    ...TRIED,
  },
];

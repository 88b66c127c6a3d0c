/**
 * Interfaces of ABF policies: `interfaces` of a policy. An object is `INTERFACE POLICY`: VPP has a policy once at an interface, of one
 * family. Deleted interfaces leave theirs behind, which go with the policy.
 */

import { OWN_KEY } from '../../read-yaml.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { ABF, type WishedAttachment, wishedPolicies } from './abf-section.js';

interface Attachment extends WishedAttachment {
  /** Number of the policy. */
  readonly policy: number;
}

/** Details, in the fields that messages have. */
interface Attach {
  readonly policy_id: number;
  readonly sw_if_index: number;
  readonly priority: number;
  readonly is_ipv6: boolean;
}

const message = ({ value }: KindObject<Attachment>, refs: References, is_add: boolean) => {
  const { policy: policy_id, interface: itf, priority, family } = value;
  const attach = { policy_id, sw_if_index: refs.interface(itf), priority, is_ipv6: family === 'ipv6' };
  return { name: 'abf_itf_attach_add_del', fields: { is_add, attach } };
};

const nameOf = ({ interface: itf, policy }: Attachment) => `${itf} ${policy}`;

export const abfInterfaceKind = defineKind<Attachment>({
  name: 'abf-interface',
  ownership: 'wished',
  messages: ['abf_itf_attach_add_del', 'abf_itf_attach_dump'],
  *wanted(wish) {
    for (const { id, name, attachments } of wishedPolicies(wish)) {
      for (const attachment of attachments) {
        const value = { ...attachment, policy: id };
        yield { name: nameOf(value), value, path: [OWN_KEY, ABF, name, 'interfaces', value.interface] };
      }
    }
  },
  async read(vpp) {
    const all = (await vpp.dump('abf_itf_attach_dump')).map(({ attach }) => attach as unknown as Attach);
    return all.flatMap(({ policy_id: policy, sw_if_index, priority, is_ipv6 }): Found<Attachment>[] => {
      const itf = vpp.nameOf(sw_if_index);
      if (itf === undefined) return [];
      const value: Attachment = { interface: itf, policy, priority, family: is_ipv6 ? 'ipv6' : 'ipv4' };
      return [{ name: nameOf(value), value }];
    });
  },
  needs: ({ value }) => [`interface/${value.interface}`, `abf/${value.policy}`],
  create: (wanted, refs) => [message(wanted, refs, true)],
  remove: (found, refs) => [{ ...message(found, refs, false), settledBy: ['NO_SUCH_ENTRY'] }],
  describe(found, { extra }) {
    const section = (extra[ABF] ?? {}) as Record<string, { interfaces?: Record<string, unknown> }>;
    for (const { value } of found) {
      const { interface: itf, policy, priority, family } = value;
      if (!Object.hasOwn(section, policy)) continue;
      const entry = section[policy];
      entry.interfaces = { ...entry.interfaces, [itf]: { priority, family } };
    }
  },
});

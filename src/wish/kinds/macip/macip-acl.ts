/** MAC/IP ACLs: `x-vppmux.macip-acls`. VPP knows them by numbers; a wish, by the name that VPP keeps as their tag. */

import { OWN_KEY } from '../../read-yaml.js';
import { defineKind, type Found, type Index, type Message } from '../kind.js';
import { nameByTag } from '../layer3/acl.js';
import { NONE, type VppSnapshot } from '../snapshot.js';
import { type MacipRule, macipRulesOf, macipTermsOf } from './macip-rules.js';
import { MACIP_ACLS, macipAclsOf, macipSection } from './macip-section.js';

export interface MacipAcl {
  readonly rules: readonly MacipRule[];
}

/** VPP's MAC/IP ACLs, by the names that wishes know them by. */
export async function foundMacipAcls(vpp: VppSnapshot): Promise<(Found<MacipAcl> & { readonly index: number })[]> {
  const names = new Set<string>();
  return (await vpp.dumpIfKnown('macip_acl_dump', { acl_index: NONE })).map(({ acl_index, tag: given, r }) => {
    const [index, tag] = [acl_index as number, given as string];
    return { name: nameByTag(names, tag, index), index, tag, value: { rules: (r as MacipRule[]).map(ruleOf) } };
  });
}

/** Without fields that later releases may add. */
const ruleOf = ({ is_permit, src_mac, src_mac_mask, src_prefix }: MacipRule): MacipRule => ({
  ...{ is_permit, src_mac, src_mac_mask, src_prefix },
});

const put = (acl_index: Index, tag: string, { rules }: MacipAcl): Message => ({
  name: 'macip_acl_add_replace',
  fields: { acl_index, tag, r: rules },
});

export const macipAclKind = defineKind<MacipAcl>({
  name: 'macip-acl',
  ownership: 'wished',
  messages: ['macip_acl_add_replace', 'macip_acl_del', 'macip_acl_dump'],
  section: { key: MACIP_ACLS, schema: macipSection },
  *check(wish) {
    for (const [name, { terms }] of Object.entries(macipAclsOf(wish))) {
      for (const [at, term] of terms.entries()) {
        const path = [OWN_KEY, MACIP_ACLS, name, 'terms', at];
        const where = `macip-acl ${name} term ${at + 1}`;
        if (term['mac-mask'] !== undefined && term.mac === undefined) {
          yield { path, message: `${where} has a mac-mask without a mac` };
        }
        if (macipRulesOf(wish, term).length > 0) continue;
        const { family = 'any', source } = term;
        yield { path, message: `${where}: source ${source} has no address of family ${family}, nor a prefixlist` };
      }
    }
  },
  *wanted(wish) {
    for (const [name, { terms }] of Object.entries(macipAclsOf(wish))) {
      const rules = terms.flatMap((term) => macipRulesOf(wish, term));
      yield { name, value: { rules }, path: [OWN_KEY, MACIP_ACLS, name] };
    }
  },
  read: foundMacipAcls,
  needs: () => [],
  create: ({ name, value }) => [put(NONE, name, value)],
  indexOf: (reply) => reply.acl_index as number | undefined,
  change: (_found, { name, value }, refs) => [put(refs.index(`macip-acl/${name}`), name, value)],
  remove: ({ name }, refs) => [
    { name: 'macip_acl_del', fields: { acl_index: refs.index(`macip-acl/${name}`) }, settledBy: ['NO_SUCH_ENTRY'] },
  ],
  describe(found, { extra }) {
    const said = found.flatMap(({ name, value: { rules } }) => {
      const entry = { terms: macipTermsOf(rules) };
      return macipSection.safeParse({ [name]: entry }).success ? [[name, entry] as const] : [];
    });
    if (said.length > 0) extra[MACIP_ACLS] = Object.fromEntries(said);
  },
});

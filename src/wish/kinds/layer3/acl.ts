/** ACLs: `acls`, with their `prefixlists`. VPP knows them by numbers; a wish, by the name that VPP keeps as their tag. */

import { Report } from '../../checks/report.js';
import type { Problem } from '../../problem.js';
import { defineKind, type Found, type Message, type References } from '../kind.js';
import { NONE, type VppSnapshot } from '../snapshot.js';
import { type AclRule, countRules, rulesOf } from './acl-rules.js';
import { termsOf } from './acl-terms.js';

interface Acl {
  readonly rules: readonly AclRule[];
}

/** Rules of an ACL. */
const MOST_RULES = 16_384;

interface Listed {
  readonly index: number;
  readonly tag: string;
  /** Its tag; of several with one tag, and of those without, one that no wish gives. */
  readonly name: string;
  readonly rules: readonly AclRule[];
}

/** VPP's ACLs, by their numbers. */
export async function listedAcls(vpp: VppSnapshot): Promise<Map<number, Listed>> {
  const names = new Set<string>();
  const all = new Map<number, Listed>();
  for (const { acl_index, tag: given, r } of await vpp.dumpIfKnown('acl_dump', { acl_index: NONE })) {
    const [index, tag] = [acl_index as number, given as string];
    const name = nameByTag(names, tag, index);
    all.set(index, { index, tag, name, rules: (r as AclRule[]).map(ruleOf) });
  }
  return all;
}

/** Names a list by its tag, unless that is empty or in `names` already, which it is added to. */
export function nameByTag(names: Set<string>, tag: string, index: number): string {
  const name = tag === '' || names.has(tag) ? `${tag}#${index}` : tag;
  names.add(name);
  return name;
}

/** Without fields that later releases may add. */
const ruleOf = (rule: AclRule): AclRule => ({
  ...{ is_permit: rule.is_permit, src_prefix: rule.src_prefix, dst_prefix: rule.dst_prefix, proto: rule.proto },
  srcport_or_icmptype_first: rule.srcport_or_icmptype_first,
  srcport_or_icmptype_last: rule.srcport_or_icmptype_last,
  dstport_or_icmpcode_first: rule.dstport_or_icmpcode_first,
  dstport_or_icmpcode_last: rule.dstport_or_icmpcode_last,
  ...{ tcp_flags_mask: rule.tcp_flags_mask, tcp_flags_value: rule.tcp_flags_value },
});

const put = (acl_index: number | string, tag: string, rules: readonly AclRule[]): Message => ({
  name: 'acl_add_replace',
  fields: { acl_index, tag, r: rules },
});

export const aclKind = defineKind<Acl>({
  name: 'acl',
  ownership: 'wished',
  messages: ['acl_add_replace', 'acl_del', 'acl_dump'],
  check(wish) {
    const problems: Problem[] = [];
    for (const [name, { terms }] of Object.entries(wish.file.acls ?? {})) {
      const count = terms.reduce((sum, term) => sum + countRules(wish, term), 0);
      const text = `becomes ${count} rules, with its prefixlists: ${MOST_RULES} at most`;
      new Report(problems, `acl ${name}`, ['acls', name]).when(count > MOST_RULES, text);
    }
    return problems;
  },
  *wanted(wish) {
    for (const [name, { terms }] of Object.entries(wish.file.acls ?? {})) {
      const rules = terms.flatMap((term) => [...rulesOf(wish, term)]);
      yield { name, value: { rules }, path: ['acls', name] };
    }
  },
  read: async (vpp) =>
    [...(await listedAcls(vpp)).values()].map(({ name, index, tag, rules }): Found<Acl> => {
      return { name, index, tag, value: { rules } };
    }),
  needs: () => [],
  create: ({ name, value }) => [put(NONE, name, value.rules)],
  indexOf: (reply) => reply.acl_index as number | undefined,
  change: (_found, { name, value }, refs: References) => [put(refs.index(`acl/${name}`), name, value.rules)],
  remove: ({ name }, refs) => [
    { name: 'acl_del', fields: { acl_index: refs.index(`acl/${name}`) }, settledBy: ['NO_SUCH_ENTRY'] },
  ],
  describe(found, { file }) {
    for (const { name, value } of found) {
      const terms = ACL_NAME.test(name) ? termsOf(value.rules) : undefined;
      if (terms === undefined) continue;
      file.acls ??= {};
      (file.acls as Record<string, unknown>)[name] = { terms };
    }
  },
});

/** Names that vppcfg takes. */
export const ACL_NAME = /^[a-z][a-z0-9-][^#]{0,54}$/;

/** ABF: policies that forward what an ACL permits along paths of their own, and their interfaces. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { Pool } from '../../dataplane/pool.js';
import { checkedPaths } from '../../dataplane/routing/checked-paths.js';
import { type Path, type PathList, pathList, withoutPaths, withPaths } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { policyText } from './abf-text.js';
import { acls } from './acls.js';

interface Policy {
  readonly index: number;
  readonly id: number;
  readonly aclIndex: number;
  /** Undefined where they are lost, or where the last one is gone and an interface still has the policy. */
  paths?: PathList;
  /** Whether they are lost: VPP loses them when they are added a second time. */
  isBroken: boolean;
}

interface Attachment {
  readonly index: number;
  readonly policy: Policy;
  /** Fields of the details. */
  readonly fields: Fields;
}

export class Abf {
  readonly policies = new Pool<Policy>();
  private readonly byId = new Map<number, Policy>();
  /** VPP keeps those of deleted interfaces, and takes unknown ones. */
  readonly attachments = new Pool<Attachment>();

  constructor(private readonly dataplane: Dataplane) {}

  policy(id: number): Policy | undefined {
    return this.byId.get(id);
  }

  attachment(policyId: number, swIfIndex: number): Attachment | undefined {
    return [...this.attachments.values()].find(
      ({ policy, fields }) => policy.id === policyId && fields.sw_if_index === swIfIndex,
    );
  }

  update(id: number, aclIndex: number, paths: readonly Path[]): number {
    const known = this.policy(id);
    if (known !== undefined && known.aclIndex !== aclIndex) return Retval.INVALID_VALUE;
    const policy = known ?? this.policies.add((index) => ({ index, id, aclIndex, isBroken: false }));
    this.byId.set(id, policy);
    const wanted = withPaths(policy.paths, pathList(paths));
    policy.isBroken = wanted.paths.length === policy.paths?.paths.length;
    this.setPaths(policy, policy.isBroken ? undefined : wanted);
    return Retval.OK;
  }

  /** Takes paths from a policy; without paths it goes, or when its last interface does. */
  shrink(id: number, paths: readonly Path[]): number {
    const policy = this.policy(id);
    if (policy === undefined) return Retval.INVALID_VALUE;
    this.setPaths(policy, policy.paths && withoutPaths(policy.paths, pathList(paths)));
    this.removeUnused(policy);
    return Retval.OK;
  }

  attach(policy: Policy, fields: Fields): number {
    if (this.attachment(policy.id, Number(fields.sw_if_index)) !== undefined) return Retval.ENTRY_ALREADY_EXISTS;
    this.attachments.add((index) => ({ index, policy, fields }));
    this.dataplane.of(acls).hold(policy.aclIndex);
    return Retval.OK;
  }

  detach(policyId: number, swIfIndex: number): number {
    const attachment = this.attachment(policyId, swIfIndex);
    if (attachment === undefined) return Retval.NO_SUCH_ENTRY;
    this.attachments.remove(attachment.index);
    this.dataplane.of(acls).release(attachment.policy.aclIndex);
    this.removeUnused(attachment.policy);
    return Retval.OK;
  }

  private setPaths(policy: Policy, paths: PathList | undefined): void {
    const { tables } = this.dataplane;
    if (paths !== undefined) tables.acquire(paths);
    if (policy.paths !== undefined) tables.release(policy.paths);
    policy.paths = paths;
  }

  private removeUnused(policy: Policy): void {
    if (policy.paths !== undefined) return;
    const isAttached = [...this.attachments.values()].some((each) => each.policy === policy);
    if (isAttached) return;
    this.byId.delete(policy.id);
    this.policies.remove(policy.index);
  }
}

export const abf = defineKind({
  name: 'abf',
  title: 'ACL-based forwarding',
  state: (dataplane) => new Abf(dataplane),
  commands: {
    'show abf policy': {
      help: 'show abf policy <value>',
      run: ({ policies }, { dataplane }) => [...policies.values()].map((each) => policyText(each, dataplane)).join(''),
    },
  },
  handlers: {
    abf_plugin_get_version: () => ({ major: 1, minor: 0 }),

    abf_policy_add_del: ({ is_add, policy }, { dataplane }, abf) => {
      const { policy_id, acl_index, paths: given } = policy as Fields;
      if ((given as Fields[]).length === 0) return Retval.INVALID_VALUE;
      const paths = checkedPaths(given as Fields[], dataplane);
      if (typeof paths === 'number') return paths;
      if (is_add) return abf.update(Number(policy_id), Number(acl_index), paths);
      return abf.shrink(Number(policy_id), paths);
    },

    abf_policy_dump: (_, _call, { policies }) =>
      [...policies.values()].map(({ id, aclIndex, paths }): Fields => {
        const fields = paths?.paths.map((path) => path.fields) ?? [];
        return { policy: { policy_id: id, acl_index: aclIndex, n_paths: fields.length, paths: fields } };
      }),

    // An unknown policy would kill VPP.
    abf_itf_attach_add_del: ({ is_add, attach }, _, abf) => {
      const { policy_id, sw_if_index } = attach as Fields;
      if (!is_add) return abf.detach(Number(policy_id), Number(sw_if_index));
      const policy = abf.policy(Number(policy_id));
      return policy === undefined ? Retval.NO_SUCH_ENTRY : abf.attach(policy, attach as Fields);
    },

    abf_itf_attach_dump: (_, _call, { attachments }) =>
      [...attachments.values()].map(({ fields }): Fields => ({ attach: fields })),
  },
});

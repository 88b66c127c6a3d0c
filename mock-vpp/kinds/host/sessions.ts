/** The session layer of VPP's host stack: whether it runs, and the namespaces of its applications. There is no application. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { Pool } from '../../dataplane/pool.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import type { Call } from '../../handlers/call.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';

const NO_TABLE = 0xffffffff;
/** `rt_engine_type` that disables the layer. */
const DISABLE = 0;
/** SESSION_E_INVALID, which is no number of VPP's API but has this one's. */
const INVALID = Retval.SYSCALL_ERROR_9;

interface Namespace {
  readonly index: number;
  readonly id: string;
}

export class Sessions {
  isEnabled = false;
  readonly namespaces = new Pool<Namespace>();

  enable(isEnabled: boolean): void {
    this.isEnabled = isEnabled;
    if (isEnabled && this.namespaces.size === 0) this.add('default');
  }

  find(id: string): Namespace | undefined {
    return [...this.namespaces.values()].find((namespace) => namespace.id === id);
  }

  add(id: string): Namespace {
    return this.find(id) ?? this.namespaces.add((index) => ({ index, id }));
  }
}

export const sessions = defineKind({
  name: 'sessions',
  title: 'session layer',
  state: () => new Sessions(),
  handlers: {
    session_enable_disable: (fields, _, sessions) => {
      sessions.enable(Boolean(fields.is_enable));
      return Retval.OK;
    },

    session_enable_disable_v2: (fields, _, sessions) => {
      sessions.enable(Number(fields.rt_engine_type) !== DISABLE);
      return Retval.OK;
    },

    // The socket has to be asked for before there is a namespace.
    session_sapi_enable_disable: (_, _call, { namespaces }) => (namespaces.size > 0 ? Retval.UNSPECIFIED : Retval.OK),

    app_namespace_add_del: addDel,
    app_namespace_add_del_v2: addDel,
    app_namespace_add_del_v3: addDel,
    app_namespace_add_del_v4: addDel,
  },
});

/** The first two versions of the request only add. */
function addDel(fields: Fields, { dataplane }: Call, sessions: Sessions): Fields {
  if (!sessions.isEnabled) return { retval: Retval.FEATURE_DISABLED };
  const id = String(fields.namespace_id);
  if (fields.is_add === false) {
    const known = sessions.find(id);
    if (known === undefined) return { retval: INVALID };
    sessions.namespaces.remove(known.index);
    return { retval: Retval.OK };
  }
  return hasTables(fields, dataplane) ? { appns_index: sessions.add(id).index } : { retval: INVALID };
}

/** Whether the tables are there; those of an interface, if one is given. */
function hasTables({ sw_if_index, ip4_fib_id, ip6_fib_id }: Fields, dataplane: Dataplane): boolean {
  if (sw_if_index !== NO_INTERFACE) return dataplane.hasInterface(Number(sw_if_index));
  const given = [ip4_fib_id, ip6_fib_id].map(Number);
  return (
    given.some((id) => id !== NO_TABLE) && given.every((id, v6) => id === NO_TABLE || dataplane.hasTable(id, v6 === 1))
  );
}

/** Sockets that systemd hands over to a service: LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES (sd_listen_fds(3)). */

export interface HandedOver {
  /** FileDescriptorName; `unknown` where the unit names none. */
  readonly name: string;
  readonly fd: number;
}

/** The first one; 0 to 2 are the standard streams. */
const FIRST_FD = 3;

type Env = Readonly<Record<string, string | undefined>>;

/** The sockets for the process `pid`, in systemd's order; none where they are another's. */
export function handedOver(env: Env, pid: number): readonly HandedOver[] {
  const { LISTEN_PID: whose = '', LISTEN_FDS: text = '', LISTEN_FDNAMES: names = '' } = env;
  if (whose !== String(pid) || !/^\d{1,4}$/.test(text)) return [];
  const byPosition = names.split(':');
  return Array.from({ length: Number(text) }, (_, i) => ({ name: byPosition[i] || 'unknown', fd: FIRST_FD + i }));
}

/** The names of the sockets that are for this process, each once. */
export function handedOverNames(env: Env, pid: number): readonly string[] {
  return [...new Set(handedOver(env, pid).map(({ name }) => name))];
}

/** The other side of a benchmark: fastvpp where it and a C compiler are there, else the mock. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Server {
  readonly socket: string;
  stop(): void;
}

export interface BenchServer extends Server {
  readonly what: string;
  /** Faster than any client, so that figures are the client's. */
  readonly isFast: boolean;
  /** The hand-written client to compare with; undefined without the shared material. */
  readonly yardstick: string | undefined;
  /** Definitions to use; `-`: fetched from the server. */
  readonly apiDir: string;
}

/** Messages that fastvpp answers: ids of the recorded handshake (control_ping, ip_route_v2_dump, ip_route_add_del_v2). */
const IDS = { ping: ['23', '24'], dump: '690', acknowledge: ['686', '688', '14'] };

/** Starts it with so many routes in its answer to the route dump. `scratch`: a directory of its own. */
export async function startServer(shared: string, scratch: string, routes: number): Promise<BenchServer> {
  const bench = (name: string) => join(shared, 'bench', name);
  const yardstick = existsSync(bench('yardstick.mjs')) ? bench('yardstick.mjs') : undefined;
  const program = join(scratch, 'fastvpp');
  if (yardstick && compile(bench('fastvpp.c'), program)) {
    const dump = { id: IDS.dump, details: bench('ip_route_v2_details-26.06.bin'), count: routes };
    const server = await startFastServer(shared, scratch, 'bench.sock', dump);
    return { ...server, what: 'fastvpp (C)', isFast: true, yardstick, apiDir: join(shared, 'vpp-api', '26.06') };
  }
  const mock = await startMockServer(scratch, ['--routes', String(routes)]);
  const what = yardstick ? 'the mock (no C compiler found)' : 'the mock (no fastvpp.c found)';
  return { ...mock, what, isFast: false, yardstick, apiDir: '-' };
}

/** Starts fastvpp, compiled before: it answers the request `id` with `count` copies of the message in the file `details`. */
export async function startFastServer(
  shared: string,
  scratch: string,
  name: string,
  { id, details, count }: { readonly id: string | number; readonly details: string; readonly count: number },
): Promise<Server> {
  const socket = join(scratch, name);
  const files = [join(shared, 'bench', 'handshake-26.06.bin'), ...IDS.ping, String(id), details];
  const stop = await launch(join(scratch, 'fastvpp'), [socket, ...files, String(count), ...IDS.acknowledge], socket);
  return { socket, stop };
}

/** `vppmux mock` with these arguments, in a process of its own. */
export async function startMockServer(scratch: string, args: readonly string[]): Promise<Server> {
  const socket = join(scratch, 'mock.sock');
  const cli = fileURLToPath(new URL('../../../bin/vppmux.js', import.meta.url));
  return { socket, stop: await launch(process.execPath, [cli, 'mock', '--socket', socket, ...args], socket) };
}

function compile(source: string, program: string): boolean {
  try {
    execFileSync('cc', ['-O2', '-o', program, source], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function launch(program: string, args: string[], socket: string): Promise<() => void> {
  const child = spawn(program, args, { stdio: 'ignore' });
  for (let i = 0; i < 200 && !existsSync(socket); i++) await delay(50);
  if (!existsSync(socket)) throw new Error(`${program} did not open ${socket}`);
  return () => child.kill('SIGKILL');
}

/** The C library by Node's own `node:ffi`: from 26.1 with --experimental-ffi, from 27 without. */
import { reasonOf } from '../../thrown.js';
import { errnoOf } from './koffi-calls.js';
import type { NativeCalls } from './native-calls.js';

/** Not a literal: older versions of Node do not have it. */
const FFI: string = 'node:ffi';
const FIRST = 26;

interface Ffi {
  /** `null`: the functions that this process has already. */
  dlopen(
    path: null,
    definitions: Readonly<Record<string, { readonly arguments: readonly string[]; readonly return: string }>>,
  ): { readonly functions: Readonly<Record<string, (...args: unknown[]) => never>> };
}

const loadFfi = (): Promise<Ffi> => import(FFI);

const signature = (returned: string, ...given: string[]) => ({ arguments: given, return: returned });

/** Throws where this Node does not have it, or it is not enabled. */
export async function nodeFfiCalls(load = loadFfi): Promise<NativeCalls> {
  const { functions } = (await loaded(load)).dlopen(null, {
    socket: signature('i32', 'i32', 'i32', 'i32'),
    connect: signature('i32', 'i32', 'pointer', 'u32'),
    getsockopt: signature('i32', 'i32', 'i32', 'i32', 'pointer', 'pointer'),
    recvmsg: signature('i64', 'i32', 'pointer', 'i32'),
    malloc: signature('pointer', 'u64'),
    free: signature('void', 'pointer'),
    memcpy: signature('pointer', 'pointer', 'pointer', 'u64'),
    __errno_location: signature('pointer'),
  });
  const copy = (to: unknown, from: unknown, size: number) => void functions.memcpy(to, from, BigInt(size));
  return {
    socket: functions.socket,
    connect: functions.connect,
    getsockopt: functions.getsockopt,
    recvmsg: (fd, header, flags) => Number(functions.recvmsg(fd, header, flags)),
    malloc: (size) => BigInt(functions.malloc(BigInt(size))),
    free: functions.free,
    write: (address, bytes) => copy(address, bytes, bytes.length),
    read: (address, into) => copy(into, address, into.length),
    errno: () => errnoOf((into) => copy(into, functions.__errno_location(), into.length)),
  };
}

async function loaded(load: () => Promise<Ffi>): Promise<Ffi> {
  const major = Number(process.versions.node.split('.')[0]);
  try {
    return await load();
  } catch (error) {
    if (major < FIRST) throw new Error(`Node ${process.versions.node} does not have it; Node ${FIRST}.1 does`);
    throw new Error(`it is not enabled: node --experimental-ffi (${reasonOf(error)})`);
  }
}

/** The C library by koffi, an optional dependency. */
import { cLibrary } from '../../c-library.js';
import type { NativeCalls } from './native-calls.js';

/** Throws where koffi is not installed, or does not know this platform. */
export async function koffiCalls(load = cLibrary): Promise<NativeCalls> {
  let reason = 'it does not load';
  const library = await load((why) => {
    reason = why;
  });
  if (library === undefined) throw new Error(`koffi is not to be had (${reason}); npm install koffi`);
  const call = (declaration: string) => library.func(declaration) as (...args: unknown[]) => never;
  const malloc = call('uintptr_t malloc(size_t size)');
  const errnoAt = call('uintptr_t __errno_location()');
  const write = call('uintptr_t memcpy(uintptr_t to, const void *from, size_t size)');
  const read = call('uintptr_t memcpy(void *to, uintptr_t from, size_t size)');
  const recvmsg = call('intptr_t recvmsg(int fd, uintptr_t header, int flags)');
  return {
    socket: call('int socket(int domain, int type, int protocol)'),
    connect: call('int connect(int fd, const void *address, uint32_t length)'),
    getsockopt: call('int getsockopt(int fd, int level, int name, void *value, void *size)'),
    recvmsg: (fd, header, flags) => Number(recvmsg(fd, header, flags)),
    malloc: (size) => BigInt(malloc(size)),
    free: call('void free(uintptr_t address)'),
    write: (address, bytes) => void write(address, bytes, bytes.length),
    read: (address, into) => void read(into, address, into.length),
    errno: () => errnoOf((into) => read(into, errnoAt(), into.length)),
  };
}

/** The number that `copy` copies from where errno is. */
export function errnoOf(copy: (into: Uint8Array) => void): number {
  const number = new Int32Array(1);
  copy(new Uint8Array(number.buffer));
  return number[0];
}

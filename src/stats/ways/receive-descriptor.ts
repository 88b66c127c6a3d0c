/**
 * Receives the descriptor that VPP sends to whoever connects to its stats socket: SOCK_SEQPACKET, one message without bytes and
 * with SCM_RIGHTS, and VPP closes. Node can do neither. No call waits: a VPP that hangs would hold up the whole process.
 */
import { closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLittleEndian } from '../segment/layout.js';
import type { NativeCalls } from './native-calls.js';
import { type Reached, WayError } from './way.js';

const AF_UNIX = 1;
const SOCK_SEQPACKET = 5;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_PEERCRED = 17;
const SCM_RIGHTS = 1;
const MSG_CMSG_CLOEXEC = 0x40000000;
const Errno = { ENOENT: 2, EINTR: 4, EAGAIN: 11, EACCES: 13, EPERM: 1, ECONNREFUSED: 111, EPROTOTYPE: 91 } as const;

/** Bytes of a socket's path, with its NUL. */
const PATH_ROOM = 108;
/** Bytes of struct msghdr, struct cmsghdr with one descriptor, struct iovec and a byte, one behind the other. */
const MSGHDR = 56;
const CMSG = 20;
const IOVEC = 16;
const [CMSG_AT, IOVEC_AT, BYTE_AT] = [MSGHDR, MSGHDR + 24, MSGHDR + 24 + IOVEC];
const BLOCK = BYTE_AT + 8;

/** Milliseconds that VPP has to accept and to send. */
const PATIENCE = 2000;
const LONGEST_LOOK = 50;

/** Rejects with WayError. */
export async function receiveDescriptor(calls: NativeCalls, socket: string, patience = PATIENCE): Promise<Reached> {
  const fd = calls.socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) throw new WayError('other', `no socket can be made: error ${calls.errno()} of the system`);
  try {
    const end = performance.now() + patience;
    await until(end, () => connect(calls, fd, socket));
    const pid = peerOf(calls, fd);
    const received = await until(end, () => receive(calls, fd));
    return pid === undefined ? { fd: received } : { fd: received, pid };
  } finally {
    closeSync(fd);
  }
}

/** Calls `attempt` until it returns something. Rejects at `end`. */
async function until<T>(end: number, attempt: () => T | undefined): Promise<T> {
  for (let look = 1; ; look = Math.min(look * 2, LONGEST_LOOK)) {
    const result = attempt();
    if (result !== undefined) return result;
    const left = end - performance.now();
    if (left <= 0) throw new WayError('silent', 'VPP does not answer there: its main thread is busy, or hangs');
    await sleep(Math.min(look, left));
  }
}

/** Returns undefined where it is to be tried again: as many wait already as VPP lets wait. */
function connect(calls: NativeCalls, fd: number, socket: string): true | undefined {
  const path = Buffer.from(socket);
  if (path.length >= PATH_ROOM) throw new WayError('other', `the path has more than ${PATH_ROOM - 1} bytes`);
  const address = new Uint8Array(2 + PATH_ROOM);
  new DataView(address.buffer).setUint16(0, AF_UNIX, isLittleEndian);
  address.set(path, 2);
  if (calls.connect(fd, address, address.length) === 0) return true;
  const errno = calls.errno();
  if (errno === Errno.EAGAIN || errno === Errno.EINTR) return undefined;
  throw refusal(errno);
}

function refusal(errno: number): WayError {
  switch (errno) {
    case Errno.ENOENT:
      return new WayError('missing', 'there is no such socket');
    case Errno.ECONNREFUSED:
      return new WayError('refused', 'nobody listens there: VPP died and left it behind, or is starting');
    case Errno.EACCES:
    case Errno.EPERM:
      return new WayError('permission', 'no permission');
    case Errno.EPROTOTYPE:
      return new WayError('other', 'it is another kind of socket than the stats socket');
    default:
      return new WayError('other', `error ${errno} of the system`);
  }
}

/** The process that listens; undefined where it is in another container. */
function peerOf(calls: NativeCalls, fd: number): number | undefined {
  const value = new Uint8Array(12);
  const size = new Uint8Array(new Uint32Array([value.length]).buffer);
  if (calls.getsockopt(fd, SOL_SOCKET, SO_PEERCRED, value, size) !== 0) return undefined;
  const pid = new DataView(value.buffer).getInt32(0, isLittleEndian);
  return pid > 0 ? pid : undefined;
}

/** Returns undefined where nothing has come yet. */
function receive(calls: NativeCalls, fd: number): number | undefined {
  const block = calls.malloc(BLOCK);
  if (block === 0n) throw new WayError('other', 'no memory');
  try {
    calls.write(block, messageHeader(block));
    if (calls.recvmsg(fd, block, MSG_CMSG_CLOEXEC) < 0) {
      const errno = calls.errno();
      if (errno === Errno.EAGAIN || errno === Errno.EINTR) return undefined;
      throw refusal(errno);
    }
    const answer = new Uint8Array(BLOCK);
    calls.read(block, answer);
    return descriptorIn(new DataView(answer.buffer));
  } finally {
    calls.free(block);
  }
}

function messageHeader(block: bigint): Uint8Array {
  const bytes = new Uint8Array(BLOCK);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(16, block + BigInt(IOVEC_AT), isLittleEndian);
  view.setBigUint64(24, 1n, isLittleEndian);
  view.setBigUint64(32, block + BigInt(CMSG_AT), isLittleEndian);
  view.setBigUint64(40, BigInt(CMSG), isLittleEndian);
  view.setBigUint64(IOVEC_AT, block + BigInt(BYTE_AT), isLittleEndian);
  view.setBigUint64(IOVEC_AT + 8, 1n, isLittleEndian);
  return bytes;
}

function descriptorIn(view: DataView): number {
  const length = view.getBigUint64(40, isLittleEndian);
  const isRights =
    length >= BigInt(CMSG) &&
    view.getInt32(CMSG_AT + 8, isLittleEndian) === SOL_SOCKET &&
    view.getInt32(CMSG_AT + 12, isLittleEndian) === SCM_RIGHTS;
  if (!isRights) throw new WayError('other', 'it sent no segment: it is no stats socket');
  return view.getInt32(CMSG_AT + 16, isLittleEndian);
}

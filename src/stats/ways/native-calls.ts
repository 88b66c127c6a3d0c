/** Functions of the C library that receive a descriptor need. Addresses are in memory of the C library, never in a buffer of ours. */
export interface NativeCalls {
  socket(domain: number, type: number, protocol: number): number;
  connect(fd: number, address: Uint8Array, length: number): number;
  getsockopt(fd: number, level: number, name: number, value: Uint8Array, size: Uint8Array): number;
  /** `header`: address of a struct msghdr. Returns the number of bytes, -1 for an error. */
  recvmsg(fd: number, header: bigint, flags: number): number;
  malloc(size: number): bigint;
  free(address: bigint): void;
  write(address: bigint, bytes: Uint8Array): void;
  read(address: bigint, into: Uint8Array): void;
  errno(): number;
}

/** Whether the other end of a TCP connection is on this machine; its address cannot be claimed as a header can. */
export function isLocal(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address ?? '');
}

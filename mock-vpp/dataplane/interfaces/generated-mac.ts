/** A MAC address for a device that comes without one. VPP's are `02:fe:` and random; these are the same in each run. */
export function generatedMac(index: number, side: 'vpp' | 'host' = 'vpp'): string {
  const octets = [side === 'vpp' ? 0 : 1, (index >> 8) & 255, index & 255];
  return `02:fe:00:${octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':')}`;
}

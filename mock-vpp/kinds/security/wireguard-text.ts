/** WireGuard's interfaces and peers in the layout of VPP's CLI. */
import { addressText, masked, parsePrefix } from '../../dataplane/l3/ip.js';
import type { WireguardInterface, WireguardPeer } from '../../dataplane/security/wireguard.js';
import { keyText, macKeyOf, NO_KEY } from '../../dataplane/security/wireguard-keys.js';

export function interfaceText({ index, itf, srcIp, port, privateKey, publicKey }: WireguardInterface): string {
  const macKey = macKeyOf(publicKey).toString('hex');
  const keys = `private-key:${keyText(privateKey)} public-key:${keyText(publicKey)} mac-key: ${macKey}`;
  return `[${index}] ${itf.name} src:${srcIp} port:${port} ${keys}\n`;
}

export function peerText(peer: WireguardPeer): string {
  const { index, at, endpoint, port, keepalive, presharedKey, publicKey, allowedIps, watchers } = peer;
  const ends = `${at.srcIp}:${at.port}->${endpoint}:${port}`;
  return [
    `[${index}] endpoint:[${ends}] ${at.itf.name} keep-alive:${keepalive} flags: 0, api-clients count: ${watchers.size}`,
    '  adj:',
    ...(presharedKey.equals(NO_KEY) ? [] : [`  pre-shared key:${keyText(presharedKey)}`]),
    `  public key:${keyText(publicKey)}`,
    `  allowed-ips: ${allowedIps.map(networkText).join(' ')}`,
    '',
  ].join('\n');
}

/** A prefix without its host bits. */
function networkText(prefix: string): string {
  const { bytes, length } = parsePrefix(prefix);
  return `${addressText(masked(bytes, length))}/${length}`;
}

/** A route's path as VPP's own CLI has it, next hop first: `via 192.0.2.1 sw_if_index=1`. */

interface Named {
  readonly name: string;
  readonly text: string;
}

const ADDRESS = /^nh\.address\./;

/** `texts`: what is not blank in a `fib_path`. `isIp6`: which of the two addresses it is, since they share their bytes. */
export function pathText(texts: readonly Named[], isIp6: boolean): string {
  const address = texts.find(({ name }) => name === (isIp6 ? 'nh.address.ip6' : 'nh.address.ip4'));
  const others = texts.filter(({ name }) => !ADDRESS.test(name) && name !== 'proto');
  const unusual = others.filter(({ name, text }) => !isUsual(name, text));
  const said = address || unusual.length > 0 ? unusual : others;
  return [...(address ? [`via ${address.text}`] : []), ...said.map(({ name, text }) => `${name}=${text}`)].join(' ');
}

/** The values of a path where nothing was said; `~0` is no interface, no table, no label. */
const isUsual = (name: string, text: string) => (name === 'weight' && text === '1') || text === '~0';

/** MAC addresses by IP address that a bridge domain answers ARP and neighbour solicitations with. They go with the domain. */
import type { Fields } from '../../../src/mux/internal.js';
import type { BridgeDomain } from '../../dataplane/l2/bridge-domains.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { bridges, onDomain } from './bridges.js';

const ANY_ID = 0xffffffff;

export class IpMacs {
  private readonly byDomain = new WeakMap<BridgeDomain, Map<string, string>>();

  /** IP address → MAC address. */
  of(domain: BridgeDomain): Map<string, string> {
    const known = this.byDomain.get(domain);
    if (known !== undefined) return known;
    const made = new Map<string, string>();
    this.byDomain.set(domain, made);
    return made;
  }
}

export const ipMacs = defineKind({
  name: 'ipMacs',
  title: 'ARP termination',
  state: () => new IpMacs(),
  handlers: {
    bd_ip_mac_add_del: ({ is_add, entry }, { dataplane }, macs) => {
      const { bd_id, ip, mac } = entry as Fields;
      return onDomain(dataplane.of(bridges), { bd_id }, (domain) => {
        const own = macs.of(domain);
        if (is_add) own.set(String(ip), String(mac));
        else if (own.get(String(ip)) !== mac || !own.delete(String(ip))) return Retval.UNSPECIFIED;
        return Retval.OK;
      });
    },

    bd_ip_mac_flush: (fields, { dataplane }, macs) =>
      onDomain(dataplane.of(bridges), fields, (domain) => {
        macs.of(domain).clear();
        return Retval.OK;
      }),

    // IPv4 first.
    bd_ip_mac_dump: (fields, { dataplane }, macs) => {
      const id = Number(fields.bd_id);
      const domains = dataplane.of(bridges).values();
      return domains
        .filter((domain) => id === ANY_ID || domain.id === id)
        .flatMap((domain) => {
          const entries = [...macs.of(domain)].map(([ip, mac]) => ({ bd_id: domain.id, ip, mac }));
          const isV6 = ({ ip }: { ip: string }) => ip.includes(':');
          return [...entries.filter((each) => !isV6(each)), ...entries.filter(isV6)].map(
            (entry): Fields => ({ entry }),
          );
        });
    },
  },
});

/** All kinds that the mock comes with, in the order of the table in docs/mock.md. A new kind is a line here. */
import type { Kind } from '../kind.js';
import { abf } from './abf.js';
import { acls } from './acls.js';
import { addresses } from './addresses.js';
import { afXdp } from './af-xdp.js';
import { bfd } from './bfd.js';
import { bonds } from './bonds.js';
import { bridgeCommands } from './bridge-commands.js';
import { bridges } from './bridges.js';
import { bvis } from './bvis.js';
import { classifyChains } from './classify-chains.js';
import { classifyInterfaces } from './classify-interfaces.js';
import { classifyTables } from './classify-tables.js';
import { cnat } from './cnat.js';
import { cnatSnat } from './cnat-snat.js';
import { containerProxies } from './container-proxies.js';
import { crossConnects } from './cross-connects.js';
import { crypto } from './crypto.js';
import { dhcpClients } from './dhcp-clients.js';
import { dhcpProxies } from './dhcp-proxies.js';
import { dns } from './dns.js';
import { ethertypes } from './ethertypes.js';
import { events } from './events.js';
import { features } from './features.js';
import { fibSources } from './fib-sources.js';
import { flowHash } from './flow-hash.js';
import { flowprobe } from './flowprobe.js';
import { geneve } from './geneve.js';
import { graph } from './graph.js';
import { gre } from './gre.js';
import { gtpu } from './gtpu.js';
import { hostInterfaces } from './host-interfaces.js';
import { ikev2 } from './ikev2.js';
import { interfaceCommands } from './interface-commands.js';
import { interfaces } from './interfaces.js';
import { ipMacs } from './ip-macs.js';
import { ip6 } from './ip6.js';
import { ipfix } from './ipfix.js';
import { ipip } from './ipip.js';
import { ipsecInterfaces } from './ipsec-interfaces.js';
import { ipsecPolicies } from './ipsec-policies.js';
import { ipsecProtections } from './ipsec-protections.js';
import { ipsecSas } from './ipsec-sas.js';
import { l2Features } from './l2-features.js';
import { l2Fib } from './l2-fib.js';
import { l2Learning } from './l2-learning.js';
import { l2tpv3 } from './l2tpv3.js';
import { l3xc } from './l3xc.js';
import { lacp } from './lacp.js';
import { lcp } from './lcp.js';
import { lldp } from './lldp.js';
import { loopbacks } from './loopbacks.js';
import { macipAcls } from './macip-acls.js';
import { memifs } from './memifs.js';
import { mpls } from './mpls.js';
import { mplsTunnels } from './mpls-tunnels.js';
import { mroutes } from './mroutes.js';
import { natBalanced } from './nat-balanced.js';
import { natCommands } from './nat-commands.js';
import { natMappings } from './nat-mappings.js';
import { natOptions } from './nat-options.js';
import { natSessions } from './nat-sessions.js';
import { nat44 } from './nat44.js';
import { nat44Ei } from './nat44-ei.js';
import { nat44EiMappings } from './nat44-ei-mappings.js';
import { nat44EiOptions } from './nat44-ei-options.js';
import { nat44EiSessions } from './nat44-ei-sessions.js';
import { nat64 } from './nat64.js';
import { neighborCommands } from './neighbor-commands.js';
import { neighbors } from './neighbors.js';
import { npol } from './npol.js';
import { pathMtus } from './path-mtus.js';
import { pings } from './pings.js';
import { pipes } from './pipes.js';
import { placement } from './placement.js';
import { policers } from './policers.js';
import { pppoe } from './pppoe.js';
import { proxies } from './proxies.js';
import { puntSockets } from './punt-sockets.js';
import { punts } from './punts.js';
import { qos } from './qos.js';
import { rdma } from './rdma.js';
import { reassembly } from './reassembly.js';
import { registration } from './registration.js';
import { routeCommands } from './route-commands.js';
import { routeReplacement } from './route-replacement.js';
import { routerAdvertisements } from './router-advertisements.js';
import { routes } from './routes.js';
import { sessionRedirects } from './session-redirects.js';
import { sessions } from './sessions.js';
import { sflow } from './sflow.js';
import { span } from './span.js';
import { srLocalSids } from './sr-localsids.js';
import { srPolicies } from './sr-policies.js';
import { srSteering } from './sr-steering.js';
import { stn } from './stn.js';
import { subInterfaces } from './sub-interfaces.js';
import { system } from './system.js';
import { systemCommands } from './system-commands.js';
import { tables } from './tables.js';
import { tagRewrites } from './tag-rewrites.js';
import { taps } from './taps.js';
import { teib } from './teib.js';
import { traffic } from './traffic.js';
import { unnumbered } from './unnumbered.js';
import { urpf } from './urpf.js';
import { virtioPci } from './virtio-pci.js';
import { vmxnet3 } from './vmxnet3.js';
import { vrrp } from './vrrp.js';
import { vxlan } from './vxlan.js';
import { vxlanGpe } from './vxlan-gpe.js';
import { wireguard } from './wireguard.js';

/** The kinds by name, for `dataplane.of(kinds.acls)`. */
export const kinds = {
  registration,
  system,
  graph,
  systemCommands,
  interfaces,
  interfaceCommands,
  loopbacks,
  subInterfaces,
  taps,
  lcp,
  memifs,
  bonds,
  lacp,
  hostInterfaces,
  afXdp,
  rdma,
  virtioPci,
  vmxnet3,
  pipes,
  placement,
  features,
  traffic,
  addresses,
  unnumbered,
  ip6,
  routerAdvertisements,
  tables,
  routes,
  flowHash,
  mroutes,
  routeReplacement,
  mpls,
  mplsTunnels,
  routeCommands,
  fibSources,
  pathMtus,
  neighbors,
  neighborCommands,
  proxies,
  containerProxies,
  punts,
  puntSockets,
  reassembly,
  srLocalSids,
  srPolicies,
  srSteering,
  stn,
  bridges,
  bvis,
  bridgeCommands,
  crossConnects,
  l3xc,
  tagRewrites,
  l2Features,
  l2Fib,
  l2Learning,
  span,
  sflow,
  ipfix,
  flowprobe,
  ipMacs,
  acls,
  ethertypes,
  macipAcls,
  abf,
  classifyTables,
  classifyInterfaces,
  classifyChains,
  sessionRedirects,
  policers,
  urpf,
  qos,
  vxlan,
  geneve,
  vxlanGpe,
  gtpu,
  l2tpv3,
  pppoe,
  ipip,
  gre,
  teib,
  nat44,
  natOptions,
  natMappings,
  natBalanced,
  natSessions,
  natCommands,
  nat44Ei,
  nat44EiOptions,
  nat44EiMappings,
  nat44EiSessions,
  nat64,
  cnat,
  cnatSnat,
  npol,
  wireguard,
  ipsecSas,
  ipsecPolicies,
  ipsecInterfaces,
  ipsecProtections,
  ikev2,
  crypto,
  dns,
  sessions,
  lldp,
  dhcpClients,
  dhcpProxies,
  bfd,
  vrrp,
  pings,
  events,
};

export const KINDS: readonly Kind[] = Object.values(kinds);

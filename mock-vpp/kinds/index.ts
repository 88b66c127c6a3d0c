/** All kinds that the mock comes with, in the order of the table in docs/mock.md. A new kind is a file in one of the folders, and its line here. */
import type { Kind } from '../kind.js';
import { bfd } from './host/bfd.js';
import { dhcpClients } from './host/dhcp-clients.js';
import { dhcpProxies } from './host/dhcp-proxies.js';
import { dhcp6Clients } from './host/dhcp6-clients.js';
import { dns } from './host/dns.js';
import { events } from './host/events.js';
import { flowprobe } from './host/flowprobe.js';
import { graph } from './host/graph.js';
import { ipfix } from './host/ipfix.js';
import { lldp } from './host/lldp.js';
import { packetTraces } from './host/packet-traces.js';
import { pings } from './host/pings.js';
import { registration } from './host/registration.js';
import { sessions } from './host/sessions.js';
import { sflow } from './host/sflow.js';
import { system } from './host/system.js';
import { systemCommands } from './host/system-commands.js';
import { traceFilters } from './host/trace-filters.js';
import { vrrp } from './host/vrrp.js';
import { afXdp } from './interfaces/af-xdp.js';
import { bonds } from './interfaces/bonds.js';
import { features } from './interfaces/features.js';
import { hostInterfaces } from './interfaces/host-interfaces.js';
import { interfaceCommands } from './interfaces/interface-commands.js';
import { interfaces } from './interfaces/interfaces.js';
import { lacp } from './interfaces/lacp.js';
import { lcp } from './interfaces/lcp.js';
import { loopbacks } from './interfaces/loopbacks.js';
import { memifs } from './interfaces/memifs.js';
import { packetGenerators } from './interfaces/packet-generators.js';
import { pcaps } from './interfaces/pcaps.js';
import { pipes } from './interfaces/pipes.js';
import { placement } from './interfaces/placement.js';
import { rdma } from './interfaces/rdma.js';
import { subInterfaces } from './interfaces/sub-interfaces.js';
import { taps } from './interfaces/taps.js';
import { traffic } from './interfaces/traffic.js';
import { virtioPci } from './interfaces/virtio-pci.js';
import { vmxnet3 } from './interfaces/vmxnet3.js';
import { bridgeCommands } from './l2/bridge-commands.js';
import { bridges } from './l2/bridges.js';
import { bvis } from './l2/bvis.js';
import { crossConnects } from './l2/cross-connects.js';
import { ipMacs } from './l2/ip-macs.js';
import { l2Features } from './l2/l2-features.js';
import { l2Fib } from './l2/l2-fib.js';
import { l2Learning } from './l2/l2-learning.js';
import { pbbRewrites } from './l2/pbb-rewrites.js';
import { span } from './l2/span.js';
import { tagRewrites } from './l2/tag-rewrites.js';
import { addresses } from './l3/addresses.js';
import { containerProxies } from './l3/container-proxies.js';
import { ip6 } from './l3/ip6.js';
import { neighborCommands } from './l3/neighbor-commands.js';
import { neighbors } from './l3/neighbors.js';
import { pathMtus } from './l3/path-mtus.js';
import { proxies } from './l3/proxies.js';
import { puntSockets } from './l3/punt-sockets.js';
import { punts } from './l3/punts.js';
import { reassembly } from './l3/reassembly.js';
import { routerAdvertisements } from './l3/router-advertisements.js';
import { stn } from './l3/stn.js';
import { teib } from './l3/teib.js';
import { unnumbered } from './l3/unnumbered.js';
import { cnat } from './nat/cnat.js';
import { cnatSnat } from './nat/cnat-snat.js';
import { natBalanced } from './nat/nat-balanced.js';
import { natCommands } from './nat/nat-commands.js';
import { natMappings } from './nat/nat-mappings.js';
import { natOptions } from './nat/nat-options.js';
import { natSessions } from './nat/nat-sessions.js';
import { nat44 } from './nat/nat44.js';
import { nat44Ei } from './nat/nat44-ei.js';
import { nat44EiMappings } from './nat/nat44-ei-mappings.js';
import { nat44EiOptions } from './nat/nat44-ei-options.js';
import { nat44EiSessions } from './nat/nat44-ei-sessions.js';
import { nat64 } from './nat/nat64.js';
import { abf } from './policy/abf.js';
import { acls } from './policy/acls.js';
import { classifyChains } from './policy/classify-chains.js';
import { classifyInterfaces } from './policy/classify-interfaces.js';
import { classifyTables } from './policy/classify-tables.js';
import { ethertypes } from './policy/ethertypes.js';
import { macipAcls } from './policy/macip-acls.js';
import { npol } from './policy/npol.js';
import { policers } from './policy/policers.js';
import { qos } from './policy/qos.js';
import { sessionRedirects } from './policy/session-redirects.js';
import { urpf } from './policy/urpf.js';
import { fibSources } from './routing/fib-sources.js';
import { flowHash } from './routing/flow-hash.js';
import { l3xc } from './routing/l3xc.js';
import { mpls } from './routing/mpls.js';
import { mplsTunnels } from './routing/mpls-tunnels.js';
import { mroutes } from './routing/mroutes.js';
import { routeCommands } from './routing/route-commands.js';
import { routeReplacement } from './routing/route-replacement.js';
import { routes } from './routing/routes.js';
import { srLocalSids } from './routing/sr-localsids.js';
import { srPolicies } from './routing/sr-policies.js';
import { srSteering } from './routing/sr-steering.js';
import { tables } from './routing/tables.js';
import { crypto } from './security/crypto.js';
import { ikev2 } from './security/ikev2.js';
import { ipsecInterfaces } from './security/ipsec-interfaces.js';
import { ipsecPolicies } from './security/ipsec-policies.js';
import { ipsecProtections } from './security/ipsec-protections.js';
import { ipsecSas } from './security/ipsec-sas.js';
import { wireguard } from './security/wireguard.js';
import { geneve } from './tunnels/geneve.js';
import { gre } from './tunnels/gre.js';
import { gtpu } from './tunnels/gtpu.js';
import { ipip } from './tunnels/ipip.js';
import { l2tpv3 } from './tunnels/l2tpv3.js';
import { pppoe } from './tunnels/pppoe.js';
import { vxlan } from './tunnels/vxlan.js';
import { vxlanGpe } from './tunnels/vxlan-gpe.js';

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
  packetGenerators,
  placement,
  features,
  traffic,
  packetTraces,
  pcaps,
  traceFilters,
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
  pbbRewrites,
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
  dhcp6Clients,
  bfd,
  vrrp,
  pings,
  events,
};

export const KINDS: readonly Kind[] = Object.values(kinds);

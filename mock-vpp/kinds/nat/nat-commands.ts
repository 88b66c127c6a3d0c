/** NAT44-ED on the command line, in VPP's layout. */
import type { Dataplane } from '../../dataplane/dataplane.js';
import { type Mapping, type MappingRequest, NatFlag } from '../../dataplane/nat/nat-mappings.js';
import type { NatAddress, ResolvingMapping } from '../../dataplane/nat/nat44.js';
import { defineKind } from '../../kind.js';
import { nat44 } from './nat44.js';

const NO_VRF = 0xffffffff;
const PROTOCOLS: Readonly<Record<number, string>> = {
  ...{ 1: 'ICMP', 2: 'IGMP', 6: 'TCP', 17: 'UDP', 47: 'GRE', 50: 'IPSEC_ESP', 51: 'IPSEC_AH', 132: 'SCTP' },
};
const protocolName = (protocol: number) => PROTOCOLS[protocol] ?? `unknown ${protocol}`;

export const natCommands = defineKind({
  name: 'natCommands',
  title: 'NAT44-ED on the command line',
  state: (dataplane) => dataplane.of(nat44),
  handlers: {},
  commands: {
    'show nat44 addresses': {
      help: 'show nat44 addresses',
      run: ({ nat }) => {
        const own = (nat?.addresses ?? []).map(addressText);
        const twice = (nat?.twiceNatAddresses ?? []).map(addressText);
        return lines('NAT44 pool addresses:', ...own, 'NAT44 twice-nat pool addresses:', ...twice);
      },
    },
    'show nat44 interfaces': {
      help: 'show nat44 interfaces',
      run: ({ nat }, { dataplane }) => {
        const features = [...(nat?.interfaces.values() ?? [])].map(({ swIfIndex, flags }) => {
          const names = [flags & NatFlag.INSIDE ? ' in' : '', flags & NatFlag.OUTSIDE ? ' out' : ''];
          return ` ${nameOf(dataplane, swIfIndex)}${names.join('')}`;
        });
        const outputs = [...(nat?.outputInterfaces.values() ?? [])].map(
          ({ swIfIndex }) => ` ${nameOf(dataplane, swIfIndex)} output-feature in out`,
        );
        return lines('NAT44 interfaces:', ...features, ...outputs);
      },
    },
    'show nat44 interface address': {
      help: 'show nat44 interface address',
      run: ({ nat }, { dataplane }) => {
        const own = (nat?.addressesOf ?? []).map(
          ({ swIfIndex, isTwiceNat }) => ` ${nameOf(dataplane, swIfIndex)}${isTwiceNat ? ' twice-nat' : ''}`,
        );
        return lines('NAT44 pool address interfaces:', ...own);
      },
    },
    'show nat44 static mappings': {
      help: 'show nat44 static mappings',
      run: ({ nat }, { dataplane }) => {
        const own = [...(nat?.mappings.values() ?? [])].flatMap(mappingLines);
        const waiting = (nat?.mappingsOf ?? []).map((each) => waitingLine(dataplane, each));
        return lines('NAT44 static mappings:', ...own, ...waiting);
      },
    },
    'show nat44 vrf tables': {
      help: 'show nat44 vrf tables',
      run: ({ vrfTables }) =>
        [...vrfTables.values()]
          .map(({ tableId, routes }) => {
            const to = [...routes.values()].map((route, index) => `[${index}] vrf-id ${route.tableId}`);
            return lines(`table ${tableId}:`, ...to);
          })
          .join(''),
    },
    'show nat timeouts': {
      help: 'show nat timeouts',
      run: ({ timeouts }) =>
        lines(
          `udp timeout: ${timeouts.udp}sec`,
          `tcp-established timeout: ${timeouts.tcp_established}sec`,
          `tcp-transitory timeout: ${timeouts.tcp_transitory}sec`,
          `icmp timeout: ${timeouts.icmp}sec`,
        ),
    },
    'show nat mss-clamping': {
      help: 'show nat mss-clamping',
      run: ({ mss }) => lines(mss > 0 ? `mss-clamping ${mss}` : 'mss-clamping disabled'),
    },
  },
});

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');

const nameOf = ({ interfaces }: Dataplane, swIfIndex: number) =>
  interfaces.get(swIfIndex)?.name ?? `DELETED (${swIfIndex})`;

function addressText({ address, vrf }: NatAddress): string {
  return `${address}\n  tenant VRF${vrf === NO_VRF ? ' independent' : `: ${vrf}`}`;
}

function mappingLines(mapping: Mapping): string[] {
  const { external, externalPort, protocol, backends, vrfs, isIdentity } = mapping;
  const prefix = prefixOf(mapping);
  if (isIdentity) {
    const tables = [...vrfs.values()].map((vrf) => ` vrf ${vrf | 0}`).join('');
    return [` identity mapping${prefix} ${side(mapping, external, externalPort)}${tables}`];
  }
  if (backends !== undefined) {
    const locals = [...backends.values()].map(
      ({ addr, port, vrf, probability }) => `  local ${addr}:${port} vrf ${vrf} probability ${probability}`,
    );
    return [` ${protocolName(protocol)} external ${external}:${externalPort} ${options(mapping)}`, ...locals];
  }
  return [`${prefix} ${sides(mapping, external)} ${options(mapping)}`];
}

/** VPP shows an identity mapping with an address out of its memory. */
function waitingLine(dataplane: Dataplane, { request, swIfIndex }: ResolvingMapping): string {
  return `${prefixOf(request)} ${sides(request, nameOf(dataplane, swIfIndex))}`;
}

function sides(mapping: MappingRequest, external: string): string {
  const { local, localPort, externalPort, vrf } = mapping;
  const outside = side(mapping, external, externalPort);
  return `local ${side(mapping, local, localPort)} external ${outside} vrf ${vrf | 0}`;
}

function side({ flags }: MappingRequest, address: string, port: number): string {
  return flags & NatFlag.ADDR_ONLY ? address : `${address}:${port}`;
}

const prefixOf = ({ flags, protocol }: MappingRequest) =>
  flags & NatFlag.ADDR_ONLY ? '' : ` ${protocolName(protocol)}`;

function options({ flags }: MappingRequest): string {
  const twice = flags & NatFlag.TWICE_NAT ? 'twice-nat' : flags & NatFlag.SELF_TWICE_NAT ? 'self-twice-nat' : '';
  return `${twice} ${flags & NatFlag.OUT2IN_ONLY ? 'out2in-only' : ''}`;
}

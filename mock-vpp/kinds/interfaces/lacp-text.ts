/** LACP's ports in the layout of VPP's CLI. None has sent or received anything, and no timer runs. */

/** A port as `sw_interface_lacp_details` has it. */
export interface Port {
  readonly name: string;
  readonly swIfIndex: number;
  readonly bondName: string;
  readonly isUp: boolean;
  readonly rxState: number;
  readonly periodicState: number;
  readonly actor: PortSide;
  readonly partner: PortSide;
}

export interface PortSide {
  readonly system: string;
  readonly systemPriority: number;
  readonly key: number;
  readonly portPriority: number;
  readonly port: number;
  readonly state: number;
}

const RX_STATES = ['INITIALIZE', 'PORT_DISABLED', 'EXPIRED', 'LACP_DISABLED', 'DEFAULTED', 'CURRENT'];
const PERIODIC_STATES = ['NO_PERIODIC', 'FAST_PERIODIC', 'SLOW_PERIODIC', 'PERIODIC_TX'];
/** Names of the bits of a state, from the lowest. */
const BITS = [
  ...['LACP_ACTIVITY', 'LACP_TIMEOUT', 'AGGREGATION', 'SYNCHRONIZATION'],
  ...['COLLECTING', 'DISTRIBUTING', 'DEFAULTED', 'EXPIRED'],
];
const SHORT_NAMES = 'exp/def/dis/col/syn/agg/tim/act';

export function portsText(ports: readonly Port[]): string {
  if (ports.length === 0) return '';
  const lines = [
    `${' '.padEnd(55)} ${'actor state'.padEnd(32)} ${'partner state'.padEnd(32)}`,
    row('interface name', 'sw_if_index', 'bond interface', SHORT_NAMES, SHORT_NAMES),
    ...ports.flatMap(({ name, swIfIndex, bondName, actor, partner, ...states }) => [
      row(name, swIfIndex, bondName, bits(actor.state), bits(partner.state)),
      `  LAG ID: [${lagId(actor)}, ${lagId(partner)}]`,
      `  ${statesOf(states).join(', ')}`,
    ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** `all`: the number of ports, of which some may have been asked for. */
export function portDetails(ports: readonly Port[], all: number): string {
  const lines = ports.flatMap(({ name, isUp, actor, partner, ...states }) => [
    `  ${name}`,
    ...['Good LACP PDUs received', 'Bad LACP PDUs received', 'LACP PDUs sent'].map((title) => `    ${title}: 0`),
    ...['Good Marker PDUs received', 'Bad Marker PDUs received', 'debug', 'loopback port'].map(
      (title) => `    ${title}: 0`,
    ),
    `    port_enabled: ${isUp ? 1 : 0}`,
    ...['port moved', 'ready_n', 'ready'].map((title) => `    ${title}: 0`),
    '    Actor',
    ...sideLines(actor),
    '    Partner',
    ...sideLines(partner),
    ...['wait while', 'current while', 'periodic'].map((timer) => `      ${timer} timer: not running`),
    ...statesOf(states).map((state) => `    ${state}`),
    '',
  ]);
  return [`Number of interfaces: ${all}`, ...lines].map((line) => `${line}\n`).join('');
}

function row(name: string, swIfIndex: string | number, bondName: string, actor: string, partner: string): string {
  return `${name.padEnd(25)} ${`${swIfIndex}`.padEnd(12)} ${bondName.padEnd(16)} ${actor}  ${partner}`;
}

function bits(state: number): string {
  return BITS.map((_, at) => `${(state >> (BITS.length - 1 - at)) & 1}`.padStart(3)).join(' ');
}

function lagId({ system, systemPriority, key, portPriority, port }: PortSide): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0');
  return `(${hex(systemPriority)},${system.replaceAll(':', '-')},${hex(key)},${hex(portPriority)},${hex(port)})`;
}

function statesOf({ rxState, periodicState }: Pick<Port, 'rxState' | 'periodicState'>): string[] {
  return [
    `RX-state: ${RX_STATES[rxState]}`,
    'TX-state: TRANSMIT',
    'MUX-state: DETACHED',
    `PTX-state: ${PERIODIC_STATES[periodicState]}`,
  ];
}

function sideLines({ system, systemPriority, key, portPriority, port, state }: PortSide): string[] {
  return [
    `      system: ${system}`,
    `      system priority: ${systemPriority}`,
    `      key: ${key}`,
    `      port priority: ${portPriority}`,
    `      port number: ${port}`,
    `      state: 0x${state.toString(16)}`,
    ...BITS.flatMap((name, bit) => (state & (1 << bit) ? [`        LACP_STATE_${name} (${bit})`] : [])),
  ];
}

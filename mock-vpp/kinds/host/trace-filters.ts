/** The filters that traces and captures can use: a BPF expression, and the function that looks at packets. Facts of VPP 26.06. */
import type { Fields } from '../../../src/mux/internal.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { type PacketTest, packetTest } from '../../traffic/bpf.js';
import type { Packet } from '../../traffic/packets.js';

const BPF = 'bpf_trace_filter';
/** Looks packets up in classify tables; the mock has none for traces, and such a filter lets nothing through. */
const CLASSIFIER = 'vnet_is_packet_traced';
/** In VPP's order. */
const FUNCTIONS: readonly string[] = [BPF, CLASSIFIER];

export class TraceFilters {
  expression: string | undefined;
  traceFunction = CLASSIFIER;
  pcapFunction = CLASSIFIER;
  private test: PacketTest | undefined;

  /** Sets the expression; false where VPP does not understand it, and has none then. */
  set(expression: string): boolean {
    this.test = expression.trim() === '' ? () => true : packetTest(expression);
    this.expression = this.test && expression;
    return this.test !== undefined;
  }

  clear(): void {
    this.test = undefined;
    this.expression = undefined;
  }

  /** Whether a function lets a packet through. */
  passes(name: string, packet: Packet): boolean {
    return name === BPF && (this.test?.(packet) ?? true);
  }
}

export const traceFilters = defineKind({
  name: 'traceFilters',
  title: 'filters of traces and captures',
  state: () => new TraceFilters(),
  commands: {
    'show bpf trace filter': {
      help: 'show bpf trace filter',
      run: ({ expression }) => (expression === undefined ? 'bpf trace filter is not set' : `(mock) ${expression}\n`),
    },
    'show trace filter function': {
      help: 'show trace filter function',
      run: ({ traceFunction }) =>
        [
          `name:${BPF} description: bpf based trace filter priority: 10`,
          `name:${CLASSIFIER} description: classifier based filter priority: 50`,
        ]
          .map((line) => (line.startsWith(`name:${traceFunction} `) ? `(*) ${line}\n` : `${line}\n`))
          .join(''),
    },
  },
  handlers: {
    bpf_trace_filter_set: (fields, _, filters) => setFilter(fields, filters),
    bpf_trace_filter_set_v2: (fields, _, filters) => setFilter(fields, filters),

    trace_set_filter_function: (fields, _, filters) => {
      const name = functionIn(fields);
      if (name === undefined) return Retval.UNSPECIFIED;
      filters.traceFunction = name;
      return Retval.OK;
    },

    pcap_set_filter_function: (fields, _, filters) => {
      const name = functionIn(fields);
      if (name === undefined) return Retval.UNSPECIFIED;
      filters.pcapFunction = name;
      return Retval.OK;
    },

    trace_filter_function_dump: (_, _call, { traceFunction }) =>
      FUNCTIONS.map((name) => ({ name, selected: name === traceFunction })),
  },
});

function setFilter(fields: Fields, filters: TraceFilters): number {
  if (!fields.is_add) {
    filters.clear();
    return Retval.OK;
  }
  return filters.set(String(fields.filter)) ? Retval.OK : Retval.UNSPECIFIED;
}

/** VPP reads a name from the beginning, and takes no notice of what follows it. */
const functionIn = ({ filter_function_name: given }: Fields) =>
  FUNCTIONS.find((name) => String(given).startsWith(name));

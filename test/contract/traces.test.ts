/** Packet traces and captures: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did without any packet. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;

it('traces: at input nodes of drivers only, begun and cleared however often', async () => {
  const vpp = await Contract.begin();
  const node = async (node_name: string) => Number((await vpp.ask('get_node_index', { node_name })).node_index);
  const capture = (node_index: number, more: object = {}) =>
    vpp.retval('trace_capture_packets', { node_index, max_packets: 5, ...more });
  expect(await capture(await node('pg-input'))).toBe(0);
  expect(await capture(await node('pg-input'), { use_filter: true, verbose: true, pre_capture_clear: true })).toBe(0);
  expect(await capture(await node('tap-input'), { max_packets: 0 })).toBe(0);
  expect(await capture(await node('error-drop'))).toBe(0);
  for (const name of ['ip4-input', 'ethernet-input', 'ip4-lookup', 'drop']) {
    expect(await capture(await node(name)), name).toBe(-63);
  }
  expect(await vpp.cli('trace add ip4-input 5')).toMatch(/^-1 .*doesn't support per-node tracing/s);
  expect(await vpp.cli('trace add pg-input 5')).toBe('0 ');
  for (let i = 0; i < 2; i++) expect(await vpp.retval('trace_clear_capture')).toBe(0);
  expect(await vpp.retval('trace_clear_cache')).toBe(0);
  expect(await vpp.cli('show trace')).toMatch(/^0 -+ Start of thread 0 vpp_main -+\r?\nNo packets in trace buffer/);
  expect(await vpp.cli('clear trace')).toBe('0 ');
});

it('a trace without a packet: is an empty list, in both dumps', async () => {
  const vpp = await Contract.begin();
  await vpp.ask('trace_clear_capture');
  for (const position of [0, 7, ALL]) {
    expect(await vpp.dump('trace_v2_dump', { thread_id: ALL, position, max: 50, clear_cache: true })).toEqual([]);
  }
  expect(await vpp.ask('trace_dump', { thread_id: 0, position: 0, max_records: 5, clear_cache: 1 })).toMatchObject({
    ...{ retval: -6, last_thread_id: ALL, last_position: ALL, done: 0, more_this_thread: 0, more_threads: 0 },
  });
  expect(await vpp.ask('trace_dump', { thread_id: ALL, position: ALL, max_records: 5 })).toMatchObject({
    ...{ retval: 0, done: 1, flush_only: 1 },
  });
});

it('filters by a node: include, exclude, none; no classifier', async () => {
  const vpp = await Contract.begin();
  const { node_index } = await vpp.ask('get_node_index', { node_name: 'drop' });
  for (const flag of [1, 2]) expect(await vpp.retval('trace_set_filters', { flag, node_index, count: 3 })).toBe(0);
  for (const flag of [3, 4]) expect(await vpp.retval('trace_set_filters', { flag, node_index, count: 3 })).toBe(-7);
  expect(await vpp.retval('trace_set_filters', { flag: 0 })).toBe(0);
});

it('filter functions: one is selected, by its name or one that begins so', async () => {
  const vpp = await Contract.begin();
  const functions = async () =>
    (await vpp.dump('trace_filter_function_dump')).map(({ name, selected }) => [name, selected]);
  const set = (filter_function_name: string) => vpp.retval('trace_set_filter_function', { filter_function_name });
  expect(await functions()).toEqual([
    ['bpf_trace_filter', false],
    ['vnet_is_packet_traced', true],
  ]);
  expect(await set('nonsense')).toBe(-1);
  expect(await set('bpf_trace_filter')).toBe(0);
  expect(await functions()).toEqual([
    ['bpf_trace_filter', true],
    ['vnet_is_packet_traced', false],
  ]);
  expect(await set('vnet_is_packet_traced and more')).toBe(0);
  expect((await functions())[1]).toEqual(['vnet_is_packet_traced', true]);
  expect(await vpp.cli('show trace filter function')).toContain('(*) name:vnet_is_packet_traced ');
  const pcap = (filter_function_name: string) => vpp.retval('pcap_set_filter_function', { filter_function_name });
  expect(await pcap('nonsense')).toBe(-1);
  for (const name of ['bpf_trace_filter', 'vnet_is_packet_traced']) expect(await pcap(name)).toBe(0);
});

it.each(['bpf_trace_filter_set', 'bpf_trace_filter_set_v2'])(
  '%s: takes what libpcap understands; one that it does not leaves none',
  async (message) => {
    const vpp = await Contract.begin();
    const set = (filter: string, is_add = true) => vpp.retval(message, { is_add, filter });
    const isSet = async () => !(await vpp.cli('show bpf trace filter')).includes('is not set');
    for (const filter of [
      'udp',
      'src host 10.0.0.1 and (tcp or udp) and port 53',
      'ip6 proto 58',
      'vlan and tcp',
      '',
    ]) {
      expect(await set(filter), filter).toBe(0);
      expect(await isSet()).toBe(true);
    }
    for (const filter of ['nonsense foo', 'tcp and', '(udp', 'port', 'src net 10.0.0.0/33']) {
      expect(await set('udp')).toBe(0);
      expect(await set(filter), filter).toBe(-1);
      expect(await isSet(), filter).toBe(false);
    }
    expect(await set('udp')).toBe(0);
    for (let i = 0; i < 2; i++) expect(await set('', false)).toBe(0);
    expect(await isSet()).toBe(false);
  },
);

it('captures: one at a time, into a file of /tmp', async () => {
  const vpp = await Contract.begin();
  const on = (more: object = {}) =>
    vpp.retval('pcap_trace_on', { capture_rx: true, filename: 'vppmux-contract.pcap', ...more });
  const off = () => vpp.retval('pcap_trace_off');
  expect(await off()).toBe(-81);
  for (const filename of ['', '../x.pcap', 'a/x.pcap', '/x.pcap']) expect(await on({ filename }), filename).toBe(-133);
  for (const sw_if_index of [4093, ALL]) expect(await on({ sw_if_index })).toBe(-2);
  for (const max_bytes_per_packet of [0, 31, 9001]) expect(await on({ max_bytes_per_packet })).toBe(-70);
  expect(await on({ capture_rx: false })).toBe(-81);
  expect(await vpp.cli('pcap trace status')).toMatch(/^0 pcap dispatch capture disabled/);
  expect(await on({ capture_tx: true, max_packets: 77, filter: true, error: 'nonsense' })).toBe(0);
  expect(await vpp.cli('pcap trace status')).toMatch(
    /^0 pcap rx and txwith filter dispatch capture enabled: 0 of 77 pkts\.\.\.\r?\ncapture to file \/tmp\/vppmux-contract\.pcap/,
  );
  expect(await on()).toBe(-7);
  // None of the three turns it off; without a packet there is no file.
  expect(await on({ capture_rx: false })).toBe(-6);
  expect(await off()).toBe(-81);
  for (const max_bytes_per_packet of [32, 9000]) {
    expect(await on({ max_bytes_per_packet })).toBe(0);
    expect(await off()).toBe(-6);
  }
});

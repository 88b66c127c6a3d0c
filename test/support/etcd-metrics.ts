/** Figures that an etcd of the tests has of itself. */

export interface EtcdMetrics {
  /** Requests of clients, streams included. */
  readonly requests: number;
  /** Messages of clients on watches. */
  readonly messages: number;
  /** Resident memory. */
  readonly bytes: number;
}

export async function etcdMetrics(endpoint: string): Promise<EtcdMetrics> {
  const text = await (await fetch(`${endpoint}/metrics`)).text();
  const sum = (pattern: RegExp) => [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
  return {
    requests: sum(/^grpc_server_started_total\{.*\} (\S+)$/gm),
    messages: sum(/^grpc_server_msg_received_total\{grpc_method="Watch".*\} (\S+)$/gm),
    bytes: sum(/^process_resident_memory_bytes (\S+)$/gm),
  };
}
